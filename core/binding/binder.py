"""A binder as it is filled: papers laid one on the other, then bound."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from core.binding.writing import (
    Line,
    Objects,
    Sheet,
    day,
    text,
    write_lines,
    write_outline,
    write_tree,
)
from core.limited.faults import Failed
from core.limited.runner import Runner

MEMORY = 1024 * 1024 * 1024
# A child that took a hostile paper in must not meet many others.
FRAMES = 100
SECONDS = 60
MOST_PAGES = 50_000
# What the table has digits for.
MOST_BYTES = 9_000_000_000

_runner = Runner("core.binding.child:work", memory=MEMORY, frames=FRAMES, alone=True)


class Unbindable(Exception):  # noqa: N818  (a finding is an answer, not a fault)
    """No pages can be made of a paper; the text says why, for the log."""


class BinderFull(Exception):  # noqa: N818  (a sentence, as its use reads)
    """There is more than one PDF can hold."""


@dataclass(frozen=True)
class _Paper:
    node: int
    sheets: Sequence[Sheet]


class Binder:
    """A PDF that grows at its end, paper by paper; only its objects' places are kept.

    Used as a context: the file stays the caller's to take away.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("wb")
        self._objects = Objects(self._file)
        self._papers: list[_Paper] = []

    def __enter__(self) -> "Binder":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def pages(self) -> int:
        """How many pages were laid."""
        return sum(len(each.sheets) for each in self._papers)

    def lay(self, content: bytes, kind: str) -> int:
        """Lay a paper on top; give the number of its pages.

        `kind` is "pdf", "png", "jpeg" or, for a PDF of our own, "ours".

        Raises:
            Unbindable: no pages can be made of it. Nothing was laid.
            BinderFull: there would be more than a binder holds.
        """
        self._papers.append(self._paper(content, kind, {}))
        return len(self._papers[-1].sheets)

    def lay_in_front(self, papers: Sequence[bytes]) -> None:
        """Lay papers of our own before all others, in their order.

        They know how many pages they have: an address `https://page.invalid/12` in them
        leads to page 12 of all.
        """
        before = sum(count(content) for content in papers)
        sheets = self._sheets()
        leads = {str(before + at): each.number for at, each in enumerate(sheets, 1)}
        self._papers[:0] = [self._paper(each, "ours", leads) for each in papers]

    def bind(
        self,
        *,
        strip: bytes,
        title: str,
        language: str,
        at: datetime,
        mark: str,
        outline: Sequence[Line],
    ) -> None:
        """Bind all that was laid, every page with its line, and end the file.

        `strip` is a PDF whose first page stands on the left of each line; `at` the
        instant of its making, UTC; `mark` 32 hexadecimal digits, the file's own.
        """
        objects, sheets = self._objects, self._sheets()
        told = self._ask(strip, {"kind": "ours", "only": "strip"})
        write_lines(objects, sheets, told["pages"][0][0])
        tree = write_tree(objects, [(each.node, each.sheets) for each in self._papers])
        lines = write_outline(objects, outline, sheets)
        root = objects.add(
            b"<</Type/Catalog/Pages %d 0 R/Outlines %d 0 R" % (tree, lines),
            b"/PageMode/UseOutlines/Lang%b" % text(language),
            b"/ViewerPreferences<</DisplayDocTitle true>>>>",
        )
        info = objects.add(
            b"<</Title%b/Producer(Goodstanding)" % text(title),
            b"/CreationDate%b>>" % day(at),
        )
        objects.close(root, info, mark)
        self._file.close()

    def _sheets(self) -> list[Sheet]:
        return [sheet for each in self._papers for sheet in each.sheets]

    def _paper(self, content: bytes, kind: str, leads: dict[str, int]) -> _Paper:
        node = self._objects.free
        told = self._ask(content, {"kind": kind, "leads": leads})
        return _Paper(node, [Sheet(*each) for each in told["pages"]])

    def _ask(self, content: bytes, asked: dict[str, Any]) -> dict[str, Any]:
        """Have the child write a paper's objects behind all others."""
        self._file.flush()
        at, objects = self._file.tell(), self._objects
        if self.pages >= MOST_PAGES or at > MOST_BYTES:
            message = f"{self.pages} pages of {at} bytes"
            raise BinderFull(message)
        where = {"to": str(self._path), "at": at, "first": objects.free}
        told = _told(content, {**asked, **where})
        self._file.seek(told["length"])
        objects.offsets.extend(each or 0 for each in told["offsets"])
        return told


def count(content: bytes) -> int:
    """Count the pages of a PDF of our own."""
    pages: int = _told(content, {"kind": "ours", "only": "count"})["pages"]
    return pages


def close() -> None:
    """End the child, if this process has one."""
    _runner.close()


def _told(content: bytes, asked: dict[str, Any]) -> dict[str, Any]:
    frame = json.dumps(asked).encode() + b"\n" + content
    try:
        told: dict[str, Any] = json.loads(_runner.run(frame, seconds=SECONDS))
    except Failed as fault:
        raise Unbindable(str(fault)) from fault
    return told
