"""How a message of the outbox reads: its subject, its text, its HTML."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, Engine

from core.letters import Letter
from core.models import OutboxMessage
from notifications.rules import ONE_USE

State = OutboxMessage.State
LONGEST_SUBJECT = 150
# What has come to an end, well or badly, may begin anew.
ENDED = (State.SENT, State.UNCONFIRMED, State.DEAD)
# What a template leaves where it had nothing to say.
GAP = re.compile(r"\n{3,}")


def message_of(message: OutboxMessage, letter: Letter) -> EmailMultiAlternatives:
    """Render a message: plain text first, the same in HTML beside it, then files.

    Raises:
        TemplateDoesNotExist: nobody wrote words for its kind.
    """
    mail = EmailMultiAlternatives(
        subject=subject_of(message, letter),
        body=GAP.sub("\n\n", f"{_words(message, letter, 'txt').strip()}\n"),
        to=[message.recipient],
        headers={
            "Message-ID": _message_id(message),
            "Auto-Submitted": "auto-generated",
            **letter.headers,
        },
    )
    mail.attach_alternative(_words(message, letter, "html"), "text/html")
    for each in letter.enclosures:
        mail.attach(each.name, each.content, each.media_type)
    return mail


def _message_id(message: OutboxMessage) -> str:
    """Name the message: the same at each try, another where staff have it sent anew.

    By the name a mail program drops the second of two copies.
    """
    copy = f".{message.edition}" if message.edition > 1 else ""
    return f"<{message.pk}{copy}@{urlsplit(settings.BASE_URL).hostname}>"


def subject_of(message: OutboxMessage, letter: Letter) -> str:
    """Say in one line who writes and what happened, whatever a name in it holds.

    Raises:
        TemplateDoesNotExist: nobody wrote words for its kind.
    """
    line = " ".join(_words(message, letter, "subject.txt").split())
    return "".join(sign for sign in line if sign.isprintable())[:LONGEST_SUBJECT]


def can_be_sent_again(message: OutboxMessage) -> bool:
    """Tell whether staff may have a message sent again."""
    return message.kind not in ONE_USE and message.state in ENDED


def seen_of(message: OutboxMessage) -> str:
    """Name the state somebody saw a message in: another after each time it is sent."""
    return f"{message.edition}.{message.state}.{message.attempts}"


def _words(message: OutboxMessage, letter: Letter, form: str) -> str:
    template = Engine.get_default().get_template(f"mail/{message.kind}.{form}")
    return template.render(Context(dict(letter.payload), autoescape=form == "html"))
