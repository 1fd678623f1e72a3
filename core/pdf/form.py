"""A page laid out once and filled in many times: the same bytes, without the layout.

Certificates of one layout differ in a few lines of text and in their QR code. A form
is one such page laid out and painted, cut into what never changes and its slots: the
elements that carry `data-slot`. Filling it in shapes the new texts, paints them where
a layout would have put them and writes the PDF.

What comes out equals a full rendering of the same page byte for byte, or `Unfit` is
raised and the caller renders the page in full. A form proves it on its first filling
when it is made: a WeasyPrint that one day places text in another way costs time and
never a wrong page.
"""

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from weasyprint.document import Page  # type: ignore[import-untyped]
from weasyprint.draw.text import draw_text  # type: ignore[import-untyped]
from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]
from weasyprint.layout.absolute import (  # type: ignore[import-untyped]
    AbsolutePlaceholder,
)
from weasyprint.pdf.stream import Stream  # type: ignore[import-untyped]
from weasyprint.text.line_break import (  # type: ignore[import-untyped]
    split_first_line,
    strut,
)

from core.pdf.engine import LOCK, lay_out, write
from core.pdf.faults import Unfit
from core.pdf.painting import SCALE, Recording, inside

Runs = Sequence[tuple[int, int, int]]


@dataclass(frozen=True)
class Filling:
    """What goes into a form.

    `texts` by slot, one line each; `figures` by slot, as runs of dark modules
    (x, y, length); `links` by slot; `title` and `created` (YYYY-MM-DD) for the
    document's metadata.
    """

    texts: Mapping[str, str]
    figures: Mapping[str, Runs]
    links: Mapping[str, str]
    title: str
    created: str


def figure_path(runs: Runs) -> str:
    """Runs of dark modules as an SVG path to be stroked, one module wide."""
    return "".join(f"M{x} {y}.5h{length}" for x, y, length in runs)


def _figure_painting(runs: Runs) -> bytes:
    """The same strokes as they are painted."""
    lines = (f"{x} {y}.5 m\n{x + length} {y}.5 l" for x, y, length in runs)
    return "\n".join(lines).encode()


@dataclass(frozen=True)
class _Line:
    """The place of a slot's one line, in pixels of the page, whatever its text."""

    box: Any
    left: float
    top: float
    width: float
    centred: bool
    rtl: bool

    @classmethod
    def of(cls, block: Any, line: Any) -> "_Line":  # noqa: ANN401
        style = line.style
        return cls(
            box=line.children[0],
            left=block.content_box_x(),
            top=line.position_y,
            width=block.width,
            centred=style["text_align_all"] == "center",
            rtl=style["direction"] == "rtl",
        )

    def set(self, text: str) -> None:
        """Shape a text and put its box where the layout of a page would."""
        box = self.box
        layout, _, more, width, height, baseline = split_first_line(
            text, box.style, None, None, 0
        )
        if more is not None or layout.text != text or width >= self.width:
            message = f"{text!a} does not stay on its line"
            raise Unfit(message)
        line_height, line_baseline = strut(box.style)
        box.text, box.pango_layout = text, layout
        box.width, box.height = width, height
        box.margin_top = box.margin_bottom = (line_height - height) / 2
        box.baseline = baseline + box.margin_top
        offset = (self.width - width) / 2 if self.centred else 0
        box.position_x = self.left + offset
        if self.rtl:
            offset = offset if self.centred else self.width - width
            box.position_x = self.left + self.width + (-offset - width)
        lowest = min(-box.baseline, -line_baseline)
        box.position_y = -box.baseline + (self.top - lowest)


def _lines(box: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401
    """Every line that holds one text and nothing else, with its block."""
    if isinstance(box, AbsolutePlaceholder):
        box = vars(box)["_box"]
    for child in getattr(box, "children", ()):
        if not isinstance(child, boxes.LineBox):
            yield from _lines(child)
        elif len(box.children) == len(child.children) == 1:
            yield box, child


def _slot(box: Any) -> str:  # noqa: ANN401
    return "" if box.element is None else str(box.element.get("data-slot", ""))


class _FilledPage(Page):  # type: ignore[misc]
    """The form's page with other links, painted by playing back and filling in."""

    def __init__(self, page: Page, form: "Form", filling: Filling) -> None:
        self.__dict__.update(vars(page))
        self.form, self.filling = form, filling
        self.links = [
            (kind, filling.links.get(_slot(box), target), rectangle, box)
            for kind, target, rectangle, box in page.links
        ]

    def paint(self, stream: Stream, scale: float = SCALE) -> None:
        """Paint the page into a document's stream, at the scale it was recorded at."""
        if scale != SCALE:
            message = f"The form was recorded at the scale {SCALE}, not {scale}"
            raise Unfit(message)
        self.form.paint(stream, self.filling)


class Form:
    """One page, ready to be filled in.

    Made from the page of a first filling; raises `Unfit` when a slot is missing, is
    not alone on one line, or when filling it in does not give the page's own bytes.
    """

    def __init__(
        self, html: str, first: Filling, *, css: str, base: Path | None = None
    ) -> None:
        with LOCK:
            self._document = lay_out(html, css, base)
            (page,) = self._document.pages
            self._recording = Recording.of(page)
            lines = _lines(vars(page)["_page_box"])
            by_box = {line.children[0]: _Line.of(block, line) for block, line in lines}
            self._lines = {
                part.slot: by_box[part.box]
                for part in self._recording.parts
                if part.slot in first.texts and part.box in by_box
            }
            self._figures = {
                slot: self._around(slot, _figure_painting(runs))
                for slot, runs in first.figures.items()
            }
            in_full = write(self._document, b"")
            if self._lines.keys() != first.texts.keys():
                message = f"Found {sorted(self._lines)} of {sorted(first.texts)}"
                raise Unfit(message)
            if self.fill(first, b"") != in_full:
                message = "Filled in, the page is not the one laid out"
                raise Unfit(message)

    def _around(self, slot: str, painting: bytes) -> tuple[bytes, bytes]:
        """What a figure paints before and after its path."""
        found = [p.painted for p in self._recording.parts if p.slot == slot]
        if len(found) != 1 or found[0].count(painting) != 1:
            message = f"No figure {slot!r} with the path it should have"
            raise Unfit(message)
        before, _, after = found[0].partition(painting)
        return before, after

    def fill(self, filling: Filling, fingerprint: bytes) -> bytes:
        """Make the PDF of one filling. Raises `Unfit` when it needs another form."""
        with LOCK:
            for slot, line in self._lines.items():
                line.set(filling.texts[slot])
            page = _FilledPage(self._document.pages[0], self, filling)
            document = self._document.copy([page])
            document.metadata = copy.copy(self._document.metadata)
            document.metadata.title = filling.title
            document.metadata.created = filling.created
            return write(document, fingerprint)

    def paint(self, stream: Stream, filling: Filling) -> None:
        """Play the page back into a document's stream with its slots filled in."""
        states = inside(stream)["_resources"]["ExtGState"]
        states.update(self._recording.states)
        for part in self._recording.parts:
            if part.slot in self._lines:
                with part.anew(stream):
                    draw_text(stream, part.box, 0, "clip", "none")
            elif part.slot in self._figures:
                before, after = self._figures[part.slot]
                runs = _figure_painting(filling.figures[part.slot])
                part.replay(stream, before + runs + after)
            else:
                part.replay(stream)
