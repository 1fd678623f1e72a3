"""What somebody may take, and where each of it stands."""

from courses.queries.buying import quote_for
from courses.queries.catalogue import (
    assignment_for,
    course_opened_by,
    enrolments_of,
    is_member_of,
    newest_version,
    offered_courses,
    price_for,
    why_not_open,
)
from courses.queries.drafts import problems_of_draft
from courses.queries.exams import (
    Held,
    Passed,
    attempts_of,
    bank_of,
    exam_of,
    exam_taken,
    passed_exams,
    running_attempt,
    why_not_begun,
)
from courses.queries.sources import facts_of, learnt_facts, planned_facts, source_of

__all__ = [
    "Held",
    "Passed",
    "assignment_for",
    "attempts_of",
    "bank_of",
    "course_opened_by",
    "enrolments_of",
    "exam_of",
    "exam_taken",
    "facts_of",
    "is_member_of",
    "learnt_facts",
    "newest_version",
    "offered_courses",
    "passed_exams",
    "planned_facts",
    "price_for",
    "problems_of_draft",
    "quote_for",
    "running_attempt",
    "source_of",
    "why_not_begun",
    "why_not_open",
]
