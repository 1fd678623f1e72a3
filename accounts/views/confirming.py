"""Confirming that it is still them, before what needs a sign-in of the last minutes."""

from http import HTTPStatus

from allauth.account.internal.flows.reauthentication import (
    reauthenticate_by_password,
    resume_request,
)
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import SIGNED_IN, PersonDoor
from accounts.models import User
from accounts.passed import has_second_factor, shown_by
from accounts.routes import route
from accounts.second_forms import CodeForm, PasskeyAgainForm, PasswordAgainForm

WRONG_PASSWORD = "This isn't your password."  # noqa: S105  (a sentence)
TOO_OFTEN = "That was too many tries. Wait a minute, then try again."


@route(permission=SIGNED_IN, methods=("GET", "POST"))
def confirm(request: HttpRequest, door: PersonDoor) -> HttpResponseBase:
    """Take a password, a code or a passkey, then go on with what was asked for.

    Where the session still lacks its second factor, a password is not enough.
    """
    held = has_second_factor(door.person)
    lacks = held and not shown_by(request).second_factor
    form: forms.Form | None = None
    if request.method == "POST":
        form = _sent(request, door.person)
        allowed = not (lacks and isinstance(form, PasswordAgainForm))
        if allowed and form.is_valid() and _passed(request, door.person, form):
            answer: HttpResponse | None = resume_request(request)
            return answer or redirect(get_next_redirect_url(request) or "mfa_index")
    return _page(request, door.person, form, held=held, lacks=lacks)


def _sent(request: HttpRequest, user: User) -> forms.Form:
    if "credential" in request.POST:
        return PasskeyAgainForm(request.POST, user=user)
    if "code" in request.POST:
        return CodeForm(request.POST, user=user)
    return PasswordAgainForm(request.POST)


def _passed(request: HttpRequest, user: User, form: forms.Form) -> bool:
    """Hold what was sent against the account, and note it in the session."""
    if isinstance(form, PasskeyAgainForm):
        post_authentication(request, form.cleaned_data["credential"])
    elif isinstance(form, CodeForm):
        post_authentication(request, form.authenticator)
    elif not ratelimit.consume(request, action="reauthenticate", user=user):
        form.add_error("password", TOO_OFTEN)
    elif not user.check_password(form.cleaned_data["password"]):
        form.add_error("password", WRONG_PASSWORD)
    else:
        reauthenticate_by_password(request)
    return form.is_valid()


def _page(
    request: HttpRequest,
    user: User,
    form: forms.Form | None,
    *,
    held: bool,
    lacks: bool,
) -> HttpResponse:
    password = PasswordAgainForm() if user.has_usable_password() and not lacks else None
    code = CodeForm(user=user) if held else None
    if isinstance(form, PasswordAgainForm) and password is not None:
        password = form
    elif isinstance(form, CodeForm) and code is not None:
        code = form
    context = {
        "page_title": "Confirm that it is you",
        "form": form,
        "password_form": password,
        "code_form": code,
        "passkey_form": PasskeyAgainForm(user=user) if held else None,
        "passkey": begin_authentication(user) if held else None,
        "next": get_next_redirect_url(request) or "",
        "lacks": lacks,
    }
    refused = form is not None
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "account/reauthenticate.html", context, status=status)
