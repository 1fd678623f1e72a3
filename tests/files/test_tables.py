"""Tables that strangers send: any encoding is read, no bomb goes off."""

import io
import time
import zipfile
from collections.abc import Sequence
from datetime import date

import pytest
from django.core.files import File
from openpyxl import Workbook

from core.files import FileRefused
from core.files.tables import MOST_BYTES, read_table

TEXT = "first_name,last_name,email\r\nJosé,Ñandú,jose@mail.example\r\n"
JOSE = [
    (1, ["first_name", "last_name", "email"]),
    (2, ["José", "Ñandú", "jose@mail.example"]),
]


def sent(content: bytes, name: str = "roster.csv") -> "File[bytes]":
    """A file as it was sent."""
    return File(io.BytesIO(content), name)


def workbook(*rows: Sequence[object]) -> bytes:
    """A workbook of one sheet."""
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def repacked(content: bytes, part: str, inside: bytes) -> bytes:
    """A workbook with another content in one of its parts."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.infolist():
            new.writestr(
                each.filename, inside if each.filename == part else old.read(each)
            )
    return made.getvalue()


def refused(content: bytes) -> str:
    """Why a file is not read."""
    with pytest.raises(FileRefused) as refusal:
        read_table(sent(content))
    assert refusal.value.problems[0].field == "file"
    return refusal.value.problems[0].code


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("cp1252"),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "\t").encode(),
        workbook(*(list(cells) for _, cells in JOSE)),
    ],
    ids=["utf8", "mark", "utf16", "le", "be", "1252", "semicolons", "tabs", "xlsx"],
)
def test_every_encoding_of_the_same_rows_is_read_alike(content: bytes) -> None:
    assert read_table(sent(content)) == JOSE


def test_rows_keep_the_numbers_a_spreadsheet_shows() -> None:
    rows = read_table(sent(b"a,b\n\n,\n1,2,,\n"))
    assert rows == [(1, ["a", "b"]), (4, ["1", "2"])]


def test_a_workbook_s_numbers_and_days_are_read_as_they_are_shown() -> None:
    rows = read_table(sent(workbook(["id", "day"], [4711.0, date(2026, 5, 1)])))
    assert rows[1] == (2, ["4711", "2026-05-01"])


def test_what_our_own_files_guarded_is_read_without_the_guard() -> None:
    assert read_table(sent(b"a\n'=1+1\n'tis\n"))[1:] == [(2, ["=1+1"]), (3, ["'tis"])]


def test_what_no_row_can_keep_is_seen_to_be_unreadable() -> None:
    assert read_table(sent(b"a\nx\x01y\n"))[1] == (2, ["x\ufffdy"])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"a" * (MOST_BYTES + 1), "large"),
        (b"%PDF-1.7", "kind"),
        (b"a,b\n", "nobody"),
        (b'a,b\n"1,2\n', "csv"),
        (b"a\n\x81\x8d\n", "encoding"),
        (b",".join([b"x"] * 61) + b"\n1\n", "columns"),
        (b"a\n" + b"1\n" * 10_001, "rows"),
        (b"PK\x03\x04 and no more", "damaged"),
        (repacked(workbook(["a"]), "x", b"")[:-40], "damaged"),
    ],
    ids=[
        "empty",
        "large",
        "pdf",
        "nobody",
        "quote",
        "encoding",
        "wide",
        "long",
        "zip",
        "cut",
    ],
)
def test_what_is_no_roster_is_refused_with_its_reason(
    content: bytes, code: str
) -> None:
    assert refused(content) == code


def test_forty_columns_are_read() -> None:
    head = ",".join(f"c{n}" for n in range(40))
    assert len(read_table(sent(f"{head}\n{head}\n".encode()))[1][1]) == 40


def test_ten_thousand_rows_are_read_in_seconds() -> None:
    lines = ["first_name,last_name,email"]
    lines += [f"N{n},Person,n{n}@mail.example" for n in range(10_000)]
    begun = time.monotonic()
    assert len(read_table(sent("\n".join(lines).encode()))) == 10_001
    assert time.monotonic() - begun < 20


def test_a_workbook_that_unpacks_to_200_mb_is_refused() -> None:
    """Its directory says so."""
    bomb = repacked(workbook(["a"]), "xl/worksheets/sheet1.xml", b" " * (200 << 20))
    assert len(bomb) < 1 << 20
    assert refused(bomb) == "bomb"


def test_a_bomb_whose_directory_lies_is_refused_all_the_same() -> None:
    size = 100 << 20
    bomb = repacked(workbook(["a"]), "xl/worksheets/sheet1.xml", b" " * size)
    lying = bomb.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != bomb
    assert refused(lying) in {"bomb", "damaged"}


def test_a_workbook_with_a_document_type_is_refused() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha">]><worksheet>&a;</worksheet>'
    book = repacked(workbook(["a"]), "xl/worksheets/sheet1.xml", laughs)
    assert refused(book) == "damaged"
