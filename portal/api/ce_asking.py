"""What a client asks and sends about activities, and how a draft keeps it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ce_credits.models import Activity, CatalogueItem
from ce_credits.rules import EXTRAS, asked_of
from ce_credits.rules.inputs import STORED_MINUTES
from ce_credits.services import Report
from core.failures import FieldProblem, NotUsable
from core.rest import (
    CodeField,
    CountField,
    DayField,
    IdField,
    LineField,
    Paged,
    Strict,
    TextField,
    WholeField,
    WordField,
)
from credentials.policy import Kind, Policy, policy_for, programs
from portal.api.ce_inputs import InputFields, inputs_sent, inputs_shown
from portal.queries.activity_inputs import inputs_text, inputs_typed
from portal.queries.activity_typed import (
    day_typed,
    minutes_typed,
    report_of,
    typed_of,
)
from portal.queries.reported import ORDERINGS

LONGEST_SEARCH = 100
LONGEST_CODE = 40
# What an item of the catalogue fills in where the client says nothing else.
FILLED_IN = ("kind", "title", "minutes", "provider", "topics")
WRITTEN = (
    "kind",
    "title",
    "minutes",
    "provider",
    "on",
    *EXTRAS,
    "licence_number",
    "item",
)


class ActivitiesQuery(Paged):
    """The query parameters of every list of activities."""

    status = WordField(Activity.State.values, required=False)
    year = WholeField(
        required=False,
        min_value=1,
        max_value=9999,
        help_text="The year it was done in, as reported.",
    )
    on_after = DayField(
        required=False, help_text="Done after this day, the day excluded."
    )
    on_before = DayField(
        required=False, help_text="Done before this day, the day excluded."
    )
    q = TextField(
        required=False,
        max_length=LONGEST_SEARCH,
        help_text="Words that all stand in the title, the provider or the name.",
    )
    ordering = WordField(tuple(ORDERINGS), default="-created_at")


class MyActivitiesQuery(ActivitiesQuery):
    """The query parameters of one's own list."""

    program = WordField(programs(), required=False, help_text="The certifying body.")


class BodyActivitiesQuery(ActivitiesQuery):
    """The query parameters of a body's list."""

    member = IdField("mem", required=False)


class PracticeActivitiesQuery(MyActivitiesQuery, BodyActivitiesQuery):
    """The query parameters of a practice's list."""


class ActivityFields(InputFields):
    """What is reported of an activity; a draft may lack any of it."""

    kind = CodeField(
        required=False,
        max_length=LONGEST_CODE,
        help_text="A kind of activity of the program, such as `webinar`.",
    )
    title = LineField(required=False, allow_blank=True, max_length=300)
    provider = LineField(required=False, allow_blank=True, max_length=200)
    on = DayField(
        required=False, allow_null=True, help_text="The day it was done, in its zone."
    )
    minutes = CountField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=STORED_MINUTES,
        help_text="Whole contact minutes. Without them the title is read for its "
        'length, such as "(45 min)", where the program reads titles.',
    )
    licence_number = LineField(
        required=False,
        allow_blank=True,
        max_length=LONGEST_CODE,
        help_text="The member's, where the program asks for it.",
    )
    item = LineField(
        required=False,
        allow_null=True,
        max_length=LONGEST_CODE,
        help_text="The code of an item of the program's catalogue. It fills in kind, "
        "title, minutes, provider and topics where they are not sent.",
    )


class ActivityChanges(ActivityFields):
    """What is to be changed of an activity that is being written."""


class NewActivity(ActivityFields):
    """An activity to begin; it is a draft, and counts nothing until it is submitted."""

    program = WordField(programs(), help_text="The certifying body.")


class NewMemberActivity(NewActivity):
    """An activity to begin for a member whom the practice sponsors in the program."""

    member = IdField("mem", nobody=True)


class Nothing(Strict):
    """A request that says all with its address."""


def typed(
    program: str,
    sent: Mapping[str, Any],
    before: Mapping[str, str],
    today: date,
) -> dict[str, str]:
    """Put what was sent over what is there, as a draft keeps it: text.

    Raises:
        NotUsable: no such kind, or no such item of the catalogue, in this program; or
            the kind doesn't ask what was sent.
    """
    values = {name: sent[name] for name in WRITTEN if name in sent}
    item = _item(program, values.get("item"), offered=True)
    if item is not None:
        said = {name for name, text in before.items() if text}
        for name in FILLED_IN:
            if name not in values and name not in said:
                values[name] = getattr(item, name)
    kept = {**before, **{name: _text(value) for name, value in values.items()}}
    if not kept.get("kind"):
        return kept
    on = day_typed(kept.get("on", "")) or today
    kind = check_kind(policy_for(program, on=on), kept["kind"])
    inputs_sent(kind, sent)
    left = set(EXTRAS) - set(asked_of(kind))
    return {name: text for name, text in kept.items() if name not in left}


def check_kind(policy: Policy, code: str) -> Kind:
    """Hold a kind of activity against those the policy knows, and give it.

    Raises:
        NotUsable: it knows none of this code; it names those it does.
    """
    kind = policy.kind(code)
    if kind is None:
        known = ", ".join(kind.code for kind in policy.kinds)
        problem = FieldProblem("kind", f"Use one of: {known}.", "unknown")
        raise NotUsable(problem.text, [problem])
    return kind


def as_values(activity: Activity) -> dict[str, Any]:
    """Give what an open activity says, as the API spells it.

    What was typed on a page and is no day or no whole number reads as nothing yet.
    """
    said = typed_of(activity)
    day = day_typed(said.get("on", ""))
    minutes = minutes_typed(said.get("minutes", ""))
    return {
        **{name: said.get(name, "") for name in ("kind", "title", "provider")},
        "on": _text(day) or None,
        "minutes": minutes if isinstance(minutes, int) else None,
        **inputs_shown(inputs_typed(said)),
        "licence_number": said.get("licence_number", ""),
        "item": said.get("item") or None,
    }


def report_in(activity: Activity) -> Report:
    """Read an open activity as it would be submitted."""
    said = typed_of(activity)
    return report_of(said, _item(activity.program, said.get("item")))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return inputs_text({"paid": value})["paid"]
    if isinstance(value, list):
        return " ".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _item(
    program: str, code: str | None, *, offered: bool = False
) -> CatalogueItem | None:
    if not code:
        return None
    known = CatalogueItem.objects.of_program(program)
    if offered:
        known = known.offered()
    item = known.filter(code=code).first()
    if item is None:
        text = "The program's catalogue has no item of this code."
        raise NotUsable(text, [FieldProblem("item", text, "unknown")])
    return item
