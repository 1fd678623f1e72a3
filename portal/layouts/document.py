"""A document of a body or a practice on paper, for the demonstration."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from core.pdf.isolated import Renderer

_renderer = Renderer("portal.layouts.document_page:render_frame")


@dataclass(frozen=True)
class DocumentPart:
    """A heading, paragraphs, and rows of two columns where there is a table."""

    heading: str
    texts: Sequence[str] = ()
    rows: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class DocumentText:
    """All such a paper prints; the same text gives the same bytes.

    Args:
        title: stands at its head.
        owner: whose it is.
        edition: which version, since when.
        as_of: its day, YYYY-MM-DD.
        parts: in order.
    """

    title: str
    owner: str
    edition: str
    as_of: str
    parts: Sequence[DocumentPart]


def render(text: DocumentText, *, seconds: int) -> bytes:
    """Make the PDF, in at most so many seconds.

    Raises:
        PdfError: it can't be made; its kind `PdfLimitError` where it was stopped.
    """
    return _renderer.run(json.dumps(asdict(text)).encode(), seconds=seconds)
