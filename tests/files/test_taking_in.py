"""A file is taken in: the bad are refused in words, the odd made harmless."""

import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from resource import struct_rusage

import pytest
from django.core.files import File
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core.files import (
    MOST_BYTES,
    FileRefused,
    StoredFile,
    answer,
    keep,
    look_into,
    shown_name,
)
from core.files.refusals import SENTENCES
from core.inspection import pictures
from core.inspection.report import parted
from core.problem_types import PROBLEM_TYPES
from tests.files.conftest import seconds, sent, stored
from tests.files.corpus import BAD, GOOD, ODD, OTHER
from tests.files.samples import SCRIPT, Sample, from_objects, pdf, stream

HIDDEN = [SCRIPT, b"<?php", b"Exif", b"PK\x03\x04", b"META-INF", b"alert"]


def test_the_list_is_whole() -> None:
    assert (len(BAD), len(ODD), len(GOOD)) == (60, 15, 12)
    numbers = sorted(sample.number for sample in [*BAD, *ODD])
    assert numbers == [f"{number:02}" for number in range(1, 76)]


@pytest.mark.parametrize("sample", [*BAD, *OTHER], ids=str)
def test_a_bad_file_is_refused_in_words_and_nothing_of_it_stays(
    sample: Sample, shelf: Path, spent: list[struct_rusage]
) -> None:
    with pytest.raises(FileRefused) as refused:
        look_into(sent(sample))
    refusal = refused.value
    assert (refusal.status, refusal.slug) == (422, "file-rejected")
    assert sample.says in refusal.text
    (problem,) = refusal.problems
    assert (problem.field, problem.text) == ("file", refusal.text)
    assert problem.code == sample.code
    assert stored(shelf) == set()
    assert all(seconds(usage) < 5 for usage in spent)


@pytest.mark.parametrize("sample", ODD[:4], ids=str)
def test_an_odd_picture_is_drawn_anew_and_carries_nothing(sample: Sample) -> None:
    sent_bytes = sample.make()
    assert any(hidden in sent_bytes for hidden in HIDDEN)
    found = look_into(sent(sample))
    assert found.sha256 == sha256(sent_bytes).hexdigest()
    assert found.stored_sha256 == sha256(found.content).hexdigest() != found.sha256
    assert not any(hidden in found.content for hidden in HIDDEN)
    assert not zipfile.is_zipfile(BytesIO(found.content))
    with Image.open(BytesIO(found.content)) as image:
        assert image.format == found.kind.upper()
        assert not image.getexif()
        assert image.info.keys() <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
        }
        assert _is_red(image, 5, 5)
        assert not _is_red(image, 60, 40)


@pytest.mark.django_db
@pytest.mark.parametrize("sample", ODD[4:], ids=str)
def test_an_odd_name_becomes_text_that_does_nothing(
    sample: Sample, shelf: Path
) -> None:
    found = look_into(sent(sample))
    name = shown_name(sample.name)
    assert name.endswith(".pdf")
    assert len(name) <= 200
    assert name.isprintable() or "\U0001fae8" in name
    assert not set(name) & set("/\\\r\n\0\u202e")
    key = keep(found.content)
    assert stored(shelf) == {key}
    response = answer(StoredFile(key, found.kind, sample.name))
    response.close()
    headers = response.headers
    assert headers["Content-Disposition"].startswith("attachment; filename=")
    assert headers["Content-Disposition"].isascii()
    assert headers.keys() & {"Set-Cookie"} == set()


@pytest.mark.parametrize("sample", GOOD, ids=str)
def test_a_good_file_is_taken(sample: Sample, spent: list[struct_rusage]) -> None:
    data = sample.make()
    found = look_into(SimpleUploadedFile(sample.name, data, "text/html"))
    assert found.sha256 == sha256(data).hexdigest()
    assert found.pages == 1
    if found.kind == "pdf":
        assert found.content == data
        assert found.text == "Proof"
    assert all(seconds(usage) < 5 for usage in spent)


def test_a_turned_picture_is_stored_upright() -> None:
    (sample,) = (good for good in GOOD if good.number == "G10")
    with Image.open(BytesIO(look_into(sent(sample)).content)) as image:
        assert image.size == (480, 640)
        assert _is_red(image, 400, 100)
        assert not _is_red(image, 100, 100)
        assert not image.getexif()


@pytest.mark.parametrize(
    ("mode", "colour", "kept"),
    [
        ("1", 1, ("L", 255)),
        ("L", 77, ("L", 77)),
        ("LA", (77, 9), ("RGBA", (77, 77, 77, 9))),
        ("P", 0, ("RGB", (0, 0, 0))),
        ("RGBA", (1, 2, 3, 4), ("RGBA", (1, 2, 3, 4))),
        ("I;16", 0x8000, ("L", 0x80)),
    ],
)
def test_a_png_keeps_its_colours_and_what_shines_through(
    mode: str, colour: int, kept: tuple[str, object]
) -> None:
    to = BytesIO()
    Image.new(mode, (8, 8), colour).save(to, "PNG")
    found = look_into(File(BytesIO(to.getvalue()), "a.png"))
    with Image.open(BytesIO(found.content)) as image:
        assert (image.mode, image.getpixel((4, 4))) == kept


def test_a_jpeg_for_print_is_kept_in_screen_colours() -> None:
    to = BytesIO()
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(to, "JPEG")
    found = look_into(File(BytesIO(to.getvalue()), "a.jpg"))
    with Image.open(BytesIO(found.content)) as image:
        assert image.mode == "RGB"
        assert _is_red(image, 4, 4)


def test_several_pictures_in_one_jpeg_leave_the_first() -> None:
    to = BytesIO()
    first, second = Image.new("RGB", (8, 8), "red"), Image.new("RGB", (8, 8), "blue")
    first.save(to, "MPO", save_all=True, append_images=[second])
    found = look_into(File(BytesIO(to.getvalue()), "a.jpg"))
    assert found.content.count(b"\xff\xd8\xff") == 1
    with Image.open(BytesIO(found.content)) as image:
        assert _is_red(image, 4, 4)


def test_a_picture_that_would_become_too_large_is_drawn_smaller(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pictures, "MOST_DRAWN", 30_000)
    to = BytesIO()
    Image.effect_noise((400, 200), 100).save(to, "PNG")
    facts, content = parted(pictures.look(to.getvalue()))
    assert facts == {"pages": 1}
    assert len(content) <= 30_000 < to.tell()
    with Image.open(BytesIO(content)) as image:
        assert image.size == (200, 100)


def test_exactly_ten_mebibytes_are_taken() -> None:
    data = pdf()
    filling = stream(bytes(MOST_BYTES - len(data) - 200))
    fitting = pdf(filling)
    fitting += b"\n" * (MOST_BYTES - len(fitting))
    assert look_into(File(BytesIO(fitting), "a.pdf")).sha256
    with pytest.raises(FileRefused, match="larger than 10 MB"):
        look_into(File(BytesIO(fitting + b"\n"), "a.pdf"))


def test_what_a_sender_says_of_size_and_type_is_not_asked() -> None:
    lying = SimpleUploadedFile("a.pdf", pdf() + b"\n" * MOST_BYTES, "application/pdf")
    lying.size = 10
    with pytest.raises(FileRefused, match="larger"):
        look_into(lying)


def test_a_file_read_before_is_read_from_its_start() -> None:
    upload = SimpleUploadedFile("a.pdf", pdf())
    upload.read()
    assert look_into(upload).text == "Proof"


def test_a_file_without_a_name_is_refused_in_words() -> None:
    with pytest.raises(FileRefused, match=r"doesn't end in \.pdf"):
        look_into(File(BytesIO(pdf())))


def test_the_text_of_a_slow_paper_is_given_up_and_the_paper_is_taken() -> None:
    slow = b"BT /F1 9 Tf " + b"(Proof of attendance) Tj 1 0 Td " * 400_000 + b"ET"
    data = from_objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        stream(slow[: MOST_BYTES // 2] + b" ET"),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    assert look_into(File(BytesIO(data), "a.pdf")).text == ""


def test_text_is_cut_and_cleaned() -> None:
    words = b"BT /F1 9 Tf " + b"(word \\000\\001 word) Tj T* " * 3_000 + b"ET"
    data = from_objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 3 0 R]/Count 1>>".replace(b" 3 0 R]", b"]"),
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        stream(words),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    text = look_into(File(BytesIO(data), "a.pdf")).text
    assert text.startswith("word")
    assert len(text) == 20_000
    assert all(line.isprintable() for line in text.splitlines())


def test_every_reason_has_its_sentence_and_the_api_its_page() -> None:
    for sentence in SENTENCES.values():
        said = sentence.format(figure=7)
        assert said.endswith(".")
        assert len(said.split(". ")) >= 2, said
    assert PROBLEM_TYPES["file-rejected"].status == FileRefused.status


def _is_red(image: Image.Image, x: int, y: int) -> bool:
    red, green, blue = image.convert("RGB").getpixel((x, y))  # type: ignore[misc]
    return red > 180 and green < 80 and blue < 80
