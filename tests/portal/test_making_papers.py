"""A worker makes each PDF once, and leaves what it can't make to people."""

from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import time_machine
from pytest_django import Settings

from certificates.layouts import CertificateFacts
from certificates.models import Certificate
from certificates.services import (
    claim_paper,
    give_back,
    keep_paper,
    oldest_waiting,
    print_paper,
    waiting_ids,
)
from certificates.services.papers import MOST_ATTEMPTS, Claim
from certificates.tasks import make, make_waiting
from core.pdf import PdfError, PdfLimitError
from tests.cast import NOW, Cast, given
from tests.pdf.reading import Paper
from tests.portal.paper import content, entries, files, newest, worked

pytestmark = pytest.mark.db


def breaks(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Let every rendering end in an error."""

    def broken(*, claim: Claim) -> bytes:
        raise error

    monkeypatch.setattr("certificates.tasks.print_paper", broken)


def test_an_issued_certificate_waits_for_its_paper(issued: Certificate) -> None:
    assert issued.paper == "waiting"
    assert (issued.sha256, issued.file_key, issued.size) == ("", "", None)
    assert issued.pk in waiting_ids(now=NOW)


def test_the_hash_that_is_stored_is_the_files(issued: Certificate) -> None:
    worked(issued)
    found = content(issued)
    assert issued.paper == "ready"
    assert sha256(found).hexdigest() == issued.sha256
    assert len(found) == issued.size
    assert (issued.attempts, issued.leased_until, issued.last_error) == (1, None, "")


def test_the_paper_says_what_was_issued(issued: Certificate) -> None:
    paper = Paper(content(worked(issued)))
    for fact in (
        "Bob Baker",
        issued.number,
        str(issued.attestation_number),
        "Northside",
    ):
        assert fact in paper.text
    assert paper.codes() == [f"http://localhost:8000/verify/{issued.number}/"]
    assert issued.facts["verify_url"] == paper.codes()[0]


def test_made_twice_it_is_made_once(issued: Certificate, shelf: Path) -> None:
    first = worked(issued).file_key
    again = worked(issued)
    assert (again.file_key, again.attempts) == (first, 1)
    assert len(files(shelf)) == 1


def test_of_two_workers_one_has_the_claim(issued: Certificate) -> None:
    first = claim_paper(certificate_id=issued.pk, now=NOW)
    assert first is not None
    assert claim_paper(certificate_id=issued.pk, now=NOW) is None
    assert issued.pk not in waiting_ids(now=NOW)


def test_a_second_worker_leaves_what_another_is_making(
    issued: Certificate, shelf: Path
) -> None:
    claim_paper(certificate_id=issued.pk, now=NOW)
    worked(issued)
    assert issued.paper == "making"
    assert files(shelf) == []


def test_a_worker_that_died_is_followed_by_another(
    issued: Certificate, shelf: Path, settings: Settings
) -> None:
    claim = claim_paper(certificate_id=issued.pk, now=NOW)
    assert claim is not None
    lease = timedelta(seconds=2 * settings.CERTIFICATE_SECONDS)
    almost = NOW + lease - timedelta(seconds=1)
    assert issued.pk not in waiting_ids(now=almost)
    with time_machine.travel(NOW + lease):
        worked(issued)
    assert (issued.paper, issued.attempts) == ("ready", 2)
    assert len(files(shelf)) == 1


def test_a_worker_that_comes_back_too_late_leaves_no_trace(
    issued: Certificate, shelf: Path, settings: Settings
) -> None:
    late = claim_paper(certificate_id=issued.pk, now=NOW)
    assert late is not None
    with time_machine.travel(NOW + timedelta(hours=1)):
        kept = worked(issued).file_key
    assert keep_paper(claim=late, content=b"%PDF of another") is False
    issued.refresh_from_db()
    assert issued.file_key == kept
    assert [path.name for path in files(shelf)] == [Path(kept).name]


def test_a_late_worker_takes_nothing_from_the_one_that_followed(
    issued: Certificate, shelf: Path
) -> None:
    late = claim_paper(certificate_id=issued.pk, now=NOW)
    present = claim_paper(certificate_id=issued.pk, now=NOW + timedelta(hours=1))
    assert late is not None
    assert present is not None
    assert keep_paper(claim=late, content=b"%PDF of the late one") is False
    give_back(claim=late, error=PdfError("too late"))
    issued.refresh_from_db()
    assert (issued.paper, issued.last_error) == ("making", "")
    assert keep_paper(claim=present, content=b"%PDF") is True
    issued.refresh_from_db()
    assert content(issued) == b"%PDF"
    assert len(files(shelf)) == 1


def test_an_error_is_kept_and_the_paper_tried_again(
    issued: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        breaks(broken, PdfError("No font was found"))
        worked(issued)
    assert (issued.paper, issued.attempts) == ("waiting", 1)
    assert issued.last_error == "No font was found"
    assert issued.leased_until is None
    worked(issued)
    assert (issued.paper, issued.attempts, issued.last_error) == ("ready", 2, "")


@pytest.mark.parametrize("error", [PdfError("Bad glyph"), PdfLimitError("Too long")])
def test_after_the_last_try_it_is_left_to_people(
    issued: Certificate, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    breaks(monkeypatch, error)
    for attempt in range(1, MOST_ATTEMPTS):
        assert (worked(issued).paper, issued.attempts) == ("waiting", attempt)
    assert worked(issued).paper == "failed"
    assert issued.last_error == str(error)
    assert issued.pk not in waiting_ids(now=NOW + timedelta(days=9))
    assert worked(issued).attempts == MOST_ATTEMPTS


def test_one_that_cannot_be_made_holds_up_no_other(
    issued: Certificate, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(cast.renewals, cast.lakeview, cast.charlie)
    other = newest(cast.charlie)
    read = CertificateFacts.from_json

    def unreadable(stored: Mapping[str, Any]) -> CertificateFacts:
        if stored["number"] == issued.number:
            raise ValueError("Facts of a layout there is none of")
        return read(stored)

    monkeypatch.setattr(CertificateFacts, "from_json", unreadable)
    for _ in range(MOST_ATTEMPTS):
        worked(issued)
        worked(other)
    assert (issued.paper, other.paper) == ("failed", "ready")
    assert issued.last_error == "Facts of a layout there is none of"


def test_a_full_disk_leaves_the_paper_for_later(
    issued: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*, claim: Claim, content: bytes) -> bool:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("certificates.tasks.keep_paper", full)
        with pytest.raises(OSError, match="No space"):
            make(str(issued.pk))
    with time_machine.travel(NOW + timedelta(minutes=5)):
        assert worked(issued).paper == "ready"


def test_the_beat_finds_what_nobody_is_making(
    issued: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []
    monkeypatch.setattr("certificates.tasks.make.delay", called.append)
    make_waiting()
    assert str(issued.pk) in called
    worked(issued)
    called.clear()
    make_waiting()
    assert str(issued.pk) not in called


def test_a_page_has_as_long_as_the_setting_says(
    issued: Certificate, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def render(facts: CertificateFacts, *, seconds: int = 30) -> bytes:
        asked.append(seconds)
        return b"%PDF"

    monkeypatch.setattr("certificates.services.papers.render", render)
    settings.CERTIFICATE_SECONDS = 7
    claim = claim_paper(certificate_id=issued.pk, now=NOW)
    assert claim is not None
    print_paper(claim=claim)
    assert asked == [7]
    assert claim.lease == NOW + timedelta(seconds=14)


def test_the_oldest_paper_that_waits_is_known(issued: Certificate) -> None:
    Certificate.objects.exclude(pk=issued.pk).update(paper="failed")
    assert oldest_waiting() == issued.issued_at
    worked(issued)
    assert oldest_waiting() is None


def test_making_it_is_no_change_of_the_certificate(issued: Certificate) -> None:
    before, facts = entries(issued), issued.facts
    worked(issued)
    assert entries(issued) == before
    assert issued.facts == facts


def test_nobody_with_that_id_is_no_error(issued: Certificate) -> None:
    make("00000000-0000-4000-8000-000000000000")
