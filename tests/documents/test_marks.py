"""A reader's mark is seen on every page, whatever else the page holds or does."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from django.test import Client
from pikepdf import Array, Dictionary, Name, NumberTree, Pdf
from PIL import Image, ImageChops

from core.files import keep, marked_copy
from core.pdf.engine import render_pdf
from credentials.models import DocumentVersion
from tests.cast import Cast
from tests.documents.papers import opened, pages, problems, publish

pytestmark = pytest.mark.db
SHEET = (0, 0, 612, 792)


def sheet(drawn: bytes = b"", **said: object) -> bytes:
    """A PDF of one page that is drawn like this and says more of itself."""
    to = BytesIO()
    with Pdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(612, 792))
        page.obj.Contents = pdf.make_stream(drawn)
        for key, value in said.items():
            page.obj[f"/{key}"] = value
        pdf.save(to)
    return to.getvalue()


def covered() -> bytes:
    """A page with a note that hides all of it."""
    to = BytesIO()
    with pikepdf.open(BytesIO(sheet())) as pdf:
        white = pdf.make_stream(b"1 g 0 0 612 792 re f")
        white.Type, white.Subtype = Name.XObject, Name.Form
        white.BBox = Array(SHEET)
        note = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Square,
            Rect=Array(SHEET),
            F=4,
            AP=Dictionary(N=white),
        )
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])
        pdf.save(to)
    return to.getvalue()


def shown(content: bytes) -> Image.Image:
    """The first page as it is seen once it is marked."""
    copy = marked_copy(key=keep(content), lines=["Dana Whitfield", "Harbor"])
    with pypdfium2.PdfDocument(copy) as pdf:
        seen: Image.Image = pdf[0].render(scale=1).to_pil().convert("L")
    return seen


@pytest.mark.parametrize(
    "content",
    [
        sheet(b"Q Q 0.001 0 0 0.001 0 0 cm"),
        sheet(b"0.001 0 0 0.001 0 0 cm q"),
        sheet(b"q 0 0 1 1 re W n q"),
        sheet(b"BT 1 0 0 1 0 0 Tm"),
        sheet(CropBox=Array([1000, 1000, 2000, 2000])),
        sheet(CropBox=Array([-50, -50, 2000, 2000])),
        sheet(MediaBox=Array([612, 792, 0, 0])),
        sheet(TrimBox=Array([0, 0, 9, 9])),
        sheet(Rotate=45),
        covered(),
    ],
    ids=[
        "taken back too often",
        "made small for good",
        "cut for good",
        "text without end",
        "cut outside the sheet",
        "cut beyond the sheet",
        "sheet from top to bottom",
        "trimmed",
        "turned by an odd number",
        "covered by a note",
    ],
)
def test_the_mark_is_seen_as_on_an_empty_page(shelf: object, content: bytes) -> None:
    empty = shown(sheet())
    assert min(empty.tobytes()) < 160

    found = shown(content)
    assert found.size == empty.size
    assert max(ImageChops.difference(found, empty).tobytes()) < 32


def test_what_a_page_shows_stays_to_be_seen(shelf: object) -> None:
    found = shown(sheet(b"q 0 0 1 rg 100 600 200 100 re f"))

    assert found.getpixel((150, 150)) == 29
    assert found.getpixel((50, 150)) == 255


def test_a_file_turned_by_an_odd_number_opens_with_the_name(
    alice: Client, mona: Client, good: Cast
) -> None:
    assert publish(mona, sheet(Rotate=45)).status_code == 302

    answer = opened(alice, DocumentVersion.objects.get())
    assert answer.status_code == 200
    assert "Alice Adams" in pages(answer)[0]


def test_a_file_that_takes_no_mark_is_refused_when_it_is_published(
    mona: Client, good: Cast
) -> None:
    answer = publish(mona, sheet(MediaBox=Array([0, 0, 0, 0])))

    assert answer.status_code == 422
    assert problems(answer)[0].startswith("No name could be put on this file's pages")
    assert not DocumentVersion.objects.exists()


def test_a_screen_reader_still_finds_what_the_tags_name(shelf: object) -> None:
    html = '<html lang="en"><head><title>A</title></head><body><p>Duties</p></body>'
    tagged = render_pdf(html, css="", fingerprint=b"a" * 32, most_pages=1)
    copy = marked_copy(key=keep(tagged), lines=["Dana Whitfield"])

    with pikepdf.open(BytesIO(copy)) as pdf:
        page = pdf.pages[0].obj
        whole = page.Resources.XObject.Whole
        assert Name.StructParents not in page
        tags = NumberTree(pdf.Root.StructTreeRoot.ParentTree)[int(whole.StructParents)]
        kids = [kid for tag in tags for kid in tag.K if kid.get(Name.MCID) is not None]
        assert kids
        assert all(kid.Stm.objgen == whole.objgen for kid in kids)
