"""Keeping where somebody is in a course, and what they have seen of it (M1)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotEligible, NotUsable
from courses.models import Enrolment, Page, Watched, Whereabouts
from courses.queries import exam_of
from courses.queries.course_tests import rules_of
from courses.queries.learning import (
    is_over,
    over_words,
    passed_test,
    spans_of,
    way_of,
)
from courses.rules import Coverage, clock_words, coverage, joined, next_leaf
from courses.rules.watching import Spans
from credentials.models import Assignment
from credentials.services import hold_assignment, report_progress


@dataclass(frozen=True)
class Seen:
    """What is kept of a page: how much of its video, and whether the page is done.

    `coverage` is None of a page without a video.
    """

    coverage: Coverage | None
    done: bool


def hold_enrolment(enrolment: Enrolment) -> Enrolment:
    """Lock an enrolment until the transaction ends: its course, version and rest."""
    rows = Enrolment.objects.select_related("course", "version", "member")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=enrolment.pk)


def check_going(enrolment: Enrolment, today: date) -> None:
    """Hold that something of a course may still be written.

    Raises:
        NotEligible: it ended.
    """
    if is_over(enrolment, today):
        raise NotEligible(over_words(enrolment))


@transaction.atomic
def keep_place(
    *,
    actor: Actor,
    enrolment: Enrolment,
    page: Page,
    second: Decimal,
    spans: Spans,
    captions: bool | None,
    today: date,
    now: datetime,
) -> Seen:
    """Keep where somebody is, and join what they watched to what they had.

    It is sent every few seconds; the newest by the server's clock is where they go on.
    The trail has a course's beginning and end, not each of these.

    Args:
        actor: who learns.
        enrolment: their own.
        page: of its version.
        second: of the page's video; of a text it is 0.
        spans: what was watched of it since, or all of it again.
        captions: whether they are switched on; None where nothing was chosen (M2).
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        NotEligible: the course ended.
        NotUsable: the page is of another version.
    """
    row = hold_enrolment(enrolment)
    check_going(row, today)
    _check_page(row, page)
    chosen = {} if captions is None else {"captions": captions}
    place = min(second, page.seconds or Decimal(0))
    values = {"page": page, "second": place, "at": now, **chosen}
    Whereabouts.objects.update_or_create(enrolment=row, defaults=values)
    if page.seconds is None:
        done = Watched.objects.filter(enrolment=row, page=page, done_at__isnull=False)
        return Seen(None, done.exists())
    watched = _watched(row, page)
    found = _joined(row, watched, page, spans, today)
    if found.whole and watched.done_at is None:
        watched.done_at = now
    watched.save()
    finish_if_whole(actor, row, now)
    return Seen(found, watched.done_at is not None)


@transaction.atomic
def pass_page(
    *,
    actor: Actor,
    enrolment: Enrolment,
    page: Page,
    read_instead: bool,
    today: date,
    now: datetime,
) -> None:
    """Go on from a page: it is read. A video that must be watched must be, or read.

    Args:
        actor: who learns.
        enrolment: their own.
        page: of its version.
        read_instead: they declare to have read the transcript in the video's place.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        NotEligible: the course ended, or something of the video is missing.
        NotUsable: the page is of another version.
    """
    row = hold_enrolment(enrolment)
    check_going(row, today)
    _check_page(row, page)
    watched = _watched(row, page)
    if watched.done_at is not None:
        _move_on(row, page, now)
        return
    if page.seconds is not None and row.version.must_watch and not read_instead:
        found = _joined(row, watched, page, (), today)
        if not found.whole:
            raise NotEligible(holes_words(found))
    watched.done_at = now
    watched.save()
    _move_on(row, page, now)
    finish_if_whole(actor, row, now)


def finish_if_whole(actor: Actor, row: Enrolment, now: datetime) -> bool:
    """Note that a course is completed, once nothing of it is missing (M3).

    The enrolment is locked by the caller.
    """
    if row.completed_at is not None:
        return True
    if way_of(row).missing or not passed_test(row):
        return False
    row.completed_at = now
    row.save(update_fields=["completed_at"])
    assignment = row.assignment and hold_assignment(assignment=row.assignment)
    record(
        actor=actor,
        action="course.completed",
        subject=row,
        practice_id=assignment.practice_id if assignment else None,
        member_id=row.member_id,
        program=row.program,
        sentence=f"Completed {row.course.title}",
        now=now,
    )
    # What opens an exam as well is complete by that, which is taken after the course.
    if assignment and exam_of(assignment, row.started_on) is None:
        report_progress(
            actor=actor,
            assignment=assignment,
            state=Assignment.State.COMPLETE,
            label="completed",
            now=now,
        )
    return True


def holes_words(found: Coverage) -> str:
    """Say what of a video was not watched yet, and what else helps."""
    # What is shorter than a second reads as nothing: only where all is, it is said.
    shown = [each for each in found.holes if each[1] - each[0] >= 1] or found.holes
    holes = [f"{clock_words(first)} to {clock_words(last)}" for first, last in shown]
    return f"Not watched yet: {', '.join(holes)}. Watch it, or read the transcript."


def _move_on(row: Enrolment, page: Page, now: datetime) -> None:
    """Go on at the page after one: what a script would tell, told without."""
    way = way_of(row)
    following = next_leaf(way.leaves, page.code)
    if following is None:
        return
    values = {"page": way.page(following.code), "second": Decimal(0), "at": now}
    Whereabouts.objects.update_or_create(enrolment=row, defaults=values)


def _watched(row: Enrolment, page: Page) -> Watched:
    found = Watched.objects.filter(enrolment=row, page=page).first()
    return found or Watched(enrolment=row, page=page)


def _joined(
    row: Enrolment, watched: Watched, page: Page, spans: Spans, today: date
) -> Coverage:
    """Join stretches to those that are kept; the caller saves them."""
    assert page.seconds is not None
    whole = joined([*spans_of(watched, page), *spans], seconds=page.seconds)
    watched.spans = [[f"{first:f}", f"{last:f}"] for first, last in whole]
    unwatched = rules_of(row.course, today).unwatched
    return coverage(whole, seconds=page.seconds, unwatched=unwatched)


def _check_page(row: Enrolment, page: Page) -> None:
    if page.version_id != row.version_id:
        text = "This page is of another version of the course. Open the course again."
        raise NotUsable(text, [FieldProblem("page", text)])
