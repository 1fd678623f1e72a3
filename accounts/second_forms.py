"""What people type or press as a second step, and to confirm that it is them."""

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError

from accounts.forms import KnownPasswordField
from accounts.services.second_factors import use_code
from core.clock import now
from core.plain_forms import Plain, PlainForm

WRONG_CODE = "This code isn't right, or was used already. Wait for the next one."
LONGEST_CODE = 40


class CodeField(forms.CharField):
    """A code of an authenticator app, or a recovery code."""

    def __init__(self, help_text: str) -> None:
        super().__init__(
            label="Code",
            help_text=help_text,
            max_length=LONGEST_CODE,
            widget=forms.TextInput(
                attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}
            ),
            error_messages={"required": "Enter the code."},
        )


class CodeForm(Plain, AuthenticateForm):
    """The second step of signing in: a code, which works once."""

    code = CodeField("From your authenticator app, or one of your recovery codes.")

    def clean_code(self) -> str:
        """Use the code up.

        Raises:
            ValidationError: it is wrong or used, or there were too many tries.
        """
        forget_tries = check_rate_limit(self.user)
        code: str = self.cleaned_data["code"]
        held = use_code(user=self.user, code=code, now=now())
        if held is None:
            raise ValidationError(WRONG_CODE, code="incorrect_code")
        held.user = self.user
        self.authenticator = held
        forget_tries()
        return code


class AddAppForm(Plain, ActivateTOTPForm):
    """The first code of an authenticator app, which shows that it was set up."""

    code = CodeField("The six digits that your app shows now.")


class PasskeyForm(Plain, AuthenticateWebAuthnForm):
    """A passkey's answer as the second step."""


class PasskeyAgainForm(Plain, ReauthenticateWebAuthnForm):
    """A passkey's answer, to confirm that it is still them."""


class AddPasskeyForm(Plain, AddWebAuthnForm):
    """A new passkey, and what its owner calls it."""

    name = forms.CharField(
        label="Name",
        required=False,
        max_length=60,
        help_text="Such as “My laptop” or “Blue key”.",
    )


class PasswordAgainForm(PlainForm):
    """The password, to confirm that it is still them."""

    password = KnownPasswordField("Password")
