"""What the member's mail about a renewal date says, put together when it leaves.

So a late notice says how many days are really left. There is nobody to tell any more
when the term was renewed, its date has passed, or the address is no longer theirs.
"""

from datetime import date, datetime, time
from decimal import Decimal

from django.conf import settings
from django.urls import reverse

from ce_credits.models import ActivityStep
from core.day_entries import DayEntry, put_in, take_back
from core.letters import Letter, Moment
from core.models import OutboxMessage
from credentials.models import Window
from credentials.policy import (
    credit_words,
    day_words,
    money_words,
    policy_for,
    zone_of,
)
from renewals.queries import Ending, endings_of, life_of
from renewals.rules import Term, earned, term_of
from renewals.services.reminding import NOTICE

State = OutboxMessage.State
NEVER_READ = (State.WAITING, State.VOID, State.DEAD)


def compose_notice(*, message: OutboxMessage, moment: Moment) -> Letter | None:
    """Tell a member of their renewal date; None where there is nobody to tell."""
    for ending in endings_of([message.subject_id]):
        window = ending.window
        today = moment.today(zone_of(window.program))
        theirs = window.member.written_to.lower() == message.recipient.lower()
        if theirs and window.renewal_on >= today:
            return _notice(ending, message, today)
    return None


def compose_renewed(*, message: OutboxMessage, moment: Moment) -> Letter | None:
    """Tell a member of a new term; the last one's date leaves their calendar.

    None where the term was undone.
    """
    begun = Window.every.filter(pk=message.subject_id).first()
    if begun is None:
        return Letter(message.payload)
    if begun.undone_at:
        return None
    closed = closed_by(begun)
    if closed is None or not was_noticed(closed, message.recipient):
        return Letter(message.payload)
    entry = day_entry(closed, "", made_at=message.created_at)
    return Letter(
        message.payload, [take_back(entry, sequence=1 + 2 * undone_before(begun))]
    )


def was_noticed(window: Window, recipient: str) -> bool:
    """Say whether a term's date was put into somebody's calendar."""
    told = OutboxMessage.objects.filter(
        kind=NOTICE, subject_id=window.pk, recipient=recipient
    )
    return told.exclude(state__in=NEVER_READ).exists()


def undone_before(window: Window) -> int:
    """Count the terms that stood in a term's place before it and were undone.

    Each changed the calendar twice: the date went, and came back.
    """
    return Window.every.filter(
        member=window.member_id,
        program=window.program,
        sequence=window.sequence,
        undone_at__isnull=False,
        created_at__lt=window.created_at,
    ).count()


def compose_received(*, message: OutboxMessage, moment: Moment) -> Letter:
    """Say of CE that counts in no term that it doesn't, beside what it is worth (A16).

    Where it lies is looked up when the mail leaves: a term may have begun meanwhile.
    """
    step = ActivityStep.objects.select_related("activity").get(pk=message.subject_id)
    activity = step.activity
    life = life_of(activity.member_id, activity.program)
    outside = term_of(life.terms, activity.day) is None
    place = (
        "It was done before your first term, so it counts in none." if outside else ""
    )
    return Letter({**message.payload, "place": place})


def closed_by(begun: Window) -> Window | None:
    """Find the term that another one followed, or would have."""
    return Window.objects.filter(
        member=begun.member_id, program=begun.program, sequence=begun.sequence - 1
    ).first()


def left_words(day: date, today: date) -> str:
    """Say how far away a day is: today, tomorrow, in 14 days."""
    days = (day - today).days
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def price_words(window: Window) -> str:
    """Write what renewing a term costs: the fee of the pack of its last day (A2)."""
    fees = policy_for(window.program, on=window.last_on).terms.fees
    return money_words(fees.renewal, fees.currency)


def zone_words(window: Window) -> str:
    """Say whose midnight the renewal date begins at (X3)."""
    zone = zone_of(window.program)
    midnight = datetime.combine(window.renewal_on, time(), zone)
    body = policy_for(window.program, on=window.last_on).body_name
    return (
        f"Dates are days of {body}: {day_words(window.renewal_on)} begins at midnight "
        f"{midnight:%Z} ({zone.key})."
    )


def _notice(ending: Ending, message: OutboxMessage, today: date) -> Letter:
    window = ending.window
    policy = policy_for(window.program, on=window.last_on)
    mode = mode_words(ending)
    payload = {
        "practice": _sender(ending) or policy.body_name,
        "name": window.member.first_name,
        "body": policy.body_name,
        "date_text": day_words(window.renewal_on),
        "left_text": left_words(window.renewal_on, today),
        "items": [
            mode,
            f"Price: {price_words(window)} for the next term.",
            *_credit_items(window, today),
        ],
        "zone_text": zone_words(window),
        "url": settings.BASE_URL + reverse("me"),
    }
    return Letter(
        payload, [put_in(day_entry(window, mode, made_at=message.created_at))]
    )


def _sender(ending: Ending) -> str:
    return ending.sponsorship.practice.name if ending.sponsorship else ""


def mode_words(ending: Ending) -> str:
    """Say what has to happen by a member's renewal date, and by whom."""
    day, practice = day_words(ending.window.renewal_on), _sender(ending)
    if ending.was_left:
        body = policy_for(ending.window.program, on=ending.window.last_on).body_name
        return (
            f"Your practice no longer sponsors you: renew with {body} by {day}, "
            "online or by phone. Otherwise your membership is not current from that "
            "day on."
        )
    if not practice:
        return (
            f"Manual renewal: it must be paid by {day}, online or by phone. "
            "Otherwise your membership is not current from that day on."
        )
    if ending.left_from:
        body = policy_for(ending.window.program, on=ending.window.last_on).body_name
        return (
            f"{practice} does not renew your membership this time: renew with {body} "
            f"by {day}, online or by phone. Otherwise your membership is not current "
            "from that day on."
        )
    if ending.renews_itself:
        return (
            f"Auto-renewal: {practice} has set your membership to renew by itself on "
            f"{day}. There is nothing you need to do."
        )
    return (
        f"Manual renewal: {practice} has to renew your membership by {day}. "
        "It must be paid by then, online or by phone."
    )


def _credit_items(window: Window, today: date) -> list[str]:
    """Say what is there of the credit asked, and what waits for the rest (A3, A10)."""
    life = life_of(window.member_id, window.program)
    policy = policy_for(window.program, on=window.last_on)
    need = policy.terms.requirement.credits
    if not need:
        return []
    term = Term(window.first_on, window.last_on, window.applied_on)
    have = earned(life.terms, term, life.credits, as_of=today, caps=policy.caps)
    missing = max(need - have, Decimal(0))
    said = (
        f"Continuing education: {credit_words(have)} of {credit_words(need)} "
        f"{policy.unit} in this term."
    )
    if missing:
        said += (
            f" {credit_words(missing)} more by {day_words(window.last_on)}, "
            "or the next certificate is held."
        )
    return [said]


def day_entry(window: Window, text: str, *, made_at: datetime) -> DayEntry:
    """Put a term's renewal date together as a calendar has it."""
    body = policy_for(window.program, on=window.last_on).body_name
    return DayEntry(
        key=f"term-{window.pk}",
        day=window.renewal_on,
        title=f"{body} renewal due",
        text=text,
        url=settings.BASE_URL + reverse("me"),
        made_at=made_at,
    )
