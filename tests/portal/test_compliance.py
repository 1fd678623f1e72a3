"""The compliance matrix: people by requirement, on a page and in files; its chart."""

from csv import reader
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from accounts.models import Member, Sponsorship
from tests.cast import TODAY, Cast, a_member, certify, credit, given
from tests.portal.reading import Page
from tests.portal.statements import statements

pytestmark = pytest.mark.db
PLACE = "/p/northside/reports/"


@pytest.fixture
def eve(cast: Cast) -> Member:
    """In her second term, certified, with 1.5 of 3.0 credits."""
    eve = a_member("Eve Ellis", cast.northside)
    certify(eve)
    given(cast.membership, cast.northside, eve, today=date(2024, 6, 2))
    given(cast.renewals, cast.northside, eve, today=date(2025, 6, 2))
    credit(eve, "1.5", on=date(2025, 8, 1))
    return eve


def cells(client: Client, name: str, **asked: str) -> dict[str, str]:
    """What a person's row says, by requirement."""
    page = Page.of(client.get(PLACE, asked))
    rows = [row for row in page.all("tr") if row.all("th", scope="row")]
    (row,) = [row for row in rows if row.one("th").text.startswith(name)]
    return {cell.attributes["data-label"]: cell.text for cell in row.all("td")}


def test_a_row_says_how_each_requirement_is_met(alice: Client, eve: Member) -> None:
    assert cells(alice, "Eve Ellis") == {
        "Standing": "In good standing Renewal date Jun 2, 2026",
        "Credential": f"Earned {eve.certifications.get().number}",
        "Continuing education": "Missing 1.5 of 3.0 CME by Jun 1, 2026",
        "Certificate": "Held 0.0 of 3.0 CME.",
    }


def test_what_is_missing_is_said_in_words(alice: Client, cast: Cast) -> None:
    new = a_member("Nora New", cast.northside)
    assert cells(alice, "Nora New")["Standing"] == "Not started No term yet"
    given(cast.membership, cast.northside, new)
    said = cells(alice, "Nora New")
    assert said["Credential"] == "Not earned"
    assert said["Certificate"] == "Held The credential has to be earned."


def test_filters_keep_whom_they_say(alice: Client, eve: Member) -> None:
    page = Page.of(alice.get(PLACE, {"only": "renew"}))
    assert "Bob Baker" in page.text
    assert "Eve Ellis" not in page.text
    assert "Eve Ellis" in Page.of(alice.get(PLACE, {"q": "ellis"})).text
    none = Page.of(alice.get(PLACE, {"q": "zebra"}))
    assert "No one matches. Clear the filters to see everybody." in none.text


def test_the_files_have_the_same_rows(alice: Client, eve: Member) -> None:
    Sponsorship.objects.filter(member=eve).update(job_role="=1+1")
    answer = alice.get("/p/northside/reports.csv", {"q": "ellis"})
    text = answer.getvalue().decode("utf-8-sig")
    head, row = list(reader(text.splitlines()))
    told = dict(zip(head, row, strict=True))
    assert (told["last_name"], told["credits_have"], told["credits_need"]) == (
        "Ellis",
        "1.50",
        "3.0",
    )
    assert told["job_role"] == "'=1+1"
    assert told["renewal_date"] == "2026-06-02"
    book = load_workbook(BytesIO(alice.get("/p/northside/reports.xlsx").getvalue()))
    rows = list(book["Compliance"].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["last_name", "Baker", "Ellis"]
    assert rows[2][2] == "=1+1"
    assert book["Compliance"]["C3"].data_type == "s"


def test_the_chart_counts_people_month_by_month(alice: Client, eve: Member) -> None:
    page = Page.of(alice.get(PLACE))
    table = page.one("section", **{"aria-labelledby": "months"}).one("table")
    told = {
        row.one("th").text: [cell.text for cell in row.all("td")]
        for row in table.all("tr")[1:]
    }
    assert len(told) == 25
    # Bob's term ran until Nov 2, 2025, and Eve's first began on Jun 2, 2024.
    assert told["Nov 2024"] == ["1", "0", "0", "1"]
    assert told["Dec 2024"] == ["2", "0", "0", "0"]
    assert told["Nov 2025 (today)"] == ["1", "0", "1", "0"]
    assert told["Jun 2026"] == ["0", "1", "1", "0"]
    assert told["Jul 2026"] == ["0", "0", "2", "0"]


def test_its_statements_do_not_grow_with_people(
    alice: Client, cast: Cast, eve: Member
) -> None:
    few = len(statements(alice, PLACE))
    for number in range(6):
        member = a_member(f"Person {number}", cast.northside)
        given(cast.membership, cast.northside, member, today=TODAY)
    assert len(statements(alice, PLACE)) == few
