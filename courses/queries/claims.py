"""What was claimed of courses, and which claims count where one person made several."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from ce_credits.queries import newest_awards
from courses.models import CourseCredit
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
    claims = {row.activity_id: row for row in rows if row.activity_id}
    awards = newest_awards(claims)
    first: dict[UUID, CourseCredit] = {}
    said = []
    for activity_id, row in claims.items():
        award = awards.get(activity_id)
        if award is None or not award.credits:
            continue
        known = first.setdefault(row.course_id, row)
        if known is not row:
            said.append(
                f"Both earned the credit of {row.course.title}, which counts once: "
                f"that of {day_words(known.on)} goes on counting, that of "
                f"{day_words(row.on)} does not."
            )
    return said
