"""A real mail server that can misbehave: slow, refusing, breaking off, silent."""

import asyncio
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, AnyStr

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.processes import free_port


def nothing() -> None:
    """Do nothing."""


@dataclass(frozen=True)
class Act:
    """What the server does with one message.

    `says` is its answer to the command `at`. With `cut` it breaks the line off after
    its last answer, with `silent` instead of it. `before` and `after` are called around
    that answer.
    """

    at: str = "dot"
    says: str = "250 Taken"
    cut: bool = False
    silent: bool = False
    before: Callable[[], None] = nothing
    after: Callable[[], None] = nothing


TAKE = Act()
CUT_AFTER_YES = Act(cut=True)
REPLY_LOST = Act(silent=True)


@dataclass
class Office:
    """What arrived, and what the server does with the next messages.

    Each connection plays one of the `acts`; when there is none left, `usual`. Every
    answer takes `delay` seconds.
    """

    port: int
    acts: list[Act] = field(default_factory=list)
    usual: Act = TAKE
    delay: float = 0
    arrived: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    connections: int = 0
    clerks: list["Clerk"] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        """The Message-ID of each message that arrived."""
        return [str(each["Message-ID"]) for each in self.arrived]

    def next_act(self) -> Act:
        """Choose what a new connection meets with."""
        self.connections += 1
        return self.acts.pop(0) if self.acts else self.usual

    def keep(self, content: bytes, recipients: list[str]) -> None:
        """Take a message in."""
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.arrived.append(message)
        self.recipients.append(recipients)


class Clerk(SMTP):
    """One connection to the office."""

    office: Office
    act: Act
    stage = "greeting"

    async def push(self, status: AnyStr) -> None:
        """Answer, in the server's own time; the lines of one answer come together."""
        if status[3:4] not in ("-", b"-"):
            await asyncio.sleep(self.office.delay)
        now = self.stage == self.act.at
        if now and self.stage != "dot":
            await super().push(self.act.says)
        else:
            await super().push(status)
        if now:
            self.act.after()
        if now and self.act.cut and self.transport is not None:
            self.transport.close()

    def hang_up(self) -> None:
        """Break the line off without a word."""
        if isinstance(self.transport, asyncio.WriteTransport):
            # Older Pythons can't abort an encrypted line that is closed already.
            with suppress(AttributeError):
                self.transport.abort()

    async def smtp_MAIL(self, arg: str) -> None:  # noqa: N802  (aiosmtpd calls it so)
        """Hear who writes."""
        self.stage = "mail"
        await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str) -> None:  # noqa: N802  (aiosmtpd calls it so)
        """Hear to whom."""
        self.stage = "rcpt"
        if self.act.at == "rcpt":
            self.act.before()
        await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  (aiosmtpd calls it so)
        """Hear what is written."""
        self.stage = "data"
        if self.act.at == "data":
            # It says no before it has heard a line.
            await self.push(self.act.says)
            return
        await super().smtp_DATA(arg)
        self.stage = "end"


@dataclass
class Desk:
    """Takes a message once its final dot has come, or refuses it."""

    office: Office

    async def handle_DATA(  # noqa: N802  (aiosmtpd calls it so)
        self, server: Clerk, session: Session, envelope: Envelope
    ) -> str:
        """Do what the act says."""
        act, server.stage = server.act, "dot"
        said = act.says if act.at == "dot" else TAKE.says
        if said.startswith("2"):
            assert isinstance(envelope.content, bytes)
            self.office.keep(envelope.content, list(envelope.rcpt_tos))
        act.before()
        if act.silent:
            server.hang_up()
            # The line is gone: nobody hears what comes of this message.
            await asyncio.sleep(3600)
        return said


class Counter(Controller):
    """Gives each connection a clerk of its own."""

    handler: Desk

    def factory(self) -> Clerk:
        """Open for a new connection."""
        clerk = Clerk(self.handler, **self.SMTP_kwargs)
        clerk.office = self.handler.office
        clerk.act = clerk.office.next_act()
        clerk.office.clerks.append(clerk)
        return clerk

    async def send_home(self) -> None:
        """Break off every line that is still open."""
        for clerk in self.handler.office.clerks:
            clerk.hang_up()
        await asyncio.sleep(0)


@contextmanager
def open_office(
    port: int = 0,
    tls: ssl.SSLContext | None = None,
    rules: Mapping[str, Any] | None = None,
) -> Iterator[Office]:
    """Run a server on a port of 127.0.0.1.

    `tls` encrypts from the first byte; `rules` are what aiosmtpd may be told besides.
    """
    office = Office(port or free_port())
    counter = Counter(
        Desk(office),
        hostname="127.0.0.1",
        port=office.port,
        ssl_context=tls,
        **(rules or {}),
    )
    counter.start()
    # It called itself once, to see whether it is open.
    office.connections = 0
    try:
        yield office
    finally:
        asyncio.run_coroutine_threadsafe(counter.send_home(), counter.loop).result()
        counter.stop()
