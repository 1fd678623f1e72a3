"""CSV files: UTF-8 with its mark, and no cell that a spreadsheet would compute."""

import csv
import io

import pytest

from core.spreadsheets import cell, csv_lines


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_would_be_computed_becomes_text(sign: str) -> None:
    assert cell(f"{sign}1") == f"'{sign}1"


@pytest.mark.parametrize("sign", ["\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_a_wide_sign_is_a_sign(sign: str) -> None:
    assert cell(f"{sign}1") == f"'{sign}1"


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\n", "\t", "\r", " \n\u00a0\t"])
def test_a_sign_after_blanks_is_one(blank: str) -> None:
    assert cell(f"{blank}=1") == f"'{blank}=1"


@pytest.mark.parametrize("text", ["", " ", "1", "a=b", "'=1", " 1", "\n1", "学", "1.5"])
def test_any_other_cell_stays_as_it_is(text: str) -> None:
    assert cell(text) == text


def test_a_file_reads_back_as_it_was_written() -> None:
    rows = [["Title", "n"], ['Quoted "x", and', "1"], ["Two\nlines", "مها"]]
    content = b"".join(csv_lines(rows))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 3
    text = content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""))) == rows


def test_lines_come_one_by_one() -> None:
    asked: list[int] = []

    def endless() -> "object":
        for number in range(10**9):
            asked.append(number)
            yield [str(number)]

    lines = csv_lines(endless())  # type: ignore[arg-type]
    assert next(lines) == b"\xef\xbb\xbf"
    assert next(lines) == b"0\r\n"
    assert asked == [0]
