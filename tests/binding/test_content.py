"""What an audit binder holds: all that the practice sees of its people, and no more."""

import subprocess
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
import time_machine

from ce_credits.models import Proof
from certificates.models import Certificate
from core.exporting import claim_export, note_progress
from core.files import forget, keep, stored
from core.models import AuditEntry, ExportJob
from credentials.models import DocumentReading
from tests.binding.binders import asked, bound, learnt, opened, proven, worked
from tests.binding.papers import paper, picture
from tests.cast import NOW, TODAY, Cast, a_member, given
from tests.db.document_rows import a_version, an_own_document

pytestmark = [pytest.mark.db, pytest.mark.django_db]


def test_one_download_holds_crosswalk_certificates_proof_decisions_and_totals(
    cast: Cast, kept: Certificate
) -> None:
    binder = bound(cast)

    assert binder.pages[0].splitlines()[-1].endswith(f"1 of {len(binder.pages)}")
    for said in (
        "Northside",
        "Nov 17, 2019 to Nov 17, 2025",
        "Alice Adams",
        "EST",
        "Crosswalk",
        kept.number,
        str(kept.attestation_number),
        "Bob Baker",
        "Coding basics",
        "Completed 5.0",
        "Still needed 0",
        "Bob learnt coding",
        "Bob learnt privacy",
    ):
        assert said in binder.text, said
    assert "Charlie" not in binder.text


def test_every_page_says_which_of_how_many_it_is_and_whose(
    cast: Cast, kept: Certificate
) -> None:
    binder = bound(cast)

    for at, said in enumerate(binder.pages, 1):
        assert f"Page {at} of {len(binder.pages)}" in said
        assert "Northside. Audit binder made Nov 17, 2025." in said


def test_the_index_names_the_page_of_everybody(cast: Cast, kept: Certificate) -> None:
    eve = a_member("Eve Ellis", cast.northside)
    binder = bound(cast)

    index = binder.pages[1]
    for name in ("Bob Baker", eve.name):
        page = next(
            at
            for at, said in enumerate(binder.pages, 1)
            if "Record, Northside" in said and name in said
        )
        assert any(
            line.endswith(str(page)) for line in index.splitlines() if name in line
        ), index
    rows = {row["what"]: int(row["page"]) for row in binder.index}
    assert "Bob learnt coding" in binder.pages[rows["Mar 3, 2025: Coding basics"] - 1]
    assert kept.number in binder.pages[rows[f"Certificate {kept.number}"] - 1]


def test_the_zip_has_every_file_as_it_was_issued_and_its_hash(
    cast: Cast, kept: Certificate, tmp_path: Path
) -> None:
    binder = bound(cast)

    (name,) = (each for each in binder.files if "/certificates/" in each)
    assert name == f"people/0001 Bob Baker/certificates/{kept.number}.pdf"
    assert binder.files[name] == stored(kept.file_key)
    assert binder.sums[name] == kept.sha256
    assert set(binder.sums) == set(binder.files) - {"MANIFEST.sha256"}
    with ZipFile(tmp_path / "shelf" / binder.job.file_key) as archive:
        archive.extractall(tmp_path / "out")
    checked = subprocess.run(
        ["/usr/bin/sha256sum", "-c", "--strict", "MANIFEST.sha256"],
        cwd=tmp_path / "out",
        check=True,
        capture_output=True,
    )
    assert checked.stdout.count(b": OK") == len(binder.sums)


def test_pictures_are_bound_as_pages_too(cast: Cast, kept: Certificate) -> None:
    activity = learnt(cast.bob, "A photo", on=date(2025, 6, 6), practice=cast.northside)
    proven(activity, picture("PNG"), kind="png", name="photo.png")
    proven(activity, picture("JPEG"), kind="jpeg", name="photo.jpg")

    binder = bound(cast)
    # Both were added at one instant, so either may come first.
    names = [name.rpartition("/")[2] for name in binder.files if "photo" in name]
    assert [name[:3] for name in names] == ["03 ", "04 "]
    assert {name[3:] for name in names} == {"photo.png", "photo.jpg"}
    assert [row["pages"] for row in binder.index if row["what"].endswith("photo")] == [
        "1",
        "1",
    ]


def test_a_proof_that_cannot_be_bound_does_not_stop_the_binder(
    cast: Cast, kept: Certificate
) -> None:
    broken = learnt(cast.bob, "Broken", on=date(2025, 6, 6), practice=cast.northside)
    proven(broken, b"%PDF-1.7 and no more", name="broken.pdf")

    binder = bound(cast)
    assert binder.files["people/0001 Bob Baker/proofs/03 broken.pdf"].endswith(b"more")
    (row,) = (row for row in binder.index if row["what"] == "Jun 6, 2025: Broken")
    assert "could not be bound in" in row["note"]
    page = binder.pages[int(row["page"]) - 1]
    assert "Not in this binder" in page
    assert "Jun 6, 2025: Broken" in page
    assert "Broken" in binder.pages[0]


def test_a_file_that_is_gone_and_a_paper_that_waits_are_said(
    cast: Cast, kept: Certificate
) -> None:
    forget(Proof.objects.get(name="coding.pdf").file_key)
    given(cast.renewals, cast.northside, cast.bob)

    binder = bound(cast)
    notes = {row["what"]: row["note"] for row in binder.index if row["note"]}
    assert "not where it was stored" in notes["Mar 3, 2025: Coding basics"]
    waiting = Certificate.objects.get(member=cast.bob, valid_from=TODAY)
    assert "not made yet" in notes[f"Certificate {waiting.number}"]


def test_a_certificate_that_is_not_what_was_issued_is_said(
    cast: Cast, kept: Certificate, shelf: Path
) -> None:
    (shelf / kept.file_key).write_bytes(paper("Forged"))

    binder = bound(cast)
    (row,) = (row for row in binder.index if row["part"] == "Certificates")
    assert "not the one noted" in row["note"]
    assert "not the one noted" in binder.pages[0]


def test_the_practices_own_documents_of_those_days_are_in_it(
    cast: Cast, kept: Certificate
) -> None:
    content = paper("Scribes per shift")
    digest = sha256(content).hexdigest()
    an_own_document(
        cast.northside, file_key=keep(content), stored_sha256=digest, title="Staffing"
    )
    an_own_document(cast.lakeview, title="Of Lakeview")

    binder = bound(cast)
    assert "Scribes per shift" in binder.text
    assert "Of Lakeview" not in binder.text
    assert binder.files["documents/practice/01 Staffing.pdf"] == content


def test_every_version_of_an_own_document_that_covers_the_days_is_in_it(
    cast: Cast, kept: Certificate
) -> None:
    first = an_own_document(
        cast.northside,
        file_key=keep(paper("Until the summer")),
        title="Staffing",
        covers_from=date(2024, 1, 1),
        covers_until=date(2025, 6, 30),
    )
    an_own_document(
        cast.northside,
        document=first.document,
        number=2,
        file_key=keep(paper("From the summer on")),
        title="Staffing",
        covers_from=date(2025, 7, 1),
    )

    binder = bound(cast)
    for said in ("Until the summer", "From the summer on", "version 1", "version 2"):
        assert said in binder.text, said
    names = [name for name in binder.files if name.startswith("documents/practice/")]
    assert len(names) == 2


def test_the_bodys_documents_are_bound_in_good_standing_with_the_readers_name(
    cast: Cast, kept: Certificate
) -> None:
    a_version(file_key=keep(paper("The crosswalk")), title="Crosswalk of codes")
    given(cast.renewals, cast.northside, cast.bob)

    binder = bound(cast)
    page = next(said for said in binder.pages if "The crosswalk" in said)
    assert "Alice Adams" in page
    # It is read when the binder is opened, not when it is asked for.
    assert not DocumentReading.objects.exists()


def test_without_good_standing_a_page_says_why_they_are_missing(
    cast: Cast, kept: Certificate
) -> None:
    a_version(file_key=keep(paper("The crosswalk")), title="The codes")

    binder = bound(cast)
    assert "The crosswalk" not in binder.text
    assert "No current membership" in binder.text
    assert not DocumentReading.objects.exists()


def test_a_version_that_changed_after_it_was_asked_for_is_left_out(
    cast: Cast, kept: Certificate
) -> None:
    given(cast.renewals, cast.northside, cast.bob)
    job = asked(cast)
    a_version(file_key=keep(paper("The crosswalk")), title="The codes")

    binder = opened(worked(job))
    assert "The crosswalk" not in binder.text
    assert "It changed after the binder was asked for" in binder.text


def test_names_that_compute_or_lead_elsewhere_do_neither(
    cast: Cast, kept: Certificate
) -> None:
    cast.bob.first_name, cast.bob.last_name = "=HYPERLINK(1)", "../../<b>&Ünal 病院"
    cast.bob.save()

    binder = bound(cast)
    assert all(".." not in name for name in binder.files)
    people = {row["person"] for row in binder.index if row["person"]}
    assert all(person.startswith("'=") for person in people)
    assert "病院" in binder.text


def test_who_made_it_is_on_the_trail(cast: Cast, kept: Certificate) -> None:
    worked(asked(cast))

    said = AuditEntry.objects.filter(action__startswith="export.").order_by("id")
    assert list(said.values_list("actor", "sentence")) == [
        ("Alice Adams", "Asked for the audit binder"),
        ("Goodstanding (exports)", "Made the audit binder"),
    ]


def test_more_pages_than_a_pdf_has_ends_it_with_a_way_out(
    cast: Cast, kept: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.binding.binder.MOST_PAGES", 2)

    job = worked(asked(cast))
    assert job.state == ExportJob.State.FAILED
    assert "Choose fewer people" in job.problem


def test_a_killed_workers_binder_is_made_from_the_beginning_and_once(
    cast: Cast, kept: Certificate
) -> None:
    job = asked(cast)
    claim = claim_export(job_id=job.pk, now=NOW)
    assert claim is not None
    note_progress(claim=claim, done=1, total=2, now=NOW)
    assert worked(job).state == ExportJob.State.WORKING

    with time_machine.travel(NOW + timedelta(minutes=3), tick=False):
        again = opened(worked(job))
    assert kept.number in again.text
    assert worked(job).file_key == again.job.file_key
    assert AuditEntry.objects.filter(action="export.made").count() == 1


def test_the_same_form_sent_twice_is_one_binder(cast: Cast, kept: Certificate) -> None:
    first, second = asked(cast, key="a form"), asked(cast, key="a form")

    assert first == second
