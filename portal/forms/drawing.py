"""Drawing a sample for audit: of what, how many, and by when they answer."""

from datetime import date
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict

from ce_credits.models import AuditDraw
from ce_credits.rules import Size
from ce_credits.services import DRAWABLE, Sample
from core.plain_forms import PlainForm
from credentials.policy import Policy, cycle_programs
from portal.forms.auditing import MOST_DRAWN, a_day
from renewals.models import Recertification

Data = QueryDict | None
STATES = {"submitted": "Waiting for review", "accepted": "Approved"}


def a_number(label: str, hint: str = "") -> forms.IntegerField:
    """A whole number that the service judges."""
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=False,
        min_value=-MOST_DRAWN,
        max_value=MOST_DRAWN,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


class DrawForm(PlainForm):
    """What to draw from, how many, and by when they answer."""

    of = forms.ChoiceField(
        label="What to draw",
        help_text="Applications are those under review; each is held until its audit "
        "is closed.",
        choices=AuditDraw.Of.choices,
        widget=forms.RadioSelect,
    )
    from_on = a_day("Submitted from")
    until_on = a_day("Submitted until")
    states = forms.MultipleChoiceField(
        label="State of submissions",
        choices=[(each.value, STATES[each.value]) for each in DRAWABLE],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kinds = forms.MultipleChoiceField(
        label="Kinds of activity",
        help_text="None chosen is every kind. Each kind has its share of the sample.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    applied_for = forms.MultipleChoiceField(
        label="Kinds of application",
        help_text="None chosen is every kind. Each kind and credential has its share.",
        choices=Recertification.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    number = a_number("How many", "A number, or a percentage below.")
    percent = a_number("Or percent of them", "From 1 to 100, rounded up.")
    exclude_years = forms.IntegerField(
        label="Leave out who was audited within so many years",
        min_value=-MOST_DRAWN,
        max_value=MOST_DRAWN,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    due_on = a_day("Answers are due on")
    reason = forms.CharField(
        label="Why it is drawn again",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        policy: Policy,
        data: Data = None,
        *,
        due_on: date,
        today: date,
        again: str,
    ) -> None:
        """Offer the kinds of the pack, and its days and years.

        `again` is what is drawn again; a body of terms knows no applications.
        """
        self.again = again
        audit = policy.audit
        super().__init__(
            data,
            initial={
                "of": AuditDraw.Of.SUBMISSIONS.value,
                "until_on": today,
                "states": [each.value for each in DRAWABLE],
                "exclude_years": audit.exclude_years if audit else 0,
                "due_on": due_on,
                "form_key": uuid4(),
            },
        )
        kinds = self.fields["kinds"]
        assert isinstance(kinds, forms.MultipleChoiceField)
        kinds.choices = [(each.code, each.label) for each in policy.kinds]
        unasked = [] if again else ["reason"]
        if policy.program not in cycle_programs():
            unasked += ["of", "applied_for"]
        elif again == AuditDraw.Of.APPLICATIONS:
            unasked += ["of", "states", "kinds"]
        elif again:
            unasked += ["of", "applied_for"]
        for name in unasked:
            del self.fields[name]

    def clean(self) -> None:
        """Ask for a state where submissions are drawn."""
        states = self.fields.get("states")
        asks = states is not None and self.drawn == AuditDraw.Of.SUBMISSIONS
        if asks and not self.cleaned_data.get("states") and "states" not in self.errors:
            self.add_error("states", "Choose at least one state.")

    @property
    def drawn(self) -> str:
        """What is drawn: as chosen, else as before, else submissions."""
        usual = self.again or AuditDraw.Of.SUBMISSIONS.value
        return str(self.cleaned_data.get("of") or usual)

    @property
    def sample(self) -> Sample:
        """What was filled in, for the service to judge."""
        facts = self.cleaned_data
        applied = self.drawn == AuditDraw.Of.APPLICATIONS
        kinds = "applied_for" if applied else "kinds"
        return Sample(
            from_on=facts["from_on"],
            until_on=facts["until_on"],
            size=Size(facts["number"], facts["percent"]),
            states=tuple(facts.get("states", ())),
            kinds=tuple(facts.get(kinds, ())),
            exclude_years=facts["exclude_years"],
            due_on=facts["due_on"],
        )

    @property
    def key(self) -> UUID:
        """The form's key, which becomes the draw's id."""
        found: UUID = self.cleaned_data["form_key"]
        return found
