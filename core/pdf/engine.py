"""HTML in, PDF out: tagged (PDF/UA-1), fonts embedded, the same bytes every time.

A warm process keeps what every page shares: the font configuration and the parsed
style sheets. WeasyPrint is not made for threads, so one lock lets one page through at
a time; more cores are used by more processes.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pydyf  # type: ignore[import-untyped]
from weasyprint import CSS, HTML  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]
from weasyprint.urls import FatalURLFetchingError  # type: ignore[import-untyped]

from core.pdf.faults import PdfError
from core.pdf.fetcher import OwnFilesOnly
from core.pdf.shelf import Shelf

# Seven lines of progress a page are no news; what goes wrong is still told.
logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
logging.getLogger("fontTools").setLevel(logging.ERROR)
LOCK = threading.RLock()
OPTIONS: dict[str, Any] = {
    "pdf_variant": "pdf/ua-1",
    "presentational_hints": False,
    "pdf_forms": False,
}


@lru_cache(maxsize=1)
def fonts() -> Any:  # noqa: ANN401  (WeasyPrint has no types)
    """The one font configuration of this process."""
    return FontConfiguration()


@lru_cache(maxsize=32)
def style_sheet(css: str, base: Path | None) -> Any:  # noqa: ANN401
    """A style sheet, parsed once."""
    return CSS(
        string=css,
        base_url=_base_url(base),
        url_fetcher=OwnFilesOnly(base),
        font_config=fonts(),
    )


def _base_url(base: Path | None) -> str | None:
    return f"{base.resolve().as_uri()}/" if base else None


@contextmanager
def _own_only() -> Iterator[None]:
    """Turn a refused address, which WeasyPrint lets through everything, into ours."""
    try:
        yield
    except FatalURLFetchingError as refusal:
        raise PdfError(str(refusal)) from refusal


def lay_out(html: str, css: str, base: Path | None, most_pages: int = 1) -> Any:  # noqa: ANN401
    """Parse and lay out a document; the caller holds `LOCK`.

    Raises `PdfError` when it asks for anything that is not its own, or takes more
    pages than it may: one, if nothing else is said.
    """
    fetcher = OwnFilesOnly(base)
    with _own_only():
        document = HTML(
            string=html, base_url=_base_url(base), url_fetcher=fetcher
        ).render(font_config=fonts(), stylesheets=[style_sheet(css, base)], **OPTIONS)
    count = len(document.pages)
    if count > most_pages:
        there = "there is one" if most_pages == 1 else f"at most {most_pages} are made"
        message = f"The text takes {count} pages, and {there}"
        raise PdfError(message)
    return document


class _Once:
    """An object of a PDF that is put into bytes once: writing a file asks twice."""

    @cached_property
    def data(self) -> bytes:
        """The object as it stands in the file."""
        return bytes(super().data)  # type: ignore[misc]


class _OnceStream(_Once, pydyf.Stream):  # type: ignore[misc]
    pass


class _OnceDictionary(_Once, pydyf.Dictionary):  # type: ignore[misc]
    pass


def _once(document: Any, pdf: pydyf.PDF) -> None:  # noqa: ANN401
    """WeasyPrint's hook between making the objects, now final, and writing them."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream):
            item.__class__ = _OnceStream
        elif isinstance(item, pydyf.Dictionary):
            item.__class__ = _OnceDictionary


def write(document: Any, fingerprint: bytes) -> bytes:  # noqa: ANN401
    """Write a laid-out document; the caller holds `LOCK`."""
    document.fonts = Shelf()
    with _own_only():
        pdf: bytes = document.write_pdf(
            pdf_identifier=fingerprint, finisher=_once, **OPTIONS
        )
    document.url_fetcher.raise_refusal()
    return pdf


def render_pdf(
    html: str,
    *,
    css: str,
    fingerprint: bytes,
    base: Path | None = None,
    most_pages: int = 1,
) -> bytes:
    """Make the PDF of one page, or of as many as it may take.

    `css` is the page's style sheet (kept parsed), `base` the only folder whose files
    it may load, `fingerprint` an ASCII identifier that becomes the PDF's ID. Nothing
    else enters: no clock, no chance, so the same input gives the same bytes (on a
    machine with the same fonts and the same pinned WeasyPrint). Title, language and
    dates come from the page's own `title`, `lang` and `dcterms.*`. Raises `PdfError`.
    """
    with LOCK:
        return write(lay_out(html, css, base, most_pages), fingerprint)
