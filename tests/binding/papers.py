"""Papers to be bound, and a look at what came out."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image
from pypdf import PdfReader

from core.binding import Binder, Line
from tests.files.samples import from_objects, stream

AT = datetime(2025, 11, 17, 18, 0, tzinfo=UTC)


def paper(
    words: str, *, box: str = "0 0 612 792", turned: int = 0, more: bytes = b""
) -> bytes:
    """A PDF of one page that says something."""
    return from_objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        # What a page inherits has to come with it.
        b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[%b]/Rotate %d>>"
        % (box.encode(), turned),
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>" + more + b">>",
        stream(b"BT /F1 24 Tf 72 300 Td (%b) Tj ET" % words.encode()),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def picture(kind: str = "JPEG", mode: str = "RGB", colour: object = "teal") -> bytes:
    """A picture of one colour, wider than high."""
    to = BytesIO()
    Image.new(mode, (640, 400), colour).save(to, kind)  # type: ignore[arg-type]
    return to.getvalue()


def bound(
    folder: Path,
    papers: Sequence[tuple[bytes, str]],
    *,
    front: Sequence[bytes] = (),
    outline: Sequence[Line] = (),
) -> Path:
    """Bind papers, each with its kind."""
    path = folder / "bound.pdf"
    with Binder(path) as binder:
        for content, kind in papers:
            binder.lay(content, kind)
        binder.lay_in_front(front)
        binder.bind(
            strip=paper("Northside", box="0 0 612 24"),
            title="A binder",
            language="en",
            at=AT,
            mark="ab" * 16,
            outline=outline,
        )
    return path


def pages(path: Path) -> list[str]:
    """What each page says."""
    return [page.extract_text() for page in PdfReader(path, strict=True).pages]
