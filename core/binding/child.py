"""What the child is asked: a frame is facts as JSON, a line break, and a paper."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pikepdf import Dictionary

from core.binding.papers import lead, pages_of, paper
from core.binding.room import make_room
from core.binding.spelling import Numbers, spell_all
from core.inspection.unpacking import hold_qpdf_back


def work(frame: bytes) -> bytes:
    """Write a paper's objects to the end of a file; tell what was written.

    The facts are the `kind` of the paper, the file (`to`) and its length (`at`), the
    `first` free number, and `leads`: which object each page is that links lead to. With
    `only` "count" nothing is written; with "strip" its first page is, as a picture.

    The answer has the `pages`: number, number of its line and width of that line; the
    `offsets` of what was written, in the order of their numbers, nothing for those kept
    free; and the `length` of the file.
    """
    hold_qpdf_back()
    line, _, content = frame.partition(b"\n")
    asked: dict[str, Any] = json.loads(line)
    with paper(content, asked["kind"]) as pdf:
        pages = pages_of(pdf, ours=asked["kind"] == "ours")
        if asked.get("only") == "count":
            return json.dumps({"pages": len(pages)}).encode()
        numbers = Numbers(pdf, asked["first"])
        if asked.get("only") == "strip":
            picture = pdf.pages[0].as_form_xobject()
            told: dict[str, object] = {"pages": [[numbers.of(picture), 0, 0]]}
        else:
            told = {"pages": _paged(pages, numbers, asked)}
        with Path(asked["to"]).open("r+b") as file:
            file.seek(asked["at"])
            file.truncate()
            told["offsets"] = spell_all(numbers, file)
            told["length"] = file.tell()
    return json.dumps(told).encode()


def _paged(
    pages: list[Dictionary], numbers: Numbers, asked: Mapping[str, Any]
) -> list[tuple[int, int, float]]:
    # The node of the tree that they hang from comes first, and is not written here.
    node = numbers.keep()
    for page in pages:
        numbers.of(page)
    lead(pages, asked.get("leads", {}), numbers)
    told = []
    for page in pages:
        line = numbers.keep()
        wide = make_room(page, numbers.named(line))
        page.Parent = numbers.named(node)
        told.append((numbers.of(page), line, wide))
    return told
