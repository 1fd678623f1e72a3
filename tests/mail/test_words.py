"""What a mail looks like: text and HTML, and headers nobody can add to."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import get_template

from core.letters import Enclosure, Letter
from core.models import OutboxMessage
from notifications import queries
from tests.mail.payloads import PAYLOADS
from tests.mail.queue import queued

pytestmark = pytest.mark.django_db
ODD = "North <b>&\r\nBcc: eve@evil.example\x07\u2028side"


def message_of(message: OutboxMessage) -> EmailMultiAlternatives:
    """The mail that a row makes by itself."""
    return queries.message_of(message, Letter(message.payload))


def html_of(mail: EmailMultiAlternatives) -> str:
    """The HTML part, as the only alternative."""
    (part,) = mail.alternatives
    assert part[1] == "text/html"
    return str(part[0])


def test_every_kind_that_has_templates_is_tried_here() -> None:
    folder = Path(settings.BASE_DIR) / "templates" / "mail"
    kinds = {path.name.split(".")[0] for path in folder.iterdir()} - {"base"}

    assert kinds == set(PAYLOADS)


@pytest.mark.parametrize("kind", sorted(PAYLOADS))
def test_each_kind_says_the_same_in_text_and_html(kind: str) -> None:
    for form in ("subject.txt", "txt", "html"):
        get_template(f"mail/{kind}.{form}")
    mail = message_of(queued(kind))
    html = html_of(mail)

    assert re.fullmatch(r"\[(Northside|Goodstanding)\] \S.*", str(mail.subject))
    assert PAYLOADS[kind]["url"] in mail.body
    assert PAYLOADS[kind]["url"] in html
    for item in PAYLOADS[kind].get("items", ()):
        assert f"\n- {item}\n" in mail.body
        assert f"<li>{item}</li>" in html
    assert "<" not in mail.body
    assert "\n\n\n" not in mail.body


@pytest.mark.parametrize(
    ("renewed", "missed", "said"),
    [
        (1, 1, "On Dec 1, 2025 auto-renewal renewed 1 person and could not renew 1."),
        (3, 2, "On Dec 1, 2025 auto-renewal renewed 3 people and could not renew 2."),
        (2, 0, "On Dec 1, 2025 auto-renewal renewed 2 people."),
        (0, 1, "On Dec 1, 2025 auto-renewal could not renew 1 person."),
        (0, 2, "On Dec 1, 2025 auto-renewal could not renew 2 people."),
    ],
)
def test_what_auto_renewal_did_is_a_sentence(
    renewed: int, missed: int, said: str
) -> None:
    mail = message_of(
        queued("auto_renewal_administrator", renewed=renewed, missed=missed)
    )
    assert f"\n{said}\n" in mail.body
    assert f"<p>{said}</p>" in html_of(mail)


@pytest.mark.parametrize(
    ("kind", "first", "said"),
    [
        ("renewed", False, "Your membership is renewed: next"),
        ("renewed", True, "Your membership has begun: next"),
        ("renewed_administrator", False, "1 renewal assigned on"),
        ("renewed_administrator", True, "1 membership assigned on"),
    ],
)
def test_a_first_term_is_no_renewal(kind: str, said: str, *, first: bool) -> None:
    mail = message_of(queued(kind, first=first))
    assert said in str(mail.subject)
    assert said in html_of(mail)
    for text in (str(mail.subject), str(mail.body), html_of(mail)):
        assert ("renew" in text.lower().replace("renewal date", "")) is not first


def test_what_auto_renewal_did_on_several_days_is_a_span() -> None:
    span = "Nov 28 to Dec 1, 2025"
    mail = message_of(queued("auto_renewal_administrator", date_text=span))
    assert f"\nFrom {span} auto-renewal renewed 1 person and" in mail.body
    assert f"<p>From {span} auto-renewal renewed 1 person and" in html_of(mail)


@pytest.mark.parametrize("kind", ["renewal_due", "renewal_due_administrator"])
def test_a_notice_that_is_late_does_not_say_two_weeks(kind: str) -> None:
    mail = message_of(queued(kind))
    assert "two weeks" not in f"{mail.body}{html_of(mail)}"


@pytest.mark.parametrize(
    ("evaluated", "said", "button"),
    [
        (False, "Once you fill in its evaluation", "Fill in the evaluation"),
        (True, "You can claim 1.00 AMA PRA Category 1 Credits now", "Claim it"),
    ],
)
def test_the_reminder_of_a_course_names_the_next_step(
    said: str, button: str, *, evaluated: bool
) -> None:
    mail = message_of(queued("course_reminder", evaluated=evaluated))
    for text in (str(mail.body), html_of(mail)):
        assert said in text
        assert button in text
        assert ("evaluation, which has no name" in text) is not evaluated


REASON = "Reported twice"
CREDIT = f"0.0 CME. Not accepted: {REASON}. Stops counting on Nov 22, 2025."


@pytest.mark.parametrize(
    ("outcome", "credit_line", "apart"),
    [
        ("not accepted", CREDIT, False),
        ("not accepted", "No credit counts.", True),
        ("needs information", "No credit counts.", True),
        ("approved", "45 min → 1.0 CME, band over 30 and up to 60 min.", True),
    ],
)
def test_why_ce_was_not_accepted_is_said_once(
    outcome: str, credit_line: str, *, apart: bool
) -> None:
    mail = message_of(
        queued("ce_decided", outcome=outcome, credit_line=credit_line, reason=REASON)
    )
    for text in (str(mail.body), html_of(mail)):
        assert text.count(REASON) == 1
        assert (f"Reason: {REASON}" in text) is apart
        assert f"Credit: {credit_line}" in text


def test_a_name_adds_no_header_and_no_markup() -> None:
    message = queued("invite", practice=ODD, name="Zoë <i> 李")
    mail = message_of(message)
    sent = mail.message()

    assert "\n" not in mail.subject
    assert mail.subject.startswith("[North <b>& Bcc: eve@evil.example side]")
    assert "Bcc" not in sent
    assert sent["To"] == "bob@mail.example"
    assert mail.recipients() == ["bob@mail.example"]
    assert "Zoë <i> 李" in mail.body
    assert "Zoë &lt;i&gt; 李" in html_of(mail)
    assert "<b>" not in html_of(mail)


def test_a_subject_stays_short_whatever_a_name_holds() -> None:
    assert len(message_of(queued("invite", practice="x" * 500)).subject) == 150


def test_headers_tell_machines_what_it_is() -> None:
    message = queued()
    first, second = message_of(message).message(), message_of(message).message()

    assert first["Message-ID"] == second["Message-ID"]
    assert first["Message-ID"] == f"<{message.pk}@localhost>"
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["From"] == settings.DEFAULT_FROM_EMAIL


def test_telling_the_same_thing_again_queues_nothing() -> None:
    first = queued()
    again = queued(subject_id=first.subject_id)
    other = queued(subject_id=first.subject_id, recipient="alice@mail.example")

    assert again == first
    assert other != first
    assert OutboxMessage.objects.count() == 2


def test_a_file_goes_with_a_message() -> None:
    message = queued()
    entry = Enclosure("renewal.ics", b"BEGIN:VCALENDAR", "text/calendar")
    mail = queries.message_of(message, Letter(message.payload, (entry,)))

    assert mail.attachments == [("renewal.ics", "BEGIN:VCALENDAR", "text/calendar")]


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "Until then this person is not renewed:"),
        (2, "Until then these 2 people are not renewed:"),
    ],
)
def test_a_card_that_did_not_pay_is_told_with_who_waits(count: int, said: str) -> None:
    mail = message_of(queued("card_failed", count=count))
    assert str(mail.subject) == "[Northside] Visa ending 4242 did not pay $170.00"
    assert f"We try again on Nov 18, 2025. {said}" in mail.body
    assert f"We try again on Nov 18, 2025. {said}" in html_of(mail)


def test_what_was_paid_before_a_card_was_given_up_is_credit() -> None:
    mail = message_of(queued("card_given_up", credit_text="$100.00"))
    assert str(mail.subject) == (
        "[Northside] 1 renewal is manual now: the card did not pay"
    )
    assert "nothing is owed. The $100.00 you paid of it are your credit." in mail.body


def test_who_waits_for_a_card_is_a_sentence_of_the_digest() -> None:
    said = "2 people more wait for your card, Visa ending 4242."
    mail = message_of(queued("auto_renewal_administrator", waiting_text=said))
    assert f"\n\n{said}\n\n" in mail.body
    assert f"<p>{said}</p>" in html_of(mail)
