"""Opening a certificate's PDF: by its practice and its holder, by nobody else."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from certificates.models import Certificate
from certificates.services import revoke
from tests.cast import NOW, TESTER, TODAY, Cast, given
from tests.portal.paper import content, files, newest, worked
from tests.portal.reading import Page, said

pytestmark = pytest.mark.db
AT_PRACTICE = "/p/northside/certificates/{}.pdf"
OWN = "/me/certificates/{}.pdf"
BOTH = pytest.mark.parametrize(
    ("name", "address"), [("alice", AT_PRACTICE), ("bob", OWN)]
)


@BOTH
def test_what_is_opened_is_what_lies_on_the_shelf(
    issued: Certificate,
    signed_in: Callable[[str], Client],
    name: str,
    address: str,
) -> None:
    worked(issued)
    answer = signed_in(name).get(address.format(issued.pk), follow=True)
    assert answer.status_code == 200
    assert b"".join(answer) == content(issued)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Length"] == str(issued.size)
    assert answer.headers["Content-Disposition"] == (
        f'inline; filename="{issued.number}.pdf"; '
        f"filename*=UTF-8''{issued.number}.pdf"
    )


@BOTH
def test_nobody_keeps_it_and_it_runs_nothing(
    issued: Certificate,
    signed_in: Callable[[str], Client],
    name: str,
    address: str,
) -> None:
    worked(issued)
    answer = signed_in(name).get(address.format(issued.pk), follow=True)
    b"".join(answer)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src" not in policy


@BOTH
def test_until_it_is_made_a_page_waits_for_it(
    issued: Certificate,
    signed_in: Callable[[str], Client],
    name: str,
    address: str,
) -> None:
    for paper in ("waiting", "making"):
        Certificate.objects.filter(pk=issued.pk).update(paper=paper)
        answer = signed_in(name).get(address.format(issued.pk))
        page = Page.of(answer)
        assert answer.status_code == 200
        assert page.h1 == "Preparing your certificate"
        assert "Usually under 10 seconds." in page.text
        assert len(page.all(**{"data-gs-reload": "3"})) == 1
        assert page.links["Look again"] == ""
        assert "no-store" in answer.headers["Cache-Control"]


def test_the_waiting_page_works_without_a_script(
    issued: Certificate, alice: Client
) -> None:
    page = Page.of(alice.get(AT_PRACTICE.format(issued.pk)))
    (reload,) = page.one("noscript").all("meta")
    assert reload.attributes == {"http-equiv": "refresh", "content": "3"}


@BOTH
def test_what_could_not_be_made_is_said_plainly(
    issued: Certificate,
    signed_in: Callable[[str], Client],
    name: str,
    address: str,
) -> None:
    Certificate.objects.filter(pk=issued.pk).update(
        paper="failed", last_error="Secret path /srv/files: Traceback"
    )
    answer = signed_in(name).get(address.format(issued.pk))
    page = Page.of(answer)
    assert page.h1 == "This PDF could not be made"
    assert "stands and can be verified" in page.text
    assert "Ask the certifying body" in page.text
    assert issued.number in page.text
    assert "Preparing" not in page.text
    assert "Traceback" not in page.text
    assert not page.all("noscript")
    assert not page.all(**{"data-gs-reload": "3"})


def test_ones_own_page_says_how_far_it_is(issued: Certificate, bob: Client) -> None:
    assert "The PDF is being prepared." in Page.of(bob.get("/me/")).text
    Certificate.objects.filter(pk=issued.pk).update(paper="failed")
    assert "Its PDF could not be made." in Page.of(bob.get("/me/")).text
    Certificate.objects.filter(pk=issued.pk).update(paper="waiting")
    worked(issued)
    assert "Your certificate is valid through Nov 16, 2026." in (
        Page.of(bob.get("/me/")).text
    )


def test_a_revoked_certificate_is_not_called_valid_on_ones_own_page(
    issued: Certificate, bob: Client
) -> None:
    revoke(actor=TESTER, certificate=issued, reason="misprinted", today=TODAY, now=NOW)
    text = Page.of(bob.get("/me/")).text
    assert "Your last certificate was revoked on Nov 17, 2025." in text
    assert "is valid through" not in text


def test_another_practices_certificate_is_as_unknown_as_none(
    issued: Certificate, alice: Client, cast: Cast
) -> None:
    given(cast.renewals, cast.lakeview, cast.charlie)
    foreign = worked(newest(cast.charlie))
    answers = [alice.get(AT_PRACTICE.format(each)) for each in (foreign.pk, uuid4())]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert said(answers[0]) == said(answers[1])


def test_another_holders_certificate_is_as_unknown_as_none(
    issued: Certificate, bob: Client, cast: Cast
) -> None:
    given(cast.renewals, cast.lakeview, cast.charlie)
    foreign = worked(newest(cast.charlie))
    answers = [bob.get(OWN.format(each)) for each in (foreign.pk, uuid4())]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert said(answers[0]) == said(answers[1])


def test_a_practices_address_opens_nothing_of_another_practice(
    issued: Certificate, signed_in: Callable[[str], Client]
) -> None:
    worked(issued)
    address = f"/p/lakeview/certificates/{issued.pk}.pdf"
    assert signed_in("frank").get(address).status_code == 404
    assert signed_in("alice").get(address).status_code == 404


@BOTH
def test_signed_out_one_signs_in_first(
    issued: Certificate, name: str, address: str
) -> None:
    answer = Client().get(address.format(issued.pk))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize("name", ["sam", "erin", "mona", "rita", "frank", "charlie"])
def test_nobody_else_opens_it(
    issued: Certificate, signed_in: Callable[[str], Client], name: str
) -> None:
    worked(issued)
    client = signed_in(name)
    for address in (AT_PRACTICE, OWN):
        assert client.get(address.format(issued.pk)).status_code in {403, 404}


def test_opening_it_makes_no_file(
    issued: Certificate, alice: Client, shelf: Path
) -> None:
    alice.get(AT_PRACTICE.format(issued.pk))
    assert files(shelf) == []
