"""What a practice sets for its single sign-on."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Practice, SignOnLink, SingleSignOn, User
from accounts.services.sessions import end_sessions, end_sessions_of
from accounts.services.values import Typed
from core.actor import Actor
from core.audit import record
from core.failures import Missing
from core.outgoing import NotFetched, usable
from core.sealing import Unreadable, seal, sealed_anew, unseal

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}")
MOST_DOMAINS = 20
LONGEST_DOMAIN = 253
LONGEST_SECRET = 500
ISSUER_WORDS = "Enter the provider's address with https://, such as https://login.practice.example."


@dataclass(frozen=True)
class SignOnSettings:
    """What an administrator typed. An empty secret keeps the one there is."""

    issuer: str
    client_id: str
    secret: str
    domains: Sequence[str]
    is_on: bool


@transaction.atomic
def set_sign_on(
    *,
    actor: Actor,
    practice: Practice,
    typed: SignOnSettings,
    keep: str = "",
    now: datetime,
) -> SingleSignOn:
    """Set a practice's single sign-on, with one entry; the same again changes nothing.

    Another provider, or another client with it, may call people by other names: the
    links to the former end, and each is linked anew at their next sign-in. With them,
    and where it is switched off, end the sessions that it may have opened.

    Args:
        actor: the administrator who sets it.
        practice: whose it is.
        typed: what was typed.
        keep: the session in which it is set, which goes on.
        now: the instant, UTC.

    Raises:
        NotUsable: a field can't be used; each is named.
    """
    Practice.objects.select_for_update().get(pk=practice.pk)
    held = SingleSignOn.objects.of(practice).first()
    values = _checked(typed, secret_is_there=held is not None)
    before = {name: getattr(held, name) if held else None for name in values}
    changed = {name for name, value in values.items() if value != before[name]}
    new_secret = bool(typed.secret) and (
        held is None or not _is(held.sealed_secret, typed.secret)
    )
    if held is not None and not changed and not new_secret:
        return held
    row = held or SingleSignOn(practice=practice)
    for name, value in values.items():
        setattr(row, name, value)
    if new_secret:
        row.sealed_secret = seal(typed.secret)
    row.save()
    if held is not None:
        _end_what_it_opened(practice, typed, changed, keep, now)
    words = "Changed single sign-on" if held else "Set single sign-on up"
    record(
        actor=actor,
        action="sign_on.set",
        subject=row,
        practice_id=practice.pk,
        sentence=f"{words}{' with a new client secret' if new_secret else ''}",
        changes={
            _word(name): (_shown(before[name]), _shown(values[name]))
            for name in sorted(changed)
        },
        now=now,
    )
    return row


@transaction.atomic
def unlink(
    *, actor: Actor, practice: Practice, link_id: UUID, keep: str = "", now: datetime
) -> str:
    """End a person's link to the provider; the next sign-in makes a new one.

    For whom the provider calls by another name since, or who isn't them: their sessions
    end. Returns the person's name; again changes nothing.

    Args:
        actor: the administrator who ends it.
        practice: whose link it is.
        link_id: which one.
        keep: the session in which it is done, which goes on.
        now: the instant, UTC.

    Raises:
        Missing: the practice has no such link.
    """
    links = SignOnLink.objects.filter(practice=practice, pk=link_id)
    link = links.select_related("user").first()
    if link is None:
        raise Missing("Not found.")
    if links.filter(until_at=None).update(until_at=now):
        end_sessions(user=link.user, keep=keep)
        record(
            actor=actor,
            action="sign_on.unlinked",
            subject=link,
            practice_id=practice.pk,
            sentence=f"Ended {link.user.name}'s link to the sign-on provider",
            now=now,
        )
    return link.user.name


@transaction.atomic
def seal_secrets_anew() -> int:
    """Seal every client's secret under the present key; return how many there were.

    Raises:
        Unreadable: one lies under a key that is not among the settings any more.
    """
    rows = list(SingleSignOn.objects.select_for_update())
    for row in rows:
        row.sealed_secret = sealed_anew(row.sealed_secret)
        row.save(update_fields=["sealed_secret"])
    return len(rows)


def _end_what_it_opened(
    practice: Practice,
    typed: SignOnSettings,
    changed: AbstractSet[str],
    keep: str,
    now: datetime,
) -> None:
    """End the sessions of whoever is linked, and the links to another provider."""
    links = SignOnLink.objects.of(practice)
    moves = bool(changed & {"issuer", "client_id"})
    if moves or ("is_on" in changed and not typed.is_on):
        people = User.objects.filter(pk__in=links.values("user"))
        end_sessions_of(users=people, keep=keep)
    if moves:
        links.update(until_at=now)


def _checked(typed: SignOnSettings, *, secret_is_there: bool) -> dict[str, object]:
    """Check what was typed; give what is kept in the clear."""
    line = Typed()
    issuer = line.line("issuer", typed.issuer, what="the provider's address", most=500)
    if issuer and not _is_issuer(issuer):
        line.refuse("issuer", ISSUER_WORDS)
    client = line.line("client_id", typed.client_id, what="the client ID", most=255)
    if not typed.secret and not secret_is_there:
        line.refuse("client_secret", "Enter the client secret.")
    elif len(typed.secret) > LONGEST_SECRET or not typed.secret.isprintable():
        line.refuse("client_secret", "Enter the secret as your provider shows it.")
    domains = sorted({each.strip().lower().removeprefix("@") for each in typed.domains})
    _check_domains(line, domains)
    line.check()
    return {
        "issuer": issuer,
        "client_id": client,
        "domains": domains,
        "is_on": typed.is_on,
    }


def _check_domains(line: Typed, domains: Sequence[str]) -> None:
    wrong = [each for each in domains if not _is_domain(each)]
    if wrong:
        text = f"{wrong[0][:80]} is no e-mail domain. Write it as in practice.example."
        line.refuse("domains", text)
    elif not domains:
        line.refuse("domains", "Enter at least one e-mail domain of your people.")
    elif len(domains) > MOST_DOMAINS:
        line.refuse("domains", f"Enter at most {MOST_DOMAINS} e-mail domains.")


def _is_issuer(text: str) -> bool:
    """Say whether a text is an address without a query, as issuers are."""
    try:
        parts = usable(text)
    except NotFetched:
        return False
    return not parts.query and not parts.fragment and "?" not in text


def _is_domain(text: str) -> bool:
    return len(text) <= LONGEST_DOMAIN and DOMAIN.fullmatch(text) is not None


def _is(sealed: str, secret: str) -> bool:
    """Say whether a secret is the one there is; one that can't be read is another."""
    try:
        return unseal(sealed) == secret
    except Unreadable:
        return False


def _word(name: str) -> str:
    return "on" if name == "is_on" else name


def _shown(value: object) -> object:
    return ", ".join(value) if isinstance(value, list) else value
