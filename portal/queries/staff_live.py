"""A body's live activities as its staff hold them, with who comes (M4, M12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse

from core.failures import Missing
from courses.models import LiveActivity, LiveRegistration
from courses.queries.live import (
    NO_LIVE,
    codes_of,
    letter_days,
    session_words,
)
from courses.queries.written import seen_live
from courses.services import ListChecked
from credentials.policy import day_words, live_programs, span_words
from portal.queries.course_words import credit_of, provider_words, topics_of
from portal.queries.live_evaluations import LiveEvaluations, live_evaluations
from portal.queries.places import body_name
from portal.queries.shown import Tag


@dataclass(frozen=True)
class StaffLiveRow:
    """An activity in the list."""

    title: str
    about: str
    tag: Tag
    url: str


@dataclass(frozen=True)
class StaffLiveList:
    """All the list shows; `why_none` where the body has no live activities."""

    body_name: str
    verdict: str
    why_none: str
    activities: Sequence[StaffLiveRow]


@dataclass(frozen=True)
class Coming:
    """Somebody who registered."""

    id: UUID
    name: str
    email: str
    tag: Tag
    can_tick: bool
    ticked: bool = False


@dataclass(frozen=True)
class StaffLivePage:
    """An activity with its codes, and who comes."""

    title: str
    tag: Tag
    summary: str
    facts: Sequence[tuple[str, str]]
    sessions: Sequence[str]
    codes: tuple[str, str]
    letter: str
    people: Sequence[Coming]
    people_text: str
    evaluations: LiveEvaluations | None
    seen: str
    is_draft: bool
    can_cancel: bool
    can_note: bool


@dataclass(frozen=True)
class ListPage:
    """What a checked list would do."""

    verdict: str
    known: str
    problems: Sequence[tuple[int, str, str]]
    people: Sequence[Coming]


def staff_live_of(program: str, live_id: UUID) -> LiveActivity:
    """Find a body's live activity.

    Raises:
        Missing: there is none.
    """
    found = LiveActivity.objects.of_program(program).filter(pk=live_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def staff_live_list(program: str, today: date) -> StaffLiveList:
    """List a body's activities, the latest first, with how many come."""
    standing = Q(registrations__place__isnull=False)
    rows = LiveActivity.objects.of_program(program).order_by("-first_on", "title", "pk")
    found = list(rows.annotate(coming=Count("registrations", filter=standing)))
    noun = "activity" if len(found) == 1 else "activities"
    return StaffLiveList(
        body_name=body_name(program),
        verdict=f"{len(found)} live {noun}." if found else "There is none yet.",
        why_none="" if program in live_programs() else NO_LIVE,
        activities=[_row(each, today) for each in found],
    )


def staff_live_page(live: LiveActivity, today: date) -> StaffLivePage:
    """Show an activity, its codes and who registered."""
    people = coming_to(live)
    there = sum(not each.can_tick for each in people)
    begun = live.first_on <= today
    held = live.published_at is not None and live.cancelled_at is None
    return StaffLivePage(
        title=live.title,
        tag=_tag(live, today),
        summary=live.summary,
        facts=_facts(live, today),
        sessions=session_words(live),
        codes=codes_of(live),
        letter=_letter(live),
        people=people,
        people_text=(
            f"{len(people):,} of {live.capacity:,} places, {there:,} were there"
        ),
        evaluations=live_evaluations(live, today),
        seen=seen_live(live),
        is_draft=live.published_at is None,
        can_cancel=held and today <= live.last_on,
        can_note=held and begun,
    )


def coming_to(
    live: LiveActivity, ticked: Sequence[UUID] = (), only: Sequence[UUID] | None = None
) -> Sequence[Coming]:
    """List who has a place, by name; `only` narrows it, `ticked` are ticked."""
    rows = LiveRegistration.objects.of_program(live.program).standing()
    rows = rows.filter(live=live).select_related("attendance", "claim")
    if only is not None:
        rows = rows.filter(pk__in=only)
    return [_coming(each, each.pk in ticked) for each in rows]


def list_page(live: LiveActivity, checked: ListChecked) -> ListPage:
    """Show what a checked list would note; nothing is saved until then."""
    ids = [each.pk for each in checked.found]
    count, known, bad = len(ids), len(checked.known), len(checked.problems)
    noun = "person" if count == 1 else "people"
    said = f"Noting it marks {count:,} {noun} as there. Nothing is saved yet."
    if not count:
        said = "Nothing to note: nobody in it is registered and not noted yet."
    rows = f" {bad:,} {'row' if bad == 1 else 'rows'} can't be used." if bad else ""
    return ListPage(
        verdict=f"{said}{rows}",
        known=f"{known:,} noted before stay as they are." if known else "",
        problems=[(each.row, each.column, each.text) for each in checked.problems],
        people=coming_to(live, ids, ids),
    )


def _row(live: LiveActivity, today: date) -> StaffLiveRow:
    coming: int = live.coming  # type: ignore[attr-defined]
    about = span_words(live.first_on, live.last_on)
    return StaffLiveRow(
        title=live.title,
        about=f"{about}, {live.place}, {coming:,} of {live.capacity:,} places",
        tag=_tag(live, today),
        url=reverse(
            "staff_live_activity",
            kwargs={"program": live.program, "live_id": live.pk},
        ),
    )


def _tag(live: LiveActivity, today: date) -> Tag:
    if live.published_at is None:
        return Tag("warn", "Draft")
    if live.cancelled_at is not None:
        return Tag("bad", "Cancelled")
    if today < live.first_on:
        return Tag("info", "Announced")
    if today <= live.last_on:
        return Tag("ok", "Held now")
    open_ = today <= live.evaluate_by
    return Tag("ok", "Evaluation open") if open_ else Tag("neutral", "Over")


def _facts(live: LiveActivity, today: date) -> list[tuple[str, str]]:
    how = "Jointly provided" if live.joint_provider else "Directly provided"
    found = [("Provider", f"{provider_words(live)} ({how.lower()})")]
    found.append(("Place", live.place))
    credit = credit_of(live, today) if live.credit is not None else "None"
    found.append(("Credit", credit))
    if topics := topics_of(live, today):
        found.append(("Counts as", topics))
    found.append(("Evaluation until", day_words(live.evaluate_by)))
    if live.cancelled_why:
        found.append(("Cancelled", live.cancelled_why))
    return found


def _letter(live: LiveActivity) -> str:
    days = letter_days(live.program, live.last_on)
    if days is None:
        return ""
    return f"Who was there gets it by e-mail {span_words(*days)} (M4)."


def _coming(row: LiveRegistration, ticked: bool) -> Coming:  # noqa: FBT001
    attendance = getattr(row, "attendance", None)
    tag = Tag("info", "Registered")
    if attendance:
        tag = Tag("ok", f"There: {attendance.get_how_display().lower()}")
    if hasattr(row, "claim"):
        tag = Tag("ok", "Claimed")
    return Coming(row.pk, str(row), row.email, tag, attendance is None, ticked)
