"""Signing in through a practice's own provider: to it, and back from it."""

from dataclasses import asdict
from http import HTTPStatus

import structlog
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.core import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from accounts.access import ENTRY, Door
from accounts.asking import in_turn
from accounts.models import SingleSignOn
from accounts.openid import Client, Person, Provider, ProviderFault, ask, who_is_it
from accounts.queries import open_sign_on
from accounts.routes import route
from accounts.rules import hash_of
from accounts.services.sign_on import admit
from accounts.views.entry import secret_address
from core.clock import now
from core.sealing import Unreadable, unseal

# What a session remembers of whom it sent to a provider, until they come back.
ASKED = "sign_on"
# Seconds somebody has to show the provider who they are.
LONGEST_WAY = 15 * 60
# Seconds a provider that failed is left alone.
REST_SECONDS = 20
STALE = (
    "This way back from the sign-in service was used already, is too old, or did not "
    "begin in this browser."
)
NOT_SIGNED_IN = "The sign-in service did not sign you in."
AWAY = (
    "The sign-in service is away, or answers something we can't trust. "
    "Try again later, or sign in with your password."
)
REFUSED = (
    "You can't come in this way. Ask your Practice Administrator whether your account "
    "here has the same e-mail address as your account there, or sign in with your "
    "password."
)

logger = structlog.get_logger(__name__)


@route(permission=ENTRY, methods=("GET", "POST"))
def begin(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Show the way to the practice's provider, and lead there.

    A browser holds a form's whole way against the page's policy, also where the
    provider sends on to yet another place. So the answer to the form is a page of ours
    that leads on by itself: no policy has to open for anybody's provider.
    """
    sign_on = open_sign_on(_practice(request))
    if door.user is not None:
        return redirect("home")
    if request.method != "POST":
        return _page(request, "accounts/sign_on.html", sign_on)
    if not ratelimit.consume(request, action="sign_on"):
        return ratelimit.respond_429(request)
    try:
        client = _client(sign_on)
        provider = _provider(sign_on)
    except ProviderFault as fault:
        return _away(request, sign_on, fault)
    question = ask(provider, client)
    request.session[ASKED] = {
        "practice": str(sign_on.practice_id),
        "client_id": client.client_id,
        "provider": asdict(provider),
        "state": question.state,
        "nonce": question.nonce,
        "verifier": question.verifier,
        "next": get_next_redirect_url(request) or "",
        "at": now().timestamp(),
    }
    response = _page(request, "accounts/sign_on_leads.html", sign_on, question.url)
    response.headers["Refresh"] = f"0; url={question.url}"
    return response


@route(permission=ENTRY, methods=("GET",))
@secret_address
def back(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Sign in whoever comes back from the provider, if it is them.

    Nothing happens without what this session was sent there with, and that works once.
    """
    sign_on = open_sign_on(_practice(request))
    if door.user is not None:
        return redirect("home")
    asked = request.session.get(ASKED) or {}
    state = request.GET.get("state", "")
    if not asked or not constant_time_compare(state, asked["state"]):
        return _refused(request, sign_on, STALE)
    del request.session[ASKED]
    if not _still_holds(asked, sign_on, request):
        return _refused(request, sign_on, STALE)
    code = request.GET.get("code", "")
    if "error" in request.GET or not code:
        return _refused(request, sign_on, NOT_SIGNED_IN)
    try:
        with in_turn(sign_on.practice):
            person: Person = who_is_it(
                Provider(**asked["provider"]),
                _client(sign_on),
                code=code,
                verifier=asked["verifier"],
                nonce=asked["nonce"],
            )
    except ProviderFault as fault:
        return _away(request, sign_on, fault)
    user = admit(sign_on=sign_on, person=person, now=now())
    if user is None:
        return _refused(request, sign_on, REFUSED, HTTPStatus.FORBIDDEN)
    answer: HttpResponseBase = perform_login(
        request, user, email_verification="none", redirect_url=asked["next"] or None
    )
    return answer


def sign_on_addresses(slug: str) -> tuple[str, str]:
    """Give the address a practice's people begin at, and the one they come back to."""
    place = {"practice": slug}
    begin_url, back_url = (
        f"{settings.BASE_URL}{reverse(name, kwargs=place)}"
        for name in ("sign_on", "sign_on_back")
    )
    return begin_url, back_url


def _practice(request: HttpRequest) -> str:
    assert request.resolver_match is not None
    return str(request.resolver_match.kwargs["practice"])


def _client(sign_on: SingleSignOn) -> Client:
    """Give what the provider knows us by.

    Raises:
        ProviderFault: the secret lies under a key that is gone.
    """
    try:
        secret = unseal(sign_on.sealed_secret)
    except Unreadable as error:
        raise ProviderFault("Its client secret lies under a key that's gone") from error
    _, back_url = sign_on_addresses(sign_on.practice.slug)
    return Client(sign_on.client_id, secret, back_url)


def _provider(sign_on: SingleSignOn) -> Provider:
    """Ask a provider for its description, but one that just failed only in a while.

    A slow one holds up a web process for everybody, each time that it is asked.

    Raises:
        ProviderFault: it is away, or was a moment ago.
    """
    away = f"sign_on_away:{sign_on.pk}:{hash_of(sign_on.issuer)}"
    if cache.get(away):
        raise ProviderFault("It was away a moment ago, and isn't asked again yet.")
    with in_turn(sign_on.practice):
        try:
            return Provider.of(sign_on.issuer)
        except ProviderFault:
            cache.set(away, "away", REST_SECONDS)
            raise


def _still_holds(
    asked: dict[str, object], sign_on: SingleSignOn, request: HttpRequest
) -> bool:
    """Say whether the way began here, lately, and to the same provider as now.

    Whoever wants to mix up two providers has one send people back in another's name.
    """
    provider, at = asked["provider"], asked["at"]
    assert isinstance(provider, dict)
    assert isinstance(at, int | float)
    return (
        asked["practice"] == str(sign_on.practice_id)
        and asked["client_id"] == sign_on.client_id
        and provider["issuer"] == sign_on.issuer
        and request.GET.get("iss", sign_on.issuer) == sign_on.issuer
        and 0 <= now().timestamp() - at <= LONGEST_WAY
    )


def _away(
    request: HttpRequest, sign_on: SingleSignOn, fault: ProviderFault
) -> HttpResponse:
    logger.warning("the provider of a single sign-on failed", fault=str(fault))
    return _refused(request, sign_on, AWAY, HTTPStatus.BAD_GATEWAY)


def _refused(
    request: HttpRequest,
    sign_on: SingleSignOn,
    text: str,
    status: int = HTTPStatus.BAD_REQUEST,
) -> HttpResponse:
    return _page(
        request, "accounts/sign_on_refused.html", sign_on, text=text, status=status
    )


def _page(
    request: HttpRequest,
    template: str,
    sign_on: SingleSignOn,
    url: str = "",
    *,
    text: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    practice = sign_on.practice
    context = {
        "page_title": f"Sign in to {practice.name}",
        "page": {
            "practice_name": practice.name,
            "here_url": reverse("sign_on", kwargs={"practice": practice.slug}),
            "provider_url": url,
            "text": text,
            "next": get_next_redirect_url(request) or "",
        },
    }
    return render(request, template, context, status=status)
