"""Deciding on an activity: credit, totals, certificate and mail move at once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from ce_credits.models import Activity, ActivityStep
from core.models import AuditEntry, OutboxMessage
from renewals.models import TermCertificate
from tests.cast import NOW, Cast, a_member, certify, given
from tests.ce.reporting import counts, decided, submitted
from tests.matrix.asking import checksum
from tests.portal.pressing import followed
from tests.portal.reading import Page
from tests.portal.reviewing import QUEUE, form, opened, press, resting, review

pytestmark = pytest.mark.db


def state(activity: Activity) -> str:
    """Where the activity stands."""
    activity.refresh_from_db()
    return activity.state


def test_approving_leads_to_the_next_in_the_queue(erin: Client, cast: Cast) -> None:
    first = submitted(cast.bob, title="First")
    second = submitted(cast.bob, title="Second", now=NOW + timedelta(minutes=1))
    answer = press(erin, first, "accepted")
    assert answer.headers["Location"] == review(second)
    page = followed(erin, answer)
    assert page.notices[0] == (
        "Approved: “First” of Bob Baker. Now 5.0 of 3.0 CME in that term. "
        "The holder is told."
    )
    assert state(first) == "accepted"
    step = ActivityStep.objects.get(activity=first, number=2)
    assert (step.by, step.user) == ("Erin Ellis", cast.erin)
    assert AuditEntry.objects.filter(action="ce.accepted").count() == 1


def test_the_last_one_leads_back_to_the_queue_with_its_filters(
    erin: Client, cast: Cast
) -> None:
    activity = submitted(cast.bob, title="Coding")
    answer = press(erin, activity, "accepted", query="?q=coding")
    assert answer.headers["Location"] == f"{QUEUE}?q=coding"


def test_not_accepting_takes_the_credit_and_mail_quotes_the_reason_a9(
    erin: Client, cast: Cast
) -> None:
    before = counts(cast.bob)
    activity = submitted(cast.bob)
    answer = press(
        erin, activity, "rejected", ground="product_training", words="A vendor's tour"
    )
    page = followed(erin, answer)
    assert "Not accepted: “Webinar” of Bob Baker." in page.notices[0]
    assert counts(cast.bob) == before
    mail = OutboxMessage.objects.get(kind="ce_decided")
    assert mail.payload["reason"] == "Product-specific training. A vendor's tour"
    assert mail.recipient == cast.bob.email


def test_asking_for_information_sends_the_words(erin: Client, cast: Cast) -> None:
    activity = submitted(cast.bob)
    followed(erin, press(erin, activity, "returned", words="Page 2, please?"))
    assert state(activity) == "returned"
    mail = OutboxMessage.objects.get(kind="ce_decided")
    assert mail.payload["reason"] == "Page 2, please?"


def test_corrected_minutes_give_their_own_credit_with_a_reason(
    erin: Client, cast: Cast
) -> None:
    activity = submitted(cast.bob, 75)
    answer = press(erin, activity, "accepted", minutes="50")
    assert answer.status_code == 422
    assert Page.of(answer).problems == [
        "Write why, so that the holder understands the credit."
    ]
    before = counts(cast.bob)
    words = "The certificate says 50 minutes"
    followed(erin, press(erin, activity, "accepted", minutes="50", words=words))
    assert counts(cast.bob) == before - Decimal("0.5")


def test_over_120_minutes_staff_determine_the_credit_a6(
    erin: Client, cast: Cast
) -> None:
    before = counts(cast.bob)
    activity = submitted(cast.bob, 135)
    answer = press(erin, activity, "accepted", words="Two sessions")
    assert answer.status_code == 422
    assert "Enter the credit you determine." in Page.of(answer).problems[0]
    fields = {"credits": "2.25", "words": "Two sessions"}
    followed(erin, press(erin, activity, "accepted", **fields))
    assert counts(cast.bob) == before + Decimal("2.25")


def test_minutes_typed_over_the_bands_ask_for_credit(erin: Client, cast: Cast) -> None:
    activity = submitted(cast.bob, 45)
    answer = press(erin, activity, "accepted", minutes="150", words="Longer")
    page = Page.of(answer)
    assert answer.status_code == 422
    assert page.all("input", name="credits")
    assert page.value("minutes") == "150"
    assert page.one("textarea").text == "Longer"


@pytest.mark.parametrize(
    "credits", ["-1", "NaN", "Infinity", "1e9", "2.555", "x", "1001"]
)
def test_credit_that_cannot_be_is_refused(
    erin: Client, cast: Cast, credits: str
) -> None:
    activity = submitted(cast.bob, 135)
    fields = form(erin, activity, credits=credits, words="Two") | {
        "outcome": "accepted"
    }
    before = checksum()
    answer = erin.post(review(activity), fields)
    assert answer.status_code == 422
    page = Page.of(answer)
    assert len(page.problems) == 1
    assert page.one("", "gs-problem").one("a").attributes["href"] == "#id_credits"
    assert page.value("credits") == credits
    assert checksum() == before


def test_where_the_rules_speak_credit_is_not_staffs_to_give(
    erin: Client, cast: Cast
) -> None:
    answer = press(erin, submitted(cast.bob), "accepted", credits="3", words="More")
    assert answer.status_code == 422
    assert Page.of(answer).problems == [
        "The rules give 1.0 CME here. Leave this empty."
    ]


@pytest.mark.parametrize(
    ("outcome", "fields", "sentence"),
    [
        ("rejected", {}, "Choose why it is not accepted."),
        ("rejected", {"ground": "because"}, "Choose why it is not accepted."),
        ("rejected", {"ground": "other"}, "Write the reason in your own words."),
        ("returned", {}, "Write what is missing, so that the holder can send it."),
        ("returned", {"words": "x" * 1001}, "Use at most 1000 characters."),
        ("returned", {"words": "x" * 10_001}, "Use at most 1000 characters."),
        (
            "returned",
            {"words": "a\x00b"},
            "Type this anew: it holds a hidden character.",
        ),
        (
            "accepted",
            {"minutes": "-1", "words": "seen"},
            "-1 min -> no credit, minutes must be above 0",
        ),
        ("junk", {}, "Choose Approve, Not accepted or Needs information."),
        ("", {}, "Choose Approve, Not accepted or Needs information."),
        ("submitted", {}, "Choose Approve, Not accepted or Needs information."),
        ("withdrawn", {}, "Choose Approve, Not accepted or Needs information."),
    ],
)
def test_what_stands_in_the_way_is_said_and_nothing_changes(
    erin: Client, cast: Cast, outcome: str, fields: dict[str, str], sentence: str
) -> None:
    activity = submitted(cast.bob)
    sent = form(erin, activity, **fields) | {"outcome": outcome}
    before = checksum()
    answer = erin.post(review(activity), sent)
    page = Page.of(answer)
    assert answer.status_code == 422
    assert page.title.startswith("Error:")
    assert len(page.problems) == 1
    assert page.problems[0].startswith(sentence)
    assert checksum() == before


@pytest.mark.parametrize(
    "minutes", ["59.5", "1e3", "NaN", "٤٥", "9" * 20, "0x3C", "45 min", "\u00b2"]
)
def test_minutes_that_are_no_whole_number_are_refused_a6(
    erin: Client, cast: Cast, minutes: str
) -> None:
    activity = submitted(cast.bob)
    sent = form(erin, activity, minutes=minutes, words="seen") | {"outcome": "accepted"}
    before = checksum()
    answer = erin.post(review(activity), sent)
    assert answer.status_code == 422
    assert Page.of(answer).value("minutes") == minutes
    assert checksum() == before


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30, "\x00"])
def test_a_version_no_page_made_asks_for_a_new_page(
    erin: Client, cast: Cast, seen: str
) -> None:
    activity = submitted(cast.bob)
    answer = press(erin, activity, "accepted", seen=seen)
    assert answer.status_code == 422
    assert Page.of(answer).problems == ["Reload the page, then send the form again."]
    assert state(activity) == "submitted"


def test_checking_works_the_credit_out_and_changes_nothing(
    erin: Client, cast: Cast
) -> None:
    activity = submitted(cast.bob, 75)
    sent = form(erin, activity, minutes="50", words="draft") | {"outcome": "check"}
    before = checksum()
    answer = erin.post(review(activity), sent)
    page = Page.of(answer)
    assert answer.status_code == 200
    assert "50 min → 1.0 CME" in page.text
    assert page.one("textarea").text == "draft"
    assert checksum() == before


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("accepted", "rejected"),
        ("rejected", "accepted"),
        ("returned", "accepted"),
        ("rejected", "returned"),
    ],
)
def test_a_decision_can_be_changed_later(
    erin: Client, cast: Cast, first: str, second: str
) -> None:
    activity = submitted(cast.bob)
    decided(activity, first)
    page = opened(erin, activity)
    assert not page.all("button", value=first)
    fields = {"ground": "no_proof"} if second == "rejected" else {"words": "Why?"}
    followed(erin, press(erin, activity, second, **fields))
    assert state(activity) == second


def test_what_rests_on_the_lost_credit_is_said_with_the_decision(
    erin: Client, cast: Cast
) -> None:
    member, taken = resting(cast)
    page = followed(erin, press(erin, taken, "rejected", ground="duplicate"))
    assert "stays issued, but only 1.0 of 3.0 CME stand behind it." in page.notices[0]
    assert page.links["See Lea Lost"] == f"/staff/acmss/members/{member.pk}/"


def test_a_certificate_that_was_freed_is_said_with_the_decision_a10(
    erin: Client, cast: Cast
) -> None:
    member = a_member("Hal Half", cast.northside)
    certify(member)
    given(cast.membership, cast.northside, member, today=date(2024, 11, 3))
    given(cast.renewals, cast.northside, member)
    activity = submitted(member, 150)
    page = followed(
        erin, press(erin, activity, "accepted", credits="3", words="Two days")
    )
    assert (
        "The certificate for the term Nov 17, 2025 to Nov 16, 2026 is issued."
        in page.notices[0]
    )
    held = TermCertificate.objects.get(window__member=member, window__sequence=2)
    assert held.state == "issued"


def test_rights_are_not_for_the_form_to_give(erin: Client, cast: Cast) -> None:
    activity = submitted(cast.bob)
    extra = {"user": str(cast.mona.pk), "by": "Mona", "state": "accepted", "kind": "x"}
    followed(erin, press(erin, activity, "returned", words="Which day?", **extra))
    step = ActivityStep.objects.get(activity=activity, number=2)
    assert (step.by, state(activity)) == ("Erin Ellis", "returned")
