"""An audit binder's own pages: cover, index, crosswalk and records."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from core.pdf.isolated import Renderer

_renderer = Renderer("portal.layouts.binder_page:render_frame")


@dataclass(frozen=True)
class CoverFacts:
    """The first page.

    Args:
        as_of: the day, YYYY-MM-DD.
        facts: what it says, each with its name.
        notes: sentences below.
        demo: whether all names are invented.
    """

    practice: str
    body: str
    period: str
    as_of: str
    facts: Sequence[tuple[str, str]]
    notes: Sequence[str]
    demo: bool = False


@dataclass(frozen=True)
class IndexLine:
    """A line of the index: what it leads to, a word about it, and its page."""

    words: str
    detail: str
    page: int


@dataclass(frozen=True)
class IndexPart:
    """A part of the index; `title` is empty where it goes on from another page."""

    title: str
    lines: Sequence[IndexLine]


@dataclass(frozen=True)
class IndexFacts:
    """Some pages of the index."""

    practice: str
    as_of: str
    begins: bool
    parts: Sequence[IndexPart]


@dataclass(frozen=True)
class CrosswalkRow:
    """One term of a person with its certificate, in words."""

    name: str
    role: str
    credential: str
    number: str
    attestation: str
    term: str
    state: str


@dataclass(frozen=True)
class CrosswalkFacts:
    """Some pages of the crosswalk."""

    practice: str
    period: str
    as_of: str
    begins: bool
    rows: Sequence[CrosswalkRow]


@dataclass(frozen=True)
class RecordActivity:
    """One activity: its credit and why, what was decided, and its files."""

    on: str
    title: str
    detail: str
    credit: str
    status: str
    reason: str
    decisions: Sequence[str]
    proofs: Sequence[str]


@dataclass(frozen=True)
class RecordTerm:
    """A term: its certificate, its totals and its activities."""

    title: str
    certificate: str
    sums: str
    activities: Sequence[RecordActivity]


@dataclass(frozen=True)
class RecordFacts:
    """A person's record in the binder; `facts` stand below the name."""

    name: str
    practice: str
    as_of: str
    facts: Sequence[tuple[str, str]]
    terms: Sequence[RecordTerm]


@dataclass(frozen=True)
class NoteFacts:
    """A page in place of a paper: what it would have been, and why it isn't there."""

    title: str
    as_of: str
    lines: Sequence[str]


@dataclass(frozen=True)
class StripFacts:
    """What stands below every page, on the left."""

    words: str
    as_of: str


Facts = CoverFacts | IndexFacts | CrosswalkFacts | RecordFacts | NoteFacts | StripFacts
_PAGES = {
    CoverFacts: "cover",
    IndexFacts: "index",
    CrosswalkFacts: "crosswalk",
    RecordFacts: "record",
    NoteFacts: "note",
    StripFacts: "strip",
}


def render(facts: Facts, *, seconds: int) -> bytes:
    """Make the PDF of some pages, in at most so many seconds.

    Raises:
        PdfError: it can't be made; its kind `PdfLimitError` where it was stopped.
    """
    frame = {"layout": _PAGES[type(facts)], **asdict(facts)}
    return _renderer.run(json.dumps(frame).encode(), seconds=seconds)
