"""What a builder is given, and what it gives back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.module_loading import import_string

from core.models import ExportJob


class Lost(Exception):  # noqa: N818  (nothing failed: somebody else does it)
    """Another worker has the job now; what this one made is thrown away."""


@dataclass(frozen=True)
class Work:
    """One file to make.

    Args:
        job: what was asked for, by whom, of which practice.
        folder: empty, this work's alone, and gone when it is over.
        progress: tells how many of how many are done; raises `Lost`.
        now: when the work began, UTC.
        today: gives the day in a body's zone.
    """

    job: ExportJob
    folder: Path
    progress: Callable[[int, int], None]
    now: datetime
    today: Callable[[ZoneInfo], date]


@dataclass(frozen=True)
class Made:
    """A file that was made.

    Args:
        path: where it lies, inside the work's folder.
        name: what it is saved as, with its ending.
        kind: one of `core.files.MADE_TYPES`.
    """

    path: Path
    name: str
    kind: str


class Builder(Protocol):
    """Makes files of one kind.

    Raises:
        Refusal: it can't be made; the sentence is the person's to read.
        Lost: as `progress` raised it.
    """

    def __call__(self, *, work: Work) -> Made: ...


@dataclass(frozen=True)
class Exporter:
    """A kind of export.

    Args:
        name: how people call it in a list.
        build: who makes it.
        noun: what one of them is, in a sentence; empty for a table of that name.
    """

    name: str
    build: Builder
    noun: str = ""


@cache
def exporters() -> Mapping[str, Exporter]:
    """Read the project's kinds of exports (`settings.EXPORTERS`)."""
    table: Mapping[str, Exporter] = import_string(settings.EXPORTERS)
    return table


def what(job: ExportJob) -> str:
    """Say in a sentence what was asked for."""
    known = exporters().get(job.kind)
    if known is None:
        return f"the export “{job.kind}”"
    return known.noun or f"the export “{known.name}”"
