"""How mail leaves: to a server by SMTP, or into a folder for a demonstration.

Both ways stop just before the message can no longer be held back and tell a `Watcher`
that they are handing over. What that writes down is committed by then, so whoever finds
the row of a worker that was killed knows whether the message may have left.
"""

import re
import smtplib
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from core.absence import Absence

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

# Asked in vain, it is left alone until a first message would be tried again: in an
# outage, each process spends its time on one message and not on all that wait.
SERVER = Absence("mail server")
# How many exchanges may come before a message is handed over: greeting, EHLO, STARTTLS,
# EHLO, sign-in, MAIL, RCPT, DATA. Each may take EMAIL_TIMEOUT.
EXCHANGES = 8
# How many of them whoever sends is trusted to be still at it without a word.
SILENCE = 3
# The last answer may take longer: a server looks into the message before it takes it.
PATIENCE = 3
GOODBYE_SECONDS = 2
DOT_FIRST = re.compile(rb"^\.", re.MULTILINE)


def _nothing() -> None:
    """Say nothing to anybody."""


@dataclass(frozen=True)
class Watcher:
    """Who is told how far a message is: before each answer, and before it leaves."""

    waiting: Callable[[], None] = _nothing
    handing_over: Callable[[], None] = _nothing


NOBODY = Watcher()


def time_to_hold() -> timedelta:
    """Tell how long somebody who sends may say nothing and still be at it."""
    return SILENCE * exchange()


def time_to_hand_over() -> timedelta:
    """Tell how long a message may take until it is handed over."""
    return EXCHANGES * exchange()


def time_to_answer() -> timedelta:
    """Tell how long a server may take to say that it has the message."""
    return PATIENCE * exchange()


def time_to_settle() -> timedelta:
    """Tell how long after handing over it is written down what the server said."""
    return time_to_answer() + exchange()


def exchange() -> timedelta:
    """Tell how long one exchange with the server may take."""
    # A folder needs none; whoever writes into one still holds a lease.
    return timedelta(seconds=getattr(settings, "EMAIL_TIMEOUT", None) or 40)


class _Handing(smtplib.SMTP):
    """Sends a message but for its final dot, says so, then sends the dot."""

    def __init__(self, *where: Any, watcher: Watcher, **how: Any) -> None:  # noqa: ANN401  (smtplib's own)
        """Reach the server."""
        self.watcher = watcher
        super().__init__(*where, **how)

    def getreply(self) -> tuple[int, bytes]:
        """Read an answer, and say that it is waited for."""
        self.watcher.waiting()
        return super().getreply()

    def data(self, msg: "ReadableBuffer | str") -> tuple[int, bytes]:
        """Send a message, as bytes with CRLF, and read the answer.

        Raises:
            SMTPDataError: the server wants no message.
            SMTPServerDisconnected: the line broke, before or after the final dot.
        """
        self.putcmd("data")
        code, said = self.getreply()
        if code != 354:
            raise smtplib.SMTPDataError(code, said)
        if self.sock is not None:
            # The dot must not wait until the lines before it are acknowledged.
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        assert isinstance(msg, bytes)
        try:
            content = DOT_FIRST.sub(b"..", msg)
            self.send(content if content.endswith(b"\r\n") else content + b"\r\n")
            self.watcher.handing_over()
        except BaseException:
            # Another command would be read as the message's next line.
            self.close()
            raise
        if self.sock is not None:
            self.sock.settimeout(time_to_answer().total_seconds())
        self.send(b".\r\n")
        code, said = self.getreply()
        # Whatever says yes is a yes; smtplib takes it in one number alone.
        return (250 if 200 <= code < 300 else code), said


class _HandingOverTls(_Handing, smtplib.SMTP_SSL):
    """The same where the line is encrypted from its first byte."""


class SmtpBackend(EmailBackend):
    """Django's own, with a word before each message is handed over."""

    def __init__(
        self, *, fail_silently: bool = False, watcher: Watcher = NOBODY
    ) -> None:
        """Take whom to tell; where the server is, the settings say."""
        super().__init__(fail_silently=fail_silently)
        self._watcher = watcher

    # It is called and never looked at.
    @property
    def connection_class(self) -> Callable[..., smtplib.SMTP]:  # type: ignore[override]
        """What speaks to the server."""
        kind = _HandingOverTls if self.use_ssl else _Handing
        return partial(kind, watcher=self._watcher)

    def open(self) -> bool | None:
        """Reach the server; one that can't be reached is left alone for a while.

        Raises:
            OSError: it can't be reached; SMTP's own errors are such.
        """
        try:
            return super().open()
        except OSError as error:
            SERVER.seconds = settings.MAIL_RETRY_SECONDS
            SERVER.begin(error)
            self.close()
            raise

    def _close_connection(self, connection: smtplib.SMTP) -> None:
        # The answer about the message is known: a farewell that fails or lingers must
        # not turn it into an error.
        with suppress(OSError):
            if connection.sock is not None:
                connection.sock.settimeout(GOODBYE_SECONDS)
            connection.quit()
        connection.close()


class FolderBackend(BaseEmailBackend):
    """Writes each message as one `.eml` file, whole or not at all."""

    def __init__(
        self, *, fail_silently: bool = False, watcher: Watcher = NOBODY
    ) -> None:
        """Take whom to tell; where the folder is, the settings say."""
        super().__init__(fail_silently=fail_silently)
        self._watcher = watcher

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the messages and return how many."""
        folder = Path(getattr(settings, "EMAIL_FILE_PATH", "mail"))
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = uuid4().hex
            half = folder / f".{name}"
            half.write_bytes(message.message().as_bytes())
            self._watcher.handing_over()
            half.rename(folder / f"{name}.eml")
        return len(email_messages)
