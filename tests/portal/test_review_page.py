"""One activity before its reviewer: proof, facts, and what each decision changes."""

from datetime import date, timedelta

import pytest
from django.test import Client

from ce_credits.models import Activity
from ce_credits.services import record_accepted_activity
from renewals.models import TermCertificate
from tests.cast import (
    BODY,
    NOW,
    OTHER_BODY,
    TESTER,
    TODAY,
    Cast,
    a_member,
    a_proof,
    certify,
    given,
)
from tests.ce.reporting import a_draft, decided, submitted
from tests.portal.reading import Page, said
from tests.portal.reviewing import opened, resting, review

pytestmark = pytest.mark.db
SAID = {"title": "Webinar (50 min)", "on": "2025-10-02", "minutes": "50"}


def compared(page: Page) -> dict[str, list[str]]:
    """The rows of the comparison, by their first cell."""
    return {
        row.one("th").text: [cell.text for cell in row.all("td")]
        for row in page.one("table", "gs-compare").one("tbody").all("tr")
    }


def becomes(page: Page) -> dict[str, list[str]]:
    """What the totals are and become, with what follows."""
    return {
        each.one("dt").text: [said.text for said in each.all("dd")]
        for each in page.one("dl", "gs-becomes").all("div")
    }


def test_the_first_sentence_says_what_to_look_at(erin: Client, cast: Cast) -> None:
    same = submitted(cast.bob, title="Same", file={"said": {"minutes": "45"}})
    differs = submitted(cast.bob, 75, file={"said": SAID})
    assert opened(erin, same).h1 == "Bob Baker reported 45 minutes."
    page = opened(erin, differs)
    assert page.h1 == "Bob Baker reported 75 minutes. The file says 50."
    assert page.title.startswith("Bob Baker reported 75 minutes.")


def test_the_report_is_held_against_the_file(erin: Client, cast: Cast) -> None:
    page = opened(erin, submitted(cast.bob, 75, file={"said": SAID}))
    assert compared(page) == {
        "Title": ["Webinar", "Webinar (50 min)", "Same"],
        "Done on": ["Oct 2, 2025", "Oct 2, 2025", "Same"],
        "Minutes": ["75", "50", "Differs Try 50"],
        "Credit": ["1.5 CME", "1.0 CME", "Differs"],
    }
    tinted = [row.one("th").text for row in page.all("tr", "gs-differs")]
    assert tinted == ["Minutes", "Credit"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, {"Title": "Not read", "Done on": "Not read", "Minutes": "Not read"}),
        ({"title": "Else"}, {"Title": "Differs", "Minutes": "Not read"}),
        ({"on": "2025-10-03"}, {"Done on": "Differs"}),
        ({"on": "junk", "minutes": "junk"}, {"Done on": "Not read"}),
        ({"minutes": "9" * 400}, {"Minutes": "Not read"}),
        ({"title": "webinar  (1 hr)"}, {"Title": "Same"}),
    ],
)
def test_what_a_file_does_not_say_is_not_held_against_anybody(
    erin: Client, cast: Cast, said: dict[str, str], words: dict[str, str]
) -> None:
    rows = compared(opened(erin, submitted(cast.bob, file={"said": said})))
    assert {label: rows[label][-1].split(" Try")[0] for label in words} == words


def test_minutes_of_the_file_can_be_tried(erin: Client, cast: Cast) -> None:
    activity = submitted(cast.bob, 75, file={"said": SAID})
    page = opened(erin, activity)
    tried = Page.of(erin.get(page.links["Try 50"].partition("#")[0]))
    assert tried.value("minutes") == "50"
    assert "50 min → 1.0 CME, band over 30 and up to 60 min" in tried.text
    assert becomes(tried)["If approved at 50 min"] == ["4.0 of 3.0 CME"]


def test_what_each_decision_makes_of_the_total(erin: Client, cast: Cast) -> None:
    page = opened(erin, submitted(cast.bob, 45))
    assert becomes(page) == {
        "Now applied": ["4.0 of 3.0 CME"],
        "If approved at 45 min": ["4.0 of 3.0 CME"],
        "If not accepted, or sent back": ["3.0 of 3.0 CME"],
    }
    assert "Term Nov 3, 2024 to Nov 2, 2025." in page.text


def test_what_staff_determine_is_left_open_a6(erin: Client, cast: Cast) -> None:
    page = opened(erin, submitted(cast.bob, 135))
    assert becomes(page)["If approved"] == ["3.0 of 3.0 CME, and what you determine"]
    assert "over 120 min is outside the published bands" in page.text
    assert page.all("input", name="credits")
    assert not opened(erin, submitted(cast.bob, 45)).all("input", name="credits")


def test_the_certificate_that_would_issue_is_named_a10(
    erin: Client, cast: Cast
) -> None:
    member = a_member("Hal Half", cast.northside)
    certify(member)
    given(cast.membership, cast.northside, member, today=date(2024, 11, 3))
    submitted(member, 90, title="First")
    given(cast.renewals, cast.northside, member)
    activity = submitted(member, 130, title="Second")
    page = Page.of(
        erin.post(
            review(activity),
            {"seen": "1", "minutes": "90", "outcome": "check"},
        )
    )
    assert becomes(page)["If approved at 90 min"] == [
        "3.0 of 3.0 CME",
        (
            "The certificate held for the term Nov 17, 2025 to Nov 16, 2026 "
            "issues itself."
        ),
    ]
    held = TermCertificate.objects.get(window__member=member, window__sequence=2)
    assert held.state == "held"


def test_the_certificate_that_would_lose_its_credit_is_named_a9(
    erin: Client, cast: Cast
) -> None:
    _, taken = resting(cast)
    total, follows = becomes(opened(erin, taken))["If not accepted, or sent back"]
    assert total == "1.0 of 3.0 CME"
    assert follows.startswith("Certificate CMS-")
    assert follows.endswith("stays issued, but only 1.0 of 3.0 CME stand behind it.")


def test_what_rests_on_lost_credit_is_shown_afterwards(
    erin: Client, mona: Client, cast: Cast
) -> None:
    _, taken = resting(cast)
    decided(taken, "rejected")
    for client, can in ((erin, False), (mona, True)):
        page = opened(client, taken)
        assert "Rests on credit that no longer counts" in page.text
        assert any(link.startswith("Revoke CMS-") for link in page.links) is can


def test_an_activity_before_the_first_term_counts_in_none_a16(
    erin: Client, cast: Cast
) -> None:
    page = opened(erin, submitted(cast.bob, on=date(2023, 1, 1)))
    assert "It lies before the first term, so it counts in none" in page.text
    assert not page.all("dl", "gs-becomes")


def test_what_staff_recorded_has_no_file_and_says_what_was_seen(
    erin: Client, cast: Cast
) -> None:
    activity = record_accepted_activity(
        actor=TESTER,
        member=cast.bob,
        program=BODY,
        kind="webinar",
        title="By phone",
        on=date(2025, 10, 2),
        minutes=45,
        proof="the provider's list",
        reason="asked",
        today=TODAY,
        now=NOW,
    )
    page = opened(erin, activity)
    assert "No file. Staff saw: the provider's list" in page.text
    assert not page.all("img")
    assert not page.all("button", value="accepted")


def test_the_files_of_an_activity_can_be_looked_at_one_by_one(
    erin: Client, cast: Cast
) -> None:
    draft = a_draft(cast.bob)
    second = a_proof(draft, content="two")
    activity = submitted(cast.bob, again=draft)
    page = opened(erin, activity)
    (nav,) = page.all("nav", **{"aria-label": "Files"})
    files = nav.all("a")
    assert len(files) == 2
    shown = opened(erin, activity, f"?proof={second.pk}&zoom=150")
    picture = shown.one("img")
    assert picture.attributes["src"].startswith(
        f"/staff/acmss/proofs/{second.pk}/1.png"
    )
    assert picture.attributes["width"] == "900"
    assert "page 1 of 1" in shown.text


@pytest.mark.parametrize(
    "query",
    [
        "?proof=x&page=x&zoom=x&minutes=x",
        "?page=99999&zoom=-5",
        "?minutes=" + "9" * 500,
        "?minutes=-1",
        "?state=junk",
    ],
)
def test_an_address_nobody_made_breaks_nothing(
    erin: Client, cast: Cast, query: str
) -> None:
    assert opened(erin, submitted(cast.bob), query).h1.startswith("Bob Baker")


def test_what_is_alike_is_linked(erin: Client, cast: Cast) -> None:
    first = submitted(cast.bob, file={"content": "one"})
    second = submitted(cast.bob, title="WEBINAR", file={"content": "one"})
    third = submitted(cast.charlie, title="Other", file={"content": "one"})
    page = opened(erin, first)
    notice = page.one("", "gs-notice-warning")
    assert [link.attributes["href"] for link in notice.all("a")] == [
        review(second),
        review(third),
    ]
    assert "The same title and day, the same file." in notice.text
    assert "The same file, Charlie Chen." in notice.text


def test_the_others_of_the_term_and_the_history_stand_below(
    erin: Client, cast: Cast
) -> None:
    activity = submitted(cast.bob)
    decided(activity, "returned", words="Which day?")
    submitted(cast.bob, again=activity)
    page = opened(erin, activity)
    assert "Webinar of 2025-05-05" in page.links
    history = page.text.partition("What happened")[2]
    assert history.index("Submitted") < history.index("Needs information")
    assert "Which day?" in history


def test_the_next_and_the_previous_keep_the_order(erin: Client, cast: Cast) -> None:
    one, two, three = (
        submitted(cast.bob, title=f"Coding {n}", now=NOW + timedelta(minutes=n))
        for n in range(3)
    )
    query = "?q=coding"
    page = opened(erin, two, query)
    assert page.links["Previous K"] == review(one, query)
    assert page.links["Next J"] == review(three, query)
    assert "2 of 3" in page.text
    assert "Previous K" not in opened(erin, one, query).links
    assert "Next J" not in opened(erin, three, query).links


def test_ones_own_record_shows_no_form(erin: Client, cast: Cast) -> None:
    mine = a_member("Erin Ellis", cast.northside, user=cast.erin)
    page = opened(erin, submitted(mine))
    assert (
        "This is your own record. Another member of staff has to decide on it."
        in page.text
    )
    assert not page.one("main").all("form", method="post")


def test_a_stranger_and_nothing_are_told_apart_by_no_byte(
    erin: Client, cast: Cast
) -> None:
    other = submitted(cast.bob)
    Activity.objects.filter(pk=other.pk).update(program=OTHER_BODY)
    nothing = "00000000-0000-4000-8000-000000000000"
    answers = [erin.get(f"/staff/acmss/review/{each}/") for each in (other.pk, nothing)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert said(answers[0]) == said(answers[1])
