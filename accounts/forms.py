"""What people type to get in, and to let others in."""

from collections.abc import Sequence

from allauth.account.fields import EmailField, PasswordField, SetPasswordField
from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm, ResetPasswordKeyForm
from django import forms
from django.http import QueryDict

from core.failures import Refusal
from core.plain_forms import Plain, PlainForm

ADDRESS_WORDS = {
    "required": "Enter an e-mail address.",
    "invalid": "Enter an e-mail address such as name@practice.example.",
}
PASSWORD_WORDS = {"required": "Enter a password."}


class KnownPasswordField(PasswordField):
    """The password somebody has."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            autocomplete="current-password",
            error_messages=PASSWORD_WORDS,
        )
        del self.widget.attrs["placeholder"]


class NewPasswordField(SetPasswordField):
    """The password somebody chooses, typed once: it can be pasted, and reset."""

    def __init__(self) -> None:
        super().__init__(
            label="New password",
            help_text="At least 12 characters.",
            error_messages=PASSWORD_WORDS,
        )
        del self.widget.attrs["placeholder"]


class SignInForm(Plain, LoginForm):
    """E-mail and password."""

    password = KnownPasswordField("Password")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = EmailField(
            label="E-mail",
            widget=forms.EmailInput(attrs={"autocomplete": "username"}),
            error_messages=ADDRESS_WORDS,
        )
        self.order_fields(["login", "password"])


class AskForLinkForm(PlainForm):
    """The address that a link to set a new password goes to."""

    email = EmailField(
        label="E-mail",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages=ADDRESS_WORDS,
    )


class NewPasswordForm(Plain, ResetPasswordKeyForm):
    """A new password."""

    password1 = NewPasswordField()
    password2 = None  # type: ignore[assignment]  # Django's way to drop a field


class ChangePasswordForm(Plain, AllauthChangePasswordForm):
    """The present password and a new one."""

    oldpassword = KnownPasswordField("Current password")
    password1 = NewPasswordField()
    password2 = None  # type: ignore[assignment]  # Django's way to drop a field


class AcceptForm(PlainForm):
    """The password of a new account."""

    password = forms.CharField(
        label="Password",
        help_text="At least 12 characters. A few words in a row are easy to remember.",
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages=PASSWORD_WORDS,
    )


class InviteForm(PlainForm):
    """Who is to get an account. The program is asked where there are several."""

    first_name = forms.CharField(
        max_length=100, error_messages={"required": "Enter a first name."}
    )
    last_name = forms.CharField(
        max_length=100, error_messages={"required": "Enter a last name."}
    )
    email = forms.EmailField(label="E-mail", error_messages=ADDRESS_WORDS)
    program = forms.ChoiceField()

    def __init__(
        self, data: QueryDict | None, *, programs: Sequence[str], program: str
    ) -> None:
        """Offer the programs there are; `program` is the practice's own."""
        super().__init__(data)
        self._only = programs[0] if len(programs) == 1 else ""
        if self._only:
            del self.fields["program"]
            return
        field = self.fields["program"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, code.upper()) for code in programs]
        field.initial = program

    @property
    def program_code(self) -> str:
        """The program that was chosen, or the only one."""
        return self._only or str(self.cleaned_data["program"])


class HandOverForm(PlainForm):
    """Who is to be Practice Administrator, after whom the page showed."""

    person = forms.ChoiceField(
        label="New Practice Administrator",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the new Practice Administrator."},
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=36)

    def __init__(
        self, data: QueryDict | None, *, people: Sequence[tuple[str, str]], seen: str
    ) -> None:
        """Offer these people, by id and name."""
        super().__init__(data, initial={"seen": seen})
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = people


def show(refusal: Refusal, form: forms.Form) -> None:
    """Put what a service refused beside the fields it names, else above the form."""
    shown = {field.name for field in form.visible_fields()}
    named = [problem for problem in refusal.problems if problem.field in shown]
    for problem in named:
        form.add_error(problem.field, problem.text)
    if not named:
        form.add_error(None, refusal.text)
