"""How a person or a practice is reached, and taking somebody off a list."""

from dataclasses import asdict

from django import forms
from django.http import QueryDict

from accounts.details import PersonDetails, version_of
from accounts.details_form import lines_field, phone_field, sent_again
from core.plain_forms import PlainForm

Data = QueryDict | None
# Offered while one types; any other text is taken as well.
JOB_ROLES = (
    "Certified medical assistant (CMA)",
    "Licensed vocational nurse (LVN)",
    "Registered nurse (RN)",
    "Paramedic (EMT-P)",
    "Medical scribe",
    "Technician",
    "Physician",
    "Physician assistant",
    "Nurse practitioner",
    "Practice administrator",
)


class DetailsForm(PlainForm):
    """A member's contact details and what they do."""

    email = forms.EmailField(label="E-mail", required=False, max_length=254)
    phone = phone_field()
    address = lines_field()
    job_role = forms.CharField(
        label="Job role",
        help_text="What they do at your practice.",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"list": "job-roles", "autocomplete": "off"}),
    )
    profession = forms.CharField(
        help_text="What they are, such as medical assistant or nurse.",
        required=False,
        max_length=60,
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(
        self,
        details: PersonDetails,
        data: Data = None,
        *,
        own_address: bool,
        again: bool = False,
    ) -> None:
        """Show the details; an address that is theirs alone to change is only read.

        With `again`, what was sent is shown beside details that changed meanwhile.
        """
        seen = version_of(details)
        initial = asdict(details) | {"seen": seen}
        super().__init__(sent_again(data, seen) if again else data, initial=initial)
        if own_address:
            self.fields["email"].disabled = True
            self.fields[
                "email"
            ].help_text = "They have an account: only they change this."

    def typed(self) -> PersonDetails:
        """Give what was typed."""
        names = ("email", "phone", "address", "profession", "job_role")
        return PersonDetails(**{name: self.cleaned_data[name] for name in names})


class RemoveForm(PlainForm):
    """Why somebody is taken off the practice's list."""

    reason = forms.CharField(
        label="Why (optional)",
        help_text="Kept in the activity log.",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
