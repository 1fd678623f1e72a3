"""The fonts of a document, taken from what earlier documents have loaded.

WeasyPrint loads a font file for every document and cuts it down to the glyphs used.
A shelf gives out a fresh copy of a font already loaded, and remembers what a font
looked like cut down to a set of glyphs. Neither changes a document's content.
"""

import copy
from collections import OrderedDict
from io import BytesIO
from typing import Any, Self

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from weasyprint.pdf.fonts import Font  # type: ignore[import-untyped]

_KEPT_SUBSETS = 256
_loaded: dict[int, "ShelvedFont"] = {}
_subsets: OrderedDict[tuple[str, frozenset[int]], bytes] = OrderedDict()


class ShelvedFont(Font):  # type: ignore[misc]
    """A font that can be handed out again and again, with nothing used yet."""

    @classmethod
    def of(cls, font: Font) -> Self:
        """Take over a font WeasyPrint has just loaded.

        It measured the font at the size it met first, and rounding would make the
        next document depend on this one: ascent and descent are read from the file.
        """
        shelved = cls.__new__(cls)
        shelved.__dict__.update(font.__dict__)
        file = TTFont(BytesIO(font.file_content), fontNumber=font.index, lazy=True)
        shelved.ascent = round(file["hhea"].ascent * 1000 / font.upem)
        shelved.descent = round(file["hhea"].descent * 1000 / font.upem)
        return shelved

    def fresh(self) -> Self:
        """The same font with no glyph used."""
        font = copy.copy(self)
        font.widths, font.to_unicode, font.missing = {}, {}, {}
        return font

    def clean(self, to_unicode: dict[int, str], hinting: bool) -> None:  # noqa: FBT001
        """Cut the font down to its used glyphs, or remember how that looked."""
        drawn_otherwise = self.png or self.svg or self.colr or "fvar" in self.tables
        if self.missing or drawn_otherwise or not to_unicode:
            super().clean(to_unicode, hinting)
            return
        key = (self.hash, frozenset(to_unicode))
        if key in _subsets:
            _subsets.move_to_end(key)
            self.file_content = _subsets[key]
            return
        super().clean(to_unicode, hinting)
        _subsets[key] = self.file_content
        if len(_subsets) > _KEPT_SUBSETS:
            _subsets.popitem(last=False)


class Shelf(dict[int, Any]):
    """A document's fonts by key, filled from the loaded ones as they are asked for."""

    def take(self, key: int) -> Any:  # noqa: ANN401
        """The font of a key that has been loaded before, in this document."""
        if key not in self:
            raise KeyError(key)
        return self[key]

    def __contains__(self, key: object) -> bool:
        if super().__contains__(key):
            return True
        if not isinstance(key, int) or key not in _loaded:
            return False
        super().__setitem__(key, _loaded[key].fresh())
        return True

    def __setitem__(self, key: int, font: Font) -> None:
        shelved = _loaded[key] = ShelvedFont.of(font)
        super().__setitem__(key, shelved.fresh())
