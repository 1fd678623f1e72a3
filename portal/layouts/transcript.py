"""A transcript on paper: what it is told, and how it is asked for."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from core.pdf.isolated import Renderer

_renderer = Renderer("portal.layouts.transcript_page:render_frame")


@dataclass(frozen=True)
class TranscriptRow:
    """One activity, in words."""

    on: str
    title: str
    detail: str
    credit: str
    status: str
    reason: str
    stated: str = ""


@dataclass(frozen=True)
class TranscriptTerm:
    """A term, its sums and its activities."""

    title: str
    sums: str
    rows: Sequence[TranscriptRow]


@dataclass(frozen=True)
class TranscriptFacts:
    """All a transcript prints; the same facts give the same bytes.

    `narrowed` says what it leaves out, or is empty, and `sums_note` what the sums are
    of then; `as_of` is YYYY-MM-DD.
    """

    holder: str
    body: str
    credential: str
    number: str
    as_of: str
    as_of_text: str
    narrowed: str
    terms: Sequence[TranscriptTerm]
    sums_note: str = ""
    demo: bool = False


def render(facts: TranscriptFacts, *, seconds: int) -> bytes:
    """Make the PDF of a transcript, in at most so many seconds.

    Raises:
        PdfError: it can't be made; its kind `PdfLimitError` where it was stopped.
    """
    return _renderer.run(json.dumps(asdict(facts)).encode(), seconds=seconds)
