"""A practice's REST tokens: made and revoked; any token, found by its secret."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import ApiToken, BodyToken, Practice, Token, User
from accounts.rules import TOKEN_SCOPES, hash_of
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, Missing, NotUsable

LIVE, TEST = "cep_live_", "cep_test_"
BODY_LIVE, BODY_TEST = "gsb_live_", "gsb_test_"
# 32 bytes are 256 bits of randomness.
SECRET_BYTES = 32
SHOWN = 13
LONGEST_NAME = 100
LONGEST_LIFE = timedelta(days=366)
# How exact "last used" is; a write a minute, not one a request.
USE_NOTED = timedelta(minutes=1)


T = TypeVar("T", bound=Token)


@dataclass(frozen=True)
class New(Generic[T]):
    """A token just made. `secret` exists here alone: the row keeps its SHA-256."""

    token: T
    secret: str


NewToken = New[ApiToken]


@transaction.atomic
def create_token(
    *,
    actor: Actor,
    user: User,
    practice: Practice,
    name: str,
    scopes: Sequence[str],
    expires_at: datetime,
    now: datetime,
    demo_secret: str = "",
) -> NewToken:
    """Make a token for a practice's programs to sign in with.

    Args:
        user: the administrator who makes it.
        name: what the practice calls it.
        scopes: what it may do, of `accounts.rules.TOKEN_SCOPES`.
        expires_at: when it stops working, at most 366 days from now.
        demo_secret: the secret a demonstration shows to everybody.

    Raises:
        NotUsable: no name, no or an unknown scope, or an end out of range.
        RuntimeError: a secret is given outside a demonstration.
    """
    if demo_secret and not settings.DEMO:
        raise RuntimeError("A token's secret is random outside a demonstration.")
    name = name.strip()
    problems = problems_of(name, expires_at, now)
    if not scopes or not set(scopes) <= set(TOKEN_SCOPES):
        text = "Choose at least one thing the token may do."
        problems.append(FieldProblem("scopes", text))
    refuse(problems)
    secret = demo_secret or new_secret(LIVE, TEST)
    token = ApiToken.objects.create(
        practice=practice,
        scopes=[scope for scope in TOKEN_SCOPES if scope in scopes],
        **kept_of(secret, name, user, expires_at, now),
    )
    record(
        actor=actor,
        action="token.created",
        subject=token,
        practice_id=practice.pk,
        sentence=f"Created the API token {name}",
        changes={
            "scopes": (None, ", ".join(token.scopes)),
            "expires_at": (None, expires_at),
        },
        now=now,
    )
    return NewToken(token, secret)


@transaction.atomic
def widen_token(
    *, actor: Actor, token: ApiToken, scopes: Sequence[str], now: datetime
) -> ApiToken:
    """Let a demonstration's token do more, where it was made before there was more.

    What it has already changes nothing. A practice makes a new token instead.

    Raises:
        RuntimeError: outside a demonstration.
    """
    if not settings.DEMO:
        raise RuntimeError("What a token may do stays outside a demonstration.")
    held = set(token.scopes) | set(scopes)
    wider = [scope for scope in TOKEN_SCOPES if scope in held]
    before = list(token.scopes)
    if wider == before:
        return token
    ApiToken.objects.filter(pk=token.pk).update(scopes=wider)
    token.scopes = wider
    record(
        actor=actor,
        action="token.widened",
        subject=token,
        practice_id=token.practice_id,
        sentence=f"Let the API token {token.name} do more",
        changes={"scopes": (", ".join(before), ", ".join(wider))},
        now=now,
    )
    return token


@transaction.atomic
def revoke_token(
    *, actor: Actor, practice: Practice, token_id: UUID, now: datetime
) -> ApiToken:
    """End a token; its next request is refused. Revoking again changes nothing.

    Raises:
        Missing: the practice has no such token.
    """
    token, ended = ended_now(ApiToken.objects.of(practice), token_id, now)
    if ended:
        record(
            actor=actor,
            action="token.revoked",
            subject=token,
            practice_id=practice.pk,
            sentence=f"Revoked the API token {token.name}",
            changes={"revoked_at": (None, now)},
            now=now,
        )
    return token


@transaction.atomic
def revoke_tokens_of(
    *, actor: Actor, practice: Practice, user: User, now: datetime
) -> None:
    """End every token that somebody made for a practice, with an entry for each.

    Whoever administers it no more may have kept their secrets.
    """
    made = ApiToken.objects.of(practice).filter(created_by=user, revoked_at=None)
    for token in made.order_by("created_at", "pk"):
        revoke_token(actor=actor, practice=practice, token_id=token.pk, now=now)


def use_token(*, secret: str, now: datetime) -> Token | None:
    """Find the token that a request carries; None where it opens nothing.

    Unknown, revoked and expired ones, and those of somebody switched off, are looked up
    and answered alike. That it was used is noted once a minute.
    """
    if secret.startswith((BODY_LIVE, BODY_TEST)):
        return _used(BodyToken.objects.all(), secret, now)
    return _used(ApiToken.objects.select_related("practice"), secret, now)


def new_secret(live: str, test: str) -> str:
    """Draw a secret that begins as such tokens do, in a demonstration another way."""
    return (test if settings.DEMO else live) + token_urlsafe(SECRET_BYTES)


def kept_of(
    secret: str, name: str, user: User, expires_at: datetime, now: datetime
) -> dict[str, Any]:
    """Give what a row keeps of a token that somebody makes."""
    return {
        "name": name,
        "prefix": secret[:SHOWN],
        "token_hash": hash_of(secret),
        "created_by": user,
        "created_at": now,
        "expires_at": expires_at,
    }


def ended_now(tokens: QuerySet[T], token_id: UUID, now: datetime) -> tuple[T, bool]:
    """End one of these tokens; say whether it worked until now.

    Raises:
        Missing: it is none of them.
    """
    token = tokens.filter(pk=token_id).first()
    if token is None:
        raise Missing("Not found.")
    ended = tokens.filter(pk=token.pk, revoked_at=None).update(revoked_at=now)
    token.refresh_from_db()
    return token, bool(ended)


def problems_of(name: str, expires_at: datetime, now: datetime) -> list[FieldProblem]:
    """Name what is wrong with a token's name or life."""
    problems = []
    if not name:
        text = "Enter a name, so you know later which program uses the token."
        problems.append(FieldProblem("name", text, "required"))
    elif len(name) > LONGEST_NAME:
        text = f"Shorten the name to {LONGEST_NAME} characters."
        problems.append(FieldProblem("name", text, "max_length"))
    if not now < expires_at <= now + LONGEST_LIFE:
        text = "Choose how long the token works, at most a year."
        problems.append(FieldProblem("expires", text))
    return problems


def refuse(problems: Sequence[FieldProblem]) -> None:
    """Refuse where there is a problem.

    Raises:
        NotUsable: there is one.
    """
    if problems:
        raise NotUsable(problems[0].text, problems)


def _used(tokens: QuerySet[T], secret: str, now: datetime) -> T | None:
    working = tokens.filter(revoked_at=None, expires_at__gt=now)
    token = working.filter(
        token_hash=hash_of(secret), created_by__is_active=True
    ).first()
    if token and (token.last_used_at is None or token.last_used_at <= now - USE_NOTED):
        unnoted = Q(last_used_at=None) | Q(last_used_at__lte=now - USE_NOTED)
        token._meta.model._default_manager.filter(unnoted, pk=token.pk).update(
            last_used_at=now
        )
    return token
