"""What people type or press as a second step, and to confirm that it is them."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import validate_totp_code
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError

from accounts.forms import KnownPasswordField
from accounts.models import User
from accounts.services.second_factors import use_code
from core.clock import now
from core.plain_forms import RELOAD, Plain, PlainForm

WRONG_CODE = "This code isn't right, or was used already. Wait for the next one."
LONGEST_CODE = 40
# A passkey's answer has some 2,000 characters, with a certificate some more.
LONGEST_CREDENTIAL = 20_000
# What reading bytes and nested values that somebody made up can end in.
UNREADABLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
)


@contextmanager
def _as_sent() -> Iterator[None]:
    """Refuse what can't be read: the library reads what browsers send alone.

    Raises:
        ValidationError: it isn't what a browser sends.
    """
    try:
        yield
    except UNREADABLE as error:
        raise ValidationError(RELOAD, code="invalid") from error


class CredentialField(forms.JSONField):
    """What a browser says of a passkey, of a length that one has."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput)

    def to_python(self, value: Any) -> Any:  # noqa: ANN401
        """Read the JSON.

        Raises:
            ValidationError: it is none, too long or nested too deep.
        """
        if len(str(value)) > LONGEST_CREDENTIAL:
            raise ValidationError(RELOAD, code="max_length")
        with _as_sent():
            return super().to_python(value)

    def bound_data(self, data: object, initial: object) -> None:
        """Put none of it into the page again: it answered one question."""


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


class AddAppForm(PlainForm):
    """The first code of an authenticator app, which shows that it was set up."""

    code = CodeField("The six digits that your app shows now.")

    def __init__(self, *args: Any, user: User, seed: str) -> None:  # noqa: ANN401
        super().__init__(*args)
        self.user = user
        self.seed = seed

    def clean_code(self) -> str:
        """Hold the code against the seed that the page showed.

        Raises:
            ValidationError: it is wrong, or there were too many tries.
        """
        forget_tries = check_rate_limit(self.user)
        code = "".join(self.cleaned_data["code"].split())
        if not validate_totp_code(self.seed, code):
            raise ValidationError(WRONG_CODE, code="incorrect_code")
        forget_tries()
        return code


class PasskeyForm(Plain, AuthenticateWebAuthnForm):
    """A passkey's answer as the second step."""

    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        """Find the passkey that answered.

        Raises:
            ValidationError: it isn't theirs or can't be read, or there were too many
                tries.
        """
        with _as_sent():
            found: Authenticator = super().clean_credential()
        return found


class PasskeyAgainForm(PasskeyForm, ReauthenticateWebAuthnForm):
    """A passkey's answer, to confirm that it is still them."""

    reauthenticated = True


class AddPasskeyForm(Plain, AddWebAuthnForm):
    """A new passkey, and what its owner calls it."""

    name = forms.CharField(
        label="Name",
        required=False,
        max_length=60,
        help_text="Such as “My laptop” or “Blue key”.",
    )
    credential = CredentialField()

    def clean(self) -> dict[str, Any]:
        """Check what the browser made.

        Raises:
            ValidationError: it answers another question, or can't be read.
        """
        with _as_sent():
            cleaned: dict[str, Any] = super().clean()
        return cleaned


class PasswordAgainForm(PlainForm):
    """The password, to confirm that it is still them."""

    password = KnownPasswordField("Password")
