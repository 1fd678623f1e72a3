"""The reviewers' queue: what waits, how long, what to look at, and nothing else."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from ce_credits.models import Activity
from ce_credits.services import withdraw
from credentials.policy import Basis, Cap, PolicyBook, policy_for
from credentials.policy import book as policy_book
from tests.cast import BODY, NOW, OTHER_BODY, TODAY, Cast, a_member
from tests.ce.reporting import a_draft, decided, holder, submitted
from tests.matrix.asking import checksum
from tests.portal.reading import Page
from tests.portal.reviewing import (
    QUEUE,
    flags,
    queue,
    resting,
    review,
    rows,
    titles,
)

pytestmark = pytest.mark.db


def waiting(cast: Cast, *titles: str) -> list[Activity]:
    """Activities of Bob, the first sent in the longest ago."""
    return [
        submitted(
            cast.bob,
            title=title,
            today=TODAY - timedelta(days=len(titles) - place),
            now=NOW - timedelta(days=len(titles) - place),
        )
        for place, title in enumerate(titles)
    ]


def pills(page: Page) -> list[str]:
    """The filters there are, with their counts."""
    return [pill.text for pill in page.all("a", "gs-pill")]


def test_an_empty_queue_says_so(erin: Client) -> None:
    page = queue(erin)
    assert page.h1 == "Queue is clear"
    assert "Start reviewing" not in page.links
    assert "New activities stand here" in page.one("", "gs-empty").text


def test_the_oldest_stands_first_and_opens_first(erin: Client, cast: Cast) -> None:
    first, _, _ = waiting(cast, "Oldest", "Middle", "Newest")
    page = queue(erin)
    assert page.h1 == "3 activities wait for review"
    assert "The oldest has waited 3 days." in page.text
    assert titles(page) == ["Oldest", "Middle", "Newest"]
    assert page.links["Start reviewing"] == review(first)


def test_a_line_says_who_what_how_much_and_since_when(erin: Client, cast: Cast) -> None:
    waiting(cast, "Coding")
    (row,) = rows(queue(erin))
    said = [cell.text for cell in row.all("td")]
    assert row.one("th").text == "Coding CMS/MLN webinar, Oct 2, 2025"
    assert said == [
        "Bob Baker Northside",
        "45 min, 1.0 CME",
        "1 day Nov 16, 2025",
        "None",
    ]


def test_age_is_counted_in_the_bodys_days(erin: Client, cast: Cast) -> None:
    submitted(cast.bob)
    assert "Today" in rows(queue(erin))[0].text
    assert "All came in today." in queue(erin).text


@pytest.mark.parametrize(
    ("state", "outcome", "word"),
    [
        ("returned", "returned", "Needs information"),
        ("rejected", "rejected", "Not accepted"),
        ("approved", "accepted", "Approved"),
    ],
)
def test_what_was_decided_stands_under_its_state(
    erin: Client, cast: Cast, state: str, outcome: str, word: str
) -> None:
    decided(submitted(cast.bob, title="Decided"), outcome)
    submitted(cast.bob, title="Waiting")
    page = queue(erin, f"?state={state}&q=decided")
    assert titles(page) == ["Decided"]
    assert word in rows(page)[0].text
    assert "Decided" not in titles(queue(erin))
    assert set(titles(queue(erin, "?state=all&q=ing"))) == {"Waiting"}


def test_what_nobody_sent_in_is_nobodys_to_see(erin: Client, cast: Cast) -> None:
    draft = a_draft(cast.bob)
    gone = a_draft(cast.bob)
    withdraw(actor=holder(cast.bob), activity=gone, seen=0, today=TODAY, now=NOW)
    for state in ("", "?state=all"):
        page = queue(erin, f"{state}{'&' if state else '?'}q=untitled")
        assert titles(page) == []
    for activity in (draft, gone):
        assert erin.get(review(activity)).status_code == 404


def test_another_bodys_activities_stand_elsewhere(erin: Client, cast: Cast) -> None:
    other = submitted(cast.bob)
    Activity.objects.filter(pk=other.pk).update(program=OTHER_BODY)
    assert titles(queue(erin)) == []
    assert erin.get(f"/staff/{OTHER_BODY}/queue/").status_code == 404


FLAGGED = {
    "twice": "Reported twice",
    "same_hour": "Same time, other title",
    "same_file": "Same file elsewhere",
    "differs": "Differs from the file",
    "for_staff": "You determine credit",
    "outside": "Outside any term",
    "again": "Sent again",
}


@pytest.fixture
def flagged(cast: Cast) -> None:
    """One activity of each flag, two where it takes two, and one without any."""
    submitted(cast.bob, 31, title="Plain")
    submitted(cast.bob, 32, title="Pair")
    submitted(cast.bob, 32, title="pair ")
    submitted(cast.bob, 33, title="Hour")
    submitted(cast.bob, 33, title="The same hour")
    submitted(cast.bob, 34, title="Filed", file={"content": "one"})
    submitted(cast.charlie, title="Filed too", file={"content": "one"})
    submitted(cast.bob, 35, title="Shorter", file={"said": {"minutes": "50"}})
    submitted(cast.bob, 150, title="Long")
    submitted(cast.bob, title="Early", on=date(2024, 1, 1))
    again = submitted(cast.bob, 36, title="Again")
    decided(again, "returned")
    submitted(cast.bob, 36, title="Again", again=again)


@pytest.mark.usefixtures("flagged")
@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("twice", ["Pair", "pair"]),
        ("same_hour", ["Hour", "The same hour"]),
        ("same_file", ["Filed", "Filed too"]),
        ("differs", ["Shorter"]),
        ("for_staff", ["Long"]),
        ("outside", ["Early"]),
        ("again", ["Again"]),
    ],
)
def test_each_flag_is_said_counted_and_filtered_by(
    erin: Client, code: str, expected: list[str]
) -> None:
    page = queue(erin)
    label = FLAGGED[code]
    found = [row.one("th").one("a").text for row in rows(page) if label in flags(row)]
    assert sorted(found) == sorted(expected)
    (pill,) = (each for each in page.all("a", "gs-pill") if label in each.text)
    assert pill.text == f"{label} {len(expected)}"
    narrowed = queue(erin, pill.attributes["href"])
    assert sorted(titles(narrowed)) == sorted(expected)
    assert "take this filter off" in narrowed.text


@pytest.mark.usefixtures("flagged")
def test_what_has_no_flag_says_none(erin: Client) -> None:
    (row,) = (row for row in rows(queue(erin)) if "Plain" in row.text)
    assert flags(row) == []
    assert row.all("td")[-1].text == "None"


def test_a_cap_of_the_pack_is_flagged(
    erin: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = policy_for(BODY, on=TODAY)
    cap = Cap(Basis("T1", "S0"), frozenset({"webinar"}), "term", Decimal("3.5"))
    capped = PolicyBook([replace(policy, caps=(cap,))])
    monkeypatch.setattr(policy_book, "default_book", lambda: capped)
    submitted(cast.bob, title="Cut")
    submitted(cast.bob, title="Call", kind="call")
    assert pills(queue(erin))[-1] == "Over a limit 1"
    assert titles(queue(erin, "?flag=over_limit")) == ["Cut"]


def test_filters_work_together(erin: Client, cast: Cast) -> None:
    waiting(cast, "Coding", "Billing", "Fraud")
    submitted(cast.charlie, title="Coding", kind="call", today=TODAY)
    assert titles(queue(erin, "?q=coding+bob")) == ["Coding"]
    assert len(titles(queue(erin, "?q=coding"))) == 2
    assert titles(queue(erin, "?kind=call")) == ["Coding"]
    assert titles(queue(erin, "?practice=lakeview")) == ["Coding"]
    assert titles(queue(erin, "?age=3")) == ["Coding"]
    assert titles(queue(erin, "?practice=lakeview&age=3")) == []
    page = queue(erin, "?practice=lakeview&age=3")
    assert page.h1 == "0 activities found"
    assert page.links["Clear filters"] == "?"


def test_a_review_keeps_the_filters_it_was_opened_with(
    erin: Client, cast: Cast
) -> None:
    (first, *_) = waiting(cast, "Coding one", "Coding two", "Billing")
    page = queue(erin, "?q=coding")
    assert page.links["Start reviewing"] == review(first, "?q=coding")
    opened = Page.of(erin.get(page.links["Start reviewing"]))
    assert "1 of 2" in opened.text
    assert opened.links["Queue"] == f"{QUEUE}?q=coding"


def test_what_staff_recorded_stands_under_the_members_practice(erin: Client) -> None:
    page = queue(erin, "?state=approved&practice=northside")
    (row,) = rows(page)
    assert "Bob Baker Northside" in row.text
    assert "60 min, 3.0 CME" in row.text


def test_what_lost_its_credit_keeps_what_was_claimed(erin: Client, cast: Cast) -> None:
    decided(submitted(cast.bob), "rejected")
    decided(Activity.objects.get(member=cast.bob, state="accepted"), "rejected")
    found = rows(queue(erin, "?state=rejected"))
    assert all("Not accepted 0.0 CME" in row.text for row in found)
    assert {row.all("td")[1].text for row in found} == {
        "45 min, 1.0 CME",
        "60 min, 3.0 CME",
    }


def test_who_pays_alone_can_be_found(erin: Client) -> None:
    alone = a_member("Ida Individual", None)
    submitted(alone, title="Alone")
    page = queue(erin, "?practice=none")
    assert titles(page) == ["Alone"]
    assert "Pays alone" in rows(page)[0].text


def test_many_stand_on_pages_that_keep_the_filters(erin: Client, cast: Cast) -> None:
    for number in range(52):
        submitted(cast.bob, title=f"Coding {number}")
    page = queue(erin, "?q=coding")
    assert (len(titles(page)), "Page 1 of 2, 52 in all" in page.text) == (50, True)
    second = queue(erin, page.links["Next page"])
    assert len(titles(second)) == 2
    assert len(titles(queue(erin, "?q=coding&page=99"))) == 2


@pytest.mark.parametrize(
    "query",
    [
        "?state=junk&flag=junk&kind=x&practice='&age=-1&q=%25&page=x",
        "?state=returned&flag=twice",
        "?age=99999999999999999999",
        "?q=" + "x" * 5_000,
        "?flag=twice&flag=differs",
    ],
)
def test_filters_nobody_made_break_nothing(
    erin: Client, cast: Cast, query: str
) -> None:
    waiting(cast, "Coding")
    before = checksum()
    assert erin.get(f"{QUEUE}{query}").status_code == 200
    assert checksum() == before


def test_markup_in_a_title_is_text(erin: Client, cast: Cast) -> None:
    title = "<img src=x onerror=alert(1)> {{7*7}}"
    submitted(cast.bob, title=title)
    page = queue(erin)
    assert titles(page) == [title]
    assert not page.all("img")


def test_what_a_decision_left_certificates_on_is_listed(
    erin: Client, mona: Client, cast: Cast
) -> None:
    member, taken = resting(cast)
    assert "rests on credit" not in queue(erin).text
    decided(taken, "rejected")
    page = queue(erin)
    assert "1 certificate rests on credit that no longer counts" in page.text
    assert "only 1.0 of 3.0 CME stand behind it" in page.text
    assert page.links["Lea Lost"] == f"/staff/acmss/members/{member.pk}/"
    # A reviewer is shown it; a manager can act.
    assert not [each for each in page.links if each.startswith("Revoke")]
    assert [each for each in queue(mona).links if each.startswith("Revoke CMS-")]
