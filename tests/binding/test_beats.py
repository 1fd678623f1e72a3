"""A binder that takes long stays its worker's: every paper tells that it goes on."""

from datetime import date
from pathlib import Path

import pytest

from certificates.models import Certificate
from core.clock import today as day_in
from core.exporting import Work
from core.files import keep
from portal.binding.builder import build
from tests.binding.binders import asked, learnt, proven
from tests.binding.papers import paper
from tests.cast import NOW, Cast, given
from tests.database import WORKER, working_as
from tests.db.document_rows import a_version, an_own_document

pytestmark = [pytest.mark.db, pytest.mark.django_db]


def test_every_paper_beats_before_the_first_person_is_done(
    cast: Cast, kept: Certificate, tmp_path: Path
) -> None:
    given(cast.renewals, cast.northside, cast.bob)
    a_version(file_key=keep(paper("The crosswalk")), title="The codes")
    for title in ("Staffing", "Training"):
        an_own_document(cast.northside, file_key=keep(paper(title)), title=title)
    gone = learnt(cast.bob, "Gone", on=date(2025, 6, 6), practice=cast.northside)
    proven(gone, b"%PDF-1.7 and no more", name="broken.pdf")
    beats: list[tuple[int, int]] = []
    folder = tmp_path / "work"
    folder.mkdir()
    job = asked(cast)

    with working_as(WORKER):
        build(
            work=Work(
                job=job,
                folder=folder,
                progress=lambda done, total: beats.append((done, total)),
                now=NOW,
                today=day_in,
            )
        )
    # The body's, two of the practice, the record, two certificates and three proofs.
    assert beats.count((0, 1)) == 9
    assert (1, 1) in beats
