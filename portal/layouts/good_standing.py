"""The good-standing report on paper: what it is told, and how it is asked for."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from core.pdf.isolated import Renderer

_renderer = Renderer("portal.layouts.good_standing_page:render_frame")


@dataclass(frozen=True)
class ReportRow:
    """The answer to one line."""

    line: str
    asked: str
    name: str
    credential: str
    number: str
    words: str


@dataclass(frozen=True)
class ReportFacts:
    """All a report prints; the same facts give the same bytes.

    `as_of` is YYYY-MM-DD; `digest` the SHA-256 of the rows: a file can't hold its own.
    """

    as_of: str
    as_of_text: str
    summary: str
    digest: str
    check: str
    rows: Sequence[ReportRow]
    demo: bool = False


def render(facts: ReportFacts, *, seconds: int) -> bytes:
    """Make the PDF of a report, in at most so many seconds.

    Raises:
        PdfError: it can't be made; its kind `PdfLimitError` where it was stopped.
    """
    return _renderer.run(json.dumps(asdict(facts)).encode(), seconds=seconds)
