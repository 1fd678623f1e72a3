"""Whose a place at something live is, where two accounts are of one person (M1, M4)."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef

from courses.models import LiveActivity, LiveRegistration
from courses.models.live import LiveRegistrationQuerySet


def join_live(rows: LiveRegistrationQuerySet, kept: UUID, given_up: UUID) -> None:
    """Move who comes to something live; what both come to stays with each.

    Whoever cancelled under the kept account and came under the other one was there. So
    was who kept both places and came under the other: the kept record has that one.

    Args:
        rows: of one body.
        kept: the record that goes on.
        given_up: the other one, merged into it.
    """
    same = LiveRegistration.objects.filter(member=kept, live=OuterRef("live"))
    theirs = rows.filter(member=given_up)
    theirs.exclude(Exists(same.standing())).update(member=kept)
    came = theirs.standing().filter(attendance__isnull=False)
    idle = rows.filter(member=kept, live__in=came.values("live"), attendance=None)
    aside = list(idle.standing())
    lives = [each.live_id for each in aside]
    was_there = [each.pk for each in came if each.live_id in lives]
    _exchange(aside, given_up, rows.filter(pk__in=was_there), kept)


def part_live(
    rows: LiveRegistrationQuerySet,
    kept: UUID,
    given_up: UUID,
    theirs: Collection[UUID],
) -> None:
    """Give each registration back to the record that it came from.

    Args:
        rows: of one body.
        kept: the record that had what both came to.
        given_up: the record that goes on by itself again.
        theirs: that one, and all that were merged into it before.
    """
    aside = list(rows.filter(member=given_up).exclude(made_by__in=theirs))
    moved = rows.filter(member=kept, made_by__in=theirs)
    _exchange(aside, kept, moved, given_up)


def note_on_kept(live: LiveActivity, came: Sequence[LiveRegistration]) -> None:
    """Let the record kept have what somebody came to under one that was given up."""
    rows = LiveRegistration.objects.of_program(live.program).filter(live=live)
    # As it is now: a merge may have been over only as they were noted.
    strayed = rows.filter(pk__in=[each.pk for each in came])
    strayed = strayed.filter(member__joined_to__isnull=False)
    for row in strayed.select_related("member"):
        member = row.member
        while member.joined_to is not None:
            join_live(rows, member.joined_to.pk, member.pk)
            member = member.joined_to


def _exchange(
    aside: Sequence[LiveRegistration],
    to: UUID,
    others: LiveRegistrationQuerySet,
    back: UUID,
) -> None:
    """Move some to one record and others to another; each keeps its place.

    The database gives a person one place at an activity: those aside leave theirs for
    as long as the others move.
    """
    mine = LiveRegistration.objects.filter(pk__in=[each.pk for each in aside])
    mine.update(place=None)
    others.update(member=back)
    for each in aside:
        mine.filter(pk=each.pk).update(member=to, place=each.place)
