"""A file is asked for, made by a worker whatever happens to it, and kept for a week."""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256

import pytest
import time_machine
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import OperationalError

from accounts.models import Practice
from config.celery import app
from core.exporting import (
    KEPT,
    Lost,
    Made,
    Work,
    ask_for_export,
    claim_export,
    due_exports,
    keep_export,
    note_progress,
)
from core.failures import NotEligible, NotUsable
from core.files import stored
from core.models import ExportJob
from core.tasks import make_export
from tests.cast import BODY, NOW, Cast
from tests.database import WORKER, working_as
from tests.exporting.builders import building, words
from tests.exporting.jobs import ALICE, LATER, SOON, asked, sentences

pytestmark = [pytest.mark.db, pytest.mark.django_db]
State = ExportJob.State


@pytest.fixture(autouse=True)
def at_a_time() -> Iterator[None]:
    """Stand still."""
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_worker_makes_what_was_asked_for_and_the_file_is_what_its_row_says(
    cast: Cast,
) -> None:
    job = asked(cast)
    with building(words), working_as(WORKER):
        make_export(str(job.pk))

    job.refresh_from_db()
    content = stored(job.file_key)
    assert content == f"{cast.northside.pk} hello".encode()
    assert (job.state, job.size, job.done) == (State.READY, len(content), 2)
    assert job.sha256 == sha256(content).hexdigest()
    assert job.expires_at == NOW + KEPT
    assert sentences() == [
        "Asked for the export “words”",
        "Made the export “Words”",
    ]


def test_a_form_that_is_sent_twice_is_one_file(cast: Cast) -> None:
    first, again, other = asked(cast), asked(cast), asked(cast, key="another form")
    assert first == again != other


def test_one_key_in_two_practices_or_of_two_tables_is_two_files(cast: Cast) -> None:
    def ask(practice: Practice, kind: str) -> ExportJob:
        return ask_for_export(
            actor=ALICE,
            practice_id=practice.pk,
            program=BODY,
            kind=kind,
            params={},
            key="a form",
            now=NOW,
        )

    ours, theirs = ask(cast.northside, "people"), ask(cast.lakeview, "people")
    orders = ask(cast.northside, "orders")
    assert (ours.practice_id, theirs.practice_id) == (
        cast.northside.pk,
        cast.lakeview.pk,
    )
    assert len({ours.pk, theirs.pk, orders.pk}) == 3
    assert orders.kind == "orders"


def test_a_key_is_used_up_for_a_day_and_then_asks_anew(cast: Cast) -> None:
    first = asked(cast)
    with_a_day = [
        asked(cast, now=NOW + timedelta(hours=hours)) for hours in (23, 24, 30, 49)
    ]
    assert [each == first for each in with_a_day] == [True, False, False, False]
    assert with_a_day[1] == with_a_day[2] != with_a_day[3]


def test_the_eleventh_file_at_a_time_is_refused_and_said_so(cast: Cast) -> None:
    for number in range(10):
        asked(cast, key=str(number))
    with pytest.raises(NotEligible, match="10 files are being made already"):
        asked(cast, key="one more")
    assert ExportJob.objects.count() == 10


def test_two_workers_take_different_jobs_or_none(cast: Cast) -> None:
    job = asked(cast)
    assert claim_export(job_id=job.pk, now=NOW) is not None
    assert claim_export(job_id=job.pk, now=NOW) is None
    assert due_exports(now=NOW) == []


def test_a_lost_workers_job_is_another_s_after_its_lease_and_made_from_the_beginning(
    cast: Cast,
) -> None:
    job = asked(cast)
    lost = claim_export(job_id=job.pk, now=NOW)
    assert lost
    note_progress(claim=lost, done=7, total=9, now=SOON)
    assert due_exports(now=LATER - timedelta(seconds=90)) == []
    assert due_exports(now=LATER) == [job.pk]

    follows = claim_export(job_id=job.pk, now=LATER)
    assert follows
    assert (follows.job.done, follows.attempt) == (0, 2)
    with pytest.raises(Lost):
        note_progress(claim=lost, done=8, total=9, now=LATER)


def test_what_a_slow_worker_made_after_all_is_thrown_away(
    cast: Cast, tmp_path: object
) -> None:
    job = asked(cast)
    slow = claim_export(job_id=job.pk, now=NOW)
    claim_export(job_id=job.pk, now=LATER)
    assert slow
    with building(words):
        kept_before = ExportJob.objects.get().file_key
        path = settings.DATA_DIR / "slow"
        path.write_text("slow")
        made_late = Made(path, "slow.csv", "csv")
        assert not keep_export(claim=slow, made=made_late, now=LATER)
    job.refresh_from_db()
    assert (job.state, job.file_key) == (State.WORKING, kept_before)


def test_a_job_that_loses_three_workers_is_given_up(cast: Cast) -> None:
    job, now = asked(cast), NOW
    for _ in range(3):
        assert claim_export(job_id=job.pk, now=now)
        now += settings.EXPORT_LEASE + timedelta(seconds=1)

    assert claim_export(job_id=job.pk, now=now) is None

    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "Ask for it again" in job.problem
    assert due_exports(now=now) == []


def test_what_a_builder_refuses_is_what_the_person_reads(cast: Cast) -> None:
    def refuses(*, work: Work) -> Made:
        raise NotUsable("Nobody was on the list then.")

    with building(refuses):
        job = asked(cast)
        make_export(str(job.pk))

    job.refresh_from_db()
    assert (job.state, job.problem) == (State.FAILED, "Nobody was on the list then.")


def test_a_fault_of_ours_ends_the_job_in_our_words_and_is_not_hidden(
    cast: Cast,
) -> None:
    def breaks(*, work: Work) -> Made:
        raise ZeroDivisionError

    with building(breaks):
        job = asked(cast)
        with pytest.raises(ZeroDivisionError):
            make_export(str(job.pk))

    job.refresh_from_db()
    assert job.state == State.FAILED
    assert job.problem.startswith("Something went wrong on our side.")
    assert sentences()[-1] == "Did not make the export “Words”"


def test_a_file_that_takes_too_long_ends_with_a_way_out(cast: Cast) -> None:
    def drags_on(*, work: Work) -> Made:
        raise SoftTimeLimitExceeded

    with building(drags_on):
        job = asked(cast)
        make_export(str(job.pk))

    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "Ask for fewer people at a time, or for a shorter time." in job.problem


def test_a_file_may_take_longer_than_other_work() -> None:
    app.loader.import_default_modules()
    task = app.tasks[make_export.name]
    assert (task.soft_time_limit, task.time_limit) == (780, 840)


def test_a_database_that_is_away_is_waited_for(cast: Cast) -> None:
    def away(*, work: Work) -> Made:
        raise OperationalError

    job = asked(cast)
    with building(away), pytest.raises(OperationalError):
        make_export(str(job.pk))
    with time_machine.travel(LATER, tick=False), building(words):
        make_export(str(job.pk))

    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.READY, 2)
