"""Forms of activities that a sponsor has approved: what is applied for, decided, sent.

What is typed is the rules' to judge (`read_programme`): the fields here only show it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from ce_credits.rules import topics_asked
from ce_credits.rules.programmes import DISCLOSED, PLACES, SORTS
from ce_credits.rules.typed_programmes import (
    CHOSEN,
    LINES,
    PART,
    ROWS,
    SPEAKER,
    TEXTS,
)
from ce_credits.services.approval_steps import LONGEST
from core.plain_forms import PlainForm
from credentials.policy import ApprovalRules, Policy
from portal.forms.extras import topics_field
from portal.forms.feed import CHOOSE
from portal.forms.staff import Day

Typed = Mapping[str, Any]
LABELS = {
    "title": "Title of the activity",
    "sponsor": "Organization that offers it",
    "contact_name": "Who answers questions",
    "contact_email": "Their e-mail address",
    "where": "Where it is held",
    "disclosures": "How disclosures are told to those who attend",
    "evaluation": "How it is evaluated",
}
HINTS = {
    "where": "The address, or the platform.",
    "disclosures": "Such as: each speaker's first slide says it.",
    "evaluation": "Such as: a form that everybody fills in at the end.",
}
PART_LABELS = {
    "title": "What it is about",
    "minutes": "Minutes",
    "speaker": "Who speaks",
    "sort": "What it is",
}
SPEAKER_LABELS = {
    "name": "Name",
    "credentials": "Degree, post or experience",
    "disclosure": "Financial ties to disclose",
    "words": "What is disclosed",
}
SORT_WORDS = dict(
    zip(
        SORTS,
        (
            "Education",
            "Housekeeping: welcome, announcements",
            "Break, meal, networking or business",
        ),
        strict=True,
    )
)
PLACE_WORDS = dict(zip(PLACES, ("In person", "Online"), strict=True))
TIE_WORDS = dict(zip(DISCLOSED, ("None", "Some"), strict=True))
MOST_DAY = 40


class ProgrammeForm(PlainForm):
    """An application as it stands typed, row by row, with a few empty rows to fill."""

    def __init__(
        self,
        typed: Typed,
        policy: Policy,
        rules: ApprovalRules,
        more: Mapping[str, int] | None = None,
        *,
        asked: bool = False,
        answer: str = "",
    ) -> None:
        """Show what is typed.

        Args:
            typed: as a draft keeps it.
            more: how many empty rows to add, by "days", "parts" and "speakers".
            asked: whether staff asked something; `answer` is what is typed of it.
        """
        flat = dict(_flat(typed))
        super().__init__(flat | {"answer": answer})
        more = more or {}
        self.fields |= _plain_fields(policy, rules)
        if asked:
            self.fields["answer"] = _area("Your answer", "The body reads it.", LONGEST)
        self.days = self._days(len(typed["days"]), more.get("days", 0))
        self.parts = self._rows("parts", typed, more.get("parts", 0))
        self.speakers = self._rows("speakers", typed, more.get("speakers", 0))

    def _days(self, count: int, more: int) -> Sequence[BoundField]:
        names = [f"days.{place}" for place in range(max(count, 1) + more)]
        for place, name in enumerate(names):
            label = "Day" if len(names) == 1 else f"Day {place + 1}"
            self.fields[name] = _line(label, "", MOST_DAY)
            self.fields[name].widget = Day()
        return [self[name] for name in names]

    def _rows(self, name: str, typed: Typed, more: int) -> Sequence[Sequence[Any]]:
        rows = []
        for place in range(max(len(typed[name]), 1) + more):
            names = [f"{name}.{place}.{column}" for column in ROWS[name]]
            made = _part_fields() if name == "parts" else _speaker_fields()
            self.fields |= dict(zip(names, made, strict=True))
            rows.append([self[each] for each in names])
        return rows


class AttendanceForm(PlainForm):
    """A list of who attended."""

    file = forms.FileField(
        label="CSV or XLSX file",
        max_length=200,
        error_messages={
            "required": CHOOSE,
            "missing": CHOOSE,
            "empty": "This file is empty. Choose another.",
            "invalid": CHOOSE,
            "max_length": "The file's name is too long. Shorten it.",
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )


class ApprovalDecisionForm(PlainForm):
    """What staff do with an application: ask, approve or refuse, and in which words."""

    words = forms.CharField(
        label="What the sponsor reads",
        help_text="Your question, or why it is refused. Beside an approval it may "
        "stay empty.",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    ground = forms.ChoiceField(
        label="Why it is refused",
        help_text="Only where you refuse it.",
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**6)

    def __init__(
        self,
        rules: ApprovalRules,
        data: QueryDict | None = None,
        *,
        seen: int = 0,
    ) -> None:
        """Offer the grounds of the body's pack."""
        super().__init__(data, initial={"seen": seen})
        field = self.fields["ground"]
        assert isinstance(field, forms.ChoiceField)
        grounds = [
            (each.code, f"{each.text[:1].upper()}{each.text[1:]} ({each.basis.rule})")
            for each in rules.grounds
        ]
        field.choices = [("", "Choose"), *grounds]


class ApprovalEndForm(PlainForm):
    """Why an approval ends."""

    words = forms.CharField(
        label="Why it ends",
        help_text="The sponsor reads it, and so does whoever reports a later day.",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**6)

    def __init__(self, data: QueryDict | None = None, *, seen: int = 0) -> None:
        """Begin with the version that is shown."""
        super().__init__(data, initial={"seen": seen})


def typed_programme(data: QueryDict) -> dict[str, Any]:
    """Read what a browser sends of an application, whatever it is."""
    found: dict[str, Any] = {
        name: data.get(name, "") for name in (*LINES, *TEXTS, *CHOSEN)
    }
    found["topics"] = data.getlist("topics")
    found["days"] = [data[name] for name in _named(data, "days")]
    for name, columns in ROWS.items():
        places = sorted({int(key.split(".")[1]) for key in _named(data, name)}, key=int)
        found[name] = [
            {each: data.get(f"{name}.{place}.{each}", "") for each in columns}
            for place in places
        ]
    return found


def _named(data: QueryDict, name: str) -> Sequence[str]:
    """Name the fields of rows that are there, in the order of their numbers."""
    found = []
    for key in data:
        parts = key.split(".")
        place = parts[1] if len(parts) > 1 and parts[0] == name else ""
        if place.isascii() and place.isdigit() and len(place) < 4:
            found.append((int(place), key))
    return [key for _, key in sorted(found)]


def _flat(typed: Typed) -> Iterator[tuple[str, str]]:
    for name in (*LINES, *TEXTS, *CHOSEN):
        yield name, typed[name]
    # A draft from before they were asked has none.
    yield "topics", " ".join(typed.get("topics", ()))
    for place, day in enumerate(typed["days"]):
        yield f"days.{place}", day
    for name in ROWS:
        for place, row in enumerate(typed[name]):
            for column, text in row.items():
                yield f"{name}.{place}.{column}", text


def _plain_fields(policy: Policy, rules: ApprovalRules) -> dict[str, forms.Field]:
    kinds = [(code, kind.label) for code in rules.kinds if (kind := policy.kind(code))]
    found: dict[str, forms.Field] = {
        name: _line(LABELS[name], HINTS.get(name, ""), most)
        for name, most in LINES.items()
    }
    found["kind"] = _choice("Kind of credit", kinds)
    if topics := topics_asked(policy, rules.kinds):
        found["topics"] = topics_field(topics)
    found["place"] = _choice("How it is held", list(PLACE_WORDS.items()))
    found |= {
        name: _area(LABELS[name], HINTS[name], most) for name, most in TEXTS.items()
    }
    return found


def _part_fields() -> Sequence[forms.Field]:
    hints = {
        "speaker": "As below; a semicolon between two.",
        "minutes": "Whole minutes.",
    }
    made = [_line(PART_LABELS[each], hints.get(each, ""), PART[each]) for each in PART]
    made[-1] = _choice(PART_LABELS["sort"], list(SORT_WORDS.items()), empty=False)
    return made


def _speaker_fields() -> Sequence[forms.Field]:
    made = [_line(SPEAKER_LABELS[each], "", SPEAKER[each]) for each in SPEAKER]
    made[2] = _choice(SPEAKER_LABELS["disclosure"], list(TIE_WORDS.items()))
    made[3] = _area(SPEAKER_LABELS["words"], "Where there are some.", SPEAKER["words"])
    return made


def _line(label: str, hint: str, most: int) -> forms.Field:
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=most, strip=False
    )


def _area(label: str, hint: str, most: int) -> forms.Field:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=most,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _choice(
    label: str, choices: Sequence[tuple[str, str]], *, empty: bool = True
) -> forms.Field:
    offered = [("", "Choose"), *choices] if empty and len(choices) != 1 else choices
    return forms.ChoiceField(label=label, required=False, choices=offered)
