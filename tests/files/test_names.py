"""A file's name is text: shown without tricks, sent in a header without any either."""

import unicodedata
from email.message import Message

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.files import FileRefused, shown_name
from core.files.naming import ENDINGS, check_ending, disposition

ARABIC = "شهادة.pdf"
PERSIAN = "\u0645\u06cc\u200c\u062e\u0648.pdf"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467.png"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("proof.pdf", "proof.pdf"),
        ("", "file"),
        ("\u202e\u200b\0", "file"),
        ("...", "..."),
        ("a/b\\c.pdf", "c.pdf"),
        ("a/", "file"),
        ("C:\\fakepath\\proof.pdf", "proof.pdf"),
        ("a\u202egpj.pdf", "agpj.pdf"),
        ("a\u2066\u2069\u061c\u200e\u200f\ufeff\u00ad.pdf", "a.pdf"),
        ("a\0b\x1b[31m\x7f.pdf", "ab[31m.pdf"),
        ("a\r\nb\tc\u2028d\u00a0e.pdf", "a b c d e.pdf"),
        ("\ud800a.pdf", "a.pdf"),
        ("a\U000e0041\ue000\ufffe\ufdd0.pdf", "a.pdf"),
        ("a\u3164\u2800.pdf", "a.pdf"),
        ("e\u0301.pdf", "\u00e9.pdf"),
        (ARABIC, ARABIC),
        (FAMILY, FAMILY),
        ("a \u200d.pdf", "a .pdf"),
        (PERSIAN, PERSIAN),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("x" * 300, "x" * 200),
        ("x." + "y" * 300, "x." + "y" * 198),
    ],
)
def test_a_name_is_shown_as_harmless_text(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@settings(deadline=None)
@given(st.text(st.characters(), max_size=400))
def test_any_name_gives_text_that_can_be_stored_and_is_stable(name: str) -> None:
    shown = shown_name(name)
    assert 0 < len(shown) <= 200
    assert shown == shown.strip()
    assert not set(shown) & set("/\\\0\r\n\u202e\u2066")
    shown.encode()
    assert shown_name(shown) == shown


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.pdf", "pdf"),
        ("A.PDF", "pdf"),
        ("a.php.pdf", "pdf"),
        (" a.Png ", "png"),
        ("a.jpg", "jpeg"),
        ("a.JPEG", "jpeg"),
        ("a.jfif", "jpeg"),
        ("a.p\u200bdf", "pdf"),
    ],
)
def test_an_ending_that_fits_the_content_is_fine(name: str, kind: str) -> None:
    check_ending(name, kind)


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("a.pdf", "png", "This file is a PNG picture named .pdf. Rename it to end in"),
        ("a.exe", "jpeg", "This file is a JPEG picture named .exe."),
        (".pdf", "pdf", "This file is a PDF, but its name doesn't end in .pdf."),
        ("a.<script>", "pdf", "This file is a PDF, but its name doesn't end in .pdf."),
        ("a.pdf\0", "pdf", "The name of this file holds a character"),
    ],
)
def test_an_ending_that_lies_is_named_with_the_way_out(
    name: str, kind: str, said: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        check_ending(name, kind)
    assert refused.value.text.startswith(said)
    assert "<" not in refused.value.text


def understood(header: str) -> str:
    """The name a client of today saves a file under."""
    message = Message()
    message["Content-Disposition"] = header.replace(header.split("; ")[1] + "; ", "")
    return str(message.get_filename())


@pytest.mark.parametrize(
    ("name", "kind", "fallback", "saved"),
    [
        ("proof.pdf", "pdf", "proof.pdf", "proof.pdf"),
        ('a"; filename="b.exe.pdf', "pdf", "a__ filename__b.exe.pdf", None),
        ("a\r\nSet-Cookie: x=1.pdf", "pdf", "a Set-Cookie_ x_1.pdf", None),
        ("a\u202egpj.exe", "pdf", "agpj.exe.pdf", "agpj.exe.pdf"),
        ("a\0.pdf", "pdf", "a.pdf", "a.pdf"),
        ("\N{PARTY POPPER}.png", "png", "file.png", "\N{PARTY POPPER}.png"),
        (ARABIC, "pdf", "file.pdf", ARABIC),
        ("Zoë Müller.jpg", "jpeg", "Zoe Muller.jpg", "Zoë Müller.jpg"),
        ("a%20b;c'd.pdf", "pdf", "a_20b_c_d.pdf", "a%20b;c'd.pdf"),
        ("CON.pdf", "pdf", "_CON.pdf", "_CON.pdf"),
        (".htaccess", "png", "htaccess.png", ".htaccess.png"),
        ("a.html", "jpeg", "a.html.jpg", "a.html.jpg"),
    ],
)
def test_a_browser_saves_under_the_real_name_and_the_stored_kind(
    name: str, kind: str, fallback: str, saved: str | None
) -> None:
    header = disposition(name, kind)
    assert header.startswith(f"attachment; filename=\"{fallback}\"; filename*=UTF-8''")
    assert understood(header) == (saved or shown_name(name))


@settings(deadline=None)
@given(st.text(st.characters(), max_size=300), st.sampled_from(["pdf", "png", "jpeg"]))
def test_no_name_leaves_its_place_in_the_header(name: str, kind: str) -> None:
    header = disposition(name, kind)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert header.count(";") == 2
    assert "\\" not in header
    _, plain, _ = header.split('"')
    assert plain.lower().endswith(ENDINGS[kind])
    real = understood(header)
    assert real.lower().endswith(ENDINGS[kind])
    assert unicodedata.is_normalized("NFC", real)
