"""Second factors: set up, used once, made anew, removed."""

import hmac
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import structlog
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.db import transaction

from accounts.access import holds_a_role
from accounts.models import User
from accounts.recovery import hash_of_code, new_codes
from accounts.services.alerts import tell_of_change
from accounts.services.sessions import end_sessions
from core.actor import Actor
from core.audit import record
from core.failures import Missing, Refusal
from core.sealing import Unreadable, seal, sealed_anew, unseal

APP = Authenticator.Type.TOTP
PASSKEY = Authenticator.Type.WEBAUTHN
CODES = Authenticator.Type.RECOVERY_CODES
# Seconds a code of an app stands for (RFC 6238).
STEP = 30

logger = structlog.get_logger(__name__)


@transaction.atomic
def add_app(
    *, user: User, seed: str, code: str, keep: str, now: datetime
) -> Authenticator:
    """Set an authenticator app up; the code that showed it is used up with it.

    Args:
        user: whose.
        seed: the app's secret in base32, which is stored sealed.
        code: the code that was checked.
        keep: the session that goes on; the others end.
        now: the instant, UTC.

    Raises:
        Refusal: they have one already.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if Authenticator.objects.filter(user=user, type=APP).exists():
        raise Refusal("You have an authenticator app already. Remove it first.")
    data = {"secret": seal(seed), "used": _step_of(seed, code, now)}
    return _added(user, APP, data, "an authenticator app", keep, now)


@transaction.atomic
def add_passkey(
    *, user: User, name: str, credential: dict[str, Any], keep: str, now: datetime
) -> Authenticator:
    """Keep a passkey whose answer was checked; it holds no secret.

    Args:
        user: whose.
        name: what they call it.
        credential: the browser's answer.
        keep: the session that goes on; the others end.
        now: the instant, UTC.
    """
    data = {"name": name, "credential": credential}
    return _added(user, PASSKEY, data, f"the passkey {name}", keep, now)


@transaction.atomic
def make_recovery_codes(*, user: User, now: datetime) -> list[str]:
    """Make ten codes that work once each; those made before stop working.

    Raises:
        Refusal: there is nothing to recover yet.
    """
    User.objects.select_for_update().get(pk=user.pk)
    held = Authenticator.objects.filter(user=user)
    if not held.exclude(type=CODES).exists():
        raise Refusal("Set up an authenticator app or a passkey first.")
    held.filter(type=CODES).delete()
    made = list(new_codes())
    hashes = [hash_of_code(code) for code in made]
    Authenticator.objects.create(
        user=user, type=CODES, data={"hashes": hashes}, created_at=now
    )
    record(
        actor=Actor(user.name, user_id=user.pk),
        action="second_factor.codes_made",
        subject=user,
        sentence="Made new recovery codes",
        now=now,
    )
    tell_of_change(user=user, what="New recovery codes were made.", now=now)
    return made


@transaction.atomic
def use_code(*, user: User, code: str, now: datetime) -> Authenticator | None:
    """Use a code up, of the app or a recovery code; None where it opens nothing.

    An app's code works once, and none before it works after it: the row remembers the
    half minute of the last one, so that no cache has to. A seed that can't be read
    opens nothing, and says so in the log.
    """
    code = "".join(code.split())
    rows = Authenticator.objects.select_for_update().filter(user=user)
    held = {each.type: each for each in rows if is_readable(each)}
    app: Authenticator | None = held.get(APP)
    if app is not None:
        step = _step_of(unseal(app.data["secret"]), code, now)
        if step is not None and step > (app.data.get("used") or 0):
            app.data["used"] = step
            app.save(update_fields=["data"])
            return app
    codes: Authenticator | None = held.get(CODES)
    if codes is None or hash_of_code(code) not in codes.data["hashes"]:
        return None
    codes.data["hashes"].remove(hash_of_code(code))
    codes.save(update_fields=["data"])
    record(
        actor=Actor(user.name, user_id=user.pk),
        action="second_factor.code_used",
        subject=user,
        sentence="Used a recovery code",
        now=now,
    )
    left = len(codes.data["hashes"])
    what = f"A recovery code was used to sign in; {left} are left."
    tell_of_change(user=user, what=what, now=now)
    return codes


def is_readable(factor: Authenticator) -> bool:
    """Say whether a key of the settings opens what a factor's row keeps sealed."""
    if factor.type != APP:
        return True
    try:
        unseal(factor.data["secret"])
    except Unreadable:
        logger.error(
            "A second step lies sealed under a key that is gone", factor=factor.pk
        )
        return False
    return True


@transaction.atomic
def remove_factor(*, user: User, factor: int, keep: str, now: datetime) -> None:
    """Take a factor away; the last one takes the recovery codes with it.

    Args:
        user: whose.
        factor: the number of its row.
        keep: the session that goes on; the others end.
        now: the instant, UTC.

    Raises:
        Missing: they have no such factor.
        Refusal: it is the last one, and their role needs one.
    """
    User.objects.select_for_update().get(pk=user.pk)
    held = Authenticator.objects.filter(user=user)
    found = held.exclude(type=CODES).filter(pk=factor).first()
    if found is None:
        raise Missing("Not found.")
    others = held.exclude(type=CODES).exclude(pk=found.pk)
    if not others.exists():
        if holds_a_role(user):
            raise Refusal(
                "Your role needs a second step. Add another one, then remove this."
            )
        held.filter(type=CODES).delete()
    name = _name_of(found)
    found.delete()
    record(
        actor=Actor(user.name, user_id=user.pk),
        action="second_factor.removed",
        subject=user,
        sentence=f"Removed {name}",
        now=now,
    )
    what = f"A second step was removed: {name}."
    tell_of_change(user=user, what=what, now=now)
    end_sessions(user=user, keep=keep)


def codes_left(factors: Iterable[Authenticator]) -> int:
    """Count the recovery codes among what somebody has set up."""
    return sum(len(each.data["hashes"]) for each in factors if each.type == CODES)


def factors_of(user: User) -> list[Authenticator]:
    """List what somebody has set up, the first one first, recovery codes among them."""
    return list(Authenticator.objects.filter(user=user).order_by("created_at", "pk"))


@transaction.atomic
def reset_second_factors(*, actor: Actor, email: str, now: datetime) -> User:
    """Take every factor of somebody away who has lost them; their sessions end.

    They set one up anew at their next sign-in.

    Raises:
        Missing: nobody signs in with the address.
    """
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        raise Missing(f"Nobody signs in as {email}.")
    Authenticator.objects.filter(user=user).delete()
    record(
        actor=actor,
        action="second_factor.reset",
        subject=user,
        sentence=f"Took {user.name}'s second step away, so that they set up a new one",
        now=now,
    )
    what = "Your second steps were taken away, so that you set up new ones."
    tell_of_change(user=user, what=what, now=now)
    end_sessions(user=user)
    return user


@transaction.atomic
def seal_seeds_anew() -> int:
    """Seal every seed under the present key, so that a former one can be dropped.

    Nothing anybody can do changes by it. Returns how many there were.

    Raises:
        Unreadable: one lies under a key that is not among the settings any more.
    """
    apps = list(Authenticator.objects.select_for_update().filter(type=APP))
    for held in apps:
        held.data["secret"] = sealed_anew(held.data["secret"])
        held.save(update_fields=["data"])
    return len(apps)


def _added(
    user: User,
    kind: Authenticator.Type,
    data: dict[str, Any],
    words: str,
    keep: str,
    now: datetime,
) -> Authenticator:
    made: Authenticator = Authenticator.objects.create(
        user=user, type=kind, data=data, created_at=now
    )
    record(
        actor=Actor(user.name, user_id=user.pk),
        action="second_factor.added",
        subject=user,
        sentence=f"Set up {words} for signing in",
        now=now,
    )
    tell_of_change(user=user, what=f"A second step was set up: {words}.", now=now)
    end_sessions(user=user, keep=keep)
    return made


def _name_of(factor: Authenticator) -> str:
    if factor.type == PASSKEY:
        return f"the passkey {factor.data['name']}"
    return "the authenticator app"


def _step_of(seed: str, code: str, now: datetime) -> int | None:
    """Find the half minute whose code this is, of those that are taken now."""
    present = int(now.timestamp()) // STEP
    near = settings.MFA_TOTP_TOLERANCE
    for step in range(present - near, present + near + 1):
        expected = format_hotp_value(hotp_value(seed, step))
        if hmac.compare_digest(expected.encode(), code.encode()):
            return step
    return None
