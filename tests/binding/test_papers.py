"""Papers of any kind become one PDF: numbered, in order, one in memory at a time."""

import os
import re
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader

from core.binding import Binder, BinderFull, Line, Unbindable, close
from tests.binding.papers import AT, bound, pages, paper, picture


def test_each_page_says_where_it_belongs_and_which_of_how_many_it_is(
    tmp_path: Path,
) -> None:
    path = bound(
        tmp_path,
        [(paper("first"), "pdf"), (picture(), "jpeg"), (paper("third"), "pdf")],
    )

    said = pages(path)
    last = [each.splitlines()[-1] for each in said]
    assert last == ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"]
    assert "first" in said[0]
    assert "third" in said[2]
    assert "Northside" in said[1]


def test_what_is_bound_is_a_sound_pdf(tmp_path: Path) -> None:
    papers = [(paper(f"No. {at}"), "pdf") for at in range(150)]
    path = bound(tmp_path, papers, outline=[Line(0, "Été, 病院", 1)])

    with pikepdf.open(path, attempt_recovery=False) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert not pdf.get_warnings()
        assert len(pdf.pages) == 150
        assert str(pdf.docinfo.Title) == "A binder"
        assert str(pdf.Root.Lang) == "en"
    assert pages(path)[149].startswith("No. 149")
    assert str(AT.year) in str(PdfReader(path).metadata)


def test_the_outline_leads_to_pages_and_folds_what_is_below(tmp_path: Path) -> None:
    lines = [Line(0, "A", 1), Line(1, "A's", 2), Line(1, "A's too", 3), Line(0, "B", 4)]
    path = bound(tmp_path, [(paper(str(at)), "pdf") for at in range(4)], outline=lines)

    with pypdfium2.PdfDocument(path) as pdf:
        found = [
            (
                each.level,
                each.get_title(),
                each.get_dest().get_index(),
                each.get_count(),
            )
            for each in pdf.get_toc()
        ]
    assert found == [
        (0, "A", 0, -2),
        (1, "A's", 1, 0),
        (1, "A's too", 2, 0),
        (0, "B", 3, 0),
    ]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_line_stands_below_the_page_as_it_is_read(
    tmp_path: Path, turned: int
) -> None:
    path = bound(tmp_path, [(paper("upright", turned=turned), "pdf")])

    with pypdfium2.PdfDocument(path) as pdf:
        drawn = pdf[0].render(scale=1).to_pil().convert("L")
    wide, high = (612, 816) if turned % 180 == 0 else (792, 644)
    assert drawn.size == (wide, high)
    strip = drawn.crop((wide * 2 // 3, high - 22, wide, high))
    assert strip.getextrema()[0] < 160
    # Nothing is written between the page and the line that was not there.
    assert drawn.crop((0, 0, 60, 60)).getextrema() == (255, 255)


def test_a_page_that_is_cut_shows_what_it_showed_and_nothing_more(
    tmp_path: Path,
) -> None:
    cut = paper("kept and cut", more=b"/CropBox[0 280 612 792]")
    path = bound(tmp_path, [(cut, "pdf")])

    box = PdfReader(path).pages[0].mediabox
    assert [float(each) for each in box] == [0, 256, 612, 792]


@pytest.mark.parametrize(
    "drawn",
    [b"Q Q 0.001 0 0 0.001 0 0 cm", b"q 0 0 1 1 re W n", b"0.001 0 0 0.001 0 0 cm q"],
)
def test_a_page_that_takes_nothing_back_has_its_line(
    tmp_path: Path, drawn: bytes
) -> None:
    to = BytesIO()
    with pikepdf.open(BytesIO(paper("x"))) as pdf:
        pdf.pages[0].obj.Contents = pdf.make_stream(drawn)
        pdf.save(to)
    path = bound(tmp_path, [(to.getvalue(), "pdf")])

    with pypdfium2.PdfDocument(path) as pdf:
        shown = pdf[0].render(scale=1).to_pil().convert("L")
    assert shown.crop((408, 794, 612, 816)).getextrema()[0] < 160


@pytest.mark.parametrize(
    ("kind", "mode", "colour"),
    [
        ("JPEG", "RGB", "teal"),
        ("JPEG", "L", 120),
        ("JPEG", "CMYK", (255, 0, 0, 0)),
        ("PNG", "RGBA", (0, 128, 128, 255)),
        ("PNG", "LA", (120, 255)),
        ("PNG", "P", 1),
        ("PNG", "1", 0),
    ],
)
def test_a_picture_becomes_a_page_that_shows_it(
    tmp_path: Path, kind: str, mode: str, colour: object
) -> None:
    content = picture(kind, mode, colour)
    path = bound(tmp_path, [(content, kind.lower())])

    with Image.open(BytesIO(content)) as image:
        wanted = image.convert("RGB").getpixel((320, 200))
    with pypdfium2.PdfDocument(path) as pdf:
        shown = pdf[0].render(scale=1).to_pil().getpixel((306, 100))
    assert isinstance(wanted, tuple)
    assert all(abs(one - other) < 6 for one, other in zip(wanted, shown, strict=True))


def test_what_acts_is_left_behind(tmp_path: Path) -> None:
    acting = paper(
        "harmless",
        more=b"/AA<</O<</S/JavaScript/JS(app.alert\\(1\\))>>>>"
        b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]"
        b"/A<</S/URI/URI(https://elsewhere.example)>>>>]",
    )
    path = bound(tmp_path, [(acting, "pdf")])

    content = path.read_bytes()
    assert b"JavaScript" not in content
    assert b"elsewhere" not in content
    assert "harmless" in pages(path)[0]


def test_what_was_filled_in_stays_to_be_seen(tmp_path: Path) -> None:
    to = BytesIO()
    with pikepdf.open(BytesIO(paper("A form"))) as pdf:
        shown = pdf.make_stream(b"BT /F1 12 Tf 2 4 Td (filled in) Tj ET")
        shown.Type, shown.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        shown.BBox = pikepdf.Array([0, 0, 100, 20])
        shown.Resources = pdf.pages[0].obj.Resources
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T="name",
                V="filled in",
                F=4,
                Rect=pikepdf.Array([72, 200, 172, 220]),
                AP=pikepdf.Dictionary(N=shown),
            )
        )
        pdf.pages[0].obj.Annots = pikepdf.Array([field])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        pdf.save(to)
    path = bound(tmp_path, [(to.getvalue(), "pdf")])

    assert "filled in" in pages(path)[0]


def test_links_of_ours_lead_to_the_page_they_name(tmp_path: Path) -> None:
    index = paper(
        "Index",
        more=b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/StructParent 3"
        b"/A<</S/URI/URI(https://page.invalid/3)>>>>]",
    )
    path = bound(
        tmp_path, [(paper("one"), "pdf"), (paper("two"), "pdf")], front=[index]
    )

    with pikepdf.open(path) as pdf:
        (note,) = pdf.pages[0].obj.Annots
        assert note.Dest[0].objgen == pdf.pages[2].obj.objgen
    assert b"page.invalid" not in path.read_bytes()
    assert [each.split()[0] for each in pages(path)] == ["Index", "one", "two"]


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7\nnothing", b"no pdf at all", paper("x")[:200]],
    ids=["empty", "head alone", "text", "half"],
)
def test_a_paper_that_cannot_be_read_is_refused_and_leaves_no_trace(
    tmp_path: Path, content: bytes
) -> None:
    with Binder(tmp_path / "bound.pdf") as binder:
        binder.lay(paper("before"), "pdf")
        with pytest.raises(Unbindable):
            binder.lay(content, "pdf")
        binder.lay(paper("after"), "pdf")
        binder.bind(
            strip=paper("N", box="0 0 612 24"),
            title="",
            language="en",
            at=AT,
            mark="0" * 32,
            outline=[],
        )

    said = pages(tmp_path / "bound.pdf")
    assert [each.split()[0] for each in said] == ["before", "after"]


def test_a_picture_that_is_none_is_refused(tmp_path: Path) -> None:
    with Binder(tmp_path / "bound.pdf") as binder, pytest.raises(Unbindable):
        binder.lay(b"no picture", "png")


def test_a_paper_that_leads_into_itself_ends(tmp_path: Path) -> None:
    loop = paper("round", more=b"/Group 3 0 R/Resources 6 0 R")
    nested = b"[" * 400 + b"]" * 400
    deep = paper("deep", more=b"/Resources<</Deep " + nested + b">>")
    path = tmp_path / "bound.pdf"
    with Binder(path) as binder:
        assert binder.lay(loop, "pdf") == 1
        assert binder.lay(deep, "pdf") == 1


def test_a_binder_holds_so_many_pages_and_says_when_it_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.binding.binder.MOST_PAGES", 1)
    with Binder(tmp_path / "bound.pdf") as binder:
        binder.lay(paper("one"), "pdf")
        with pytest.raises(BinderFull):
            binder.lay(paper("two"), "pdf")


def test_memory_does_not_grow_with_what_is_bound(tmp_path: Path) -> None:
    to = BytesIO()
    noise = Image.effect_noise((1240, 1754), 60).convert("RGB")
    noise.save(to, "JPEG", quality=80)
    scan = to.getvalue()
    assert len(scan) > 500_000
    peaks = []
    for many in (5, 45):
        close()
        bound(tmp_path, [(scan, "jpeg"), (paper("text"), "pdf")] * many)
        peaks.append(peak_of_the_child())
    close()

    few, much = peaks
    assert much <= few + 8, peaks
    assert much < 100, peaks


def peak_of_the_child() -> int:
    """The most memory the child that binds has had since it began, in MiB."""
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            status = (place / "status").read_text()
            mine = f"PPid:\t{os.getpid()}\n" in status
            if mine and b"core.binding" in (place / "cmdline").read_bytes():
                (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", status)
                return int(peak) // 1024
    raise AssertionError("No child is there")
