"""Fields for what some kinds ask beside time; each appears with a kind that asks it.

All of a body's fields are on the page. Those that the chosen kind doesn't ask are
hidden: by the server, and while one chooses by a script.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from ce_credits.rules import AMOUNTS, EXTRAS, asked_by, asked_of, levels_of
from credentials.policy import Kind, NeverFormula, Policy, Topic
from credentials.policy.formulas import TIME_INPUTS
from portal.queries.activity_inputs import LABELS, NO, YES

HINTS = {
    "housekeeping_minutes": "Welcome, breaks and evaluation, counted among the "
    "minutes. Leave empty where there were none.",
    "academic_credits": "As the transcript of the course has them, such as 3.",
    "positions": "How many you held at this level in that year. Leave empty for one.",
    "stated_credits": "As its provider states it on the certificate, such as 1.25. "
    "Where nothing is stated, leave it empty: the minutes count.",
    "website": "Where you studied it, such as www.example.org/course.",
    "topics": "Choose all that it was about. It counts towards each.",
}
PAID = (("", "Choose"), (NO, "No, it was unpaid"), (YES, "Yes, it was paid"))
NEVER = "These never count"

Choices = list[tuple[str, Any]]


@dataclass(frozen=True)
class Asked:
    """A field, the input it takes, and whether the chosen kind leaves it out."""

    field: BoundField
    name: str
    hidden: bool


class Kinds(forms.Select):
    """A choice of kinds; each says to the page's script what it asks."""

    def __init__(self, kinds: Sequence[Kind], *, empty: str = "") -> None:
        """Offer kinds, those that never count apart; `empty` is for none yet."""
        self.asked = {kind.code: " ".join(sorted(_asks(kind))) for kind in kinds}
        choices = kind_choices(kinds)
        super().__init__(
            attrs={"data-gs-kinds": ""},
            choices=[*([("", empty)] if empty else []), *choices],
        )

    def create_option(self, *args: Any, **how: Any) -> dict[str, Any]:  # noqa: ANN401
        """Put what a kind asks on its option."""
        option = super().create_option(*args, **how)
        asked = self.asked.get(str(option["value"]))
        if asked is not None:
            option["attrs"]["data-gs-asks"] = asked
        return option


def kind_choices(kinds: Sequence[Kind]) -> Choices:
    """List kinds by code and label; those that never count stand apart, at the end."""
    counting: Choices = [
        (each.code, each.label) for each in kinds if not _is_never(each)
    ]
    never = [(each.code, each.label) for each in kinds if _is_never(each)]
    return [*counting, *([(NEVER, never)] if never else [])]


def extra_fields(
    policy: Policy, kind: Kind | None = None, *, names: Collection[str] | None = None
) -> dict[str, forms.Field]:
    """Make the fields for what kinds ask beside time.

    Args:
        policy: the body's pack; what none of its kinds asks has no field.
        kind: the chosen one, whose levels are offered; else those of all kinds.
        names: to make these alone.
    """
    wanted = asked_by(policy.kinds) if names is None else names
    levels = levels_of(kind) or [
        level for each in policy.kinds for level in levels_of(each)
    ]
    found = {name: _field(name, levels) for name in EXTRAS if name in wanted}
    if "topics" in found:
        found["topics"] = topics_field(policy.topics)
    return found


def asked_fields(form: forms.Form, kind: Kind | None) -> Iterator[Asked]:
    """Give a form's extra fields, each with whether the kind leaves it out."""
    asked = asked_of(kind)
    for name in EXTRAS:
        if name in form.fields:
            yield Asked(form[name], name, hidden=name not in asked)


def hides_time(kind: Kind | None) -> bool:
    """Say whether a chosen kind asks no time."""
    return kind is not None and not TIME_INPUTS & kind.inputs


def _asks(kind: Kind) -> set[str]:
    time = set() if hides_time(kind) else {"minutes"}
    return {*asked_of(kind), *time}


def _is_never(kind: Kind) -> bool:
    return isinstance(kind.formula, NeverFormula)


class Boxes(forms.CheckboxSelectMultiple):
    """A box for each topic; what is chosen is one text, as a draft keeps it."""

    def format_value(self, value: Any) -> list[str]:  # noqa: ANN401
        """Give the chosen ones."""
        return str(value or "").split()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:  # noqa: ANN401
        """Put the chosen ones in a row."""
        del files
        sent = data.getlist(name) if hasattr(data, "getlist") else [data.get(name, "")]
        return " ".join(sent)


def topics_field(topics: Iterable[Topic]) -> forms.Field:
    """Make the field that asks what an activity is about, a box for each topic."""
    return forms.CharField(
        label=LABELS["topics"],
        help_text=HINTS["topics"],
        required=False,
        widget=Boxes(choices=[(each.code, each.title) for each in topics]),
    )


def _field(name: str, levels: Sequence[str]) -> forms.Field:
    widget: forms.Widget = forms.TextInput(
        attrs={"inputmode": "numeric", "maxlength": 20}
    )
    if name == "paid":
        widget = forms.Select(choices=PAID)
    elif name == "website":
        widget = forms.TextInput(attrs={"inputmode": "url", "maxlength": 300})
    elif name in AMOUNTS:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 20})
    elif name == "level":
        known = [(each, each[:1].upper() + each[1:]) for each in dict.fromkeys(levels)]
        widget = forms.Select(choices=[("", "Choose a level"), *known])
    return forms.CharField(
        label=LABELS[name],
        help_text=HINTS.get(name, ""),
        required=False,
        widget=widget,
    )
