"""A proof before its reviewer: drawn as a picture, or saved; never opened here."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from ce_credits.models import Activity, Proof
from core.files import keep
from tests.cast import NOW, OTHER_BODY, Cast, a_proof
from tests.ce.reporting import a_draft, submitted
from tests.files.samples import pdf
from tests.matrix.asking import checksum
from tests.portal.reviewing import opened

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("shelf", "today")]
PNG = b"\x89PNG\r\n\x1a\n"


def kept(activity: Activity) -> Proof:
    """Put a real file on an activity."""
    return a_proof(activity, key=keep(pdf()), name="../my “proof”.pdf")


@pytest.fixture
def proof(cast: Cast, shelf: Path, today: date) -> Proof:
    """A certificate on an activity that waits for review."""
    draft = a_draft(cast.bob, proof=False)
    found = kept(draft)
    submitted(cast.bob, again=draft)
    return found


def place(proof: Proof, tail: str = "") -> str:
    """The address of a proof among the body's staff."""
    return f"/staff/acmss/proofs/{proof.pk}/{tail}"


def test_a_page_comes_as_a_picture(erin: Client, proof: Proof) -> None:
    answer = erin.get(place(proof, "1.png?width=600"))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.content.startswith(PNG)
    assert "no-store" in answer.headers["Cache-Control"]
    assert int.from_bytes(answer.content[16:20], "big") == 600


def test_the_review_shows_that_picture(erin: Client, proof: Proof) -> None:
    image = opened(erin, proof.activity).one("img")
    assert image.attributes["src"] == place(proof, "1.png?width=1200")
    assert image.attributes["alt"] == f"Page 1 of {proof.name}"
    assert erin.get(image.attributes["src"]).status_code == 200


def test_a_file_is_handed_out_to_be_saved_and_no_more(
    erin: Client, proof: Proof
) -> None:
    answer = erin.get(place(proof), follow=True)
    assert answer.status_code == 200
    headers = answer.headers
    assert headers["Content-Disposition"].startswith("attachment; filename=")
    assert "/" not in headers["Content-Disposition"].split("filename*")[0]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in headers["Cache-Control"]
    assert b"".join(answer).startswith(b"%PDF-")


@pytest.mark.parametrize("tail", ["0.png", "2.png", "99999.png"])
def test_a_page_that_is_not_there_is_nothing(
    erin: Client, proof: Proof, tail: str
) -> None:
    assert erin.get(place(proof, tail)).status_code == 404


@pytest.mark.parametrize("width", ["x", "-5", "0", "99999999", "\u0664"])
def test_any_width_is_one_that_can_be_drawn(
    erin: Client, proof: Proof, width: str
) -> None:
    assert erin.get(place(proof, "1.png"), {"width": width}).status_code == 200


def test_a_file_nobody_can_draw_says_so(
    erin: Client, proof: Proof, shelf: Path
) -> None:
    (shelf / proof.file_key).write_bytes(b"%PDF-1.7 broken")
    answer = erin.get(place(proof, "1.png"))
    assert answer.status_code == 422
    assert b"Download it instead" in answer.content


def test_a_file_that_is_gone_is_nothing(
    erin: Client, proof: Proof, shelf: Path
) -> None:
    (shelf / proof.file_key).unlink()
    for tail in ("", "1.png"):
        assert erin.get(place(proof, tail)).status_code == 404


def test_proof_of_a_draft_is_nobodys_to_see(erin: Client, cast: Cast) -> None:
    proof = kept(a_draft(cast.bob, proof=False))
    for tail in ("", "1.png"):
        assert erin.get(place(proof, tail)).status_code == 404


def test_proof_that_was_taken_away_is_not_shown(erin: Client, proof: Proof) -> None:
    Proof.objects.filter(pk=proof.pk).update(removed_at=NOW)
    assert erin.get(place(proof)).status_code == 404
    assert not opened(erin, proof.activity).all("img")


def test_proof_of_another_body_is_nothing(erin: Client, proof: Proof) -> None:
    Activity.objects.filter(pk=proof.activity_id).update(program=OTHER_BODY)
    for tail in ("", "1.png"):
        assert erin.get(place(proof, tail)).status_code == 404


def test_looking_changes_nothing(erin: Client, proof: Proof) -> None:
    before = checksum()
    for tail in ("", "1.png"):
        answer = erin.get(place(proof, tail), follow=True)
        assert answer.status_code == 200
        # The file is read to its end, or it would stay open.
        assert b"".join(answer)
    assert checksum() == before
