"""How a message of the outbox reads: its subject, its text, its HTML."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, Engine

from core.models import OutboxMessage

LONGEST_SUBJECT = 150
# What a template leaves where it had nothing to say.
GAP = re.compile(r"\n{3,}")


def message_of(message: OutboxMessage) -> EmailMultiAlternatives:
    """Render a message: plain text first, the same in HTML beside it.

    Raises:
        TemplateDoesNotExist: nobody wrote words for its kind.
    """
    mail = EmailMultiAlternatives(
        subject=subject_of(message),
        body=GAP.sub("\n\n", f"{_words(message, 'txt').strip()}\n"),
        to=[message.recipient],
        headers={
            "Message-ID": f"<{message.pk}@{urlsplit(settings.BASE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(_words(message, "html"), "text/html")
    return mail


def subject_of(message: OutboxMessage) -> str:
    """Say in one line who writes and what happened, whatever a name in it holds.

    Raises:
        TemplateDoesNotExist: nobody wrote words for its kind.
    """
    line = " ".join(_words(message, "subject.txt").split())
    return "".join(sign for sign in line if sign.isprintable())[:LONGEST_SUBJECT]


def _words(message: OutboxMessage, form: str) -> str:
    template = Engine.get_default().get_template(f"mail/{message.kind}.{form}")
    return template.render(Context(message.payload, autoescape=form == "html"))
