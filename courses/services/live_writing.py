"""Staff write a live activity, announce it, and cancel it (M4, M12)."""

import secrets
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotEligible, NotUsable, Stale
from core.outbox import tell
from core.sealing import seal, sealed_anew
from core.seen import check_seen
from core.turns import take_turn
from courses.models import LiveActivity, LiveRegistration
from courses.queries.live import (
    NO_LIVE,
    facts_of_live,
    letter_days,
    live_rules,
    session_words,
)
from courses.queries.written import seen_live
from courses.rules.live import LiveFacts, kept_sessions, make_code, problems_of_live
from courses.services.meanwhile import LOOK_AGAIN
from courses.services.offering import problem_of_credit
from credentials.policy import LiveRules, policy_for

CANCELLED = "live_cancelled"
LONGEST_WHY = 400
ANNOUNCED = "This activity is announced: what people registered for stays as it is."
OVER = "Its last session is over."


@transaction.atomic
def create_live(
    *, actor: Actor, program: str, facts: LiveFacts, today: date, now: datetime
) -> LiveActivity:
    """Begin a live activity, a draft with two codes that nobody can guess.

    Raises:
        NotEligible: the body's pack has no live activities.
        NotUsable: a fact can't be; each problem names its field.
    """
    rules = _checked(program, facts, today)
    live = LiveActivity(
        program=program,
        code=seal(make_code(rules.code_symbols, secrets.choice)),
        door_code=seal(make_code(rules.door_symbols, secrets.choice)),
        created_at=now,
        changed_at=now,
    )
    _write(live, facts, rules)
    live.save()
    _note(actor, live, "live.created", "Began", now)
    return live


@transaction.atomic
def change_live(
    *,
    actor: Actor,
    live: LiveActivity,
    facts: LiveFacts,
    seen: str | None = None,
    today: date,
    now: datetime,
) -> LiveActivity:
    """Change a draft's facts; the same again writes nothing.

    Args:
        actor: staff of the body.
        live: a draft of it.
        facts: all of them, as they are to be.
        seen: what stood there when the writer opened it, by `seen_live`; None asks
            nothing.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        Stale: somebody else changed them since.
        NotEligible: it is announced, or the body's pack has no live activities.
        NotUsable: a fact can't be; each problem names its field.
    """
    rules = _checked(live.program, facts, today)
    row = _held(live)
    if row.published_at is not None:
        raise NotEligible(ANNOUNCED)
    check_seen(seen, seen_live(row))
    before = facts_of_live(row)
    _write(row, facts, rules)
    if facts_of_live(row) == before:
        return row
    row.changed_at = now
    row.save()
    _note(actor, row, "live.changed", "Changed", now)
    return row


@transaction.atomic
def publish_live(
    *,
    actor: Actor,
    live: LiveActivity,
    seen: str | None = None,
    today: date,
    now: datetime,
) -> LiveActivity:
    """Announce an activity: whoever signs in finds it, and can register.

    Args:
        actor: staff of the body.
        live: a draft of it.
        seen: the draft that was looked at, by `seen_live`; None asks nothing.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        Stale: it is announced already, or somebody changed it since.
        NotEligible: its last session is over.
    """
    row = _held(live)
    if row.published_at is not None:
        raise Stale("This activity is announced already.")
    check_seen(seen, seen_live(row), LOOK_AGAIN)
    if row.last_on < today:
        raise NotEligible(f"{OVER} Change its sessions first.")
    row.published_at = row.changed_at = now
    row.save()
    _note(actor, row, "live.published", "Announced", now)
    return row


@transaction.atomic
def cancel_live(
    *, actor: Actor, live: LiveActivity, why: str, today: date, now: datetime
) -> int:
    """Cancel an announced activity, and write to whoever registered.

    Args:
        actor: staff of the body.
        live: an activity of it.
        why: what the letter says.
        today: the day in the body's zone.
        now: the instant, UTC.

    Returns:
        How many letters were queued.

    Raises:
        Stale: it is cancelled already.
        NotEligible: nobody knows of it yet, or its last session is over.
        NotUsable: no reason, or one too long.
    """
    said = " ".join(why.split())
    if not said or len(said) > LONGEST_WHY:
        text = f"Use at most {LONGEST_WHY} characters." if said else "Write why."
        raise NotUsable(text, [FieldProblem("why", text)])
    row = _held(live)
    if row.cancelled_at is not None:
        raise Stale("This activity is cancelled already.")
    if row.published_at is None:
        raise NotEligible("Nobody knows of this draft: there is nothing to cancel.")
    if row.last_on < today:
        raise NotEligible(f"{OVER} Who was there can claim it.")
    row.cancelled_at = row.changed_at = now
    row.cancelled_why = said
    row.save()
    _note(actor, row, "live.cancelled", "Cancelled", now, said)
    rows = LiveRegistration.objects.of_program(row.program).standing()
    coming = list(rows.filter(live=row).exclude(email=""))
    for each in coming:
        _tell_cancelled(row, each, now)
    return len(coming)


@transaction.atomic
def seal_codes_anew() -> int:
    """Seal all codes under the present key; return how many.

    Raises:
        Unreadable: no key of the settings opens one of them.
    """
    rows = list(LiveActivity.objects.order_by("pk"))
    for row in rows:
        mine = LiveActivity.objects.filter(pk=row.pk)
        mine.update(code=sealed_anew(row.code), door_code=sealed_anew(row.door_code))
    return 2 * len(rows)


def _checked(program: str, facts: LiveFacts, today: date) -> LiveRules:
    """Refuse facts that can't be, each beside its field."""
    policy = policy_for(program, on=today)
    rules = live_rules(program, today)
    if policy.courses is None or rules is None:
        raise NotEligible(NO_LIVE)
    days = letter_days(program, facts.last_on) if facts.sessions else None
    letter_by = days[1] if days else None
    found = list(problems_of_live(facts, rules=rules, letter_by=letter_by))
    if facts.sessions and facts.last_on < today:
        found.append(("sessions", f"{OVER} Enter a day to come."))
    kinds = {kind.code for kind in policy.kinds}
    if facts.credit_kind and facts.credit_kind not in kinds:
        said = f"{facts.credit_kind!r} is none of: {', '.join(sorted(kinds))}."
        found.append(("credit_kind", said))
    elif facts.credit_kind and facts.credit:
        said = problem_of_credit(facts=facts, policy=policy, on=today)
        found += [("credit", said)] if said else []
    known = [topic.code for topic in policy.courses.topics]
    for topic in facts.topics:
        if topic not in known:
            said = f"{topic!r} is none of: {', '.join(known) or 'no topic at all'}."
            found.append(("topics", said))
    if found:
        raise NotUsable(found[0][1], [FieldProblem(*each) for each in found])
    return rules


def _write(live: LiveActivity, facts: LiveFacts, rules: LiveRules) -> None:
    live.title, live.summary = facts.title, facts.summary
    live.provider, live.joint_provider = facts.provider, facts.joint_provider
    live.credit_kind, live.credit = facts.credit_kind, facts.credit
    live.topics, live.place = list(facts.topics), facts.place
    live.capacity, live.sessions = facts.capacity, kept_sessions(facts.sessions)
    live.first_on, live.last_on = facts.first_on, facts.last_on
    until = facts.last_on + timedelta(days=rules.evaluate_days)
    live.evaluate_by = facts.evaluate_by or until


def _held(live: LiveActivity) -> LiveActivity:
    """Lock an activity, beside whoever takes a place of it."""
    take_turn(f"live {live.pk}")
    return LiveActivity.objects.select_for_update(no_key=True).get(pk=live.pk)


def _tell_cancelled(live: LiveActivity, row: LiveRegistration, now: datetime) -> None:
    page = reverse("my_live_activity", kwargs={"live_id": live.pk})
    tell(
        kind=CANCELLED,
        subject_id=row.pk,
        recipient=row.email,
        program=live.program,
        payload={
            "practice": policy_for(live.program, on=live.first_on).body_name,
            "name": row.first_name,
            "title": live.title,
            "sessions": session_words(live),
            "why": live.cancelled_why,
            "url": settings.BASE_URL + page,
        },
        now=now,
    )


def _note(
    actor: Actor,
    live: LiveActivity,
    action: str,
    verb: str,
    now: datetime,
    reason: str = "",
) -> None:
    record(
        actor=actor,
        action=action,
        subject=live,
        program=live.program,
        sentence=f"{verb} the live activity {live.title}"[:400],
        reason=reason,
        now=now,
    )
