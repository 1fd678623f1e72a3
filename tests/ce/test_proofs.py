"""Proof is added to what is being written, looked into first, and kept once."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files import File

from ce_credits.models import Activity, Proof, ProofAllowance
from ce_credits.services import add_proof, remove_proof, submit
from core.failures import Missing, NotUsable, Refusal
from core.files import FileRefused
from core.models import AuditEntry
from tests.cast import NOW, TODAY, Cast
from tests.ce.reporting import a_draft, a_report, holder, submitted
from tests.files.conftest import stored
from tests.files.samples import pdf
from tests.race.hands import at_once

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("shelf")]


def a_file(content: bytes = b"", name: str = "certificate.pdf") -> "File[bytes]":
    """A file as it is sent."""
    return File(BytesIO(content or pdf()), name)


def added(activity: Activity, upload: "File[bytes] | None" = None) -> Proof:
    """Add a file as the holder."""
    return add_proof(
        actor=holder(activity.member),
        activity=activity,
        upload=upload or a_file(),
        now=NOW,
    )


def test_a_proof_lies_under_a_random_key_with_both_hashes(
    cast: Cast, shelf: Path
) -> None:
    proof = added(a_draft(cast.bob, proof=False), a_file(name="../../Bob Zoë CE.pdf"))
    assert proof.name == "Bob Zoë CE.pdf"
    assert (proof.kind, proof.pages) == ("pdf", 1)
    assert stored(shelf) == {proof.file_key}
    assert "Bob" not in proof.file_key
    assert len(proof.sha256) == len(proof.stored_sha256) == 64


def test_what_is_refused_leaves_nothing(cast: Cast, shelf: Path) -> None:
    activity = a_draft(cast.bob, proof=False)
    entries = AuditEntry.objects.count()
    with pytest.raises(FileRefused) as refusal:
        added(activity, a_file(b"MZ" + bytes(900)))
    assert [problem.field for problem in refusal.value.problems] == ["file"]
    assert not stored(shelf)
    assert not activity.proofs.exists()
    assert AuditEntry.objects.count() == entries


def test_the_same_file_again_is_the_proof_that_is_there(cast: Cast) -> None:
    activity = a_draft(cast.bob, proof=False)
    assert added(activity) == added(activity)
    assert activity.proofs.count() == 1
    assert ProofAllowance.objects.get(member=cast.bob).files == 1


def test_what_can_not_be_written_down_leaves_no_file(
    cast: Cast, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise OSError("the database went away")

    monkeypatch.setattr("ce_credits.services.proofs.record", broken)
    with pytest.raises(OSError, match="went away"):
        added(a_draft(cast.bob, proof=False))
    assert not stored(shelf)
    assert not Proof.objects.exists()


def test_the_same_file_on_another_activity_is_found_by_its_hash(cast: Cast) -> None:
    first = added(a_draft(cast.bob, proof=False))
    other = added(a_draft(cast.charlie, proof=False))
    assert first.sha256 == other.sha256
    assert first.file_key != other.file_key


def test_a_proof_that_was_removed_may_come_again(cast: Cast) -> None:
    activity = a_draft(cast.bob, proof=False)
    proof = added(activity)
    remove_proof(actor=holder(cast.bob), activity=activity, proof=proof, now=NOW)
    assert not activity.proofs.there().exists()
    assert added(activity) != proof


def test_a_proof_is_removed_once(cast: Cast) -> None:
    activity = a_draft(cast.bob, proof=False)
    proof = added(activity)
    remove_proof(actor=holder(cast.bob), activity=activity, proof=proof, now=NOW)
    with pytest.raises(Missing):
        remove_proof(actor=holder(cast.bob), activity=activity, proof=proof, now=NOW)


def test_somebody_elses_proof_is_not_removed(cast: Cast) -> None:
    theirs = added(a_draft(cast.charlie, proof=False))
    with pytest.raises(Missing):
        remove_proof(
            actor=holder(cast.bob), activity=a_draft(cast.bob), proof=theirs, now=NOW
        )


def test_what_is_submitted_keeps_its_proof(cast: Cast) -> None:
    activity = submitted(cast.bob)
    proof = activity.proofs.get()
    with pytest.raises(Refusal):
        remove_proof(actor=holder(cast.bob), activity=activity, proof=proof, now=NOW)
    with pytest.raises(Refusal):
        added(activity)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_nothing_is_submitted_without_the_proof_removed_meanwhile(cast: Cast) -> None:
    activity = a_draft(cast.bob, proof=False)
    proof = added(activity)

    def remove() -> str:
        mine = Activity.objects.get(pk=activity.pk)
        try:
            remove_proof(actor=holder(cast.bob), activity=mine, proof=proof, now=NOW)
        except Refusal:
            return "kept"
        return "removed"

    def send() -> str:
        mine = Activity.objects.get(pk=activity.pk)
        try:
            submit(
                actor=holder(cast.bob),
                activity=mine,
                seen=0,
                report=a_report(),
                today=TODAY,
                now=NOW,
            )
        except NotUsable:
            return "draft"
        return "submitted"

    assert set(at_once([remove, send])) in ({"kept", "submitted"}, {"removed", "draft"})
