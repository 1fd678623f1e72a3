"""What was claimed of courses, and which claims count where one person made several."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from ce_credits.queries import newest_awards
from courses.models import CourseCredit
from courses.queries.live_claims import live_claims_of
from credentials.policy import day_words

ONCE_RULE = "M1"
Claims = Sequence[CourseCredit]


def claims_by_course(members: Sequence[UUID], program: str) -> Sequence[Claims]:
    """Group claims by whose activities they are and by course, each by its instant.

    The activity says whose it is: of what two records both claimed, a merge moves the
    activities to the one that is kept.
    """
    rows = CourseCredit.objects.of_program(program).order_by("at", "pk")
    rows = rows.filter(activity__member__in=members)
    found = defaultdict(list)
    for row in rows.select_related("course", "activity__member"):
        assert row.activity
        found[row.activity.member_id, row.course_id].append(row)
    return list(found.values())


def claims_beside(activity_ids: Collection[UUID]) -> Sequence[Claims]:
    """Group what was claimed more than once by whoever these activities belong to.

    Only of the courses whose claims they are; empty where none is claimed twice.
    """
    named = CourseCredit.objects.filter(activity__in=activity_ids)
    mine = named.values_list("activity__member", "course", "program")
    found: list[Claims] = []
    for member_id, course_id, program in set(mine.order_by()):
        claims = claims_by_course([member_id], program)
        same = [each for each in claims if each[0].course_id == course_id]
        found += [each for each in same if len(each) > 1]
    return found


def claimed_by_both(members: Sequence[UUID], program: str) -> Sequence[str]:
    """Say which credit counts no more once these records are one person's."""
    rows = CourseCredit.objects.of_program(program).order_by("at", "pk")
    rows = rows.filter(activity__member__in=members).select_related("course")
    courses = [
        (row.activity_id, row.course_id, row.course.title, row.on) for row in rows
    ]
    live = [
        (row.activity_id, row.registration.live_id, row.registration.live.title, row.on)
        for row in live_claims_of(members, program)
    ]
    claims = {row[0]: row for row in (*courses, *live) if row[0]}
    awards = newest_awards(claims)
    first: dict[UUID, date] = {}
    said = []
    for activity_id, of, title, on in claims.values():
        award = awards.get(activity_id) if activity_id else None
        if award is None or not award.credits:
            continue
        if of not in first:
            first[of] = on
            continue
        said.append(
            f"Both earned the credit of {title}, which counts once: "
            f"that of {day_words(first[of])} goes on counting, that of "
            f"{day_words(on)} does not."
        )
    return said
