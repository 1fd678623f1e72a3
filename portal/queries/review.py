"""One activity as its reviewer sees it: proof, facts, and what a decision changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse

from accounts.access import OWN_RECORD, is_own_record
from ce_credits.models import Activity
from ce_credits.queries import Twins, twins
from ce_credits.rules import Award
from core.failures import Missing
from credentials.policy import day_words
from portal.queries.activity import Event, history_of
from portal.queries.activity_inputs import input_facts, inputs_of
from portal.queries.claims import Claim, claims, credit_text
from portal.queries.deciding import Changes, answer_for, changes_of
from portal.queries.filters import Asked
from portal.queries.flags import Beside, Flag, flagged, over_limits
from portal.queries.learning import TAGS
from portal.queries.nearby import OtherRow, alike_rows, other_rows
from portal.queries.places import body_name
from portal.queries.proofs import (
    Compared,
    Looking,
    Shelf,
    compared,
    first_picture,
    minutes_said,
    shelf_of,
)
from portal.queries.queue import Place, place_of, queue_url, review_url
from portal.queries.resting import Resting, resting_of
from portal.queries.shown import Tag, days_words
from renewals.queries import Life, life_of

if TYPE_CHECKING:
    from portal.queries.flags import Flagged

State = Activity.State
DECISIONS = (State.ACCEPTED, State.RETURNED, State.REJECTED)


@dataclass(frozen=True)
class Trial:
    """What a reviewer tries before deciding: minutes, inputs and credit as typed."""

    minutes: object = None
    determined: Decimal | None = None
    inputs: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Asking:
    """From where and how the review is looked at."""

    asked: Asked = field(default_factory=Asked)
    looking: Looking = field(default_factory=Looking)
    trial: Trial = field(default_factory=Trial)


@dataclass(frozen=True)
class Review:
    """All the template shows."""

    activity: Activity
    body_name: str
    eyebrow: str
    queue_url: str
    place: Place
    ahead_url: str
    verdict: str
    title: str
    tag: Tag
    claim: Claim
    shelf: Shelf
    compared: Sequence[Compared]
    read_minutes: int | None
    read_url: str
    facts: Sequence[tuple[str, str]]
    answer: Award
    answer_text: str
    steps: Sequence[tuple[str, str]]
    changes: Changes
    resting: Sequence[Resting]
    flags: Sequence[Flag]
    alike: Sequence[OtherRow]
    others: Sequence[OtherRow]
    member_url: str
    history: Sequence[Event]
    blocked: str
    decisions: Sequence[str]


def activity_of(program: str, activity_id: UUID) -> "Flagged":
    """Find an activity that was sent to the body.

    Raises:
        Missing: there is no such activity for its staff.
    """
    found = (
        flagged(Activity.objects.of_program(program))
        .select_related("member", "catalogue_item")
        .filter(pk=activity_id)
        .first()
    )
    if found is None:
        raise Missing("Not found.")
    return found


def review_of(
    activity: "Flagged", asking: Asking, *, reader_id: UUID, today: date
) -> Review:
    """Read all that a reviewer needs to decide on an activity."""
    program, asked = activity.program, asking.asked
    life = life_of(activity.member_id, program)
    claim = claims([activity])[activity.pk]
    shelf = shelf_of(activity, asking.looking, asked.pairs)
    answer = answer_for(activity, asking.trial.minutes, asking.trial.inputs)
    place = place_of(program, asked, activity, today)
    read = minutes_said(shelf.said)
    read_minutes = read if read != activity.minutes else None
    alike = twins(program, [activity.member_id])
    return Review(
        activity=activity,
        body_name=body_name(program),
        eyebrow=_eyebrow(activity, place, today),
        queue_url=queue_url(program, asked),
        place=place,
        ahead_url=first_picture(program, place.after_id),
        verdict=_verdict(activity, claim, shelf),
        title=str(activity),
        tag=TAGS[State(activity.state)],
        claim=claim,
        shelf=shelf,
        compared=_compared(activity, claim, shelf),
        read_minutes=read_minutes,
        read_url=_trying(activity, asked, read_minutes),
        facts=_facts(activity, claim, shelf),
        answer=answer,
        answer_text=answer.explanation.replace("->", "→"),
        steps=_steps(answer),
        changes=changes_of(activity, life, answer, asking.trial.determined, today),
        resting=resting_of(life, today),
        flags=_flags(activity, alike, life, today),
        alike=alike_rows(activity, alike, asked),
        others=other_rows(activity, life, asked),
        member_url=_member_url(activity),
        history=history_of(activity),
        blocked=_blocked(activity, reader_id),
        decisions=[each for each in DECISIONS if each != activity.state],
    )


def _eyebrow(activity: "Flagged", place: Place, today: date) -> str:
    said = [f"{place.number} of {place.total}"] if place.number else []
    if activity.state == State.SUBMITTED:
        days = (today - activity.since).days
        said.append(f"waiting {days_words(days)}" if days > 0 else "sent in today")
    return ", ".join([*said, activity.practice_name or "pays alone"])


def _verdict(activity: Activity, claim: Claim, shelf: Shelf) -> str:
    name = activity.member.name
    if not claim.minutes:
        return f"{name} reported {claim.kind_label}."
    noun = "minute" if claim.minutes == 1 else "minutes"
    said = f"{name} reported {claim.minutes} {noun}."
    read = minutes_said(shelf.said)
    if read and read != claim.minutes:
        return f"{said} The file says {read}."
    return said


def _compared(activity: Activity, claim: Claim, shelf: Shelf) -> list[Compared]:
    if shelf.sheet is None:
        return []
    sent: Mapping[str, Any] = claim.reported
    rows = compared(
        title=str(sent.get("title") or activity.title),
        on=date.fromisoformat(sent["on"]) if sent.get("on") else activity.day,
        minutes=claim.minutes,
        said=shelf.said,
    )
    read = minutes_said(shelf.said)
    if read and read != claim.minutes:
        would = answer_for(activity, read)
        claimed = credit_text(claim.claimed, claim.unit)
        shown = credit_text(would.credits, claim.unit)
        word = "Same" if claimed == shown else "Differs"
        rows.append(Compared("Credit", claimed, shown, word))
    return rows


def _trying(activity: Activity, asked: Asked, minutes: int | None) -> str:
    """The address that tries other minutes; empty where there are none to try."""
    if minutes is None:
        return ""
    url = review_url(activity.program, activity.pk, asked)
    return f"{url}{'&' if '?' in url else '?'}minutes={minutes}#decide"


def _facts(activity: Activity, claim: Claim, shelf: Shelf) -> list[tuple[str, str]]:
    item = activity.catalogue_item
    corrected = activity.minutes if activity.minutes != claim.minutes else None
    facts = [
        ("Done on", "" if shelf.sheet else day_words(activity.day)),
        ("Provider", activity.provider),
        ("Minutes credited", str(corrected or "")),
        *input_facts(inputs_of(activity), activity.program),
        ("Licence number", activity.licence_number),
        ("Catalogue", f"{item.code}, {item.title}" if item else ""),
        ("Reported by", activity.reported_by),
    ]
    return [(label, value) for label, value in facts if value]


def _steps(answer: Award) -> list[tuple[str, str]]:
    steps = [
        (f"Rule {reason.rule}{', our ruling' if reason.ruling else ''}", reason.text)
        for reason in answer.reasons
    ]
    steps.append(("Policy", answer.policy))
    return [(label, text.replace("->", "→")) for label, text in steps]


def _flags(activity: "Flagged", alike: Twins, life: Life, today: date) -> list[Flag]:
    over = over_limits([life], today)
    ids = {
        "twice": frozenset(alike.titles),
        "same_hour": frozenset(alike.hours),
        "over_limit": over,
    }
    return Beside(ids).of(activity)


def _member_url(activity: Activity) -> str:
    place = {"program": activity.program, "member_id": activity.member_id}
    return reverse("staff_member", kwargs=place)


def _blocked(activity: Activity, reader_id: UUID) -> str:
    """Say why nothing can be decided here; empty where it can."""
    if activity.state == State.WITHDRAWN:
        return "The holder withdrew this activity. There is nothing to decide."
    if is_own_record(reader_id, activity.member):
        return OWN_RECORD
    return ""
