"""Reading the folder that a demonstration's mail goes into."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from core.failures import Missing
from portal.queries.trail import when_words

MOST = 100


@dataclass(frozen=True)
class Letter:
    """One message as it went out."""

    key: str
    subject: str
    sender: str
    to: str
    when_text: str
    text: str
    html: str
    files: Sequence["File"] = ()


@dataclass(frozen=True)
class File:
    """What was enclosed with a message."""

    name: str
    media_type: str
    content: bytes


def mail_count() -> int:
    """Count the messages there are."""
    return len(_files())


def letters(zone: ZoneInfo) -> Sequence[Letter]:
    """Read the newest messages."""
    newest = sorted(_files(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return [_read(path, zone) for path in newest[:MOST]]


def letter(key: str, zone: ZoneInfo) -> Letter:
    """Read one message.

    Raises:
        Missing: there is none of that name.
    """
    for path in _files():
        if path.stem == key:
            return _read(path, zone)
    raise Missing("Not found.")


def _files() -> list[Path]:
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", None) or "/nonexistent")
    return [path for path in folder.glob("*.eml") if not path.name.startswith(".")]


def _read(path: Path, zone: ZoneInfo) -> Letter:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return Letter(
        key=path.stem,
        subject=str(message["Subject"]),
        sender=str(message["From"]),
        to=str(message["To"]),
        when_text=when_words(_sent_at(message), zone),
        text=_part(message, "plain"),
        html=_part(message, "html"),
        files=[_file(part) for part in message.iter_attachments()],
    )


def _sent_at(message: Message) -> datetime:
    """Give the last moment of the second that a letter names.

    One that left in the second a day of the demonstration began is of that day.
    """
    sent = parsedate_to_datetime(str(message["Date"]))
    # "-0000" is UTC, of which the library makes no zone.
    whole = sent if sent.tzinfo else sent.replace(tzinfo=UTC)
    return whole.replace(microsecond=999_999)


def _file(part: Message) -> File:
    content = part.get_payload(decode=True)
    return File(
        name=part.get_filename() or "file",
        media_type=part.get_content_type(),
        content=content if isinstance(content, bytes) else b"",
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""
