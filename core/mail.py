"""How mail leaves: to a server by SMTP, or into a folder for a demonstration.

Both ways stop just before the message can no longer be held back and call
`handing_over`. What that writes down is committed by then, so whoever finds the row of
a worker that was killed knows whether the message may have left.
"""

import re
import smtplib
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
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
# How many exchanges come before the message is handed over: greeting, EHLO, MAIL, RCPT
# and DATA. Each may take EMAIL_TIMEOUT.
EXCHANGES = 5
# The last answer may take longer: a server looks into the message before it takes it.
PATIENCE = 3
GOODBYE_SECONDS = 2
DOT_FIRST = re.compile(rb"^\.", re.MULTILINE)
HandOver = Callable[[], None]


def time_to_hand_over() -> timedelta:
    """Tell how long a message may take until it is handed over."""
    return EXCHANGES * timedelta(seconds=_timeout())


def time_to_answer() -> timedelta:
    """Tell how long a server may take to say that it has the message."""
    return PATIENCE * timedelta(seconds=_timeout())


def time_to_settle() -> timedelta:
    """Tell how long after handing over it is written down what the server said."""
    return time_to_answer() + timedelta(seconds=_timeout())


def _timeout() -> float:
    # A folder needs none; whoever writes into one still holds a lease.
    return getattr(settings, "EMAIL_TIMEOUT", None) or 40


def _nothing() -> None:
    """Hand over without a word."""


class _Handing(smtplib.SMTP):
    """Sends a message but for its final dot, says so, then sends the dot."""

    handing_over: HandOver = staticmethod(_nothing)

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
            self.handing_over()
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
        self, *, fail_silently: bool = False, handing_over: HandOver = _nothing
    ) -> None:
        """Take whom to tell; where the server is, the settings say."""
        super().__init__(fail_silently=fail_silently)
        self._handing_over = handing_over

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """What speaks to the server."""
        return _HandingOverTls if self.use_ssl else _Handing

    def open(self) -> bool | None:
        """Reach the server; one that can't be reached is left alone for a while.

        Raises:
            OSError: it can't be reached; SMTP's own errors are such.
        """
        try:
            new = super().open()
        except OSError as error:
            SERVER.seconds = settings.MAIL_RETRY_SECONDS
            SERVER.begin(error)
            self.close()
            raise
        if isinstance(self.connection, _Handing):
            self.connection.handing_over = self._handing_over
        return new

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
        self, *, fail_silently: bool = False, handing_over: HandOver = _nothing
    ) -> None:
        """Take whom to tell; where the folder is, the settings say."""
        super().__init__(fail_silently=fail_silently)
        self._handing_over = handing_over

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the messages and return how many."""
        folder = Path(getattr(settings, "EMAIL_FILE_PATH", "mail"))
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = uuid4().hex
            half = folder / f".{name}"
            half.write_bytes(message.message().as_bytes())
            self._handing_over()
            half.rename(folder / f"{name}.eml")
        return len(email_messages)
