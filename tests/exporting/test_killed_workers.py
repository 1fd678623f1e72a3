"""A real worker process is killed in the middle of a file: another makes it whole."""

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.models import AuditEntry, ExportJob
from deploy.processes import wait_until
from tests.cast import a_practice
from tests.exporting.builders import an_export
from tests.mail.office import Office, open_office
from tests.mail.workers import Workers, hired, hit

pytestmark = [
    pytest.mark.db,
    pytest.mark.broker,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(sys.platform != "linux", reason="needs /proc"),
]
State = ExportJob.State
MAKE, SWEEP = "core.tasks.make_export", "core.tasks.make_exports"
SECONDS = 120


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Workers]:
    """Workers whose lease is three seconds, and whose builder waits to be told."""
    office: Office
    with open_office() as office, hired(tmp_path, office, redis=False) as found:
        found.more["DJANGO_SETTINGS_MODULE"] = "tests.exporting.slow"
        found.more["FILES_DIR"] = str(tmp_path / "files")
        yield found


def test_killed_in_the_middle_of_a_file_another_makes_it_whole_and_once(
    workers: Workers, tmp_path: Path
) -> None:
    job = an_export(a_practice("Northside"), kind="words", params={})
    begun = tmp_path / "begun"
    worker = workers.start()
    workers.ring(MAKE, str(job.pk))
    assert wait_until(begun.exists, seconds=SECONDS), workers.said()
    job.refresh_from_db()
    assert (job.state, job.done, job.in_all) == (State.WORKING, 1, 2)
    hit(worker, signal.SIGKILL)
    worker.wait()

    (tmp_path / "go-on").touch()
    workers.start()

    def ready() -> bool:
        workers.ring(SWEEP)
        return wait_until(
            lambda: ExportJob.objects.get().state == State.READY, seconds=2
        )

    assert wait_until(ready, seconds=SECONDS), workers.said()
    job.refresh_from_db()
    assert (tmp_path / "files" / job.file_key).read_text() == "whole"
    assert (job.attempts, begun.read_text()) == (2, "xx")
    assert AuditEntry.objects.filter(action="export.made").count() == 1
    kept = [each for each in (tmp_path / "files").rglob("*") if each.is_file()]
    assert len(kept) == 1
