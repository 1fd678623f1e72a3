"""Mail into a folder: what a demonstration uses instead of a server."""

from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FolderBackend(BaseEmailBackend):
    """Writes each message as one `.eml` file, whole or not at all."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the messages and return how many."""
        folder = Path(getattr(settings, "EMAIL_FILE_PATH", "mail"))
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = uuid4().hex
            half = folder / f".{name}"
            half.write_bytes(message.message().as_bytes())
            half.rename(folder / f"{name}.eml")
        return len(email_messages)
