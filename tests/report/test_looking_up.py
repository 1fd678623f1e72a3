"""Anybody looks a person up by number or name; nobody reads out the register."""

from datetime import date, datetime

import pytest
import time_machine
from django.test import Client

from accounts.models import Member
from core.throttle import VerifyThrottle
from renewals.services.standing import record_standing
from tests.cast import Cast, a_member
from tests.cycles import certify
from tests.portal.reading import Page
from tests.portal.reading import said as words
from tests.recertifying.living import (
    BODY,
    a_holder,
    applied,
    certified,
    decided,
    noon,
    pays,
)
from tests.report.asking import PERSON, number, person, said

pytestmark = [pytest.mark.django_db, pytest.mark.db]
DAY = date(2025, 11, 17)
UNKNOWN = "No credential matches. Check the number, or how the name is spelled."


@pytest.fixture
def nora() -> Member:
    """Nora North, certified in 2022, whose cycle ends on Dec 1, 2025."""
    member = a_holder()
    stands(member)
    return member


def stands(member: Member) -> None:
    """Write down how somebody stands."""
    record_standing(member_id=member.pk, program=BODY, today=DAY, now=noon(DAY))


def test_a_number_and_the_last_name_say_how_somebody_stands(nora: Member) -> None:
    with time_machine.travel(noon(DAY), tick=False):
        answer = person(number=number(nora), last_name="north")
    assert answer.status_code == 200
    page = Page.of(answer)
    assert page.h1 == "Nora North, Certified Provider Credentialing Specialist"
    assert page.one("dl", "gs-answer").one("dd").text == "In good standing"
    facts = {row.one("dt").text: row.one("dd").text for row in page.facts}
    assert facts == {
        "Credential": "CPCS",
        "Certification number": number(nora),
        "Issued by": "National Association Medical Staff Services",
        "Checked": "Nov 17, 2025, 12:00 PM EST",
    }
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    ("last", "first"),
    [("NORTH", "nora"), ("  North ", "Nóra"), ("Nörth", "NORA"), ("north", "Nora  ")],
)
def test_capitals_accents_and_spaces_of_a_name_don_t_matter(
    nora: Member, last: str, first: str
) -> None:
    asked = {"last_name": last, "first_name": first, "credential": "CPCS"}
    assert said(noon(DAY), **asked) == "In good standing"


def test_a_name_with_accents_is_found_without_them(nora: Member) -> None:
    Member.objects.filter(pk=nora.pk).update(first_name="Zoë", last_name="Ångström")
    asked = {"last_name": "angstrom", "first_name": "zoe", "credential": "CPCS"}
    assert said(noon(DAY), **asked) == "In good standing"


def test_whoever_is_not_found_hears_one_sentence(nora: Member) -> None:
    twin = a_holder("Ann Twin", credits=0)
    other = a_member("Ann Twin", None)
    certified(other)
    for each in (twin, other):
        stands(each)
    mine = number(nora)
    guesses = [
        {"number": mine, "last_name": "South"},
        {"number": mine, "last_name": "Nort"},
        {"number": mine[:-1], "last_name": "North"},
        {"number": f"{mine}%", "last_name": "North"},
        {"number": "' OR 1=1 --", "last_name": "North"},
        {"last_name": "North", "first_name": "N", "credential": "CPCS"},
        {"last_name": "North", "first_name": "%", "credential": "CPCS"},
        {"last_name": "N_rth", "first_name": "Nora", "credential": "CPCS"},
        {"last_name": "North", "first_name": "Nora", "credential": "CPMSM"},
        # Two people fit.
        {"last_name": "Twin", "first_name": "Ann", "credential": "CPCS"},
    ]
    heard = set()
    for guess in guesses:
        answer = person(**guess)
        assert answer.status_code == 404, guess
        page = Page.of(answer)
        assert page.problems == [UNKNOWN], guess
        heard.add(page.h1)
        assert "In good standing" not in page.text
    assert heard == {"Look up a person"}


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"last_name": "North"},
        {"number": "CPCS-1"},
        {"last_name": "North", "first_name": "Nora"},
        {"last_name": "North", "credential": "CPCS"},
        {"last_name": "North", "first_name": "Nora", "credential": "XYZ"},
        {"last_name": "x" * 101, "number": "1"},
        {"last_name": "a\0b", "number": "1"},
    ],
)
def test_too_little_or_unusable_is_asked_for_again(
    nora: Member, typed: dict[str, str]
) -> None:
    assert person(**typed).status_code == 422


def test_it_tells_nothing_else_and_never_that_something_is_looked_at(
    nora: Member,
) -> None:
    row = applied(nora, date(2025, 11, 10))
    pays(row.order, date(2025, 11, 10))
    with time_machine.travel(noon(date(2025, 12, 10)), tick=False):
        text = person(number=number(nora), last_name="North").content.decode()
    assert "Certified through Dec 1, 2025 (last approved)" in text
    for private in (nora.email, "audit", "eview", "30.0", str(nora.pk), "$"):
        assert private not in text, private


def test_the_report_follows_the_approval_and_nothing_before_it_j6(nora: Member) -> None:
    asked = {"number": number(nora), "last_name": "North"}

    def on(day: date) -> str:
        return said(noon(day), **asked)

    row = applied(nora, date(2025, 12, 1))
    assert on(date(2025, 12, 1)) == "In good standing"
    pays(row.order, date(2025, 12, 1))
    assert on(date(2025, 12, 1)) == "In good standing"
    last = "Certified through Dec 1, 2025 (last approved)"
    assert on(date(2025, 12, 2)) == last
    assert on(date(2026, 1, 5)) == last
    row.refresh_from_db()
    decided(row, "approved", date(2026, 1, 5))
    assert on(date(2026, 1, 5)) == "In good standing"
    assert on(date(2028, 12, 1)) == "In good standing"
    assert on(date(2028, 12, 2)) == "Certified through Dec 1, 2028 (last approved)"


def test_a_lapse_shows_on_the_day_it_begins_in_the_body_s_zone_j7(nora: Member) -> None:
    asked = {"last_name": "North", "first_name": "Nora", "credential": "CPCS"}
    last = "Certified through Dec 1, 2025 (last approved)"
    eastern = noon(DAY).tzinfo
    late = datetime(2025, 12, 31, 23, 59, tzinfo=eastern)
    assert said(late, **asked) == last
    over = datetime(2026, 1, 1, 0, 1, tzinfo=eastern)
    assert said(over, **asked) == "Lapsed Jan 1, 2026"
    row = applied(nora, date(2026, 2, 3), "reinstatement")
    pays(row.order, date(2026, 2, 3))
    assert said(noon(date(2026, 2, 4)), **asked) == "Lapsed Jan 1, 2026"
    row.refresh_from_db()
    decided(row, "approved", date(2026, 2, 20))
    assert said(noon(date(2026, 2, 19)), **asked) != "Lapsed Feb 3, 2026"
    assert said(noon(date(2026, 2, 20)), **asked) == "In good standing"


def test_after_the_grace_it_is_no_longer_certified_since_the_lapse_n8(
    nora: Member,
) -> None:
    asked = {"number": number(nora), "last_name": "North"}
    assert said(noon(date(2026, 6, 30)), **asked) == "Lapsed Jan 1, 2026"
    ended = "Not certified since Jan 1, 2026"
    assert said(noon(date(2026, 7, 1)), **asked) == ended
    certify(nora, "CPMSM", date(2026, 9, 5))
    assert said(noon(date(2026, 9, 6)), **asked) == ended
    fresh = {"last_name": "North", "first_name": "Nora", "credential": "CPMSM"}
    assert said(noon(date(2026, 9, 6)), **fresh) == "In good standing"


def test_a_body_of_terms_is_answered_too(cast: Cast) -> None:
    asked = {"last_name": "Baker", "first_name": "Bob", "credential": "CMSS"}
    assert said(noon(date(2025, 11, 2)), **asked) == "In good standing"
    over = "Not current since Nov 3, 2025"
    assert said(noon(date(2025, 11, 3)), **asked) == over


def test_look_ups_count_with_every_other_check(
    nora: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(VerifyThrottle, "THROTTLE_RATES", {"verify": "3/min"})
    asked = {"number": number(nora), "last_name": "North"}
    codes = [person(**asked).status_code for _ in range(2)]
    codes.append(Client().get("/verify/CMS-0000-0000-0000/").status_code)
    codes.append(person(**asked).status_code)
    assert codes == [200, 200, 404, 429]


def test_no_address_holds_a_name(nora: Member) -> None:
    answer = Client().get(PERSON, {"last_name": "North", "number": number(nora)})
    assert answer.status_code == 200
    assert "Nora" not in words(answer)
