"""A stored file is out of reach, and given out so that no browser shows or runs it."""

import resource
from io import BytesIO
from pathlib import Path

import pytest
import structlog
from django.core.files.storage import default_storage
from django.test import override_settings
from PIL import Image

from core.failures import Missing
from core.files import FileRefused, StoredFile, answer, keep, page_picture
from tests.files.conftest import stored
from tests.files.odd_and_good import form, turned
from tests.files.samples import from_objects, pdf, photo, picture, stream

# An answer that is closed ends a request, which looks after the database.
pytestmark = pytest.mark.django_db
RED_PAGE = stream(b"1 0 0 rg 0 396 306 396 re f")


def two_pages() -> bytes:
    """A PDF of two pages; red is the upper left quarter of the second."""
    return from_objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 612 792]>>",
        b"<</Type/Page/Parent 2 0 R/Resources<<>>>>",
        b"<</Type/Page/Parent 2 0 R/Resources<<>>/Contents 5 0 R>>",
        RED_PAGE,
    )


def drawn(content: bytes, kind: str, page: int = 1, width: int = 600) -> Image.Image:
    """A page as it is shown."""
    made = page_picture(key=keep(content), kind=kind, page=page, width=width)
    image = Image.open(BytesIO(made))
    assert image.format == "PNG"
    return image.convert("RGB")


def test_a_file_is_kept_under_a_key_that_tells_nothing(shelf: Path) -> None:
    first, second = keep(b"same"), keep(b"same")
    assert first != second
    assert stored(shelf) == {first, second}
    folder, beginning, random = first.split("/")
    assert (folder, beginning) == ("proofs", random[:2])
    assert len(random) == 32
    assert int(random, 16)
    assert (shelf / first).read_bytes() == b"same"


def test_a_file_that_cannot_be_written_whole_leaves_no_half(shelf: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            keep(bytes(1_000_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert stored(shelf) == set()


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [("pdf", "application/pdf"), ("png", "image/png"), ("jpeg", "image/jpeg")],
)
def test_a_file_is_sent_to_be_saved_and_nothing_else(
    shelf: Path, kind: str, content_type: str
) -> None:
    key = keep(b"<script>alert(1)</script>")
    response = answer(StoredFile(key, kind, "évil.html"))
    assert response.getvalue() == b"<script>alert(1)</script>"
    response.close()
    headers = dict(response.headers)
    ending = {"pdf": ".pdf", "png": ".png", "jpeg": ".jpg"}[kind]
    assert headers == {
        "Content-Type": content_type,
        "Content-Length": "25",
        "Content-Disposition": f'attachment; filename="evil.html{ending}"; '
        f"filename*=UTF-8''%C3%A9vil.html{ending}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def test_it_is_sent_in_pieces(shelf: Path) -> None:
    response = answer(StoredFile(keep(bytes(1_000_000)), "pdf", "a.pdf"))
    assert response.streaming
    assert max(len(piece) for piece in response) <= 64 * 1024
    response.close()


def test_a_file_that_is_gone_is_missing_and_an_error_is_logged(shelf: Path) -> None:
    key = keep(pdf())
    default_storage.delete(key)
    with structlog.testing.capture_logs() as logged:
        with pytest.raises(Missing):
            answer(StoredFile(key, "pdf", "a.pdf"))
        with pytest.raises(Missing):
            page_picture(key=key, kind="pdf", page=1)
    assert [(line["log_level"], line["key"]) for line in logged] == [("error", key)] * 2


def test_a_page_of_a_paper_is_drawn(shelf: Path) -> None:
    first, second = (drawn(two_pages(), "pdf", page) for page in (1, 2))
    assert first.size == second.size == (600, 777)
    assert first.getpixel((100, 100)) == (255, 255, 255)
    assert second.getpixel((100, 100)) == (255, 0, 0)
    assert second.getpixel((400, 100)) == (255, 255, 255)


def test_a_page_is_drawn_once_for_whoever_looks_soon_after(shelf: Path) -> None:
    key = keep(pdf())
    first = page_picture(key=key, kind="pdf", page=1, width=64)
    # What was drawn is there without the file, and lies sealed.
    default_storage.delete(key)
    assert page_picture(key=key, kind="pdf", page=1, width=64) == first
    with pytest.raises(Missing):
        page_picture(key=key, kind="pdf", page=1, width=65)


def test_what_was_sealed_under_a_lost_key_is_drawn_anew(shelf: Path) -> None:
    key = keep(pdf())
    first = page_picture(key=key, kind="pdf", page=1, width=64)
    with override_settings(SECRET_KEY="another-" * 8, SECRET_KEY_FALLBACKS=[]):
        assert page_picture(key=key, kind="pdf", page=1, width=64) == first


def test_what_was_filled_in_is_drawn_too(shelf: Path) -> None:
    def dark(content: bytes) -> int:
        shown = drawn(content, "pdf").convert("L").crop((0, 650, 200, 777))
        return sum(shown.histogram()[:128])

    assert dark(form()) > dark(pdf())


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_picture_is_drawn_as_it_is_or_smaller(shelf: Path, kind: str) -> None:
    shown = drawn(picture(kind.upper()), kind)
    assert shown.size == (64, 48)
    assert drawn(picture(kind.upper(), size=(1200, 900)), kind).size == (600, 450)


def test_a_turned_picture_is_drawn_upright(shelf: Path) -> None:
    assert drawn(turned(), "jpeg", width=480).size == (480, 640)


def test_a_large_photo_is_drawn_small(shelf: Path) -> None:
    assert drawn(photo(), "jpeg", width=1200).size == (1200, 900)


@pytest.mark.parametrize(("width", "across"), [(1, 16), (10**9, 2400)])
def test_nobody_asks_for_more_than_a_screen(
    shelf: Path, width: int, across: int
) -> None:
    assert drawn(pdf(), "pdf", width=width).width == across


def test_a_strip_of_paper_is_not_drawn_for_ever(shelf: Path) -> None:
    strip = pdf().replace(b"[0 0 612 792]", b"[0 0 1 14400]")
    assert drawn(strip, "pdf").height <= 2400


@pytest.mark.parametrize(
    ("kind", "page"), [("pdf", 2), ("pdf", 0), ("pdf", -1), ("png", 2), ("png", 0)]
)
def test_a_page_that_is_not_there_is_missing(shelf: Path, kind: str, page: int) -> None:
    key = keep(pdf() if kind == "pdf" else picture())
    with pytest.raises(Missing):
        page_picture(key=key, kind=kind, page=page)


@pytest.mark.parametrize(
    ("kind", "content"),
    [("pdf", b"%PDF-1.7"), ("pdf", b""), ("png", b"x"), ("jpeg", picture()[:50])],
)
def test_what_cannot_be_drawn_is_refused_in_words(
    shelf: Path, kind: str, content: bytes
) -> None:
    with pytest.raises(FileRefused, match="Download it instead"):
        page_picture(key=keep(content), kind=kind, page=1)
