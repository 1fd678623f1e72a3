"""The letter to who completed a course and did not claim its credit, once (M3)."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from core.actor import Actor
from core.audit import record
from core.failures import NotEligible
from core.letters import Letter, Moment
from core.models import OutboxMessage
from core.outbox import tell
from courses.models import CourseCredit, CourseVersion, Enrolment
from courses.queries.learning import credit_of, has_evaluated, is_over
from courses.rules.reminding import completed_between
from courses.services.crediting import claimed_words
from courses.services.keeping import hold_enrolment
from courses.services.moving import LOST, moved
from courses.services.offering import Offered, offered_credit
from credentials.policy import day_words, policy_for, zone_of

REMINDER = "course_reminder"


def claims_to_remind(*, program: str, today: date) -> Sequence[UUID]:
    """Name who completed a course some days ago and claimed nothing, the first first.

    A day that was missed is made up for, as long as the body's policy says. So is a
    letter that nobody got, once they have another address.
    """
    rules = policy_for(program, on=today).courses
    if rules is None or rules.reminder is None:
        return []
    after, until = rules.reminder.after_days, rules.reminder.until_days
    first, last = completed_between(today, after_days=after, until_days=until)
    zone = zone_of(program)
    midnight = datetime.combine(first, time.min, zone)
    until_midnight = datetime.combine(last + timedelta(days=1), time.min, zone)
    rows = Enrolment.objects.of_program(program).filter(
        completed_at__gte=midnight,
        completed_at__lt=until_midnight,
        member__joined_to=None,
        member__user__is_active=True,
    )
    rows = rows.exclude(course__expires_on__lt=today)
    rows = rows.exclude(member__email="", member__user__email="")
    claimed = CourseCredit.objects.filter(
        member=OuterRef("member"), course=OuterRef("course")
    )
    # Another version may have stated credit that the course has no more.
    stated = CourseVersion.objects.filter(
        course=OuterRef("course"), replaced__isnull=False
    )
    rows = rows.filter(~Exists(claimed), ~Q(course__credit_kind="") | Exists(stated))
    lost = OutboxMessage.objects.of_program(program).filter(
        kind=REMINDER, state__in=LOST, created_at__gte=midnight
    )
    # Asked apart: the first is answered by its index, and most days none was lost.
    asked: list[QuerySet[Enrolment]] = [rows.filter(reminded_at=None)]
    if lost.exists():
        again = rows.filter(pk__in=lost.values("subject_id"), reminded_at__isnull=False)
        asked.append(moved(again, kind=REMINDER))
    return [
        pk
        for each in asked
        for pk in each.order_by("completed_at", "pk").values_list("pk", flat=True)
    ]


@transaction.atomic
def remind_of_claim(*, enrolment_id: UUID, today: date, now: datetime) -> bool:
    """Queue the letter to one of `claims_to_remind`, once; to another address anew.

    Args:
        enrolment_id: whose course.
        today: the day in the body's zone.
        now: the instant, UTC.

    Returns:
        Whether it was queued: not where it was before, or nothing can be claimed.
    """
    row = hold_enrolment(Enrolment(pk=enrolment_id))
    mine = Enrolment.objects.filter(pk=row.pk)
    told = row.reminded_at and not moved(mine, kind=REMINDER).exists()
    if told or _offered(row, today) is None:
        return False
    tell(
        kind=REMINDER,
        subject_id=row.pk,
        recipient=row.member.written_to,
        program=row.program,
        # What is still missing is said when it leaves.
        payload={},
        now=now,
    )
    row.reminded_at = row.reminded_at or now
    row.save(update_fields=["reminded_at"])
    record(
        actor=Actor.system("reminders"),
        action="course.reminded",
        subject=row,
        member_id=row.member_id,
        program=row.program,
        sentence=f"Reminded {row.member.name} to claim {row.course.title}"[:400],
        now=now,
    )
    return True


def compose_course_reminder(*, message: OutboxMessage, moment: Moment) -> Letter | None:
    """Say what is missing and where; nobody where nothing can be claimed any more."""
    rows = Enrolment.objects.select_related("course", "version", "member__user")
    row = rows.filter(pk=message.subject_id).first()
    if row is None or row.member.written_to.lower() != message.recipient.lower():
        return None
    zone = zone_of(row.program)
    today = moment.today(zone)
    offered = _offered(row, today)
    if offered is None or row.completed_at is None:
        return None
    evaluated, ends = has_evaluated(row), row.course.expires_on
    page = "course_credit" if evaluated else "course_evaluation"
    return Letter(
        {
            "practice": policy_for(row.program, on=today).body_name,
            "name": row.member.first_name,
            "title": offered.facts.title,
            "done_text": day_words(row.completed_at.astimezone(zone).date()),
            "what": claimed_words(answer=offered.answer),
            "evaluated": evaluated,
            "until_text": day_words(ends) if ends else "",
            "url": settings.BASE_URL
            + reverse(page, kwargs={"course_id": row.course_id}),
        }
    )


def _offered(row: Enrolment, today: date) -> Offered | None:
    """Say what somebody can claim today; None where nothing, or by nobody."""
    member = row.member
    closed = member.user is None or not member.user.is_active or not member.written_to
    if closed or member.joined_to_id or row.completed_at is None:
        return None
    if is_over(row, today) or credit_of(row) is not None:
        return None
    try:
        return offered_credit(enrolment=row, on=today)
    except NotEligible:
        return None
