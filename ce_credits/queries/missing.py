"""Whether credit that somebody missed is there."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from ce_credits.models import Activity, MissingCredit
from ce_credits.queries.reported import same_title


def credited(questions: Sequence[MissingCredit]) -> frozenset[UUID]:
    """Find which of what was missed is there and counts.

    It is where the member has credit of that day for the item itself, or for something
    of its title, as whoever recorded it by hand named no item (A16). One statement for
    any number of questions; their items are read already.
    """
    found = Activity.objects.filter(
        member__in={each.member_id for each in questions},
        on__in={each.on for each in questions},
        program__in={each.program for each in questions},
        state=Activity.State.ACCEPTED,
    )
    there: defaultdict[tuple[str, UUID, date | None], list[Activity]]
    there = defaultdict(list)
    for each in found.only("program", "member", "on", "title", "catalogue_item"):
        there[each.program, each.member_id, each.on].append(each)
    return frozenset(
        question.pk
        for question in questions
        if any(
            _is(each, question)
            for each in there[question.program, question.member_id, question.on]
        )
    )


def _is(activity: Activity, question: MissingCredit) -> bool:
    same = activity.catalogue_item_id == question.item_id
    return same or same_title(activity.title, question.item.title)
