"""The text of a PDF's first pages: to fill a form in, nothing more."""

import logging
from io import BytesIO

from pypdf import PdfReader

from core.inspection.report import Facts, reporting

MOST_PAGES = 5
MOST_TEXT = 20_000
"""Characters, which is more than the pages of a certificate have."""

# pypdf reports much that is of no use to anybody here.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@reporting
def read(frame: bytes) -> tuple[Facts, bytes]:
    """Read a PDF's text from its first page on; its only fact is the `text`."""
    pages: list[str] = []
    for page in PdfReader(BytesIO(frame)).pages[:MOST_PAGES]:
        pages.append(page.extract_text())
        if sum(map(len, pages)) >= MOST_TEXT:
            break
    return {"text": _clean("\n".join(pages))[:MOST_TEXT]}, b""


def _clean(text: str) -> str:
    """The text with its lines, and without what a database refuses."""
    lines = text.encode("utf-8", "ignore").decode().splitlines()
    return "\n".join(
        "".join(sign if sign.isprintable() else " " for sign in line) for line in lines
    ).strip()
