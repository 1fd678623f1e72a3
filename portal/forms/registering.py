"""Registering somebody with the credential they earned by exam."""

from django import forms

from credentials.policy import Policy
from portal.forms.staff import CertificationForm, Data

PERSON = ("first_name", "last_name", "email")


class RegisterForm(CertificationForm):
    """Who it is, and what they earned."""

    first_name = forms.CharField(
        label="First name",
        max_length=100,
        error_messages={"required": "Enter a first name."},
    )
    last_name = forms.CharField(
        label="Last name",
        max_length=100,
        error_messages={"required": "Enter a last name."},
    )
    email = forms.CharField(
        label="E-mail",
        help_text="They sign in with it, and are written to.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Enter an e-mail address."},
    )

    def __init__(self, policy: Policy, data: Data = None, *, key: str = "") -> None:
        """Offer the credentials of the body's pack; `key` is the form's one use."""
        super().__init__(policy, data, key=key)
        self.order_fields([*PERSON, "code", "number", "earned_on", "proof"])
