"""Making a notice of what somebody is mailed, and forgetting old ones."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models.functions import Lower
from django.urls import Resolver404, resolve

from accounts.access import Kind
from accounts.models import Member, User
from core.letters import Letter
from core.models import OutboxMessage
from notifications.models import Notice
from notifications.queries import subject_of
from notifications.rules import CYCLE_REMINDER, ONE_USE, SECURITY, WEEKLY

Place, Klass = Notice.Place, Notice.Klass
LONGEST_PATH = 300
# Whose page the letter's button leads to. A public page says nothing of who reads.
PLACES = {
    Kind.SIGNED_IN: Place.PERSON,
    Kind.OWN: Place.OWN,
    Kind.PRACTICE: Place.PRACTICE,
    Kind.STAFF: Place.STAFF,
}


def note(*, message: OutboxMessage, letter: Letter, now: datetime) -> None:
    """Note for whoever a letter is for, if they have an account, what it says.

    Asked again for the same message it does nothing. A letter whose link lets somebody
    in is never noted.
    """
    if message.kind in ONE_USE:
        return
    path = _path_in(letter)
    place = place_of(path)
    if place is None or (place == Place.PRACTICE and message.practice_id is None):
        return
    reader = _reader(message.recipient)
    if reader is None:
        return
    notice = Notice(
        message_id=message.pk,
        user=reader,
        practice_id=message.practice_id if place == Place.PRACTICE else None,
        program=message.program or _body_in(path),
        place=place,
        klass=klass_of(message.kind),
        kind=message.kind,
        title=subject_of(message, letter),
        path=path,
        created_at=now,
    )
    Notice.objects.bulk_create([notice], ignore_conflicts=True)


def forget_notices(*, before: datetime, most: int = 10_000) -> int:
    """Delete notices made before an instant; return how many."""
    old = Notice.objects.filter(created_at__lt=before).values_list("pk", flat=True)
    forgotten = 0
    while found := list(old[:most]):
        forgotten += Notice.objects.filter(pk__in=found).delete()[0]
    return forgotten


def place_of(path: str) -> Notice.Place | None:
    """Tell in which role a page is opened; None for no page, and for a public one."""
    if not path.startswith("/") or len(path) > LONGEST_PATH:
        return None
    try:
        found = resolve(urlsplit(path).path)
    except Resolver404:
        return None
    permission = getattr(found.func, "permission", None)
    return PLACES.get(permission.kind) if permission else None


def klass_of(kind: str) -> Notice.Klass:
    """Tell why a kind of message is sent."""
    if kind == WEEKLY:
        return Klass.NEWS
    if kind == CYCLE_REMINDER:
        return Klass.COURTESY
    return Klass.SECURITY if kind in SECURITY else Klass.NOTICE


def _path_in(letter: Letter) -> str:
    """Give where the letter's button leads, within the portal."""
    url = str(letter.payload.get("url", ""))
    base = settings.BASE_URL
    return url.removeprefix(base) if url.startswith(f"{base}/") else ""


def _body_in(path: str) -> str:
    return str(resolve(urlsplit(path).path).kwargs.get("program", ""))


def _reader(address: str) -> User | None:
    """Find whose account an address is: theirs who signs in with it, else theirs who
    alone is written to there.
    """
    low = address.lower()
    users = User.objects.alias(low=Lower("email")).filter(low=low)
    for user in users[:1]:
        return user
    found = list(
        Member.objects.alias(low=Lower("email"))
        .filter(low=low)
        .select_related("user")[:2]
    )
    return found[0].user if len(found) == 1 else None
