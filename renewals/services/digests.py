"""What an administrator's digests say, put together when they leave.

A person stands in it only while the practice sponsors them and the line is still true.
Whoever no longer is the Practice Administrator reads nothing of it.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.db.models import F, Sum
from django.urls import reverse

from accounts.models import Administration, Practice, User
from billing.models import StoredCard
from billing.queries import stored_card_of
from billing.rules import has_expired
from core.day_entries import DayEntry, put_in
from core.letters import Enclosure, Letter, Moment
from core.models import OutboxMessage
from credentials.models import Product, SeatPool
from credentials.policy import day_words, policy_for, span_words, zone_of
from renewals.models import CardRound, DigestLine, RenewalAttempt, TermCertificate
from renewals.queries import (
    Ending,
    certificate_words,
    endings_of,
    paying_card,
    renewing_themselves,
    waiting_in,
)
from renewals.rules import Span
from renewals.services.letters import left_words, price_words, zone_words
from renewals.services.renewing import FAULT

Outcome = RenewalAttempt.Outcome


def compose_digest(*, message: OutboxMessage, moment: Moment) -> Letter | None:
    """Tell an administrator whose renewal is due; None where nobody's is, or to them.

    One calendar file a date goes with it, as calendar programs read one event a file.
    """
    lines = _lines(message)
    administrator = _reader(message, lines)
    if administrator is None or message.practice is None:
        return None
    today = moment.today(zone_of(lines[0].window.program))
    due = [
        each
        for each in endings_of(line.window_id for line in lines)
        if _sponsors(message, each) and each.window.renewal_on >= today
    ]
    if not due:
        return None
    dates = [each.window.renewal_on for each in due]
    card = paying_card(message.practice, due[0].window.program, today=today)
    payload = {
        **_frame(message.practice, administrator),
        "count": len(due),
        "files": len(set(dates)),
        "date_text": span_words(dates[0], dates[-1]),
        "items": [_due_words(each, card, today) for each in due],
        "seats_text": _seats_words(message.practice, due, card, today),
        "zone_text": zone_words(due[0].window),
    }
    return Letter(payload, _entries(message, due))


def compose_auto_digest(*, message: OutboxMessage, moment: Moment) -> Letter | None:
    """Tell an administrator what auto-renewal did; None where nothing is left to say.

    Somebody who was renewed by hand meanwhile needs nobody any more.
    """
    lines = _lines(message)
    administrator = _reader(message, lines)
    if administrator is None or message.practice is None:
        return None
    attempts = _attempts(message, [line.window_id for line in lines])
    done = [each for each in attempts if each.outcome == Outcome.RENEWED]
    open_ = {each.window.pk for each in endings_of(each.window_id for each in attempts)}
    missed = [
        each
        for each in attempts
        if each.outcome != Outcome.RENEWED and each.window_id in open_
    ]
    if not (done or missed):
        return None
    days = sorted(each.on for each in (*done, *missed))
    payload = {
        **_frame(message.practice, administrator),
        "date_text": span_words(days[0], days[-1]),
        "renewed": len(done),
        "missed": len(missed),
        "items": [*map(_missed_words, missed), *_renewed_words(done)],
        "waiting_text": _waiting_words(message.practice, lines[0].window.program),
    }
    return Letter(payload)


def _lines(message: OutboxMessage) -> list[DigestLine]:
    return list(
        DigestLine.objects.filter(digest=message.subject_id).select_related("window")
    )


def _reader(message: OutboxMessage, lines: Sequence[DigestLine]) -> User | None:
    """Find who the digest is for, if they still are the Practice Administrator."""
    held = Administration.objects.filter(
        practice=message.practice,
        user__in=[line.administrator_id for line in lines],
        user__is_active=True,
        named=True,
        until_at=None,
        user__email__iexact=message.recipient,
    ).select_related("user")
    return next((each.user for each in held), None)


def _frame(practice: Practice, administrator: User) -> dict[str, object]:
    path = reverse("assignments", kwargs={"practice": practice.slug})
    return {
        "practice": practice.name,
        "name": administrator.name,
        "url": settings.BASE_URL + path,
    }


def _sponsors(message: OutboxMessage, ending: Ending) -> bool:
    sponsorship = ending.sponsorship
    return sponsorship is not None and sponsorship.practice_id == message.practice_id


def _due_words(ending: Ending, card: StoredCard | None, today: date) -> str:
    window = ending.window
    mode = "Manual renewal: must be paid by that day, online or by phone."
    if ending.left_from:
        mode = f"Left out from {day_words(ending.left_from)}: no renewal is used."
    elif ending.renews_itself:
        source = "one of your renewals"
        source += ", else your card," if card else ""
        mode = f"Auto-renewal: uses {source} on that day."
    return (
        f"{window.member.name}: {day_words(window.renewal_on)}, "
        f"{left_words(window.renewal_on, today)}, {price_words(window)}. {mode}"
    )


def _seats_words(
    practice: Practice, due: Sequence[Ending], card: StoredCard | None, today: date
) -> str:
    """Say whether the seats there are suffice for those who renew by themselves."""
    window = due[-1].window
    pools = SeatPool.objects.of(practice).filter(
        product__program=window.program, product__kind=Product.Kind.RENEWAL
    )
    there = pools.aggregate(free=Sum(F("granted") - F("used")))["free"] or 0
    product = Product.objects.filter(
        program=window.program, kind=Product.Kind.RENEWAL
    ).first()
    noun, nouns = (product.noun, product.nouns) if product else ("", "")
    said = f"You have {there} {noun if there == 1 else nouns} to assign"
    # Others may be told already and still wait for theirs.
    # One that renews today ended yesterday.
    span = Span(today - timedelta(days=1), window.last_on)
    wanted = renewing_themselves(window.program, [span], practice=practice).count()
    by = day_words(window.renewal_on)
    if not wanted:
        return f"{said}."
    if there >= wanted:
        return f"{said}. Auto-renewal uses {wanted} of them by {by}."
    return (
        f"{said}, and auto-renewal needs {wanted} by {by}. "
        f"{_rest_words(wanted - there, card, window.renewal_on)}"
    )


def _rest_words(missing: int, card: StoredCard | None, by: date) -> str:
    """Say where the renewals come from that the practice lacks by a day."""
    if card is None:
        return f"Add {missing}, or as many people are not renewed."
    month, year = card.expires_month or 1, card.expires_year or 1
    if has_expired(month=month, year=year, today=by):
        return (
            f"Your card, {card}, expires before: replace it or add {missing}, or as "
            "many people are not renewed."
        )
    return f"Your card, {card}, pays for the {missing} that are missing."


def _entries(message: OutboxMessage, due: Sequence[Ending]) -> list[Enclosure]:
    found = []
    for day, group in groupby(due, key=lambda each: each.window.renewal_on):
        names = [each.window.member.name for each in group]
        noun = "renewal" if len(names) == 1 else "renewals"
        assert message.practice is not None
        path = reverse("assignments", kwargs={"practice": message.practice.slug})
        entry = DayEntry(
            key=f"digest-{message.subject_id}-{day}",
            day=day,
            title=f"{len(names)} {noun} due: {message.practice.name}",
            text=", ".join(names),
            url=settings.BASE_URL + path,
            made_at=message.created_at,
        )
        found.append(put_in(entry))
    return found


def _attempts(
    message: OutboxMessage, window_ids: Sequence[UUID]
) -> list[RenewalAttempt]:
    """Read the attempts of a digest whose people the practice sponsors still."""
    return list(
        RenewalAttempt.objects.filter(
            window__in=window_ids,
            practice=message.practice,
            sponsorship__until_on=None,
        )
        # Of who waited, what came of it.
        .exclude(outcome__in=(Outcome.PAYING, Outcome.DECLINED))
        .select_related("window", "member")
        .order_by("member__last_name", "member__first_name", "pk")
    )


def _waiting_words(practice: Practice, program: str) -> str:
    """Say how many more wait for the stored card now."""
    rounds = CardRound.objects.filter(practice=practice, program=program)
    count = waiting_in(rounds.exclude(state=CardRound.State.ENDED)).count()
    if not count:
        return ""
    card = stored_card_of(practice)
    people = "1 person more waits" if count == 1 else f"{count} people more wait"
    return f"{people} for {f'your card, {card}' if card else 'your card'}."


def _missed_words(attempt: RenewalAttempt) -> str:
    window = attempt.window
    ended = policy_for(window.program, on=window.last_on).terms.standing.ended_words
    why = FAULT if attempt.outcome == Outcome.FAILED else attempt.reason
    return (
        f"{attempt.member.name}: not renewed. {why} "
        f"{ended} {day_words(window.renewal_on)}."
    )


def _renewed_words(attempts: Sequence[RenewalAttempt]) -> list[str]:
    certificates = TermCertificate.objects.filter(
        window__member__in=[attempt.member_id for attempt in attempts]
    ).select_related("window")
    begun = {
        (held.window.member_id, held.window.program, held.window.sequence): held
        for held in certificates
    }
    said = []
    for attempt in attempts:
        closed = attempt.window
        held = begun[closed.member_id, closed.program, closed.sequence + 1]
        said.append(
            f"{attempt.member.name}: renewed, next renewal date "
            f"{day_words(held.window.renewal_on)}. "
            f"{certificate_words(held.window, held)}"
        )
    return said
