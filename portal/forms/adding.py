"""Who is to be added with a certification package."""

from django import forms

from core.failures import Refusal
from core.plain_forms import PlainForm

ADDRESS = "Enter an e-mail address such as name@practice.example."


class AddMemberForm(PlainForm):
    """A new member's name and address."""

    first_name = forms.CharField(
        label="First Name",
        max_length=100,
        error_messages={"required": "Enter a first name."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    last_name = forms.CharField(
        label="Last Name",
        max_length=100,
        error_messages={"required": "Enter a last name."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label="Email",
        error_messages={"required": ADDRESS, "invalid": ADDRESS},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def refuse(self, refusal: Refusal) -> None:
        """Put what the service refused beside the fields it names."""
        for problem in refusal.problems:
            self.add_error(problem.field, problem.text)
        if not refusal.problems:
            self.add_error(None, refusal.text)
