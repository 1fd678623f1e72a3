"""Live activities: what may be seen of them, which days they have, who is in (M4)."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from accounts.models import Member
from core.business_days import business_day_after
from core.plain_names import plain_name
from core.scope import Scope, stepping_into
from core.sealing import unseal
from courses.models import LiveActivity, LiveRegistration
from courses.rules.live import LiveFacts, sessions_kept, shown_code
from credentials.policy import LiveRules, policy_for, zone_of

NO_LIVE = "This body's policy says nothing of live activities, so none can be made."


def live_rules(program: str, on: date) -> LiveRules | None:
    """Say how a body's live activities end on a day; None where it has none."""
    courses = policy_for(program, on=on).courses
    return courses.live if courses else None


def letter_days(program: str, last_on: date) -> tuple[date, date] | None:
    """Give first and last day of the letter about an activity (M4).

    Args:
        program: the body, whose holidays are no business days.
        last_on: the day of the activity's last session.

    Returns:
        None where the body's policy of that day has no live activities.
    """
    policy = policy_for(program, on=last_on)
    rules = live_rules(program, last_on)
    if rules is None:
        return None
    first, last = (
        business_day_after(last_on, count, country=policy.body.holidays)
        for count in (rules.letter_from, rules.letter_to)
    )
    return first, last


def session_words(live: LiveActivity) -> list[str]:
    """Spell an activity's sessions with the zone they are held by (X3)."""
    zone = zone_of(live.program)
    return [each.words(zone) for each in sessions_kept(live.sessions)]


def facts_of_live(live: LiveActivity) -> LiveFacts:
    """Give what staff wrote of an activity."""
    return LiveFacts(
        title=live.title,
        summary=live.summary,
        provider=live.provider,
        joint_provider=live.joint_provider,
        credit_kind=live.credit_kind,
        credit=live.credit,
        topics=tuple(live.topics),
        place=live.place,
        capacity=live.capacity,
        sessions=sessions_kept(live.sessions),
        evaluate_by=live.evaluate_by,
    )


def codes_of(live: LiveActivity) -> tuple[str, str]:
    """Give the activity's code and the one at the door, as they are read out."""
    return shown_code(unseal(live.code)), shown_code(unseal(live.door_code))


def taken_places(live: LiveActivity) -> set[int]:
    """Name the places that are taken, whoever has them."""
    with stepping_into(Scope.staff(live.program)):
        rows = LiveRegistration.objects.of_program(live.program).standing()
        taken = rows.filter(live=live).values_list("place", flat=True)
        return {place for place in taken if place}


def free_places(lives: Sequence[LiveActivity]) -> Mapping[UUID, int]:
    """Say how many places of each activity nobody has yet."""
    found = {each.pk: each.capacity for each in lives}
    for program in {each.program for each in lives}:
        with stepping_into(Scope.staff(program)):
            rows = LiveRegistration.objects.of_program(program).standing()
            rows = rows.filter(live__in=[each.pk for each in lives]).order_by()
            for pk, count in rows.values_list("live").annotate(Count("pk")):
                found[pk] -= count
    return found


def live_shown(member: Member, days: Mapping[str, date]) -> QuerySet[LiveActivity]:
    """List what bodies announce and is not over, and what the member registered for.

    Args:
        member: who looks.
        days: the day in each body's zone.
    """
    mine = LiveRegistration.objects.visible_to(member).values("live")
    coming = Q()
    for program, today in days.items():
        coming |= Q(program=program, last_on__gte=today, cancelled_at=None)
    # A body without a policy shows nothing.
    rows = LiveActivity.objects.announced().filter(program__in=days)
    return rows.filter(coming | Q(pk__in=mine))


def registration_of(member: Member, live: LiveActivity) -> LiveRegistration | None:
    """Find a member's registration, a cancelled one too, with what came of it."""
    rows = LiveRegistration.objects.visible_to(member).filter(live=live)
    rows = rows.standing_first()
    return rows.select_related("live", "member", "attendance", "claim").first()


def why_not_registered(live: LiveActivity, today: date) -> str:
    """Say why nobody can register for an activity; empty where they can."""
    if live.cancelled_at is not None:
        return f"This activity is cancelled: {live.cancelled_why}"
    if live.published_at is None:
        return "This activity is not announced yet."
    if today > live.first_on:
        return "This activity has begun: nobody can register any more."
    return ""


def same_name(typed: tuple[str, str], registered: tuple[str, str]) -> bool:
    """Say whether first and last name are those registered: case, accents, spaces not.

    Args:
        typed: first and last name.
        registered: first and last name.
    """
    (first, last), (one, two) = typed, registered
    return plain_name(last, first) == plain_name(two, one)
