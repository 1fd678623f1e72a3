"""Whose file is made next, and what of it stays for how long."""

import os
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from itertools import count
from pathlib import Path
from unittest.mock import patch

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import OperationalError
from pytest_django import Settings

from core.exporting import (
    KEPT,
    MADE_IN,
    Made,
    Work,
    claim_export,
    due_exports,
    forget_exports,
    keep_export,
)
from core.files import is_kept, keep_file
from core.models import ExportJob
from core.scope import Scope, scoped
from core.tasks import forget, make_export, make_exports
from tests.cast import BODY, NOW, Cast
from tests.database import WORKER, working_as
from tests.exporting.builders import an_export, building, made, words
from tests.exporting.jobs import LATER, SOON, asked, kept_files

pytestmark = [pytest.mark.db, pytest.mark.django_db]
State = ExportJob.State


@pytest.fixture(autouse=True)
def at_a_time() -> Iterator[None]:
    """Stand still."""
    with time_machine.travel(NOW, tick=False):
        yield


def test_the_beat_rings_for_the_next_that_nobody_is_at_and_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[tuple[object, object]] = []

    def ring(args: object, *, expires: int) -> None:
        rung.append((args, expires))

    monkeypatch.setattr(make_export, "apply_async", ring)
    first = asked(cast)
    an_export(cast.lakeview, at=SOON)

    with working_as(WORKER):
        make_exports()
        assert rung == [((str(first.pk),), 60)]
        with scoped(Scope.sweep()):
            claim_export(job_id=first.pk, now=NOW)
        make_exports()

    assert len(rung) == 1


def test_a_practice_s_files_are_made_one_after_the_other(
    cast: Cast, settings: Settings
) -> None:
    settings.EXPORTS_AT_ONCE = 2
    first, second = asked(cast), asked(cast, key="second")
    theirs = an_export(cast.lakeview, at=SOON)
    assert claim_export(job_id=first.pk, now=NOW)

    assert claim_export(job_id=second.pk, now=NOW) is None
    assert due_exports(now=SOON) == [theirs.pk]
    assert claim_export(job_id=theirs.pk, now=SOON)


def test_no_more_files_are_made_at_a_time_than_the_setting_says(cast: Cast) -> None:
    ours, theirs = asked(cast), an_export(cast.lakeview)
    held = claim_export(job_id=ours.pk, now=NOW)
    assert held
    assert claim_export(job_id=theirs.pk, now=SOON) is None
    theirs.refresh_from_db()
    assert theirs.state == State.WAITING
    # The first one's worker is lost: it keeps nobody waiting any longer.
    assert claim_export(job_id=theirs.pk, now=LATER)


def test_whoever_had_a_file_longest_ago_comes_first(cast: Cast) -> None:
    with building(words):
        make_export(str(asked(cast).pk))
    asked(cast, key="second")
    theirs = an_export(cast.lakeview, at=SOON)
    assert due_exports(now=SOON) == [theirs.pk]


def test_after_a_week_the_file_is_gone_and_the_job_still_says_that_it_was(
    cast: Cast,
) -> None:
    with building(words):
        job = asked(cast)
        make_export(str(job.pk))
    job.refresh_from_db()
    key = job.file_key
    with scoped(Scope.sweep()):
        assert forget_exports(now=NOW + KEPT - timedelta(seconds=1)) == 0
    assert is_kept(key)

    with time_machine.travel(NOW + KEPT, tick=False), working_as(WORKER):
        forget()

    job.refresh_from_db()
    assert not is_kept(key)
    assert (job.state, job.file_key, job.file_name) == (
        State.EXPIRED,
        "",
        "words.csv",
    )


def test_a_file_whose_row_can_t_be_written_does_not_stay(
    cast: Cast, tmp_path: Path
) -> None:
    asked(cast)
    claim = claim_export(job_id=ExportJob.objects.get().pk, now=NOW)
    assert claim
    path = tmp_path / "made"
    path.write_text("made")
    before = kept_files()
    broken = patch("core.exporting.making.record", side_effect=OperationalError)
    with broken, pytest.raises(OperationalError):
        keep_export(claim=claim, made=Made(path, "made.csv", "csv"), now=NOW)
    assert kept_files() == before


def test_what_a_killed_worker_left_goes_after_a_day_and_nothing_else(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.exporting.passing.gettempdir", lambda: str(tmp_path))
    with building(words):
        job = asked(cast)
        make_export(str(job.pk))
    job.refresh_from_db()
    left, fresh = (keep_file(BytesIO(b"left"), "exports") for _ in range(2))
    folders = [tmp_path / f"{MADE_IN}{name}" for name in ("left", "fresh")]
    other = tmp_path / "somebody-else-s"
    for each in (*folders, other):
        each.mkdir()
    (folders[0] / "half").write_text("half")
    places = [Path(default_storage.path(key)) for key in (left, job.file_key, fresh)]
    for each in (*places[:2], folders[0], other):
        os.utime(each, (NOW.timestamp() - 90_000,) * 2)
    for each in (places[2], folders[1]):
        os.utime(each, (NOW.timestamp() - 80_000,) * 2)

    with working_as(WORKER):
        forget()

    assert [each.exists() for each in places] == [False, True, True]
    assert [each.exists() for each in (*folders, other)] == [False, True, True]


def test_a_practice_sees_its_own_jobs_and_no_member_s_or_body_s(cast: Cast) -> None:
    an_export(cast.lakeview)
    ours = an_export(cast.northside)
    assert list(ExportJob.objects.of(cast.northside)) == [ours]
    assert list(ExportJob.objects.of_program(BODY)) == []


def test_progress_is_told_seldom_and_its_end_always(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    # A slow machine's own clock would tell more often.
    seconds = count(1000, 0.001)
    monkeypatch.setattr("core.tasks.monotonic", lambda: next(seconds))

    def counts(*, work: Work) -> Made:
        for number in range(1, 101):
            work.progress(number, 100)
            with scoped(Scope.sweep()):
                seen.append(ExportJob.objects.get(pk=work.job.pk).done)
        return made(work, "")

    with building(counts):
        make_export(str(asked(cast).pk))

    assert seen[0] == seen[98] == 1
    assert seen[99] == 100
