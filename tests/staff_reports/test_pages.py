"""A body's managers read reports of standing, renewals, audits and credits."""

import csv
import io
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook

from ce_credits.models import Activity, AuditCase, AuditItem
from tests.cast import NOW, Cast, credit
from tests.ce.reporting import submitted
from tests.portal.reading import Page
from tests.portal.statements import statements
from tests.recertifying.living import BODY, noon
from tests.report.test_staff_report import get, staff
from tests.staff_reports.lives import a_life

pytestmark = [pytest.mark.django_db, pytest.mark.db]
DAY = date(2026, 2, 17)
PAGE = f"/staff/{BODY}/reports/"
REPORTS = ("standing", "renewals", "audits", "credits")


def table(page: Page, caption: str = "months") -> dict[str, list[str]]:
    """The rows of one of a page's tables, by their labels."""
    (section,) = [
        each
        for each in page.all("section")
        if each.attributes.get("aria-labelledby") == caption
    ]
    rows = [row for part in ("tbody", "tfoot") for row in section.all(part)]
    return {
        row.one("th").text: [cell.text for cell in row.all("td")]
        for part in rows
        for row in part.all("tr")
    }


def shown(query: str, on: date = DAY) -> Page:
    """A report as the manager reads it on a day."""
    answer = get(query, on=on, page=PAGE)
    assert answer.status_code == 200, answer.content.decode()
    return Page.of(answer)


@pytest.fixture
def lives() -> None:
    """Thirty people, whose cycles ended in every way."""
    random = Random(5)  # noqa: S311  (dice, not secrets)
    for number in range(30):
        a_life(number, random, today=DAY)


def an_audit(activity: Activity, opened_on: date, outcome: str = "") -> AuditCase:
    """Audit one submission, opened by hand."""
    decided = NOW if outcome else None
    case = AuditCase.objects.create(
        program=activity.program,
        member=activity.member,
        opened_by="Mona",
        opened_on=opened_on,
        opened_at=NOW,
        due_on=opened_on + timedelta(days=30),
        reason="A complaint",
        sent_on=opened_on,
    )
    AuditItem.objects.create(
        case=case, number=1, activity=activity, outcome=outcome, decided_at=decided
    )
    return case


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("body", ["acmss", BODY])
def test_an_empty_body_is_told_so_in_words(report: str, body: str) -> None:
    with time_machine.travel(noon(DAY), tick=True):
        answer = staff("manager", body).get(f"/staff/{body}/reports/?report={report}")
    page = Page.of(answer)
    assert answer.status_code == 200
    assert "Mar 2025 to Feb 2026" in page.text
    said = {
        "standing": "Nobody holds a credential in Mar 2025 to Feb 2026.",
        "renewals": f"No {'term' if body == 'acmss' else 'cycle'} ends in",
        "audits": "No audit was opened in Mar 2025 to Feb 2026.",
        "credits": "Nothing that was done in Mar 2025 to Feb 2026 is reported.",
    }
    assert said[report] in page.text
    assert not page.all("table")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?from=x", "“x” is no month. Enter one such as 2025-11."),
        ("?through=2025-13", "“2025-13” is no month."),
        ("?from=0001-01", "“0001-01” is no month."),
        ("?from=9999-01", "“9999-01” is no month."),
        (
            "?from=2025-11&through=2025-10",
            "Nov 2025 comes after Oct 2025. Enter the earlier month first.",
        ),
        (
            "?from=1900-01&through=2099-12",
            "These are 2,400 months. A report holds at most 60: choose Dec 1904",
        ),
        ("?credential=CMSS", "There is no credential “CMSS” here. Choose one of: CPCS"),
        ("?report=money", "There is no report “money”. Choose one of: standing, "),
    ],
)
@pytest.mark.parametrize("place", ["/", ".csv", ".xlsx"])
def test_what_cannot_be_told_says_why(query: str, words: str, place: str) -> None:
    answer = get(query, on=DAY, page=f"{PAGE.rstrip('/')}{place}")
    assert answer.status_code == 422
    assert words in Page.of(answer).text


def test_without_months_it_is_the_last_twelve_and_one_alone_begins_twelve() -> None:
    assert "Mar 2025 to Feb 2026" in shown("").text
    assert "Nov 2020 to Oct 2021" in shown("?from=2020-11").text
    assert "Dec 2020 to Nov 2021" in shown("?through=2021-11").text
    assert "Feb 2021." in shown("?from=2021-02&through=2021-02").text


@pytest.mark.usefixtures("lives")
def test_renewals_add_up_and_say_the_share_that_did_not_go_on() -> None:
    page = shown("?report=renewals&from=2021-12&through=2025-12")
    rows = table(page)
    for label, cells in rows.items():
        ended, *outcomes = map(int, cells[:-1])
        assert ended == sum(outcomes), label
        lapsed, expired = outcomes[-2:]
        share = f"{round(1000 * (lapsed + expired) / ended) / 10} %"
        assert cells[-1] == share
    every = [list(map(int, cells[:-1])) for cells in rows.values()]
    assert every[-1] == [sum(each) for each in zip(*every[:-1], strict=True)]
    assert f"of {every[-1][0]} cycles went on" in page.h1


@pytest.mark.usefixtures("lives")
def test_months_ahead_have_no_share_yet() -> None:
    rows = table(shown("?report=renewals&from=2026-12&through=2029-12"))
    assert {cells[-1] for label, cells in rows.items() if label != "All"} == {"Not yet"}


@pytest.mark.usefixtures("lives")
def test_standing_is_that_of_the_page_of_holders() -> None:
    page = shown("?from=2025-11&through=2026-02")
    link = next(a for a in page.all("a") if a.text == "Nov 30, 2025")
    list_ = Page.of(get(page=link.attributes["href"], on=DAY))
    counts = list_.all("table")[0].one("tbody").all("tr")
    theirs = {cell.attributes["data-label"]: cell.text for cell in counts[0].all("td")}
    months = [row for row in page.all("tr") if "Nov 30, 2025" in row.text]
    ours = {c.attributes["data-label"]: c.text for c in months[0].all("td")}
    assert {word: n for word, n in ours.items() if n != "0"} == theirs


def test_audits_are_told_by_month_and_draw(cast: Cast) -> None:
    reports = [submitted(each) for each in (cast.bob, cast.charlie)]
    an_audit(reports[0], date(2025, 10, 31), "verified")
    an_audit(reports[1], date(2025, 11, 1))
    with time_machine.travel(noon(date(2025, 11, 17)), tick=True):
        client = staff("manager", "acmss")
        page = Page.of(client.get("/staff/acmss/reports/?report=audits"))
    assert page.h1 == "1 of 2 submissions decided"
    assert table(page) == {
        "Oct 2025": ["1", "1", "1", "0", "1", "0", "0"],
        "Nov 2025": ["1", "1", "1", "0", "0", "0", "1"],
        "All": ["2", "2", "2", "0", "1", "0", "1"],
    }
    assert table(page, "draws") == {"By hand": ["2", "2", "2", "0", "1", "0", "1"]}


def test_credits_are_told_by_kind_as_they_count_today(cast: Cast) -> None:
    credit(cast.bob, "1.5", on=date(2025, 10, 2))
    credit(cast.bob, "1.0", on=date(2025, 10, 3), kind="call")
    gone = credit(cast.charlie, "2.0", on=date(2025, 10, 4))
    Activity.objects.filter(pk=gone.activity_id).update(state="withdrawn")
    with time_machine.travel(noon(date(2025, 11, 17)), tick=True):
        client = staff("manager", "acmss")
        page = Page.of(
            client.get(
                "/staff/acmss/reports/?report=credits&from=2025-10&credential=CMSS"
            )
        )
    assert page.h1 == "2 activities"
    assert table(page)["Oct 2025"] == ["2", "2", "0", "0", "0", "120", "2.5"]
    kinds = table(page, "kinds")
    assert kinds["All"] == ["2", "2", "0", "0", "0", "120", "2.5"]
    assert sorted(cells[-1] for cells in kinds.values()) == ["1.0", "1.5", "2.5"]


@pytest.mark.usefixtures("lives")
@pytest.mark.parametrize("report", REPORTS)
def test_a_file_has_the_same_figures(report: str, cast: Cast) -> None:
    query = f"?report={report}&from=2025-03&through=2026-02"
    with time_machine.travel(noon(DAY), tick=True):
        client = staff("manager")
        answer: Any = client.get(f"{PAGE.rstrip('/')}.csv{query}")
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        book: Any = client.get(f"{PAGE.rstrip('/')}.xlsx{query}")
        sheet = load_workbook(io.BytesIO(b"".join(book.streaming_content))).worksheets[
            0
        ]
    name = f'attachment; filename="{report}-{BODY}-2025-03-2026-02.csv"'
    assert answer.headers["Content-Disposition"] == name
    cells = list(sheet.iter_rows(values_only=True))
    assert [str(each) for each in cells[0]] == rows[0]
    assert len(cells) == len(rows)
    if report == "renewals":
        december = dict(
            zip(rows[0], next(r for r in rows if r[0] == "2025-12"), strict=True)
        )
        ended = int(december["ended"])
        assert ended == int(december["went_on"]) + int(december["left"]) + int(
            december["open"]
        )


@pytest.mark.parametrize("report", REPORTS)
def test_however_many_there_are_the_statements_are_the_same(report: str) -> None:
    random = Random(6)  # noqa: S311  (dice, not secrets)

    def asked() -> int:
        with time_machine.travel(noon(DAY), tick=True):
            return len(statements(staff("manager"), f"{PAGE}?report={report}"))

    for number in range(4):
        a_life(number, random, today=DAY)
    asked()
    few = asked()
    for number in range(4, 16):
        a_life(number, random, today=DAY)
    # Who began anew by another exam may be among the later ones alone.
    assert asked() - few in ({0, 2} if report == "renewals" else {0})


def test_a_reviewer_and_another_body_see_none_of_it() -> None:
    with time_machine.travel(noon(DAY), tick=True):
        assert staff("reviewer").get(PAGE).status_code == 403
        assert staff("manager", "acmss").get(PAGE).status_code == 404
        assert Client().get(PAGE).status_code == 302


def test_managers_are_led_there() -> None:
    assert PAGE.encode() in get(page=f"/staff/{BODY}/", on=DAY).content
