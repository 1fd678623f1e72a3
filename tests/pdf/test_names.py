"""Any name comes out as text: in any script, of any length, whatever it tries."""

import logging
import unicodedata
from functools import cache

import pytest
from PIL import Image

from certificates.layouts.bands import DISPLAY
from certificates.layouts.paper import Sheet, render
from core.pdf.text import legible
from tests.pdf.reading import Paper
from tests.pdf.samples import HOSTILE, NAMES, facts


@cache
def _made(name: str) -> Paper:
    return Paper(render(facts(holder_name=name)))


def _paper(name: str, caplog: pytest.LogCaptureFixture) -> Paper:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        paper = _made(name)
    assert caplog.messages == []
    return paper


@pytest.fixture(scope="module")
def plain() -> Image.Image:
    return Paper(render(facts())).picture(72)


def _letters(text: str) -> list[str]:
    """A text's letters in no order: a reader puts lines and scripts in its own."""
    return sorted(
        character
        for character in unicodedata.normalize("NFKD", text)
        if unicodedata.category(character)[0] == "L"
    )


@pytest.mark.parametrize("name", [*NAMES[::16], *HOSTILE])
def test_a_name_is_painted_with_real_glyphs(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    paper = _paper(name, caplog)
    assert len(paper.reader.pages) == 1
    for font, glyphs in paper.glyphs.items():
        assert 0 not in glyphs
        # WeasyPrint maps a missing glyph to .notdef by an encoding of its own.
        assert paper.fonts[font]["/Encoding"] == "/Identity-H"


@pytest.mark.parametrize("name", [*NAMES[::16], *HOSTILE])
def test_a_name_leaves_the_rest_of_the_page_alone(
    name: str, plain: Image.Image, caplog: pytest.LogCaptureFixture
) -> None:
    picture = _paper(name, caplog).picture(72)
    above, below = (0, 0, 612, 256), (0, 321, 612, 792)
    assert picture.crop(above).tobytes() == plain.crop(above).tobytes()
    assert picture.crop(below).tobytes() == plain.crop(below).tobytes()
    sides = [(0, 256, 71, 321), (541, 256, 612, 321)]
    for side in sides:
        assert picture.crop(side).tobytes() == plain.crop(side).tobytes()


@pytest.mark.parametrize("name", NAMES[::16])
def test_a_name_is_read_back(name: str, caplog: pytest.LogCaptureFixture) -> None:
    text = _paper(name, caplog).text
    said = text.partition("certify that ")[2].partition(" Certified Medical")[0]
    assert _letters(said) == _letters(name)


def test_markup_and_addresses_are_only_text(caplog: pytest.LogCaptureFixture) -> None:
    name = '<b>&amp; "url(file:///etc/passwd)" {{7*7}}'
    assert name in _paper(name, caplog).text
    assert "root:" not in _paper(name, caplog).text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("  Bob \t\n Marlow\N{NO-BREAK SPACE}Jr ", "Bob Marlow Jr"),
        ("a\x00b\x1b", "a[U+0000]b[U+001B]"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}abc", "[U+202E]abc"),
        ("\ud800", "[U+D800]"),
        ("\ue000\U0010ffff", "[U+E000][U+10FFFF]"),
        ("so\N{SOFT HYPHEN}ft", "so[U+00AD]ft"),
        ("\N{NAZAR AMULET}", "[U+1F9FF]"),
        ("می\N{ZERO WIDTH NON-JOINER}خواهم", "می\N{ZERO WIDTH NON-JOINER}خواهم"),
        ("Zoë Ångström", "Zoë Ångström"),
        ("", ""),
    ],
)
def test_what_cannot_be_drawn_or_seen_becomes_its_code_point(
    name: str, shown: str
) -> None:
    assert legible(name, DISPLAY) == shown


@pytest.mark.parametrize("name", [*NAMES, *HOSTILE])
def test_legible_text_stays_as_it_is(name: str) -> None:
    once = legible(name, DISPLAY)
    assert legible(once, DISPLAY) == once
    assert name not in NAMES or once == name


@pytest.mark.parametrize(
    ("name", "size", "lines"),
    [
        ("Bob Marlow", 56, 1),
        ("Alexandrina Konstantinopolitanskaya", 32, 1),
        ("Maximiliane " * 8, 21.5, 2),
        ("Maximiliane " * 16, 16, 3),
    ],
)
def test_a_long_name_shrinks_and_then_breaks(
    name: str, size: float, lines: int
) -> None:
    fitted = Sheet.of(facts(holder_name=name)).fitted["holder_name"]
    assert (fitted.size, fitted.lines) == (size, lines)


def test_a_name_read_from_the_right_is_set_from_the_right() -> None:
    fitted = Sheet.of(facts(holder_name="(12) محمد")).fitted["holder_name"]
    assert fitted.rtl
    assert 'dir="rtl"' in fitted.attributes
    assert not Sheet.of(facts()).fitted["holder_name"].rtl
