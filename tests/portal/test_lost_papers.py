"""A PDF whose file is gone is made again, the same; staff try again what failed."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from django.test import Client

from certificates.models import Certificate
from certificates.services import restore_paper, retry_paper
from certificates.services.papers import MOST_ATTEMPTS
from core.failures import Stale
from core.models import AuditEntry
from tests.api.asking import Api, problem, secret_of
from tests.cast import NOW, TESTER, Cast
from tests.portal.paper import content, files, worked
from tests.portal.reading import Page

pytestmark = pytest.mark.db
BOTH = pytest.mark.parametrize(
    ("name", "address"),
    [("alice", "/p/northside/certificates/{}.pdf"), ("bob", "/me/certificates/{}.pdf")],
)


def lose(shelf: Path) -> None:
    """Take every file away."""
    for path in files(shelf):
        path.unlink()


def entries(certificate: Certificate, action: str) -> list[AuditEntry]:
    """What the trail says of a certificate."""
    return list(AuditEntry.objects.filter(subject_id=certificate.pk, action=action))


@BOTH
def test_whoever_opens_it_has_it_made_again(
    issued: Certificate,
    shelf: Path,
    signed_in: Callable[[str], Client],
    name: str,
    address: str,
) -> None:
    before, made = worked(issued).sha256, content(issued)
    lose(shelf)
    client = signed_in(name)

    answer = client.get(address.format(issued.pk))

    page = Page.of(answer)
    assert answer.status_code == 200
    assert page.h1 == "Preparing your certificate"
    assert "the same PDF is being made again" in page.text
    assert len(page.all(**{"data-gs-reload": "3"})) == 1
    issued.refresh_from_db()
    assert (issued.paper, issued.attempts, issued.sha256) == ("waiting", 0, before)
    (entry,) = entries(issued, "certificate.paper_gone")
    assert entry.user_id is not None
    assert entry.changes == {"paper": ["ready", "waiting"]}

    again = worked(issued)
    assert (again.paper, again.sha256, content(again)) == ("ready", before, made)
    opened = client.get(address.format(issued.pk), follow=True)
    assert b"".join(opened) == made


def test_opened_twice_it_is_made_again_once(
    issued: Certificate, shelf: Path, alice: Client
) -> None:
    worked(issued)
    lose(shelf)
    for _ in range(2):
        alice.get(f"/p/northside/certificates/{issued.pk}.pdf")
    stale = Certificate.objects.get(pk=issued.pk)
    stale.paper = Certificate.Paper.READY
    restore_paper(actor=TESTER, certificate=stale, now=NOW)

    assert len(entries(issued, "certificate.paper_gone")) == 1


def test_a_program_hears_when_to_ask_again(
    issued: Certificate, shelf: Path, cast: Cast
) -> None:
    made = worked(issued).sha256
    lose(shelf)
    api = Api("northside", secret_of(cast.northside, cast.alice))
    (row,) = api.get("certificates", status="valid").json()["results"]

    answer = api.get(f"certificates/{row['id']}.pdf")

    assert problem(answer, 409, "not-ready")["retry_after"] == 5
    assert answer.headers["Retry-After"] == "5"
    (entry,) = entries(issued, "certificate.paper_gone")
    assert entry.token_id is not None
    worked(issued)
    again = api.get(f"certificates/{row['id']}.pdf")
    assert (again.status_code, again.headers["ETag"]) == (200, f'"{made}"')
    assert sha256(again.getvalue()).hexdigest() == made


def test_what_comes_out_otherwise_is_not_passed_off_as_the_same(
    issued: Certificate, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = worked(issued).sha256
    lose(shelf)
    restore_paper(actor=TESTER, certificate=issued, now=NOW)
    with monkeypatch.context() as newer:
        newer.setattr(
            "certificates.services.papers.render", lambda *_, **__: b"%PDF-1.7 other"
        )
        worked(issued)
        assert (issued.paper, issued.attempts) == ("failed", 1)
        assert before in issued.last_error
        assert files(shelf) == []

        # Staff may decide that the new one stands; the trail keeps the former hash.
        retry_paper(actor=TESTER, certificate=issued, now=NOW)
        worked(issued)
    assert (issued.paper, content(issued)) == ("ready", b"%PDF-1.7 other")
    (entry,) = entries(issued, "certificate.paper_retried")
    assert entry.changes["sha256"] == [before, None]


def test_what_failed_is_tried_again_as_often_as_a_new_one(
    issued: Certificate, shelf: Path
) -> None:
    Certificate.objects.filter(pk=issued.pk).update(
        paper="failed", attempts=MOST_ATTEMPTS, last_error="No font"
    )
    issued.refresh_from_db()
    retry_paper(actor=TESTER, certificate=issued, now=NOW)

    issued.refresh_from_db()
    assert (issued.paper, issued.attempts, issued.last_error) == ("waiting", 0, "")
    assert worked(issued).paper == "ready"
    (entry,) = entries(issued, "certificate.paper_retried")
    assert entry.changes == {"paper": ["failed", "waiting"]}
    assert (entry.program, entry.practice_id) == ("acmss", issued.practice_id)


@pytest.mark.parametrize("paper", ["waiting", "making", "ready"])
def test_what_did_not_fail_is_not_tried_again(issued: Certificate, paper: str) -> None:
    Certificate.objects.filter(pk=issued.pk).update(
        paper=paper, sha256="x", file_key="x"
    )
    issued.refresh_from_db()
    with pytest.raises(Stale):
        retry_paper(actor=TESTER, certificate=issued, now=NOW)
    assert entries(issued, "certificate.paper_retried") == []
