"""Text before it is laid out: how wide it is, and whether a font can draw it.

What no installed font covers would be drawn as an empty box (.notdef), and what
is invisible or turns the reading order around would hide something. Both come out as
their code point instead, as in "[U+1F9FF]": an odd name stays readable and the paper
says what the registry holds.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from weasyprint.css import InitialStyle  # type: ignore[import-untyped]
from weasyprint.text.ffi import ffi, pango  # type: ignore[import-untyped]
from weasyprint.text.line_break import Layout, line_size  # type: ignore[import-untyped]

from core.pdf.engine import LOCK, fonts

# Joiners that Persian and the Indic scripts spell with, and the two direction marks.
_KEPT_INVISIBLE = frozenset(
    "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
    "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}"
)
_NEVER_DRAWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_ASCII_DRAWN = frozenset(map(chr, range(0x20, 0x7F)))
_SPACES = frozenset({"Zs", "Zl", "Zp"})


@dataclass(frozen=True)
class Face:
    """A stack of font families, best first, with its weight and slant."""

    families: tuple[str, ...]
    weight: int = 400
    italic: bool = False

    @property
    def css(self) -> str:
        """The stack as a value of `font-family`."""
        return ", ".join(f'"{family}"' for family in self.families)


@lru_cache(maxsize=64)
def _style(face: Face, size: float) -> Any:  # noqa: ANN401
    style = InitialStyle(fonts())
    style["font_family"] = face.families
    style["font_weight"] = face.weight
    style["font_style"] = "italic" if face.italic else "normal"
    style["font_size"] = size
    style["lang"] = None
    return style


def shape(text: str, face: Face, size: float) -> tuple[Any, Any]:
    """Lay out one line without limit; the caller holds `LOCK`.

    Gives the layout and its line of Pango's; the layout must outlive its line.
    """
    layout = Layout(_style(face, size))
    layout.set_text(text)
    line, _ = layout.get_first_line()
    return layout, line


def text_width(text: str, face: Face, size: float) -> float:
    """The width in CSS pixels of a text on one line at a font size in pixels."""
    with LOCK:
        layout, line = shape(text, face, size)
        width, _ = line_size(line, layout.style)
        return float(width)


def _uncovered(text: str, face: Face) -> set[str]:
    """The characters of a line that no installed font has a glyph for."""
    flag = pango.PANGO_GLYPH_UNKNOWN_FLAG
    found = set()
    with LOCK:
        layout, line = shape(text, face, 16)
        run = line.runs
        while run != ffi.NULL:
            glyphs = run.data.glyphs
            for at in range(glyphs.num_glyphs):
                glyph = glyphs.glyphs[at].glyph
                if glyph & flag and glyph != pango.PANGO_GLYPH_EMPTY:
                    found.add(chr(glyph & ~flag))
            run = run.next
        del layout
    return found


def _shown(character: str) -> str:
    """The character itself, a space for any space, or its code point."""
    if character in _ASCII_DRAWN or character in _KEPT_INVISIBLE:
        return character
    category = unicodedata.category(character)
    if category in _SPACES or character in "\t\n\r\v\f":
        return " "
    return _code_point(character) if category in _NEVER_DRAWN else character


def _code_point(character: str) -> str:
    return f"[U+{ord(character):04X}]"


def legible(text: str, face: Face) -> str:
    """The same text with nothing in it that could not be drawn and read.

    Every kind of space becomes one plain space; control and formatting characters,
    lone surrogates, private and unassigned characters, and those that no installed
    font covers become their code point. Everything else is left as it is.
    """
    text = " ".join("".join(map(_shown, text)).split())
    if _ASCII_DRAWN.issuperset(text):
        return text
    while missing := _uncovered(text, face):
        text = "".join(_code_point(c) if c in missing else c for c in text)
    return text
