"""What stands in the way of undoing a term that a practice assigned.

docs/decisions/0021 says why each of these does.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import F

from accounts.models import Sponsorship
from ce_credits.models import ActivityStep
from certificates.models import Opening
from core.shown import when_words
from credentials.models import Assignment, LeftOut, Window
from credentials.policy import zone_of
from renewals.models import RenewalAttempt, TermCertificate
from renewals.queries.lives import Life, lives_of

Outcome = RenewalAttempt.Outcome
Kind = ActivityStep.Kind
DECIDED = (Kind.RECORDED, Kind.ACCEPTED, Kind.REJECTED)


@dataclass(frozen=True)
class Around:
    """What was done around terms since they were assigned.

    Args:
        windows: by assignment, the term it began.
        lives: by member.
        itself: assignments that auto-renewal made.
        tried: terms that auto-renewal decided on for the practice; whoever waits for a
            card still is not among them.
        touched: terms that auto-renewal has looked at in any way.
        left_out: terms after which somebody is left out.
        taken_in: by sponsorship, the instants at which somebody was taken back in.
        decided: by member, when credit was decided on last.
        openings: by certificate, who opened it first.
    """

    windows: Mapping[UUID, Window]
    lives: Mapping[UUID, Life]
    itself: frozenset[UUID] = frozenset()
    tried: frozenset[UUID] = frozenset()
    touched: frozenset[UUID] = frozenset()
    left_out: frozenset[UUID] = frozenset()
    taken_in: Mapping[UUID, Sequence[datetime]] = field(default_factory=dict)
    decided: Mapping[UUID, datetime] = field(default_factory=dict)
    openings: Mapping[UUID, Opening] = field(default_factory=dict)


def why_terms_stand(
    given: Iterable[Assignment], days: Mapping[str, date]
) -> Mapping[UUID, str]:
    """Say by assignment why the term it began can't be undone; absent where it can.

    Constant in its statements for each program.

    Args:
        given: assignments that begin terms, with member, product and sponsorship.
        days: the day it is in each program's zone.
    """
    by_program: defaultdict[str, list[Assignment]] = defaultdict(list)
    for each in given:
        by_program[each.product.program].append(each)
    found: dict[UUID, str] = {}
    for program, rows in by_program.items():
        around = _around(program, rows)
        for row in rows:
            reason = why_term_stands(row, around, days[program])
            if reason:
                found[row.pk] = reason
    return found


def opened_words(name: str, opening: Opening, program: str) -> str:
    """Say who opened somebody's certificate first."""
    if opening.way == Opening.Way.UNKNOWN:
        return f"{name}'s certificate was issued before downloads were written down."
    when = when_words(opening.at, zone_of(program))
    return f"{name}'s certificate was downloaded by {opening.by} on {when}."


def why_term_stands(given: Assignment, around: Around, today: date) -> str:
    """Say why the term can't be undone that an assignment began; '' where it can.

    Args:
        given: the assignment, with its member, product and sponsorship.
        around: what was done around it, for who has read that already.
        today: the day it is in the body's zone.
    """
    name, window = given.member.name, around.windows.get(given.pk)
    if window is None:
        return f"The term of {name} was begun before terms could be undone."
    life = around.lives[given.member_id]
    held = next((row for row in life.certificates if row.window_id == window.pk), None)
    return (
        _why_acted_on(given, window, life, around)
        or _why_certificate(given, held, life, around)
        or _why_renewed_again(given, window, life, around, today)
    )


def _why_acted_on(given: Assignment, window: Window, life: Life, around: Around) -> str:
    name = given.member.name
    if given.pk in around.itself:
        return f"Auto-renewal renewed {name}, as your practice has set it."
    if window.applied_on < given.on:
        return f"{name} had this term before they joined."
    if life.latest is None or life.latest.pk != window.pk:
        return f"{name} was renewed again since. That has to be undone first."
    if window.pk in around.touched:
        return f"Auto-renewal has looked at {name}'s new term already."
    if window.pk in around.left_out:
        return f"{name} was left out of the renewal after it since."
    if given.at in around.taken_in.get(given.sponsorship_id, ()):
        return f"It took {name} back in, who was left out. Lower the seats instead."
    decided_at = around.decided.get(given.member_id)
    if decided_at and decided_at > given.at:
        return f"The body decided on {name}'s continuing education since."
    return ""


def _why_certificate(
    given: Assignment, held: TermCertificate | None, life: Life, around: Around
) -> str:
    name = given.member.name
    if held is None:
        return ""
    if held.waived_on:
        return f"The body waived missing credit for {name}'s certificate."
    if held.window_id in life.endings:
        return f"{name}'s certificate is {life.endings[held.window_id]} already."
    opening = around.openings.get(held.certificate_id) if held.certificate_id else None
    if opening:
        return opened_words(name, opening, given.product.program)
    return ""


def _why_renewed_again(
    given: Assignment, window: Window, life: Life, around: Around, today: date
) -> str:
    """Auto-renewal would assign again at once what is undone here."""
    before = [each for each in life.windows if each.sequence < window.sequence]
    auto = given.sponsorship.renewal_mode == Sponsorship.Mode.AUTO
    if not auto or not before or before[-1].renewal_on > today:
        return ""
    if before[-1].pk in around.tried:
        return ""
    return (
        f"Auto-renewal would renew {given.member.name} again at once. "
        "Switch them to manual renewal first."
    )


def _around(program: str, rows: Sequence[Assignment]) -> Around:
    members = [row.member_id for row in rows]
    windows = {
        each.assignment_id: each
        for each in Window.objects.filter(assignment__in=[row.pk for row in rows])
        if each.assignment_id
    }
    lives = lives_of(members, program)
    terms = [each.pk for life in lives.values() for each in life.windows]
    attempts = RenewalAttempt.objects.filter(window__in=terms)
    tried = attempts.exclude(outcome=Outcome.PAYING).filter(
        sponsorship__in=[row.sponsorship_id for row in rows]
    )
    papers = [
        each.certificate_id
        for life in lives.values()
        for each in life.certificates
        if each.certificate_id
    ]
    return Around(
        windows=windows,
        lives=lives,
        itself=frozenset(_itself(rows)),
        tried=frozenset(tried.values_list("window", flat=True)),
        touched=frozenset(attempts.values_list("window", flat=True)),
        left_out=frozenset(
            LeftOut.objects.filter(window__in=terms).values_list("window", flat=True)
        ),
        taken_in=_taken_in(rows),
        decided=_decided(members, program),
        openings={
            each.certificate_id: each
            for each in Opening.objects.filter(certificate__in=papers)
        },
    )


def _itself(rows: Sequence[Assignment]) -> Iterable[UUID]:
    made = RenewalAttempt.objects.filter(assignment__in=[row.pk for row in rows])
    return (each.assignment_id for each in made if each.assignment_id)


def _taken_in(rows: Sequence[Assignment]) -> Mapping[UUID, Sequence[datetime]]:
    found: defaultdict[UUID, list[datetime]] = defaultdict(list)
    ended = LeftOut.objects.filter(
        sponsorship__in=[row.sponsorship_id for row in rows], ended_at__isnull=False
    )
    for left in ended:
        if left.ended_at:
            found[left.sponsorship_id].append(left.ended_at)
    return found


def _decided(members: Sequence[UUID], program: str) -> Mapping[UUID, datetime]:
    steps = ActivityStep.objects.filter(
        activity__member__in=members, activity__program=program, kind__in=DECIDED
    ).order_by("at")
    return dict(steps.annotate(of=F("activity__member")).values_list("of", "at"))
