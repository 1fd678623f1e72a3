"""Each table of a practice as a file: what is in it, safe in a spreadsheet."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from openpyxl import load_workbook

from accounts.models import Member, Sponsorship
from core.extract_cells import Kind, spelled
from core.extracts import FORMATS, QueryTable, write_table
from core.scope import Scope, scoped
from portal.queries.export_kinds import BY_CODE, KINDS
from tests.cast import Cast, a_member, given
from tests.database import WEB, working_as
from tests.db.document_rows import an_own_document
from tests.exporting.tables import a_reading, moved, rows, table, written

pytestmark = [pytest.mark.db, pytest.mark.django_db]
CODES = [each.code for each in KINDS]
ODD = (
    ("=HYPERLINK(1)", "+1"),
    ("-1", "@SUM(A1)"),
    ("\tTab", "\rReturn"),
    (" =1", "\u00a0+1"),
    ("\n-1", "\uff1d1"),
    (" Space", "\nLine"),
    ("\uff20wide", "\uff0b1"),
    ('Quoted "x", and', "Two\nlines"),
    ("مها", "\u202eevil"),
    ("O'Neil; Jr.", "学"),
)


@pytest.fixture
def odd(cast: Cast) -> Sequence[Member]:
    """People whose names are anything but plain."""
    made = [a_member("N N", cast.northside) for _ in ODD]
    for member, (last, first) in zip(made, ODD, strict=True):
        Member.objects.filter(pk=member.pk).update(last_name=last, first_name=first)
        a_reading(cast, last)
        an_own_document(cast.northside, title=last, name=first)
        moved(cast, first, 1)
    return made


def test_people_come_with_all_their_line_says(cast: Cast) -> None:
    Sponsorship.objects.filter(member=cast.bob).update(
        external_id="E-17", job_role="Scribe", renewal_mode="auto"
    )
    (bob,) = rows(cast, "people")
    assert {name: bob[name] for name in list(bob)[:11]} == {
        "last_name": "Baker",
        "first_name": "Bob",
        "email": cast.bob.written_to,
        "job_role": "Scribe",
        "external_id": "E-17",
        "standing": "Renew now",
        "term": "1",
        "renewal_date": "2025-11-03",
        "renewal_mode": "Auto-renewal",
        "left_out_from": "",
        "on_list_since": "2023-01-01",
    }
    assert set(list(bob.values())[11:]) == {"not assigned"}


def test_the_filters_are_those_of_the_page(cast: Cast) -> None:
    given(cast.membership, cast.northside, a_member("Eve Ellis", cast.northside))
    assert [each["last_name"] for each in rows(cast, "people")] == ["Baker", "Ellis"]
    only = rows(cast, "people", only="renew")
    assert [each["last_name"] for each in only] == ["Baker"]
    assert [each["last_name"] for each in rows(cast, "people", q="eve")] == ["Ellis"]
    assert rows(cast, "people", q="nobody") == []
    assert rows(cast, "certificates", state="ended") == []


def test_certificates_assignments_and_activities_say_whose_they_are(
    cast: Cast,
) -> None:
    (assigned,) = rows(cast, "assignments")
    assert (assigned["last_name"], assigned["assigned_on"]) == ("Baker", "2024-11-03")
    (reported,) = rows(cast, "ce")
    assert (reported["last_name"], reported["credits"]) == ("Baker", "3.00")
    assert reported["completed_on"] == "2025-05-05"
    for code in ("assignments", "ce", "people", "certificates"):
        assert "Chen" not in str(rows(cast, code))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("ending", FORMATS)
def test_every_table_is_written_in_every_format_also_without_a_row(
    cast: Cast, code: str, ending: str
) -> None:
    asked = {"q": "nobody"} if "q" in BY_CODE[code].filters else {}
    assert isinstance(written(cast, code, ending), bytes)
    assert isinstance(written(cast, code, ending, **asked), bytes)


def test_no_name_is_a_formula_and_each_reads_back_as_it_was(
    cast: Cast, odd: Sequence[Member]
) -> None:
    names = {
        (each["last_name"], each["first_name"])
        for each in rows(cast, "people")
        if each["last_name"] != "Baker"
    }
    marked = {*"=+-@\uff1d\uff0b\uff0d\uff20"}

    def shown(text: str) -> str:
        first = text.strip()[0]
        return f"'{text}" if first in marked or text[0] in "\t\r" else text

    assert names == {(shown(last), shown(first)) for last, first in ODD}


def test_a_workbook_holds_days_as_days_and_text_as_text(
    cast: Cast, odd: Sequence[Member]
) -> None:
    book = load_workbook(io.BytesIO(written(cast, "people", "xlsx")))
    head, *found = list(book.worksheets[0].iter_rows())
    by_name = {row[0].value: row for row in found}
    place = [cell.value for cell in head].index("renewal_date")
    assert str(by_name["Baker"][place].value) == "2025-11-03 00:00:00"
    formula = by_name["=HYPERLINK(1)"][0]
    assert formula.data_type == "s"
    assert "f" not in {cell.data_type for row in found for cell in row}


def test_a_line_of_json_is_a_row_as_it_is(cast: Cast, odd: Sequence[Member]) -> None:
    lines = written(cast, "people", "jsonl").decode().splitlines()
    found: list[Mapping[str, Any]] = [json.loads(line) for line in lines]
    assert len(found) == len(ODD) + 1
    (bob,) = [each for each in found if each["last_name"] == "Baker"]
    assert (bob["renewal_date"], bob["term"]) == ("2025-11-03", 1)
    assert bob["left_out_from"] is None
    assert {each["last_name"] for each in found} >= {last for last, _ in ODD}


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs COPY")
@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("marks", ["marked", "plain"])
def test_what_copy_writes_is_what_python_would(
    cast: Cast, odd: Sequence[Member], code: str, marks: str
) -> None:
    scope, marked = Scope.practice(cast.northside.pk), marks == "marked"
    with scoped(scope):
        found = table(cast, code)
    if not isinstance(found, QueryTable):
        pytest.skip("has no query of its own")
    copied, plain = io.BytesIO(), io.BytesIO()
    count = found.spool(copied, scope, marked=marked)
    assert spelled(plain, found.columns, found.values(), marked=marked) == count

    def read(file: io.BytesIO) -> list[list[str]]:
        text = io.StringIO(file.getvalue().decode(), newline="")
        return list(csv.reader(text))

    assert read(copied) == read(plain)
    assert len(read(copied)) == count + 1


def test_the_walls_hold_what_copy_reads(cast: Cast) -> None:
    """A query that forgot to name the practice sees no other's people all the same."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no walls")
    forgot = QueryTable(
        Sponsorship.objects.order_by("pk"), table(cast, "people").columns[:2]
    )
    file = io.BytesIO()
    with working_as(WEB):
        assert forgot.spool(file, Scope.practice(cast.northside.pk), marked=True) == 1
    assert b"Chen" not in file.getvalue()


def test_only_text_can_begin_as_a_formula_does(cast: Cast) -> None:
    """Days, counts and amounts of ours have no sign; none of them is below zero."""
    signed = {Kind.COUNT, Kind.AMOUNT}
    for each in KINDS:
        with scoped(Scope.practice(cast.northside.pk)):
            names = {c.name for c in table(cast, each.code).columns if c.kind in signed}
        for row in rows(cast, each.code):
            assert all(not row[name] or Decimal(row[name]) >= 0 for name in names)


def test_the_file_on_disk_is_what_was_written(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    scope = Scope.practice(cast.northside.pk)
    with path.open("w+b") as file:
        count = write_table(table(cast, "people"), file, scope, ending="csv", title="P")
    assert count == 1
    assert path.read_bytes() == written(cast, "people", "csv")
