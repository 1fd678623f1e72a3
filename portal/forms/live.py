"""Forms of live activities: coming, the code at the door, the claim, and writing."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from core.plain_forms import PlainForm
from courses.models import LiveActivity
from courses.queries.live import facts_of_live
from courses.queries.written import seen_live
from courses.rules.live import LINE, LiveFacts, Session, read_sessions
from credentials.policy import Policy
from portal.forms.authoring import seen_field
from portal.forms.documents import day_field

Data = QueryDict | None
AS_REGISTERED = "Exactly as you registered."
AS_CLAIMED = "You write it the same way again to claim credit."
LONGEST_TYPED = 60


def _name(label: str, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=100, help_text=hint)


class ComingForm(PlainForm):
    """Under which name somebody comes."""

    first_name = _name("First name", AS_CLAIMED)
    last_name = _name("Last name")


class DoorForm(PlainForm):
    """The code that is shown at the door."""

    door_code = forms.CharField(
        label="Code at the door",
        max_length=LONGEST_TYPED,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Data = None) -> None:
        """Name its field so that two forms stand on one page."""
        super().__init__(data, auto_id="id_at_%s")


class ClaimForm(PlainForm):
    """What opens a claim: the code of the letter, and the name."""

    code = forms.CharField(
        label="Activity code",
        max_length=LONGEST_TYPED,
        help_text="From the letter after the activity, with or without hyphens.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters"}
        ),
    )
    first_name = _name("First name", AS_REGISTERED)
    last_name = _name("Last name", AS_REGISTERED)


class LiveForm(PlainForm):
    """What staff write of an activity; what can't be is the service's to say."""

    title = forms.CharField(label="Title", max_length=200)
    summary = forms.CharField(
        label="Summary",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Two sentences, for whoever looks for something.",
    )
    provider = forms.CharField(label="Provider", max_length=200)
    joint_provider = forms.CharField(
        label="Jointly provided with (optional)", max_length=200, required=False
    )
    credit_kind = forms.ChoiceField(label="Kind of credit", required=False)
    credit = forms.DecimalField(
        label="Credit (optional)",
        required=False,
        min_value=Decimal("0.01"),
        max_digits=6,
        decimal_places=2,
    )
    topics = forms.MultipleChoiceField(
        label="Topics", required=False, widget=forms.CheckboxSelectMultiple
    )
    place = forms.CharField(
        label="Place", max_length=200, help_text="An address, or Online."
    )
    capacity = forms.IntegerField(label="Places", min_value=1, max_value=32_767)
    sessions = forms.CharField(
        label="Sessions",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"One on each line, in the body's time: {LINE}",
    )
    evaluate_by = day_field(
        "Evaluation until (optional)",
        hint="Left empty, as long as the policy has it.",
    )
    seen = seen_field()

    def __init__(
        self, data: Data = None, *, policy: Policy, live: LiveActivity | None = None
    ) -> None:
        """Offer what the body's policy has; begin from what is written."""
        super().__init__(data, initial=_held(live) if live else None)
        topics = policy.courses.topics if policy.courses else ()
        self.fields["topics"].choices = [(each.code, each.title) for each in topics]  # type: ignore[attr-defined]
        if not topics:
            del self.fields["topics"]
        kinds = [("", "No credit"), *((each.code, each.label) for each in policy.kinds)]
        self.fields["credit_kind"].choices = kinds  # type: ignore[attr-defined]

    def clean_sessions(self) -> tuple[Session, ...]:
        """Read the sessions, a line each."""
        try:
            return read_sessions(self.cleaned_data["sessions"])
        except ValueError as fault:
            raise ValidationError(str(fault)) from fault

    @property
    def facts(self) -> LiveFacts:
        """What was sent."""
        said = dict(self.cleaned_data)
        del said["seen"]
        said["topics"] = tuple(said.get("topics", ()))
        return LiveFacts(**said)


class CallOffForm(PlainForm):
    """Why an activity is cancelled."""

    why = forms.CharField(
        label="Why",
        max_length=400,
        help_text="Whoever registered reads it in a letter.",
        error_messages={"required": "Write why."},
    )


def _held(live: LiveActivity) -> dict[str, Any]:
    facts = facts_of_live(live)
    held = {each: getattr(facts, each) for each in LiveFacts.__dataclass_fields__}
    lines = "\n".join(each.line for each in facts.sessions)
    return held | {"sessions": lines, "seen": seen_live(live)}
