"""The same mail through a real server: what leaves the house by SMTP."""

from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.processes import free_port
from tests.browser.letters import read
from tests.browser.renewing import check_mail, renew_tom
from tests.browser.stage import Stage
from tests.browser.visitor import Visitors


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


def test_a_renewal_is_mailed_by_smtp(
    visitor: Visitors, stage: Stage, post_office: PostOffice
) -> None:
    renew_tom(visitor())
    stage.settle()
    check_mail(post_office.letters)
    # Nobody sees on the envelope who else was told.
    assert [[str(each["To"])] for each in post_office.letters] == post_office.recipients
