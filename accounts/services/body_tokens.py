"""A body's tokens: its learning system sends completions with one, and no more."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import BodyToken, User
from accounts.services.tokens import (
    BODY_LIVE,
    BODY_TEST,
    New,
    ended_now,
    kept_of,
    new_secret,
    problems_of,
    refuse,
)
from core.actor import Actor
from core.audit import record


@transaction.atomic
def create_body_token(
    *,
    actor: Actor,
    user: User,
    program: str,
    name: str,
    expires_at: datetime,
    now: datetime,
) -> New[BodyToken]:
    """Make a token that opens a body's feed of completions.

    Args:
        user: the manager who makes it; nothing sent with it gives them credit.
        name: what the body calls it.
        expires_at: when it stops working, at most 366 days from now.

    Raises:
        NotUsable: no name or too long a one, or an end out of range.
    """
    name = name.strip()
    refuse(problems_of(name, expires_at, now))
    secret = new_secret(BODY_LIVE, BODY_TEST)
    token = BodyToken.objects.create(
        program=program, **kept_of(secret, name, user, expires_at, now)
    )
    record(
        actor=actor,
        action="token.created",
        subject=token,
        program=program,
        sentence=f"Created the feed token {name}",
        changes={"expires_at": (None, expires_at)},
        now=now,
    )
    return New(token, secret)


@transaction.atomic
def revoke_body_token(
    *, actor: Actor, program: str, token_id: UUID, now: datetime
) -> BodyToken:
    """End a token; its next request is refused. Revoking again changes nothing.

    Raises:
        Missing: the body has no such token.
    """
    tokens = BodyToken.objects.of_program(program)
    token, ended = ended_now(tokens, token_id, now)
    if ended:
        record(
            actor=actor,
            action="token.revoked",
            subject=token,
            program=program,
            sentence=f"Revoked the feed token {token.name}",
            changes={"revoked_at": (None, now)},
            now=now,
        )
    return token


@transaction.atomic
def revoke_body_tokens_of(
    *, actor: Actor, program: str, user: User, now: datetime
) -> None:
    """End every token that somebody made for a body, with an entry for each.

    Whoever manages it no more may have kept their secrets.
    """
    made = BodyToken.objects.of_program(program).filter(
        created_by=user, revoked_at=None
    )
    for token in made.order_by("created_at", "pk"):
        revoke_body_token(actor=actor, program=program, token_id=token.pk, now=now)
