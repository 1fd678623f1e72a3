"""Writing an activity: drafts that keep what was typed, and taking one back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import Member, Practice
from ce_credits.events import CreditChanged
from ce_credits.models import Activity
from ce_credits.rules import EXTRAS, Reason
from ce_credits.services.numbered import Step
from ce_credits.services.steps import take_away, take_step, write_down
from core.actor import Actor
from core.audit import record
from core.events import publish
from core.failures import Missing, Refusal, Stale
from credentials.policy import day_words, policy_for, programs

FIELDS = (
    "kind",
    "title",
    "provider",
    "on",
    "minutes",
    *EXTRAS,
    "licence_number",
    "item",
)
LONGEST_TYPED = 2000
State = Activity.State


@transaction.atomic
def start_draft(
    *,
    actor: Actor,
    member: Member,
    program: str,
    typed: Mapping[str, str],
    practice: Practice | None = None,
    key: UUID | None = None,
    now: datetime,
) -> Activity:
    """Begin to write an activity; it counts nothing until it is submitted (A8).

    Args:
        key: the one use of the form it comes from, which becomes its id: the same form
            again gives back what it began.

    Raises:
        Missing: no body of that name certifies here, or the key is somebody else's.
    """
    if program not in programs():
        raise Missing("Not found.")
    try:
        activity, begun = Activity.objects.get_or_create(
            pk=key or uuid4(),
            defaults={
                "member": member,
                "program": program,
                "state": State.DRAFT,
                "reported_by": actor.label,
                "practice": practice,
                "typed": _kept(typed),
                "title": _kept(typed).get("title", "").strip()[:300],
                "created_at": now,
                "changed_at": now,
            },
        )
    except IntegrityError as taken:
        # By somebody whose rows the database doesn't show.
        raise Missing("Not found.") from taken
    if not begun:
        if activity.member_id != member.pk:
            raise Missing("Not found.")
        return activity
    record(
        actor=actor,
        action="ce.drafted",
        subject=activity,
        member_id=member.pk,
        practice_id=practice.pk if practice else None,
        sentence=f"Began to write “{activity}”",
        now=now,
    )
    return activity


@transaction.atomic
def save_draft(
    *,
    actor: Actor,
    activity: Activity,
    typed: Mapping[str, str],
    seen_saves: int,
    read_from_file: Sequence[str] = (),
    now: datetime,
) -> Activity:
    """Keep what was typed so far; what was submitted before stands until it is again.

    Args:
        seen_saves: how often it had been saved when the caller's page was made.
        read_from_file: the fields that still hold what a proof filled in.

    Raises:
        Stale: another window saved it since, or it is submitted meanwhile.
    """
    kept = _kept(typed)
    changes: dict[str, object] = {
        "typed": kept,
        "read_from_file": [name for name in read_from_file if name in FIELDS],
    }
    if activity.state == State.DRAFT:
        changes["title"] = kept.get("title", "").strip()[:300]
    if all(getattr(activity, name) == value for name, value in changes.items()):
        return activity
    mine = Activity.objects.filter(
        pk=activity.pk, saves=seen_saves, state__in=Activity.OPEN
    )
    if not mine.update(saves=F("saves") + 1, changed_at=now, **changes):
        raise Stale(
            "This draft was changed in another window. Nothing was saved here. "
            "Reload the page to go on from there."
        )
    activity.refresh_from_db()
    record(
        actor=actor,
        action="ce.draft_saved",
        subject=activity,
        member_id=activity.member_id,
        sentence=f"Saved the draft of “{activity}”",
        now=now,
    )
    return activity


@transaction.atomic
def withdraw(
    *, actor: Actor, activity: Activity, seen: int, today: date, now: datetime
) -> Activity:
    """Take an activity back before staff accepted it; it is kept, and counts nothing.

    Raises:
        Refusal: staff accepted it.
        Stale: it changed since the caller looked at version `seen`.
    """
    before = activity.state
    if before == State.ACCEPTED:
        raise Refusal("Staff approved this activity. Ask them if it has to go.")
    if before == State.WITHDRAWN:
        raise Stale("This activity is withdrawn already.")
    step = Step("withdrawn", actor, today, now)
    written = take_step(activity, step, seen=seen, state=State.WITHDRAWN)
    lost = None
    if activity.on is not None:
        policy = policy_for(activity.program, on=activity.on)
        why = Reason(policy.review_rule, f"Withdrawn on {day_words(today)}.")
        lost = take_away(activity, step, written, why, policy=policy.version)
    write_down(
        activity,
        step,
        action="ce.withdrawn",
        sentence=f"Withdrew “{activity}”",
        before=before,
    )
    if lost:
        publish(CreditChanged(activity.member_id, activity.program, actor, today, now))
    return activity


def _kept(typed: Mapping[str, str]) -> dict[str, str]:
    return {
        name: str(typed[name]).replace("\0", "")[:LONGEST_TYPED]
        for name in FIELDS
        if typed.get(name)
    }
