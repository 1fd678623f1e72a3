"""Signing in and out, and setting a password: allauth's views behind our doors."""

from collections.abc import Callable
from functools import wraps

from allauth.account import views as allauth
from allauth.account.internal.stagekit import clear_login, unstash_login
from allauth.core import ratelimit
from allauth.mfa.base import views as second
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers

from accounts.access import ENTRY, PUBLIC, SIGNED_IN, Door, PersonDoor
from accounts.forms import AskForLinkForm
from accounts.models import User
from accounts.passed import first_step_holds
from accounts.routes import outside, route
from accounts.services import ask_for_reset
from core.clock import now

View = Callable[..., HttpResponseBase]


def secret_address(view: View) -> View:
    """Keep an address that holds a secret out of caches and Referer headers.

    A browser that sends no referrer posts forms with `Origin: null`, which the check
    of forms refuses. So such a page's own head sets `same-origin` for what it sends.
    """

    @wraps(view)
    def kept(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        add_never_cache_headers(response)
        return response

    return kept


def first_step_kept(view: View) -> View:
    """Lead back to sign-in where the password or the account changed meanwhile."""

    @wraps(view)
    def kept(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        waiting = unstash_login(request, peek=True)
        user = waiting.user if waiting is not None else None
        if isinstance(user, User) and not first_step_holds(request, user):
            clear_login(request)
            return redirect("account_login")
        return view(request, *args, **kwargs)

    return kept


@route(permission=SIGNED_IN, methods=("GET", "POST"))
def change_password(request: HttpRequest, door: PersonDoor) -> HttpResponseBase:
    """Change one's password; without one, a link is the way to a first."""
    if not door.person.has_usable_password():
        return redirect("account_reset_password")
    return allauth.password_change(request)


sign_in = outside(allauth.login, permission=PUBLIC, methods=("GET", "POST"))
second_step = outside(
    first_step_kept(second.authenticate), permission=PUBLIC, methods=("GET", "POST")
)
sign_out = outside(allauth.logout, permission=PUBLIC, methods=("POST",))
link_asked = outside(allauth.password_reset_done, permission=PUBLIC, methods=("GET",))
new_password = outside(
    secret_address(allauth.password_reset_from_key),
    permission=PUBLIC,
    methods=("GET", "POST"),
)
new_password_saved = outside(
    allauth.password_reset_from_key_done, permission=PUBLIC, methods=("GET",)
)


@route(permission=ENTRY, methods=("GET", "POST"))
def ask_for_link(request: HttpRequest, door: Door) -> HttpResponse:
    """Queue a link to set a new password; the answer is everybody's."""
    form = AskForLinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        limited = ratelimit.consume_or_429(request, action="reset_password", key=email)
        if limited is not None:
            return limited
        ask_for_reset(email=email, now=now())
        return redirect("account_reset_password_done")
    return render(request, "account/password_reset.html", {"form": form})


@route(permission=PUBLIC)
def sign_up(request: HttpRequest, door: Door) -> HttpResponse:
    """Say that accounts come by invitation."""
    return render(request, "account/signup_closed.html")
