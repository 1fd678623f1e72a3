"""Reading mail as it went out."""

from email import message_from_bytes, policy
from email.message import EmailMessage


def read(content: bytes) -> EmailMessage:
    """Read a letter."""
    return message_from_bytes(content, EmailMessage, policy=policy.default)


def words(letter: EmailMessage, kind: str) -> str:
    """Read one part of a letter: `plain` or `html`."""
    part = letter.get_body((kind,))
    assert part is not None, f"{letter['Subject']} has no part {kind}"
    return str(part.get_content())
