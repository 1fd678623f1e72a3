"""Mail that has left, and what became of it in the portal."""

from uuid import uuid4

from accounts.models import Practice, User
from core.models import OutboxMessage
from core.scope import Scope, scoped
from notifications.models import Notice
from notifications.tasks import deliver
from tests.cast import BODY, NOW
from tests.mail.queue import queued


def deliver_all() -> None:
    """Send whatever waits, each message by a call of its own."""
    for message in OutboxMessage.objects.filter(state="waiting"):
        deliver(str(message.pk))


def a_letter(kind: str, to: str, practice: Practice | None = None) -> OutboxMessage:
    """Queue a letter of a kind that carries its words, to an address."""
    message = queued(kind, recipient=to, program=BODY)
    OutboxMessage.objects.filter(pk=message.pk).update(practice=practice)
    message.refresh_from_db()
    return message


def a_notice(user: User, title: str = "[Northside] Told", **values: object) -> Notice:
    """Make a notice of somebody's that leads to their own page."""
    given = {
        "message_id": uuid4(),
        "place": Notice.Place.PERSON,
        "klass": Notice.Klass.NOTICE,
        "kind": "renewed",
        "path": "/home/",
        "created_at": NOW,
    }
    with scoped(Scope.sweep()):
        return Notice.objects.create(user=user, title=title, **(given | values))


def of_practice(user: User, practice: Practice, title: str) -> Notice:
    """Make a notice that leads into a practice."""
    return a_notice(
        user,
        title,
        practice=practice,
        place=Notice.Place.PRACTICE,
        path=f"/p/{practice.slug}/",
    )


def titles_of(user: User) -> list[str]:
    """What somebody was told, the oldest first."""
    found = Notice.objects.filter(user=user).order_by("created_at")
    return [each.title for each in found]
