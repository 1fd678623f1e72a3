"""Staff see the work that failed and what waits; a manager has it tried again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from certificates.models import Certificate
from core.models import AuditEntry, OutboxMessage
from tests.cast import NOW, OTHER_BODY, Cast
from tests.files.clamd import Clamd, listening
from tests.portal.letters import JOBS, a_message, letter_at
from tests.portal.pressing import followed
from tests.portal.reading import Node, Page
from tests.portal.statements import statements

pytestmark = pytest.mark.db


@pytest.fixture(autouse=True)
def all_is_done(cast: Cast) -> None:
    """Begin with no work left."""
    OutboxMessage.objects.update(state="sent")
    Certificate.objects.update(paper="ready", sha256="x", file_key="x")


def bobs(cast: Cast) -> Certificate:
    """Bob's certificate."""
    return Certificate.objects.get(member=cast.bob)


def fail(certificate: Certificate, error: str = "No font was found") -> None:
    """Let its PDF have failed."""
    Certificate.objects.filter(pk=certificate.pk).update(
        paper="failed", attempts=5, last_error=error, sha256=""
    )


def part(page: Page, name: str) -> Node:
    """The section of that name."""
    return page.one("section", **{"aria-labelledby": name})


def retry_at(certificate: Certificate) -> str:
    """Where Try again leads."""
    return f"{JOBS}certificates/{certificate.pk}/"


def test_where_nothing_failed_that_is_said(erin: Client) -> None:
    page = Page.of(erin.get(JOBS))
    assert page.h1 == "Jobs"
    assert "Nothing failed." in page.text
    assert "No PDF is waiting." in page.text
    assert "No message is waiting." in page.text
    assert "None. A certificate stands" in part(page, "papers").text
    assert "None." in part(page, "mail").text


def test_what_failed_stands_there_with_its_error(erin: Client, cast: Cast) -> None:
    certificate = bobs(cast)
    fail(certificate)
    a_message("dead", last_error="550 No such person")

    page = Page.of(erin.get(JOBS))

    assert "1 PDF could not be made, 1 message was not sent." in page.text
    papers = part(page, "papers").text
    assert f"Bob Baker {certificate.number}" in papers
    assert "No font was found" in papers
    mail = part(page, "mail").text
    assert "[Northside] Your membership is renewed" in mail
    assert "To bob@mail.example" in mail
    assert "550 No such person" in mail
    assert page.links["Show all 1"] == "/staff/acmss/mail/?state=dead"
    assert "A manager can have failed work tried again." in page.text
    assert not page.all("form", method="post", action=retry_at(certificate))


def test_a_manager_has_a_pdf_tried_again(mona: Client, cast: Cast) -> None:
    certificate = bobs(cast)
    fail(certificate)
    address = retry_at(certificate)
    fields = Page.of(mona.get(JOBS)).form_at(address)

    page = followed(mona, mona.post(address, fields))

    assert page.notices == [f"The PDF of {certificate.number} is being made again."]
    certificate.refresh_from_db()
    assert (certificate.paper, certificate.attempts) == ("waiting", 0)
    entry = AuditEntry.objects.get(action="certificate.paper_retried")
    assert (entry.actor, entry.member_id) == ("Mona Moss", cast.bob.pk)

    page = followed(mona, mona.post(address, fields))
    assert page.notices == ["This PDF is being made already. Look at it again."]
    assert AuditEntry.objects.filter(action="certificate.paper_retried").count() == 1


def test_a_manager_has_mail_sent_again_from_there(mona: Client) -> None:
    message = a_message("dead")
    address = letter_at(message, "again/")
    fields = Page.of(mona.get(JOBS)).form_at(address)

    followed(mona, mona.post(address, fields))

    message.refresh_from_db()
    assert message.state == "waiting"


def test_what_waits_too_long_is_overdue(erin: Client, cast: Cast) -> None:
    certificate = bobs(cast)
    a_message("waiting", created_at=NOW - timedelta(minutes=9))
    a_message("sending", created_at=NOW - timedelta(minutes=2))
    text = part(Page.of(erin.get(JOBS)), "waiting").text
    assert "2 messages on the way. Waiting" in text

    a_message("waiting", created_at=NOW - timedelta(hours=5))
    Certificate.objects.filter(pk=certificate.pk).update(paper="waiting")
    text = part(Page.of(erin.get(JOBS)), "waiting").text
    assert "3 messages waiting, the oldest for 5 hours. Overdue" in text
    assert "1 PDF on the way. Waiting" in text


def test_mail_that_may_not_have_arrived_is_pointed_at(erin: Client) -> None:
    a_message("unconfirmed")
    page = Page.of(erin.get(JOBS))
    assert "1 unconfirmed" in page.text
    way = page.links["Mail that may not have arrived"]
    assert way == "/staff/acmss/mail/?state=unconfirmed"


def test_a_long_list_of_papers_has_pages(mona: Client, cast: Cast) -> None:
    source = bobs(cast)
    for place in range(60):
        Certificate.objects.create(
            program="acmss",
            member=cast.bob,
            source_id=cast.bob.pk,
            edition=place + 2,
            number=f"CMS-{place}",
            attestation_number=f"ATT-{place}",
            facts={},
            valid_from=source.valid_from,
            valid_until=source.valid_until,
            issued_on=source.issued_on,
            issued_at=NOW,
            paper="failed",
        )
    first, second = (Page.of(mona.get(JOBS, {"page": page})) for page in "12")
    assert len(part(first, "papers").all("form")) == 50
    assert len(part(second, "papers").all("form")) == 10
    assert first.links["Next page"] == "?page=2"


@pytest.mark.parametrize("size", [5, 200])
def test_more_failed_work_asks_no_more_of_the_database(mona: Client, size: int) -> None:
    a_message("dead")
    few = len(statements(mona, JOBS))
    for _ in range(size):
        a_message("dead")
    assert len(statements(mona, JOBS)) == few


def test_another_bodys_work_is_not_shown_and_not_touched(
    erin: Client, mona: Client, cast: Cast
) -> None:
    a_message("dead", program=OTHER_BODY)
    certificate = Certificate.objects.create(
        program=OTHER_BODY,
        member=cast.bob,
        source_id=cast.bob.pk,
        number="THEIRS",
        attestation_number="THEIRS",
        facts={},
        valid_from=NOW,
        valid_until=NOW,
        issued_on=NOW,
        issued_at=NOW,
        paper="failed",
    )
    assert "Nothing failed." in Page.of(erin.get(JOBS)).text
    assert mona.post(retry_at(certificate)).status_code == 404


@pytest.mark.parametrize(("name", "status"), [("erin", 403), ("rita", 404)])
def test_nobody_but_a_manager_tries_again(
    signed_in: Callable[[str], Client],
    today: object,
    cast: Cast,
    name: str,
    status: int,
) -> None:
    certificate = bobs(cast)
    fail(certificate)
    assert signed_in(name).post(retry_at(certificate)).status_code == status
    certificate.refresh_from_db()
    assert certificate.paper == "failed"


def test_staff_are_told_how_the_virus_scanner_is(
    erin: Client, settings: Settings
) -> None:
    def told() -> str:
        return part(Page.of(erin.get(JOBS)), "waiting").text

    assert "Virus scanner None is set." in told()
    with listening(Clamd()) as clamd:
        settings.CLAMD = clamd.place
        assert "Every file is checked before it is kept. Working" in told()
    assert "No file is taken until it does. Not answering" in told()
