"""Builders for tests: what they do is seen in the file, or in what goes wrong."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from unittest.mock import patch
from uuid import uuid4

from accounts.models import Practice
from core.exporting import Exporter, Made, Work, exporters
from core.models import ExportJob
from tests.cast import BODY, NOW


def made(work: Work, text: str) -> Made:
    """Write a file of one line."""
    path = work.folder / "file"
    path.write_text(text)
    return Made(path, "words.csv", "csv")


def words(*, work: Work) -> Made:
    """Write what was asked for."""
    work.progress(2, 2)
    return made(work, f"{work.job.practice_id} {work.job.params['word']}")


@contextmanager
def building(build: Callable[..., Made], kind: str = "words") -> Iterator[None]:
    """Let a kind of exports be made by a function."""
    table: Mapping[str, Exporter] = {**exporters(), kind: Exporter("Words", build)}
    with (
        patch("core.tasks.exporters", return_value=table),
        patch("core.exporting.contract.exporters", return_value=table),
    ):
        yield


def an_export(practice: Practice, **values: object) -> ExportJob:
    """A file that was asked for, and waits for its worker."""
    given = {
        "program": BODY,
        "kind": "people",
        "params": {"format": "csv"},
        "key": uuid4().hex,
        "by": "tests",
        "at": NOW,
    }
    return ExportJob.objects.create(practice_id=practice.pk, **(given | values))
