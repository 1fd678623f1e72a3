"""Who asks: the cast and others, each with a browser or a program."""

from collections.abc import Iterator
from datetime import timedelta

from django.test import Client

from accounts.models import (
    Administration,
    ApiToken,
    Practice,
    Sponsorship,
    StaffRole,
    User,
)
from accounts.rules import TOKEN_SCOPES
from accounts.services.tokens import create_token, revoke_token
from tests.cast import (
    BODY,
    NOW,
    OTHER_BODY,
    TESTER,
    TODAY,
    Cast,
    a_member,
    a_user,
    an_administrator,
    certify,
)
from tests.signing import client_without_second_factor, open_session

# Actors who sign in, by what they are to Northside and to Bob.
BOTH = "holder who administers elsewhere"
TWO_BODIES = "reviewer who manages another body"
SIGNED = {
    "stranger": "sam",
    "member": "bob",
    "foreign member": "charlie",
    "administrator": "alice",
    "foreign administrator": "frank",
    "reviewer": "erin",
    "manager": "mona",
    "reviewer of another body": "rita",
}
FORMER = "former administrator"
DEACTIVATED = "deactivated administrator"
FORMER_HOLDER = "former holder"
FORMER_MANAGER = "former manager"
# They belong here, but this session was opened with a password alone.
ONE_STEP = ("administrator after one step", "manager after one step")
SIGNED_OUT = "signed out"
TOKENS = (
    "token",
    "token of another practice",
    "token without the scope",
    "revoked token",
    "expired token",
)
ACTORS = (
    SIGNED_OUT,
    *SIGNED,
    "colleague",
    BOTH,
    FORMER_HOLDER,
    TWO_BODIES,
    FORMER_MANAGER,
    FORMER,
    DEACTIVATED,
    *ONE_STEP,
    *TOKENS,
)
# What a token is given: each scope by itself, and those that are needed together.
BINDERS = "exports:read members:read certificates:read ce:read documents:read"
SCOPES = (*TOKEN_SCOPES, BINDERS)
# Somebody else's thing may be theirs.
FOREIGNERS = {
    "foreign member",
    "foreign administrator",
    "reviewer of another body",
    "token of another practice",
    BOTH,
    TWO_BODIES,
}


def make_clients(cast: Cast) -> Iterator[tuple[tuple[str, str], Client]]:
    """Sign everybody in, and give programs a token for each scope, and for several."""
    yield (SIGNED_OUT, ""), Client(raise_request_exception=False)
    for actor, name in SIGNED.items():
        yield (actor, ""), browser(cast.user(name))
    for actor, user in _of_both_sides(cast):
        yield (actor, ""), browser(user)
    former = an_administrator("Fay Former", cast.northside, named=False)
    deactivated = an_administrator("Dan Deactivated", cast.northside, named=False)
    yield (FORMER, ""), browser(former)
    yield (DEACTIVATED, ""), browser(deactivated)
    # They lose their right while they are signed in.
    Administration.objects.filter(user=former).update(until_at=NOW)
    User.objects.filter(pk=deactivated.pk).update(is_active=False)
    StaffRole.objects.filter(user__name="Moe Manager").update(until_at=NOW)
    for actor, user in zip(ONE_STEP, _after_one_step(cast), strict=True):
        yield (actor, ""), client_without_second_factor(user)
    for actor in TOKENS:
        for scope in SCOPES:
            secret = _secret(cast, actor, scope)
            header = {"authorization": f"Bearer {secret}"}
            client = Client(raise_request_exception=False, headers=header)
            yield (actor, scope), client


def _of_both_sides(cast: Cast) -> Iterator[tuple[str, User]]:
    """Make those who belong here in part, or did until today."""
    yield "colleague", a_holder("Cora Colleague", cast.northside)
    both = a_holder("Hal Holder", cast.northside)
    Administration.objects.create(practice=cast.lakeview, user=both, from_at=NOW)
    yield BOTH, both
    gone = a_holder("Gus Gone", cast.northside)
    Sponsorship.objects.filter(member__user=gone).update(until_on=TODAY)
    yield FORMER_HOLDER, gone
    reviewer, manager = a_user("Ravi Reviewer"), a_user("Moe Manager")
    for user, body, role in (
        (reviewer, BODY, "reviewer"),
        (reviewer, OTHER_BODY, "manager"),
        (manager, BODY, "manager"),
    ):
        StaffRole.objects.create(user=user, program=body, role=role)
    yield TWO_BODIES, reviewer
    yield FORMER_MANAGER, manager


def _after_one_step(cast: Cast) -> Iterator[User]:
    yield an_administrator("Ada Once", cast.northside, named=False)
    manager = a_user("Milo Once")
    StaffRole.objects.create(user=manager, program=BODY, role="manager")
    yield manager


def a_holder(name: str, practice: Practice) -> User:
    """Somebody whom a practice sponsors, with an account and the credential."""
    user = a_user(name)
    certify(a_member(name, practice, user=user))
    return user


def browser(user: User) -> Client:
    """Sign somebody in."""
    return open_session(Client(raise_request_exception=False), user)


def _secret(cast: Cast, actor: str, scope: str) -> str:
    foreign = actor == "token of another practice"
    practice = cast.lakeview if foreign else cast.northside
    scopes = scope.split()
    if actor == "token without the scope":
        scopes = [each for each in TOKEN_SCOPES if each not in scopes]
    made = create_token(
        actor=TESTER,
        user=cast.frank if foreign else cast.alice,
        practice=practice,
        name=actor,
        scopes=scopes,
        expires_at=NOW + timedelta(days=30),
        now=NOW,
    )
    if actor == "expired token":
        ApiToken.objects.filter(pk=made.token.pk).update(expires_at=NOW)
    if actor == "revoked token":
        revoke_token(actor=TESTER, practice=practice, token_id=made.token.pk, now=NOW)
    return made.secret
