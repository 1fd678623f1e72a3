"""How far somebody is in the courses of a body, as its staff see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import Member
from courses.models import CourseCredit, Enrolment
from credentials.policy import credit_words, day_words
from portal.queries.shown import Tag


@dataclass(frozen=True)
class Learnt:
    """One course that somebody began: how it stands, and what it came to."""

    title: str
    words: str
    tag: Tag


def learnt(member: Member, program: str) -> Sequence[Learnt]:
    """List the body's courses that somebody began, the newest first (M1, M3)."""
    rows = Enrolment.objects.visible_to(member).of_program(program)
    begun = list(rows.select_related("course"))
    credits = CourseCredit.objects.visible_to(member).of_program(program)
    credited = {each.enrolment_id: each for each in credits} if begun else {}
    return [_learnt(each, credited.get(each.pk)) for each in begun]


def _learnt(enrolment: Enrolment, credit: CourseCredit | None) -> Learnt:
    begun = f"Begun {day_words(enrolment.started_on)}"
    if credit:
        gave = f"{credit_words(credit.credits)} credit" if credit.credits else ""
        words = f"{begun}; gave {gave or 'attendance'} on {day_words(credit.on)}."
        return Learnt(enrolment.course.title, words, Tag("ok", "Claimed"))
    if enrolment.completed_at:
        words = f"{begun}; nothing claimed yet."
        return Learnt(enrolment.course.title, words, Tag("info", "Completed"))
    if enrolment.used_up_at:
        words = f"{begun}; no try of its test is left."
        return Learnt(enrolment.course.title, words, Tag("warn", "Tries used up"))
    return Learnt(enrolment.course.title, f"{begun}.", Tag("neutral", "In progress"))
