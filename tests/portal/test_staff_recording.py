"""Staff record an activity they have seen the proof of."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from accounts.models import Member
from ce_credits.models import Activity, CreditAward
from core.models import AuditEntry
from renewals.models import TermCertificate
from tests.cast import OTHER_BODY, Cast, a_member, certify, given
from tests.matrix.asking import checksum
from tests.portal.pressing import followed
from tests.portal.reading import Page
from tests.portal.recording import activity, place, record

pytestmark = pytest.mark.db


@pytest.fixture
def hal(cast: Cast) -> Member:
    """Somebody renewed today without a credit, so that a certificate is held."""
    member = a_member("Hal Half", cast.northside)
    certify(member)
    given(cast.membership, cast.northside, member, today=date(2024, 11, 3))
    given(cast.renewals, cast.northside, member)
    return member


def award(member: Member) -> CreditAward:
    """The newest credit."""
    return CreditAward.objects.filter(activity__member=member).latest("decided_at")


def test_an_activity_gets_the_credit_the_rules_give(erin: Client, hal: Member) -> None:
    page = followed(erin, record(erin, hal, minutes="45"))
    assert page.notices == ["Recorded for Hal Half."]
    given_ = award(hal)
    assert (given_.credits, given_.rule) == (Decimal(1), "A4")
    assert given_.index_number == "CMS06140728A"
    assert given_.decided_by == "Erin Ellis"
    assert "1.0 CME" in page.text
    entry = AuditEntry.objects.get(action="ce.recorded", member=hal)
    assert (entry.actor, entry.reason) == ("Erin Ellis", "sent in by mail")


def test_an_empty_field_lets_the_title_speak_a7(erin: Client, hal: Member) -> None:
    followed(erin, record(erin, hal, minutes="", title="MLN: Coding (1 hr 15 min)"))
    assert award(hal).credits == Decimal("1.5")


def test_the_last_credit_frees_the_certificate(erin: Client, hal: Member) -> None:
    for title in ("One", "Two"):
        followed(erin, record(erin, hal, title=title, minutes="90"))
    held = TermCertificate.objects.get(window__member=hal, window__sequence=2)
    assert held.state == "issued"


@pytest.mark.parametrize(
    "minutes",
    [
        "0",
        "-1",
        "--5",
        "-",
        "59.5",
        "60.0",
        "1e3",
        "NaN",
        "Infinity",
        "0x3C",
        "1,5",
        "45 min",
        "\N{ARABIC-INDIC DIGIT FOUR}\N{ARABIC-INDIC DIGIT FIVE}",
        "\N{SUPERSCRIPT TWO}",
        "+5",
        "1_000",
        "true",
        "null",
        "[]",
        "9" * 21,
        "45\x00",
    ],
)
def test_minutes_that_are_no_whole_number_above_zero_are_refused_a6(
    erin: Client, hal: Member, minutes: str
) -> None:
    fields = activity(erin, hal, minutes=minutes)
    before = checksum()
    answer = erin.post(place(hal, "activity/"), fields)
    page = Page.of(answer)
    assert answer.status_code == 422
    assert page.title.startswith("Error:")
    assert len(page.problems) == 1
    assert page.one("", "gs-problem").one("a").attributes["href"] == (
        "#id_activity-minutes"
    )
    assert checksum() == before


def test_what_was_typed_stays_in_the_form(erin: Client, hal: Member) -> None:
    typed = {"minutes": "x", "title": "A <b>title</b>", "on": "2025-09-09"}
    page = Page.of(record(erin, hal, **typed))
    assert {name: page.value(f"activity-{name}") for name in typed} == typed


BANDS = {
    "0.5": ("1", "29", "30"),
    "1": ("31", "60", "045"),
    "1.5": (" 61 ", "90"),
    "2": ("91", "120"),
}


@pytest.mark.parametrize(
    ("minutes", "credits"),
    [(minutes, credits) for credits, band in BANDS.items() for minutes in band],
)
def test_the_bands_hold_on_the_page_a4_a5(
    erin: Client, hal: Member, minutes: str, credits: str
) -> None:
    followed(erin, record(erin, hal, minutes=minutes))
    assert award(hal).credits == Decimal(credits)


@pytest.mark.parametrize("minutes", ["121", "180", "10000"])
def test_over_120_minutes_staff_determine_the_credit_a6(
    erin: Client, hal: Member, minutes: str
) -> None:
    answer = record(erin, hal, minutes=minutes)
    assert answer.status_code == 422
    assert "Enter the credit you determine." in Page.of(answer).problems[0]
    assert not Activity.objects.filter(member=hal).exists()
    followed(erin, record(erin, hal, minutes=minutes, credits="2.5"))
    assert award(hal).credits == Decimal("2.5")


@pytest.mark.parametrize(
    "credits",
    ["-1", "NaN", "Infinity", "1e400", "2.555", "1001", "10000", "abc", "1,5"],
)
def test_credit_that_cannot_be_is_refused(
    erin: Client, hal: Member, credits: str
) -> None:
    answer = record(erin, hal, minutes="180", credits=credits)
    assert answer.status_code == 422
    assert len(Page.of(answer).problems) == 1
    assert not Activity.objects.filter(member=hal).exists()


def test_where_the_rules_speak_staff_do_not_overrule_them(
    erin: Client, hal: Member
) -> None:
    answer = record(erin, hal, minutes="45", credits="3")
    assert answer.status_code == 422
    assert Page.of(answer).problems == [
        "The rules give 1.0 CME here. Leave this empty."
    ]


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("2025-11-18", "Nov 18, 2025 is still to come. Enter the day it was done."),
        ("9999-12-31", "Dec 31, 9999 is still to come. Enter the day it was done."),
        ("2025-02-31", "Enter a day such as 2025-10-02."),
        ("0000-01-01", "Enter a day such as 2025-10-02."),
        ("17.11.2025", "Enter a day such as 2025-10-02."),
        ("yesterday", "Enter a day such as 2025-10-02."),
        ("", "Enter the day it was done."),
    ],
)
def test_a_day_that_cannot_be_is_refused(
    erin: Client, hal: Member, on: str, sentence: str
) -> None:
    answer = record(erin, hal, on=on)
    assert answer.status_code == 422
    assert Page.of(answer).problems == [sentence]
    assert not Activity.objects.filter(member=hal).exists()


@pytest.mark.parametrize("on", ["2025-11-17", "2024-02-29", "0001-01-01"])
def test_any_day_that_has_been_is_taken(erin: Client, hal: Member, on: str) -> None:
    followed(erin, record(erin, hal, on=on))
    assert Activity.objects.get(member=hal).on == date.fromisoformat(on)


def test_today_is_the_bodys_own_day_x3(erin: Client, hal: Member) -> None:
    # At 10 am in Los Angeles the date line has the 18th already.
    assert record(erin, hal, on="2025-11-18").status_code == 422


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "Enter the activity's title."),
        ("title", "   ", "Enter the activity's title."),
        ("proof", "", "Write which proof you saw."),
        ("reason", " ", "Write why you record it."),
        ("kind", "journal", "Choose a kind."),
        ("kind", "", "Choose a kind."),
    ],
)
def test_what_is_missing_is_asked_for(
    erin: Client, hal: Member, field: str, value: str, sentence: str
) -> None:
    answer = record(erin, hal, **{field: value})
    assert answer.status_code == 422
    assert Page.of(answer).problems == [sentence]


@pytest.mark.parametrize("field", ["title", "proof", "reason"])
@pytest.mark.parametrize("value", ["x" * 10_001, "a\x00b"])
def test_text_no_row_can_keep_is_refused(
    erin: Client, hal: Member, field: str, value: str
) -> None:
    answer = record(erin, hal, **{field: value})
    assert answer.status_code == 422
    assert len(Page.of(answer).problems) == 1


def test_markup_in_a_title_is_text(erin: Client, hal: Member) -> None:
    title = "<img src=x onerror=alert(1)> {{7*7}} =1+1"
    page = followed(erin, record(erin, hal, title=title))
    assert title in page.text
    assert not page.all("img")


def test_a_form_sent_twice_records_once(erin: Client, hal: Member) -> None:
    fields = activity(erin, hal)
    address = place(hal, "activity/")
    first, second = (followed(erin, erin.post(address, fields)) for _ in range(2))
    assert first.notices == ["Recorded for Hal Half."]
    assert "This form was sent already, and it was done once." in second.notices[0]
    assert Activity.objects.filter(member=hal).count() == 1


def test_a_form_that_was_refused_can_be_sent_again(erin: Client, hal: Member) -> None:
    fields = activity(erin, hal, minutes="x")
    address = place(hal, "activity/")
    assert erin.post(address, fields).status_code == 422
    followed(erin, erin.post(address, fields | {"activity-minutes": "45"}))


def test_rights_are_not_for_the_form_to_give(erin: Client, hal: Member) -> None:
    fields = activity(erin, hal) | {
        "activity-state": "submitted",
        "activity-member": "x",
        "activity-decided_by": "Somebody",
        "program": OTHER_BODY,
    }
    followed(erin, erin.post(place(hal, "activity/"), fields))
    assert award(hal).decided_by == "Erin Ellis"
    assert Activity.objects.get(member=hal).program == "acmss"


def test_another_bodys_member_gets_nothing(erin: Client, cast: Cast) -> None:
    otto = a_member("Otto Other", cast.northside, program=OTHER_BODY)
    fields = activity(erin, cast.bob)
    before = checksum()
    assert erin.post(place(otto, "activity/"), fields).status_code == 404
    assert checksum() == before
