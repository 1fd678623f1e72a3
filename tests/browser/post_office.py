"""A real mail server that a stage's worker delivers to."""

from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.processes import free_port
from tests.browser.letters import read
from tests.browser.stage import Stage


class PostOffice:
    """Takes whatever comes."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.letters: list[EmailMessage] = []
        self.recipients: list[list[str]] = []

    async def handle_DATA(  # noqa: N802  (the server calls it so)
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep the letter."""
        assert isinstance(envelope.content, bytes)
        self.letters.append(read(envelope.content))
        self.recipients.append(envelope.rcpt_tos)
        return "250 Taken"


@pytest.fixture
def post_office(stage: Stage) -> Iterator[PostOffice]:
    """A server, and a worker that delivers to it."""
    office, port = PostOffice(), free_port()
    server = Controller(office, hostname="127.0.0.1", port=port)
    server.start()
    stage.kill_worker()
    stage.start_worker(EMAIL_URL=f"smtp://127.0.0.1:{port}")
    yield office
    server.stop()
