"""A course's facts: begun, changed, withdrawn. What it teaches lies in versions."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotEligible, NotUsable, Stale
from core.seen import check_seen
from courses.models import Course
from courses.queries.sources import facts_of
from courses.queries.written import seen_facts
from courses.rules import CourseFacts, plain_facts, problems_of_facts
from courses.services.offering import problem_of_credit
from credentials.models import Product
from credentials.policy import policy_for

TAKEN = {
    "slug": "Another course has this address. Choose another one.",
    "product": "Another course is opened by this product. Withdraw that one first.",
}
NO_COURSES = "This body's policy says nothing of courses, so none can be made."


@transaction.atomic
def create_course(
    *, actor: Actor, program: str, facts: CourseFacts, today: date, now: datetime
) -> Course:
    """Begin a course; it has nothing to read until a version is published.

    Raises:
        NotEligible: the body's pack has no courses.
        NotUsable: a fact can't be, or another course has its address or its product.
    """
    _check_facts(program, facts, today)
    course = Course(program=program, created_at=now, changed_at=now)
    _write(course, facts)
    _keep(course)
    record(
        actor=actor,
        action="course.created",
        subject=course,
        program=program,
        sentence=f"Began the course {course.title}"[:400],
        now=now,
    )
    return course


@transaction.atomic
def change_course(
    *,
    actor: Actor,
    course: Course,
    facts: CourseFacts,
    seen: str | None = None,
    today: date,
    now: datetime,
) -> Course:
    """Change a course's facts; the same again writes nothing.

    Args:
        actor: staff.
        course: a course of their body.
        facts: all of them, as they are to be.
        seen: what stood there when the writer opened it, by `seen_facts`; None asks
            nothing.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        Stale: somebody else changed them since.
        NotEligible: the body's pack has no courses.
        NotUsable: a fact can't be, or another course has its address or its product.
    """
    _check_facts(course.program, facts, today)
    row = Course.objects.select_for_update().get(pk=course.pk)
    check_seen(seen, seen_facts(row))
    before = plain_facts(facts_of(row))
    _write(row, facts)
    after = changed_facts(before, facts_of(row))
    changes = {key: (before[key], value) for key, value in after.items()}
    if not changes:
        return row
    row.changed_at = now
    _keep(row)
    record(
        actor=actor,
        action="course.changed",
        subject=row,
        program=row.program,
        sentence=f"Changed the course {row.title}"[:400],
        changes=changes,
        now=now,
    )
    return row


def facts_to_come(
    *, course: Course, facts: CourseFacts, today: date
) -> dict[str, Any] | None:
    """Give which facts of a course change once its draft is published; None: none do.

    Raises:
        NotEligible: the body's pack has no courses.
        NotUsable: a fact can't be, or another course has its product.
    """
    _check_facts(course.program, facts, today)
    others = Course.objects.of_program(course.program).exclude(pk=course.pk)
    opened = others.filter(product=facts.product, withdrawn_on=None)
    if facts.product and course.withdrawn_on is None and opened.exists():
        raise _taken("product")
    return changed_facts(plain_facts(facts_of(course)), facts) or None


def changed_facts(before: Mapping[str, Any], facts: CourseFacts) -> dict[str, Any]:
    """Give the facts that are not as they were, as plain values."""
    after = plain_facts(facts)
    return {key: value for key, value in after.items() if value != before[key]}


@transaction.atomic
def withdraw_course(
    *, actor: Actor, course: Course, today: date, now: datetime
) -> None:
    """Let nobody begin a course any more; who began it goes on.

    Raises:
        Stale: it is withdrawn already.
    """
    rows = Course.objects.filter(pk=course.pk, withdrawn_on=None)
    if not rows.update(withdrawn_on=today, changed_at=now):
        raise Stale("This course is withdrawn already.")
    record(
        actor=actor,
        action="course.withdrawn",
        subject=course,
        program=course.program,
        sentence=f"Withdrew the course {course.title}"[:400],
        now=now,
    )


def _check_facts(program: str, facts: CourseFacts, today: date) -> None:
    """Refuse facts that can't be, each beside its field.

    Raises:
        NotEligible: the body's pack has no courses.
        NotUsable: a fact can't be.
    """
    policy = policy_for(program, on=today)
    if policy.courses is None:
        raise NotEligible(NO_COURSES)
    below_half = policy.courses.members_below_half
    found = list(problems_of_facts(facts, below_half=below_half))
    kinds = {kind.code for kind in policy.kinds}
    if facts.credit_kind and facts.credit_kind not in kinds:
        said = f"{facts.credit_kind!r} is none of: {', '.join(sorted(kinds))}."
        found.append(("credit_kind", said))
    elif facts.credit_kind and facts.credit and facts.credit > 0:
        said = problem_of_credit(facts=facts, policy=policy, on=today)
        found += [("credit", said)] if said else []
    known = [topic.code for topic in policy.courses.topics]
    for topic in facts.topics:
        if topic not in known:
            said = f"{topic!r} is none of: {', '.join(known) or 'no topic at all'}."
            found.append(("topics", said))
    offered = Product.objects.filter(program=program, code=facts.product)
    if facts.product and not offered.exists():
        found.append(("product", f"There is no product {facts.product!r}."))
    if found:
        problems = [FieldProblem(field, said) for field, said in found]
        raise NotUsable(found[0][1], problems)


def _write(course: Course, facts: CourseFacts) -> None:
    for field, value in asdict(facts).items():
        setattr(course, field, list(value) if field == "topics" else value)


def _keep(course: Course) -> None:
    same = Course.objects.of_program(course.program).exclude(pk=course.pk)
    if same.filter(slug=course.slug).exists():
        raise _taken("slug")
    try:
        with transaction.atomic():
            course.save()
    except IntegrityError as error:
        raise _taken("product" if course.product else "slug") from error


def _taken(field: str) -> NotUsable:
    return NotUsable(TAKEN[field], [FieldProblem(field, TAKEN[field], "taken")])
