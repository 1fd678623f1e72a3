"""The journal as a file: it adds up, opens as it was meant, and computes nothing."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY as METHODS,
)
from django.test import Client
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from accounts.models import Practice
from billing.models import JournalRow, Order
from billing.queries import balances
from billing.services import cancel_order
from portal.queries import journal
from tests.billing.money import an_order, paid
from tests.cast import BODY, NOW, TESTER, TODAY, Cast
from tests.portal.reading import Page

pytestmark = pytest.mark.db
CSV, XLSX = "/staff/acmss/journal.csv", "/staff/acmss/journal.xlsx"
EARLIER = date(2025, 11, 3)


def body(answer: object) -> bytes:
    """Read a file that comes in pieces."""
    assert answer.status_code == 200  # type: ignore[attr-defined]
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def lines(client: Client, **asked: str) -> list[dict[str, str]]:
    """The rows of the CSV file, by their headings."""
    text = body(client.get(CSV, asked)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def sheet(client: Client, **asked: str) -> Worksheet:
    """The workbook's only sheet."""
    book = load_workbook(io.BytesIO(body(client.get(XLSX, asked))))
    (found,) = book.worksheets
    return found


def cells(client: Client, **asked: str) -> list[tuple[object, ...]]:
    """The rows of the workbook, headings first."""
    rows = sheet(client, **asked).iter_rows()
    return [tuple(cell.value for cell in row) for row in rows]


def split(rows: list[dict[str, str]]) -> tuple[list[dict[str, str]], ...]:
    """Tell what moved from the balances."""
    moved = [row for row in rows if row["Row"]]
    return moved, [row for row in rows if not row["Row"]]


@pytest.fixture
def books(cast: Cast) -> Order:
    """A few orders: paid with a little too much, awaiting, cancelled in part paid."""
    early = an_order(cast.northside, today=EARLIER)
    paid(early, "180.00", today=EARLIER)
    an_order(cast.lakeview)
    third = an_order(cast.northside, renewals=1)
    paid(third, "20.00")
    cancel_order(actor=TESTER, order=third, reason="no", today=TODAY, now=NOW)
    return early


def test_each_account_comes_to_what_moved_there(mona: Client, books: Order) -> None:
    moved, sums = split(lines(mona))
    assert len(moved) == JournalRow.objects.count()
    counted = {
        account.value.capitalize(): amount for account, amount in balances(BODY).items()
    }
    shown = {
        row["Debit"] or row["Credit"]: Decimal(row["Amount"])
        * (1 if row["Debit"] else -1)
        for row in sums
    }
    assert shown == counted
    assert shown["Credit"] == Decimal("-30.00")
    assert sum(shown.values()) == 0
    assert all(row["What"].startswith("Balance: ") for row in sums)


def test_a_row_says_what_it_is_of(mona: Client, books: Order) -> None:
    moved, _ = split(lines(mona))
    first = moved[0]
    assert first | {"Row": "", "Booked (UTC)": ""} == {
        "Row": "",
        "Day": "2025-11-03",
        "Debit": "Receivable",
        "Credit": "Revenue",
        "Amount": "170.00",
        "Currency": "USD",
        "What": "Order",
        "Order": books.number,
        "Invoice": "ACMSS-2025-00001",
        "Who pays": "Northside",
        "Booked (UTC)": "",
    }
    assert first["Booked (UTC)"] == "2025-11-17 18:00:00"


def test_days_are_chosen_and_the_balances_before_them_said(
    mona: Client, books: Order
) -> None:
    moved, sums = split(lines(mona, since="2025-11-10", until="2025-11-17"))
    assert {row["Day"] for row in moved} == {"2025-11-17"}
    before = [row for row in sums if row["What"].startswith("Balance before: ")]
    after = [row for row in sums if row["What"].startswith("Balance: ")]
    assert {row["What"]: row["Amount"] for row in before}[
        "Balance before: Cash"
    ] == "180.00"
    _, whole = split(lines(mona))
    figures = [(row["Debit"], row["Credit"], row["Amount"]) for row in after]
    assert figures == [(row["Debit"], row["Credit"], row["Amount"]) for row in whole]
    until, _ = split(lines(mona, until="2025-11-03"))
    assert len(until) + len(moved) == JournalRow.objects.count()


def test_the_workbook_has_the_same_rows_as_numbers_and_days(
    mona: Client, books: Order
) -> None:
    rows = cells(mona)
    assert rows[0] == journal.HEADINGS
    text = lines(mona)
    assert len(rows) == len(text) + 1
    for kept, said in zip(rows[1:], text, strict=True):
        assert f"{Decimal(str(kept[4])):.2f}" == said["Amount"]
        day = kept[1]
        assert (f"{day:%Y-%m-%d}" if isinstance(day, datetime) else "") == said["Day"]
        assert [each or "" for each in kept[5:]] == list(said.values())[5:]


@pytest.mark.parametrize(
    "name",
    ["=1+1", '=HYPERLINK("http://x.example","y")', "+1", "-1", "@SUM(A1)", "#N/A"],
)
def test_no_cell_is_computed(mona: Client, cast: Cast, name: str) -> None:
    Practice.objects.filter(pk=cast.northside.pk).update(name=name)
    cast.northside.refresh_from_db()
    an_order(cast.northside)
    said = {row["Who pays"] for row in lines(mona)}
    assert (name if name[0] == "#" else f"'{name}") in said
    payer = sheet(mona).cell(row=2, column=10)
    assert (payer.value, payer.data_type) == (name, "s")


def test_a_hidden_character_in_a_name_spoils_no_workbook(
    mona: Client, cast: Cast
) -> None:
    Practice.objects.filter(pk=cast.northside.pk).update(name="North\x07side")
    cast.northside.refresh_from_db()
    an_order(cast.northside)
    assert cells(mona)[1][9] == "Northside"


def test_batches_join_without_a_gap(
    mona: Client, books: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = lines(mona)
    for size in (1, 2, 3):
        monkeypatch.setattr(journal, "BATCH", size)
        assert lines(mona) == whole


@pytest.mark.parametrize("address", [CSV, XLSX])
@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"since": "2025-02-30"}, "“2025-02-30” is no day."),
        ({"until": "yesterday"}, "“yesterday” is no day."),
        ({"since": "0001-01-01"}, "“0001-01-01” is no day."),
        ({"until": "9999-12-31"}, "“9999-12-31” is no day."),
        (
            {"since": "2025-11-17", "until": "2025-11-16"},
            "Choose a last day that comes after the first.",
        ),
    ],
)
def test_a_day_that_is_none_is_said(
    mona: Client, address: str, asked: dict[str, str], sentence: str
) -> None:
    answer = mona.get(address, asked)
    assert answer.status_code == 422
    assert sentence in Page.of(answer).text


def test_a_journal_too_long_for_a_workbook_says_the_way_out(
    mona: Client, books: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.views.journal.MOST", 3)
    answer = mona.get(XLSX)
    assert answer.status_code == 422
    assert "Choose fewer days, or take the CSV file." in Page.of(answer).text
    assert len(lines(mona)) > 3


def test_an_empty_journal_is_headings_alone(mona: Client) -> None:
    assert lines(mona) == []
    assert cells(mona) == [journal.HEADINGS]


def test_the_files_are_nobodys_to_keep(mona: Client, books: Order) -> None:
    for address, name in ((CSV, "journal-acmss.csv"), (XLSX, "journal-acmss.xlsx")):
        answer = mona.get(address)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        body(answer)


def test_the_orders_page_leads_to_both(mona: Client) -> None:
    page = Page.of(mona.get("/staff/acmss/orders/"))
    form = page.one("form", action=CSV)
    assert form.one("button", formaction=XLSX).text == "Download as XLSX"


@pytest.mark.parametrize("address", [CSV, XLSX])
def test_a_sign_in_of_long_ago_is_confirmed_first(
    today: date, signed_in: Callable[[str], Client], address: str
) -> None:
    client = signed_in("mona")
    session = client.session
    for record in session[METHODS]:
        record["at"] = NOW.timestamp() - 3600
    session.save()
    answer = client.get(address)
    assert answer.status_code == 302
    assert "/accounts/" in answer.headers["Location"]


def test_another_bodys_rows_are_not_in_it(cast: Cast) -> None:
    order = an_order(cast.northside)
    days = journal.Days()
    assert journal.journal_count("another", days) == 0
    assert journal.journal_count(order.program, days) == 1
