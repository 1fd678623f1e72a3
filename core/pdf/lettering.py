"""Letters as outlines, for lettering that is part of a picture and not to be read."""

from functools import lru_cache
from io import BytesIO
from typing import Any

from fontTools.pens.svgPathPen import SVGPathPen  # type: ignore[import-untyped]
from fontTools.pens.transformPen import TransformPen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from weasyprint.text.ffi import harfbuzz  # type: ignore[import-untyped]
from weasyprint.text.fonts import (  # type: ignore[import-untyped]
    get_hb_object_data,
    get_pango_font_hb_face,
)

from core.pdf.engine import LOCK
from core.pdf.faults import PdfError
from core.pdf.text import Face, shape

Matrix = tuple[float, float, float, float, float, float]


@lru_cache(maxsize=16)
def _glyphs(face: Face) -> tuple[Any, Any, int]:
    """The glyphs, the character map and the units per em of a face's own file."""
    with LOCK:
        layout, line = shape("H", face, 16)
        hb_face = get_pango_font_hb_face(line.runs.data.item.analysis.font)
        index = harfbuzz.hb_face_get_index(hb_face)
        file = BytesIO(get_hb_object_data(hb_face))
        del layout
    font = TTFont(file, fontNumber=index, lazy=True)
    return font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm


def _glyph(character: str, face: Face) -> tuple[Any, Any, int]:
    glyphs, names, units = _glyphs(face)
    if ord(character) not in names:
        message = f"{face.families[0]} has no glyph for {character!a}"
        raise PdfError(message)
    return glyphs[names[ord(character)]], glyphs, units


def letter_advance(character: str, face: Face) -> float:
    """How far a letter moves the next one on, at a size of one pixel."""
    glyph, _, units = _glyph(character, face)
    return float(glyph.width / units)


def letter_path(character: str, face: Face, matrix: Matrix) -> str:
    """A letter's outline as SVG path data.

    `matrix` (a b c d e f, as SVG writes it) maps a letter of one pixel that stands on
    the origin, y pointing down, to its place. Raises `PdfError` for a character the
    face itself has no glyph for.
    """
    glyph, glyphs, units = _glyph(character, face)
    pen = SVGPathPen(glyphs, ntos=lambda n: f"{n:.2f}".rstrip("0").rstrip("."))
    a, b, c, d, e, f = matrix
    em = (a / units, b / units, -c / units, -d / units, e, f)
    glyph.draw(TransformPen(pen, em))
    return str(pen.getCommands())
