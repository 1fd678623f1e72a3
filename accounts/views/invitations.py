"""What an invitation's link opens."""

from http import HTTPStatus

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.defaultfilters import date as spelled
from django.urls import reverse

from accounts.access import ENTRY, Door
from accounts.forms import AcceptForm, show
from accounts.models import Invitation, User
from accounts.queries import (
    has_account,
    is_closed,
    known_invitation,
    open_invitation,
    sponsor_besides,
)
from accounts.routes import route
from accounts.services import accept_as, accept_with_password, ask_again, decline
from accounts.views.bodies import today_in, zone_of
from accounts.views.entry import secret_address
from core.clock import now
from core.failures import Missing, Refusal
from core.scope import Scope, scoped
from core.shown import ending


@route(permission=ENTRY, methods=("GET", "POST"))
@secret_address
def accept(request: HttpRequest, door: Door, token: str) -> HttpResponseBase:
    """Let somebody set a password, or join with the account they have."""
    invitation = open_invitation(token, now=now())
    if invitation is None:
        return _gone(request, token)
    if is_closed(invitation.email):
        return _closed(request, invitation, token)
    if has_account(invitation.email):
        return _join(request, door, invitation, token)
    return _set_password(request, door, invitation, token)


@route(permission=ENTRY, methods=("POST",))
@secret_address
def ask_for_new(request: HttpRequest, door: Door, token: str) -> HttpResponseBase:
    """Mail a new link in place of one that has ended; the answer never tells."""
    if not ratelimit.consume(request, action="invitation_again", key=token):
        return ratelimit.respond_429(request)
    asked = known_invitation(token)
    if asked is not None:
        with scoped(Scope.joining(asked.pk)):
            ask_again(actor=door.actor, invitation=asked, now=now())
    return render(request, "accounts/invite_asked.html")


@route(permission=ENTRY, methods=("POST",))
@secret_address
def say_no(request: HttpRequest, door: Door, token: str) -> HttpResponseBase:
    """Let whoever holds the link say no; the practice sees that they did."""
    invitation = open_invitation(token, now=now())
    if invitation is None:
        return _gone(request, token)
    try:
        with scoped(Scope.joining(invitation.pk)):
            decline(invitation=invitation, now=now())
    except Missing:
        return _gone(request, token)
    return declined_page(request, invitation)


def declined_page(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Say what the practice learns of a no."""
    context = {"page_title": "Invitation", "practice_name": invitation.practice.name}
    return render(request, "accounts/invite_declined.html", context)


def _set_password(
    request: HttpRequest, door: Door, invitation: Invitation, token: str
) -> HttpResponseBase:
    if door.user is not None:
        return _other_account(request, invitation)
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with scoped(Scope.joining(invitation.pk)):
                user = accept_with_password(
                    invitation=invitation,
                    password=form.cleaned_data["password"],
                    today=today_in(invitation.program),
                    now=now(),
                )
        except Missing:
            return _gone(request, token)
        except Refusal as refusal:
            show(refusal, form)
        else:
            return _sign_in(request, user)
    return render(
        request,
        "accounts/invite.html",
        {
            "page_title": "Invitation",
            "invite": _words(invitation),
            "form": form,
            "no_url": _no_url(token),
        },
        status=_status(form),
    )


def _sign_in(request: HttpRequest, user: User) -> HttpResponseBase:
    answer: HttpResponseBase = perform_login(request, user, email_verification="none")
    return answer


def _join(
    request: HttpRequest, door: Door, invitation: Invitation, token: str
) -> HttpResponseBase:
    user = door.user
    if user is not None and user.email.lower() != invitation.email:
        return _other_account(request, invitation)
    errors: list[dict[str, str]] = []
    if request.method == "POST" and user is not None:
        try:
            with scoped(Scope.joining(invitation.pk)):
                accept_as(
                    invitation=invitation,
                    user=user,
                    today=today_in(invitation.program),
                    keep=str(request.session.session_key),
                    now=now(),
                )
        except Missing:
            return _gone(request, token)
        except Refusal as refusal:
            errors = [{"text": refusal.text}]
        else:
            practice = invitation.practice.name
            messages.success(request, f"You are on the list of {practice} now.")
            return redirect("home")
    return render(
        request,
        "accounts/invite_join.html",
        {
            "page_title": "Invitation",
            "invite": _words(invitation),
            "signed_in": user is not None,
            "former": _former(user, invitation),
            "no_url": _no_url(token),
            "sign_in_url": f"{reverse('account_login')}?next={request.path}",
            "errors": errors,
        },
        status=HTTPStatus.CONFLICT if errors else HTTPStatus.OK,
    )


def _other_account(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Ask to sign out: the browser is somebody else's at the moment."""
    return render(
        request,
        "accounts/invite_other.html",
        {
            "page_title": "Invitation",
            "invite": _words(invitation),
            "next": request.path,
        },
        status=HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK,
    )


def _closed(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    """Name the way out where nobody can sign in with the address any more."""
    return render(
        request,
        "accounts/invite_closed.html",
        {
            "page_title": "Invitation",
            "invite": _words(invitation),
            "no_url": _no_url(token),
        },
        status=HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK,
    )


def _gone(request: HttpRequest, token: str) -> HttpResponse:
    """Answer alike whether the link was used, replaced, too old or never there."""
    path = reverse("ask_for_new_invitation", kwargs={"token": token})
    return render(
        request,
        "accounts/invite_gone.html",
        {"page_title": "This invitation has ended", "renew_url": path},
        status=HTTPStatus.GONE,
    )


def _no_url(token: str) -> str:
    return reverse("decline_invitation", kwargs={"token": token})


def _former(user: User | None, invitation: Invitation) -> str:
    if user is None:
        return ""
    with scoped(Scope.own(user.pk)):
        return sponsor_besides(user, invitation)


def _words(invitation: Invitation) -> dict[str, str]:
    zone = zone_of(invitation.program)
    ends = ending(invitation.expires_at, invitation.created_at, zone)
    return {
        "practice_name": invitation.practice.name,
        "name": f"{invitation.first_name} {invitation.last_name}",
        "email": invitation.email,
        "expires_text": spelled(ends, "M j, Y"),
    }


def _status(form: AcceptForm) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
