"""Mail of a body, in whatever state a test wants."""

from uuid import uuid4

from core.models import OutboxMessage
from tests.cast import BODY, NOW

MAIL, JOBS = "/staff/acmss/mail/", "/staff/acmss/jobs/"


def a_message(state: str = "sent", **values: object) -> OutboxMessage:
    """A message of the body to Bob."""
    facts: dict[str, object] = {
        "kind": "renewed",
        "subject_id": uuid4(),
        "recipient": "bob@mail.example",
        "program": BODY,
        "payload": {},
        "created_at": NOW,
        "due_at": NOW,
        "attempts": 1,
        "sent_at": NOW if state in {"sent", "unconfirmed"} else None,
        "subject": "[Northside] Your membership is renewed",
        "text": "Hello Bob.\n\nOpen http://localhost:8000/me/ to see it.",
    }
    return OutboxMessage.objects.create(**facts | {"state": state} | values)


def letter_at(message: OutboxMessage, tail: str = "") -> str:
    """The address of a message's page."""
    return f"{MAIL}{message.pk}/{tail}"
