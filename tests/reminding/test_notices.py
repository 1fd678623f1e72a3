"""What the member reads: put together when the mail leaves, true on that day."""

from datetime import date, timedelta

import pytest
import time_machine

from accounts.models import Sponsorship
from core.letters import Letter
from core.models import OutboxMessage
from notifications.queries import subject_of
from notifications.tasks import deliver
from renewals.services.reminding import NOTICE
from tests.cast import BODY, NOW, TODAY, Cast, certify, credit, given
from tests.mail.conftest import nobody_was_away, server
from tests.mail.office import Office
from tests.reminding.people import DUE, ending, letter_of, moved, sweep, term
from tests.reminding.reading import event_in, items_of, read, said

__all__ = ["nobody_was_away", "server"]

pytestmark = pytest.mark.db


def notice(today: date = TODAY, *, leaves: date | None = None) -> Letter | None:
    """Let a day pass, and put its one notice together when it leaves."""
    sweep(today)
    return read(letter_of(NOTICE), leaves or today)


@pytest.mark.parametrize(
    ("days_late", "left"),
    [(0, "in 14 days"), (3, "in 11 days"), (13, "tomorrow"), (14, "today")],
)
def test_it_says_how_many_days_are_really_left(
    quiet: Cast, days_late: int, left: str
) -> None:
    ending("Eve Ellis", quiet.northside)
    letter = notice(leaves=TODAY + timedelta(days=days_late))
    assert letter is not None
    assert (letter.payload["date_text"], letter.payload["left_text"]) == (
        "Dec 1, 2025",
        left,
    )


def test_after_the_date_there_is_nothing_to_say(quiet: Cast) -> None:
    ending("Eve Ellis", quiet.northside)
    assert notice(leaves=DUE + timedelta(days=1)) is None


def test_it_names_price_and_whose_midnight(quiet: Cast) -> None:
    ending("Eve Ellis", quiet.northside)
    letter = notice()
    assert "Price: $85.00 for the next term." in items_of(letter)
    assert letter is not None
    assert letter.payload["zone_text"] == (
        "Dates are days of ACMSS: Dec 1, 2025 begins at midnight PST "
        "(America/Los_Angeles)."
    )


AUTO = (
    "Auto-renewal: Northside has set your membership to renew by itself on "
    "Dec 1, 2025. There is nothing you need to do."
)
MANUAL = (
    "Manual renewal: Northside has to renew your membership by Dec 1, 2025. "
    "It must be paid by then, online or by phone."
)


@pytest.mark.parametrize(("mode", "said"), [("auto", AUTO), ("manual", MANUAL)])
def test_it_says_how_the_renewal_comes_about(quiet: Cast, mode: str, said: str) -> None:
    ending("Eve Ellis", quiet.northside, mode=mode)
    letter = notice()
    assert items_of(letter)[0] == said
    assert letter is not None
    assert letter.payload["practice"] == "Northside"


def test_whoever_pays_alone_hears_it_from_the_body(quiet: Cast) -> None:
    ending("Ida Alone", None)
    letter = notice()
    assert items_of(letter)[0].startswith(
        "Manual renewal: it must be paid by Dec 1, 2025, online or by phone."
    )
    assert letter is not None
    assert letter.payload["practice"] == "ACMSS"


def test_it_counts_the_credit_of_the_term(quiet: Cast) -> None:
    window = ending("Eve Ellis", quiet.northside)
    credit(window.member, "1.5", on=date(2025, 5, 5))
    assert items_of(notice())[-1] == (
        "Continuing education: 1.5 of 3.0 CME in this term. "
        "1.5 more by Nov 30, 2025, or the next certificate is held."
    )
    credit(window.member, "1.5", on=date(2025, 6, 5))
    assert items_of(read(letter_of(NOTICE)))[-1] == (
        "Continuing education: 3.0 of 3.0 CME in this term."
    )


def test_somebody_renewed_meanwhile_gets_none(quiet: Cast) -> None:
    window = ending("Eve Ellis", quiet.northside)
    sweep()
    given(quiet.renewals, quiet.northside, window.member)
    assert read(letter_of(NOTICE)) is None


@pytest.mark.parametrize("meanwhile", [True, False], ids=["after", "before"])
def test_somebody_taken_off_the_list_reads_that_it_is_theirs_to_renew(
    quiet: Cast, *, meanwhile: bool
) -> None:
    window = ending("Eve Ellis", quiet.northside, mode="auto")
    if meanwhile:
        sweep()
    Sponsorship.objects.filter(member=window.member).update(until_on=TODAY)
    sweep()
    letter = read(letter_of(NOTICE))
    assert items_of(letter)[0] == (
        "Your practice no longer sponsors you: renew with ACMSS by Dec 1, 2025, "
        "online or by phone. Otherwise your membership is not current from that day on."
    )
    assert letter is not None
    assert letter.payload["practice"] == "ACMSS"


def test_an_address_that_became_somebody_elses_gets_none(quiet: Cast) -> None:
    window = ending("Eve Ellis", quiet.northside)
    sweep()
    moved(window.member)
    assert read(letter_of(NOTICE)) is None


def test_a_mode_switched_meanwhile_is_said_as_it_is(quiet: Cast) -> None:
    window = ending("Eve Ellis", quiet.northside, mode="auto")
    sweep()
    Sponsorship.objects.filter(member=window.member).update(renewal_mode="manual")
    assert items_of(read(letter_of(NOTICE)))[0].startswith("Manual renewal:")


def test_it_is_the_members_own_and_names_who_sponsors_them_now(quiet: Cast) -> None:
    window = ending("Eve Ellis", quiet.northside)
    sweep()
    Sponsorship.objects.filter(member=window.member).update(until_on=TODAY)
    Sponsorship.objects.create(
        practice=quiet.lakeview, member=window.member, program=BODY, from_on=TODAY
    )
    # It stands on no practice's list, so none learns of another.
    assert letter_of(NOTICE).practice is None
    letter = read(letter_of(NOTICE))
    assert letter is not None
    assert letter.payload["practice"] == "Lakeview"
    assert items_of(letter)[0].startswith("Manual renewal: Lakeview has to renew")


def test_a_waiting_one_has_a_subject_before_it_has_words(quiet: Cast) -> None:
    ending("Eve Ellis", quiet.northside)
    sweep()
    subject = subject_of(letter_of(NOTICE), Letter({}))
    assert subject == "[Goodstanding] A renewal notice"


def test_the_day_goes_into_the_calendar(quiet: Cast) -> None:
    window = ending("Eve Ellis", quiet.northside)
    letter = notice()
    assert letter is not None
    (file,) = letter.enclosures
    assert (file.name, file.media_type) == ("2025-12-01.ics", "text/calendar")
    calendar, event = event_in(file.content)
    assert str(calendar["METHOD"]) == "PUBLISH"
    assert event.decoded("dtstart") == DUE
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert said(event, "UID") == f"term-{window.pk}@localhost"
    assert said(event, "SEQUENCE") == "0"
    assert said(event, "ORGANIZER") == "mailto:no-reply@goodstanding.example"
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(days=-7)
    # Lines end as calendar programs want them, and are no longer than they take.
    lines = file.content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in b"".join(lines)


def test_put_together_again_it_is_the_same_entry(quiet: Cast) -> None:
    ending("Eve Ellis", quiet.northside)
    first, second = notice(), read(letter_of(NOTICE))
    assert first is not None
    assert second is not None
    assert first.enclosures == second.enclosures


def renewed(quiet: Cast, state: str) -> Letter | None:
    """Renew somebody whose notice has come so far, and read what they are told."""
    window = ending("Eve Ellis", quiet.northside)
    sweep()
    OutboxMessage.objects.filter(kind=NOTICE).update(state=state)
    given(quiet.renewals, quiet.northside, window.member)
    message = letter_of("renewed", recipient=window.member.email)
    return read(message)


def test_a_renewal_takes_the_day_out_of_the_calendar(quiet: Cast) -> None:
    letter = renewed(quiet, "sent")
    assert letter is not None
    (file,) = letter.enclosures
    calendar, event = event_in(file.content)
    closed = said(event, "UID").partition("@")[0].removeprefix("term-")
    assert str(calendar["METHOD"]) == "CANCEL"
    assert (said(event, "STATUS"), said(event, "SEQUENCE")) == ("CANCELLED", "1")
    assert closed == str(letter_of(NOTICE).subject_id)


@pytest.mark.parametrize("state", ["waiting", "void", "dead"])
def test_what_was_never_put_in_is_not_taken_out(quiet: Cast, state: str) -> None:
    letter = renewed(quiet, state)
    assert letter is not None
    assert not letter.enclosures


def test_a_first_term_takes_nothing_out(quiet: Cast) -> None:
    window = ending("Eve Ellis", quiet.northside)
    row = OutboxMessage(kind="renewed", subject_id=window.pk, payload={"name": "Eve"})
    assert read(row) == Letter({"name": "Eve"})


def test_it_arrives_as_text_html_and_a_calendar_file(
    quiet: Cast, server: Office, today: date
) -> None:
    window = ending("Eve Ellis", quiet.northside, mode="auto")
    certify(window.member)
    sweep()
    message = letter_of(NOTICE)
    deliver(str(message.pk))
    (mail,) = server.arrived
    assert mail["Subject"] == "[Northside] Your renewal is due Dec 1, 2025"
    assert mail["To"] == window.member.email
    kinds = [part.get_content_type() for part in mail.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    text = mail.get_body(("plain",))
    assert text is not None
    said = " ".join(text.get_content().split())
    assert "is Dec 1, 2025, in 14 days." in said
    assert "You get this notice because" in said
    (file,) = mail.iter_attachments()
    assert file.get_filename() == "2025-12-01.ics"
    event_in(file.get_content().encode())
    message.refresh_from_db()
    assert message.state == "sent"
    assert message.subject == mail["Subject"]
    assert "in 14 days" in message.text


def test_a_clock_that_was_wrong_for_a_while_costs_nobody_their_notice(
    quiet: Cast, server: Office
) -> None:
    ending("Eve Ellis", quiet.northside)
    sweep()
    message = letter_of(NOTICE)
    with time_machine.travel(NOW + timedelta(days=400)):
        deliver(str(message.pk))
    assert letter_of(NOTICE).state == "void"
    with time_machine.travel(NOW + timedelta(days=1)):
        sweep(TODAY + timedelta(days=1))
        deliver(str(message.pk))
    assert letter_of(NOTICE).state == "sent"
    assert len(server.arrived) == 1


def test_a_notice_with_nothing_left_to_say_is_void(
    quiet: Cast, server: Office, today: date
) -> None:
    window = ending("Eve Ellis", quiet.northside)
    sweep()
    term(window.member, date(2026, 12, 1), sequence=2)
    deliver(str(letter_of(NOTICE).pk))
    assert server.arrived == []
    assert letter_of(NOTICE).state == "void"
