"""A body's manager sees each credential's holders as of any day (R6)."""

import csv
import io
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook

from accounts.models import Member, StaffRole, User
from renewals.services.standing import record_standing
from tests.cast import Cast, a_user
from tests.cycles import certify
from tests.portal.reading import Page
from tests.portal.statements import statements
from tests.recertifying.living import (
    BODY,
    a_holder,
    applied,
    decided,
    noon,
    pays,
)
from tests.signing import open_session

pytestmark = [pytest.mark.django_db, pytest.mark.db]
PAGE = f"/staff/{BODY}/goodstanding/"
DAY = date(2025, 11, 17)


def staff(role: str, body: str = BODY) -> Client:
    """Somebody of a body's staff, signed in."""
    user = User.objects.filter(name=f"Sam {role.title()} {body}").first()
    if user is None:
        user = a_user(f"Sam {role.title()} {body}")
        StaffRole.objects.create(user=user, program=body, role=role)
    return open_session(Client(), user)


def get(query: str = "", *, on: date = DAY, page: str = PAGE) -> Any:  # noqa: ANN401
    """Open an address on a day, as the manager."""
    with time_machine.travel(noon(on), tick=True):
        return staff("manager").get(page + query)


@pytest.fixture
def two() -> tuple[Member, Member]:
    """Nora, whose cycle ends on Dec 1, 2025, and Ann, certified in May 2025."""
    nora, ann = a_holder(), a_holder("Ann Able", credits=0)
    ann.certifications.update(earned_on=date(2025, 5, 10))
    for member in (nora, ann):
        record_standing(member_id=member.pk, program=BODY, today=DAY, now=noon(DAY))
    return nora, ann


def shown(page: Page) -> list[tuple[str, str]]:
    """Name and standing of everybody listed."""
    table = page.all("table")[-1]
    return [
        (row.one("th").text, row.all("td")[-1].text)
        for row in table.one("tbody").all("tr")
    ]


def test_it_lists_holders_and_counts_them_by_credential(
    two: tuple[Member, Member],
) -> None:
    page = Page.of(get())
    assert page.h1 == "2 of 2 credentials in good standing"
    assert "As of Nov 17, 2025." in page.text
    assert shown(page) == [("Ann Able", "In good standing"), ("Nora North", "Due soon")]
    counts = page.all("table")[0].one("tbody").all("tr")
    told = {row.one("th").text: [cell.text for cell in row.all("td")] for row in counts}
    assert told["Certified Provider Credentialing Specialist"] == ["1", "1", "2"]


@pytest.mark.parametrize(
    ("day", "standings"),
    [
        ("2022-05-31", []),
        ("2022-06-01", ["In good standing"]),
        ("2025-05-10", ["In good standing", "In good standing"]),
        ("2025-12-02", ["In good standing", "Late"]),
        ("2026-01-01", ["In good standing", "Lapsed"]),
        ("2026-07-01", ["In good standing", "Expired"]),
    ],
)
def test_it_says_how_they_stand_on_any_day(
    two: tuple[Member, Member], day: str, standings: list[str]
) -> None:
    page = Page.of(get(f"?day={day}"))
    if not standings:
        assert "No one matches." in page.text
        return
    assert [standing for _, standing in shown(page)] == standings


def test_an_approval_changes_it_that_day(two: tuple[Member, Member]) -> None:
    nora, _ = two
    row = applied(nora, date(2025, 12, 1))
    pays(row.order, date(2025, 12, 1))
    row.refresh_from_db()
    decided(row, "approved", date(2025, 12, 20))
    on = date(2025, 12, 20)
    before = dict(shown(Page.of(get("?day=2025-12-19", on=on))))
    after = dict(shown(Page.of(get(on=on))))
    assert before["Nora North"] == "Under review"
    assert after["Nora North"] == "In good standing"


def test_one_that_expired_stays_so_when_another_is_earned_n8(
    two: tuple[Member, Member],
) -> None:
    nora, _ = two
    certify(nora, "CPMSM", date(2026, 9, 5))
    page = Page.of(get("?q=north", on=date(2026, 9, 6)))
    assert shown(page) == [
        ("Nora North", "Expired"),
        ("Nora North", "In good standing"),
    ]


def test_it_is_narrowed_by_credential_standing_and_name(
    two: tuple[Member, Member],
) -> None:
    assert [name for name, _ in shown(Page.of(get("?only=due")))] == ["Nora North"]
    assert [name for name, _ in shown(Page.of(get("?q=ann")))] == ["Ann Able"]
    assert "No one matches." in Page.of(get("?credential=CPMSM")).text
    # What is none of ours narrows nothing.
    assert len(shown(Page.of(get("?credential=X&only=Y&page=z")))) == 2


@pytest.mark.parametrize("day", ["x", "2025-02-30", "0001-01-01", "9999-12-31", "1"])
def test_what_is_no_day_is_said(two: tuple[Member, Member], day: str) -> None:
    for page in (PAGE, PAGE.rstrip("/") + ".csv"):
        answer = get(f"?day={day}", page=page)
        assert answer.status_code == 422
        assert "is no day" in answer.content.decode()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_it_is_a_file_as_well(two: tuple[Member, Member], ending: str) -> None:
    answer = get("?day=2026-01-01&only=lapsed", page=f"{PAGE.rstrip('/')}.{ending}")
    assert answer.status_code == 200
    name = f'attachment; filename="good-standing-{BODY}-2026-01-01.{ending}"'
    assert answer.headers["Content-Disposition"] == name
    content = b"".join(answer.streaming_content)
    if ending == "csv":
        text = content.decode("utf-8-sig")
        rows = [list(row.values()) for row in csv.DictReader(io.StringIO(text))]
    else:
        sheet = load_workbook(io.BytesIO(content)).worksheets[0]
        cells = list(sheet.iter_rows(values_only=True))[1:]
        rows = [[_plain(cell) for cell in row] for row in cells]
    (row,) = rows
    assert row[:3] == ["North", "Nora", "CPCS"]
    assert row[4:] == ["2022-06-01", "Lapsed", "2026-01-01"]


def _plain(cell: object) -> str:
    return str(cell).removesuffix(" 00:00:00")


def test_a_reviewer_and_another_body_see_none_of_it(
    two: tuple[Member, Member], cast: Cast
) -> None:
    with time_machine.travel(noon(DAY), tick=True):
        assert staff("reviewer").get(PAGE).status_code == 403
        assert staff("manager", "acmss").get(PAGE).status_code == 404
        assert Client().get(PAGE).status_code == 302


def test_a_body_of_terms_has_it_too(cast: Cast) -> None:
    with time_machine.travel(noon(DAY), tick=True):
        page = Page.of(staff("manager", "acmss").get("/staff/acmss/goodstanding/"))
    assert dict(shown(page))["Bob Baker"] == "Renew now"


def test_however_many_there_are_the_statements_are_the_same(
    two: tuple[Member, Member],
) -> None:
    def asked() -> int:
        with time_machine.travel(noon(DAY), tick=True):
            return len(statements(staff("manager"), PAGE))

    asked()
    few = asked()
    for place in range(8):
        member = a_holder(f"No {place}", credits=0)
        record_standing(member_id=member.pk, program=BODY, today=DAY, now=noon(DAY))
    assert asked() == few


def test_managers_are_led_there(two: tuple[Member, Member]) -> None:
    assert PAGE.encode() in get(page=f"/staff/{BODY}/").content
