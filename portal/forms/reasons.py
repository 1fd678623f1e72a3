"""Forms of a manager's rare acts: each asks why, the last also asks which."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from certificates.rules import normalise_number
from core.plain_forms import PlainForm

Data = QueryDict | None


def reason_field(label: str, hint: str, missing: str) -> forms.CharField:
    """A sentence that says why, with what is said where there is none."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=400,
        error_messages={"required": missing},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WaiveForm(PlainForm):
    """Why missing credit is waived."""

    reason = reason_field(
        "Why it is waived",
        "Kept with the certificate and in the activity log.",
        "Write why the missing credit is waived.",
    )


class RevokeForm(PlainForm):
    """Why a certificate is revoked, and its number, so that it is the right one."""

    reason = reason_field(
        "Why it is revoked",
        "The holder and the practice read this.",
        "Write why. The reason stays with the certificate.",
    )
    number = forms.CharField(
        max_length=64,
        error_messages={"required": "Type the certificate's number to confirm."},
        widget=forms.TextInput(attrs={"spellcheck": "false"}),
    )

    def __init__(self, number: str, data: Data = None) -> None:
        """Ask for the number of the certificate that is to be revoked."""
        super().__init__(data)
        self.expected = number
        self.fields["number"].label = f"Type {number} to confirm"

    def clean_number(self) -> str:
        """Take the number however it is written; another one is a slip."""
        typed = normalise_number(str(self.cleaned_data["number"]))
        if typed != self.expected:
            text = f"This is not {self.expected}. Type the number of this certificate."
            raise ValidationError(text)
        return self.expected
