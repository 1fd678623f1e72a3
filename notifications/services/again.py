"""Having a message sent again, when staff ask for it."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from core.actor import Actor
from core.audit import record
from core.failures import Refusal, Stale
from core.models import OutboxMessage
from core.work import hasten
from notifications.queries import can_be_sent_again, seen_of
from notifications.rules import ONE_USE

State = OutboxMessage.State


@transaction.atomic
def send_again(
    *, actor: Actor, message: OutboxMessage, seen: str, now: datetime
) -> None:
    """Let a message leave again, with as many tries as a new one.

    What may not have arrived keeps its Message-ID; a copy for somebody who has it gets
    another, or their mail program would hide it.

    Args:
        seen: what `seen_of` said when the person who asks looked at the message.

    Raises:
        Refusal: its link was used up with the mail, or it has not been sent yet.
        Stale: it changed since they looked, or was sent again by somebody else.
    """
    if message.kind in ONE_USE:
        raise Refusal(
            "This message carried a link that works once. It can't be sent again: "
            "whoever needs one asks for a new link."
        )
    if seen != seen_of(message):
        raise _changed()
    if not can_be_sent_again(message):
        raise Refusal("This message has not been sent yet.")
    changed = OutboxMessage.objects.filter(
        pk=message.pk,
        state=message.state,
        attempts=message.attempts,
        edition=message.edition,
    ).update(
        state=State.WAITING,
        due_at=now,
        leased_until=None,
        handed_at=None,
        attempts=0,
        unanswered=0,
        last_error="",
        edition=F("edition") + int(message.state == State.SENT),
    )
    if not changed:
        raise _changed()
    record(
        actor=actor,
        action="mail.sent_again",
        subject=message,
        practice_id=message.practice_id,
        program=message.program,
        sentence=f"Had “{message.subject or message.kind}” sent to "
        f"{message.recipient} again",
        changes={"state": (message.state, State.WAITING.value)},
        now=now,
    )
    hasten("notifications.tasks.deliver", str(message.pk))


def _changed() -> Stale:
    return Stale("This message changed since you opened the page. Look at it again.")
