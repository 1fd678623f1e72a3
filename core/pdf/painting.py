"""A page's painting, recorded piece by piece so that most of it can be played back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pydyf  # type: ignore[import-untyped]
from weasyprint.document import Page  # type: ignore[import-untyped]
from weasyprint.pdf.stream import Stream  # type: ignore[import-untyped]

from core.pdf.faults import Unfit
from core.pdf.shelf import Shelf

SCALE = 0.75  # PDF points in a CSS pixel
_COLOURS = (
    "_current_color",
    "_current_color_stroke",
    "_current_alpha",
    "_current_alpha_stroke",
    "_current_font",
)
_OBJECTS = ("XObject", "Pattern", "Shading")
_RESOURCES = ("ExtGState", "ColorSpace", *_OBJECTS)


def inside(stream: Stream) -> dict[str, Any]:
    """What a stream of WeasyPrint keeps to itself; `vars`, as it has no way to ask."""
    kept: dict[str, Any] = vars(stream)
    return kept


def _bytes(item: object) -> bytes:
    if isinstance(item, bytes):
        return item
    return bytes(item.data) if isinstance(item, pydyf.Object) else str(item).encode()


@dataclass(frozen=True)
class Part:
    """A stretch of painting and the fonts it uses, with the glyphs used of each.

    A marked piece also has the box it belongs to, its tag, the slot its element names
    ("" for none) and the colours in force where it begins.
    """

    painted: bytes
    fonts: Shelf
    box: Any = None
    tag: str = ""
    slot: str = ""
    colours: Mapping[str, Any] = field(default_factory=dict)

    def replay(self, stream: Stream, painted: bytes | None = None) -> None:
        """Paint the same again into another document, or `painted` in its place.

        Raises `Unfit` if a glyph has another width there, as rounding at another size
        may give it: the recorded spacing does not know of that.
        """
        shelf = inside(stream)["_fonts"]
        for key, font in self.fonts.items():
            target = shelf.take(key)
            for glyph, width in font.widths.items():
                if target.widths.setdefault(glyph, width) != width:
                    message = f"Glyph {glyph} of {font.family} has two widths"
                    raise Unfit(message)
            for glyph, text in font.to_unicode.items():
                target.to_unicode.setdefault(glyph, text)
        tags = inside(stream)["_tags"]
        if self.box is not None:
            tags[self.box] = {"tag": self.tag, "mcid": len(tags)}
        stream.stream.append(self.painted if painted is None else painted)

    @contextmanager
    def anew(self, stream: Stream) -> Iterator[None]:
        """Mark the same piece of another document, to be painted within."""
        inside(stream).update(self.colours)
        with stream.marked(self.box, self.tag):
            yield


class Recorder(Stream):  # type: ignore[misc]
    """A page's stream that notes where each marked piece of it begins and ends."""

    parts: list[Part]

    def cut(self, **details: Any) -> None:  # noqa: ANN401
        """End a part here. Each has a shelf of its own: the fonts it uses itself."""
        if not self.stream:
            return
        painted = b"\n".join(map(_bytes, self.stream))
        mine = inside(self)
        self.parts.append(Part(painted, mine["_fonts"], **details))
        self.stream.clear()
        mine["_fonts"] = Shelf()

    @contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:  # noqa: ANN401
        """Mark a piece of painting, and make it a part of its own."""
        self.cut()
        colours = {name: inside(self)[name] for name in _COLOURS}
        with super().marked(box, tag):
            yield
        slot = "" if box.element is None else box.element.get("data-slot", "")
        self.cut(box=box, tag=tag, slot=slot, colours=colours)


@dataclass(frozen=True)
class Recording:
    """A page as painted once: its parts in order and the graphic states they name."""

    parts: tuple[Part, ...]
    states: Mapping[str, Any]

    @classmethod
    def of(cls, page: Page) -> "Recording":
        """Paint a page and keep the painting.

        Raises `Unfit` if it has pictures, patterns or shadings: they are objects of
        their own, which are not recorded.
        """
        resources = pydyf.Dictionary({name: pydyf.Dictionary() for name in _RESOURCES})
        size = (0, 0, page.width, page.height)
        stream = Recorder(Shelf(), size, resources, {}, {}, {}, None)
        stream.parts = []
        page.paint(stream, SCALE)
        stream.cut()
        if any(resources[name] for name in _OBJECTS):
            message = "The page has pictures, patterns or shadings"
            raise Unfit(message)
        return cls(tuple(stream.parts), dict(resources["ExtGState"]))
