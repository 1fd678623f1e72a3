"""What a holder reads of a day of their cycle: true on the day the mail leaves."""

from datetime import date

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from accounts.models import Member, User
from core.models import OutboxMessage
from notifications.models import Notice, Subscription
from notifications.queries import subject_of
from notifications.tasks import deliver
from tests.cast import Cast, a_user
from tests.cycles import first_time_dual, learn, noon
from tests.portal.reading import Page
from tests.reminding.cycles import after, holder, newest, pass_days, read, stands, told
from tests.reminding.cycles import written as written_on
from tests.reminding.reading import items_of

pytestmark = pytest.mark.db
SEVEN, LATE = date(2025, 11, 24), date(2025, 12, 2)
NEED = "You have 27.0 of 30.0 CE, 14.0 of 15.0 approved."


@pytest.fixture
def bob(quiet: Cast) -> Member:
    """Bob, dual for the first time, with 27 credits, 14 of them approved."""
    first_time_dual(quiet)
    OutboxMessage.objects.all().delete()
    return quiet.bob


def written(member: Member, today: date) -> tuple[str, str, list[str]]:
    """Let a day pass; give what somebody is told on it: title, lead, items."""
    pass_days(today)
    letter = written_on(member, today)
    items = items_of(letter)
    return letter.payload["title"], letter.payload["lead"], items


def test_at_the_opening_it_says_what_is_there_and_what_to_do(bob: Member) -> None:
    assert written(bob, date(2025, 8, 1)) == (
        "You can apply for recertification",
        (
            "The application for CPCS and CPMSM is open. Your cycle ends Dec 1, 2025, "
            "in 122 days."
        ),
        [
            f"{NEED} Still missing: 3.0 more, 1.0 of them approved, by Dec 1, 2025.",
            (
                "Today an application costs $225.00 for members of the society, "
                "$400.00 for others."
            ),
            (
                "From Dec 2, 2025 it costs $50.00 more. From Jan 1, 2026 your "
                "certification has lapsed."
            ),
            (
                "Next: report what is missing with its proof, then apply and pay by "
                "Dec 1, 2025."
            ),
            (
                "Need more time? Ask by Dec 1, 2025, 5:00 PM, with 15.0 CE reported: "
                "you get until Jun 1, 2026."
            ),
        ],
    )


@pytest.mark.parametrize(
    ("day", "left"),
    [
        (date(2025, 9, 2), "in 90 days"),
        (date(2025, 11, 1), "in 30 days"),
        (SEVEN, "in 7 days"),
        # A missed one says how many there really are.
        (date(2025, 11, 30), "tomorrow"),
        (date(2025, 12, 1), "today"),
    ],
)
def test_before_the_end_it_says_how_many_days_are_left(
    bob: Member, day: date, left: str
) -> None:
    title, lead, _ = written(bob, day)
    assert title == "Your cycle ends Dec 1, 2025"
    assert lead == f"Your cycle for CPCS and CPMSM ends Dec 1, 2025, {left}."


def test_late_it_names_the_fee_and_the_last_day(bob: Member) -> None:
    assert written(bob, LATE) == (
        "You can still apply until Dec 31, 2025",
        (
            "Your cycle for CPCS and CPMSM ended Dec 1, 2025. You can apply late until "
            "Dec 31, 2025, in 29 days."
        ),
        [
            (
                f"{NEED} Still missing: 3.0 more, 1.0 of them approved, earned by "
                "Dec 1, 2025."
            ),
            (
                "Today an application costs $275.00 for members of the society, "
                "$450.00 for others, including $50.00 (late application)."
            ),
            (
                "Next: report what is missing with its proof, then apply and pay by "
                "Dec 31, 2025. From Jan 1, 2026 your certification has lapsed."
            ),
        ],
    )


@pytest.mark.parametrize(
    ("day", "title", "left"),
    [
        (date(2026, 1, 1), "Your certification has lapsed", "in 180 days"),
        (
            date(2026, 5, 31),
            "You can be reinstated until Jun 30, 2026",
            "in 30 days",
        ),
    ],
)
def test_lapsed_it_says_what_may_not_be_used_and_how_to_come_back(
    bob: Member, day: date, title: str, left: str
) -> None:
    assert written(bob, day) == (
        title,
        (
            "CPCS and CPMSM lapsed Jan 1, 2026: you may not use the designation. You "
            f"can be reinstated until Jun 30, 2026, {left}."
        ),
        [
            (
                f"{NEED} Still missing: 3.0 more, 1.0 of them approved, earned by "
                "Dec 1, 2025."
            ),
            (
                "Today an application costs $375.00 for members of the society, "
                "$550.00 for others, including $150.00 (reinstatement)."
            ),
            (
                "Next: report what is missing with its proof, then apply and pay by "
                "Jun 30, 2026. From Jul 1, 2026 only a new exam helps."
            ),
        ],
    )


def test_whose_credit_is_complete_is_told_to_apply(quiet: Cast, bob: Member) -> None:
    learn(quiet, "approved_education", date(2025, 9, 3), 180, "The last hours")
    _, _, items = written(bob, SEVEN)
    assert items[0] == (
        "You have 30.0 of 30.0 CE, 17.0 of 15.0 approved. The credit of this cycle is "
        "complete."
    )
    assert items[3:] == ["Next: apply and pay by Dec 1, 2025."]


def test_the_letter_comes_from_the_body_and_leads_to_the_page(bob: Member) -> None:
    pass_days(SEVEN)
    letter = written_on(bob, SEVEN)
    subject = subject_of(newest(bob), letter)
    assert subject == "[NAMSS] Your cycle ends Dec 1, 2025"
    assert letter.payload["url"] == "http://localhost:8000/me/?program=namss"
    assert letter.payload["zone_text"] == (
        "Dates are days of NAMSS, in the zone America/New_York."
    )


@pytest.mark.parametrize("days", [1, 38, 400])
def test_what_is_no_longer_the_last_word_is_not_sent(bob: Member, days: int) -> None:
    """A mail that waited in an outage until another notice was due, or none."""
    pass_days(date(2025, 11, 1))
    held = newest(bob)
    assert read(held, after(SEVEN, -1)) is not None
    assert read(held, after(SEVEN, days)) is None


def test_an_address_given_up_is_not_written_to(bob: Member) -> None:
    pass_days(SEVEN)
    held = newest(bob)
    Member.objects.filter(pk=bob.pk).update(email="bob@new.example")
    assert read(held, SEVEN) is None
    Member.objects.filter(pk=bob.pk).update(email=held.recipient.upper())
    assert read(held, SEVEN) is not None


def test_a_record_that_gave_way_to_another_is_not_written_to(quiet: Cast) -> None:
    member = holder("Nora Nolan")
    pass_days(SEVEN)
    Member.objects.filter(pk=member.pk).update(joined_to=quiet.bob)
    assert read(newest(member), SEVEN) is None


def user_of(member: Member) -> User:
    """The account of somebody who has one."""
    assert member.user is not None
    return member.user


def test_a_reminder_before_the_end_is_ended_by_one_click(bob: Member) -> None:
    pass_days(SEVEN)
    held = newest(bob)
    letter = written_on(bob, SEVEN)
    stop = str(letter.payload["stop_url"])
    assert letter.headers == {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    path = stop.removeprefix("http://localhost:8000")
    assert Page.of(Client().get(path)).one("h1").text == "Stop the cycle reminders?"
    assert read(held, SEVEN) is not None
    assert Client(enforce_csrf_checks=True).post(path).status_code == 200
    assert read(held, SEVEN) is None
    assert not Subscription.objects.get(user=user_of(bob), kind="reminders").on


def test_what_follows_after_it_can_t_be_ended(bob: Member) -> None:
    pass_days(SEVEN)
    written_on(bob, SEVEN)
    Subscription.objects.update(on=False)
    pass_days(LATE)
    letter = written_on(bob, LATE)
    assert letter.headers == {}
    assert "stop_url" not in letter.payload


def test_without_an_account_there_is_nothing_to_click(quiet: Cast) -> None:
    member = holder("Nora Nolan")
    pass_days(SEVEN)
    letter = written_on(member, SEVEN)
    assert letter.headers == {}
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    ("day", "klass", "title"),
    [
        (SEVEN, "courtesy", "[NAMSS] Your cycle ends Dec 1, 2025"),
        (LATE, "notice", "[NAMSS] You can still apply until Dec 31, 2025"),
    ],
)
def test_the_bell_says_what_was_mailed_and_why(
    quiet: Cast, day: date, klass: str, title: str
) -> None:
    user = a_user("Nora Nolan")
    member = holder("Nora Nolan", user=user)
    pass_days(day)
    with time_machine.travel(noon(day), tick=False):
        deliver(str(newest(member).pk))
    notice = Notice.objects.get(user=user)
    assert (notice.klass, notice.title) == (klass, title)
    assert (notice.place, notice.path) == ("own", "/me/?program=namss")


def test_both_parts_of_the_mail_say_the_same(bob: Member) -> None:
    pass_days(SEVEN)
    with time_machine.travel(noon(SEVEN), tick=False):
        deliver(str(newest(bob).pk))
    (sent,) = mail.outbox
    assert isinstance(sent, EmailMultiAlternatives)
    text, html = str(sent.body), str(sent.alternatives[0][0])
    for part in (text, html):
        assert "Your cycle for CPCS and CPMSM ends Dec 1, 2025, in 7 days." in part
        assert "Today an application costs $225.00 for members of the society" in part
        assert "keeping the dates is your sole responsibility" in part
        assert "/unsubscribe/" in part
    assert sent.extra_headers["List-Unsubscribe"].startswith("<http")


def test_somebody_whose_standing_on_record_lags_is_told_by_the_rules(
    quiet: Cast,
) -> None:
    """The letter asks the facts: no wrong one leaves, whatever was written down."""
    member = holder("Nora Nolan", on=date(2024, 1, 1))
    stands(member, (date(2025, 8, 1), "due"))
    pass_days(SEVEN)
    assert told(member) == ["seven_days 2025-12-01"]
    assert read(newest(member), SEVEN) is None
