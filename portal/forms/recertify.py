"""What an applicant types, and what a manager says of it."""

from django import forms
from django.http import QueryDict

from core.plain_forms import PlainForm
from portal.forms.reasons import reason_field
from renewals.models.cycles import LONGEST_ANSWER, LONGEST_NAME

Data = QueryDict | None
MOST_VERSION = 2**31 - 2


class ApplicationForm(PlainForm):
    """The name on the certificate and the declaration; a draft may lack either.

    `seen` is the version of the application that the page showed, 0 before the first.
    """

    seen = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, max_value=MOST_VERSION
    )
    name = forms.CharField(
        label="Your name on the certificate",
        help_text="Exactly as it stands in your profile.",
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    declared = forms.BooleanField(
        label="I declare that what I report is true and that I can prove it",
        required=False,
    )


class SeenForm(PlainForm):
    """The version that a page showed, and nothing else."""

    seen = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, max_value=MOST_VERSION
    )


class VerdictForm(SeenForm):
    """What a manager says: approving needs no words, all else does."""

    reason = reason_field(
        "Your words",
        "Ask or refuse: the applicant reads them. Hold, audit or release: only staff "
        "do. An audit asks for proof of all that counts, and holds it meanwhile. "
        "You may leave them empty when you approve.",
        "Write why.",
    )

    def __init__(self, data: Data = None, *, seen: int) -> None:
        """Remember the version that is decided on."""
        super().__init__(data, initial={"seen": seen})
        self.fields["reason"].required = False


class ApplicantAnswerForm(PlainForm):
    """What an applicant answers to staff."""

    answer = forms.CharField(
        label="Your answer",
        max_length=LONGEST_ANSWER,
        error_messages={"required": "Write your answer."},
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class SocietyForm(PlainForm):
    """From when on somebody is a member of the society, or until when they were."""

    day = forms.DateField(
        label="First day, or the last one to end it",
        help_text="A day such as 2025-10-02.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, data: Data = None, *, runs: bool) -> None:
        """Ask for the first day, or for the last one of what runs."""
        super().__init__(data)
        self.fields["day"].label = "Last day" if runs else "First day"
