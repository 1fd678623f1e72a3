"""Who learns a course: where they are, what they watched and said, what it earned."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from accounts.models import Member
from ce_credits.models import Activity
from certificates.models import Certificate
from core.models import BaseModel
from courses.models.courses import Course, CourseVersion
from courses.models.parts import Page
from credentials.models import Assignment


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Which enrolments somebody may see."""

    def visible_to(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def of_program(self, program: str) -> Self:
        """What a body's staff see."""
        return self.filter(program=program)


class Enrolment(BaseModel):
    """Somebody learns a course, in the version they began with (M1).

    `completed_at`: every page was read or watched, and the post-test passed.
    `begun_by` is the record that began, also once it was merged into another.
    `used_up_at` is when the last try of its test ended that somebody can take, none of
    them passed; empty while there is one left, or once staff allowed another.
    `reminded_at` is when they were reminded to claim its credit: once.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="enrolments")
    begun_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    program = models.CharField(max_length=20)
    course = models.ForeignKey(Course, models.PROTECT, related_name="enrolments")
    version = models.ForeignKey(
        CourseVersion, models.PROTECT, related_name="enrolments"
    )
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, related_name="enrolments"
    )
    started_on = models.DateField()
    started_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)
    used_up_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Enrolment"]] = models.Manager.from_queryset(
        EnrolmentQuerySet
    )()

    class Meta:
        ordering = ("-started_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("member", "course"), name="one_enrolment_a_course"
            ),
        )
        indexes = (
            # Staff ask who used up the tries of one course's test, a page at a time.
            models.Index(
                fields=("course", "used_up_at", "id"),
                condition=Q(used_up_at__isnull=False),
                name="enrolments_used_up",
            ),
            # The worker asks who completed something on some days.
            models.Index(
                fields=("program", "completed_at"),
                condition=Q(completed_at__isnull=False, reminded_at=None),
                name="enrolments_to_remind",
            ),
        )

    member_id: UUID
    course_id: UUID
    version_id: UUID
    assignment_id: UUID | None

    def __str__(self) -> str:
        return f"{self.member_id}: {self.course_id}"


class Whereabouts(BaseModel):
    """Where somebody left a course: its page, and the second of a video (M1).

    `captions`: whether they switched them on; empty while they never chose (M2).
    """

    enrolment = models.OneToOneField(
        Enrolment, models.PROTECT, related_name="whereabouts"
    )
    page = models.ForeignKey(Page, models.PROTECT, related_name="+")
    second = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    captions = models.BooleanField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(second__gte=0), name="second_not_negative"
            ),
        )

    enrolment_id: UUID
    page_id: UUID

    def __str__(self) -> str:
        return f"{self.page_id} at {self.second}"


class Watched(BaseModel):
    """What somebody has seen of one page.

    `spans` are joined stretches of a video, [[from, to], …] in seconds; `done_at` is
    when nothing of the page was missing any more.
    """

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="watched")
    page = models.ForeignKey(Page, models.PROTECT, related_name="+")
    spans = models.JSONField(default=list)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("enrolment", "page"), name="one_watched_a_page"
            ),
        )

    enrolment_id: UUID
    page_id: UUID

    def __str__(self) -> str:
        return f"{self.page_id}: {self.spans}"


class EvaluationGiven(BaseModel):
    """That somebody evaluated their course (M3); what they said is kept apart."""

    enrolment = models.OneToOneField(
        Enrolment, models.PROTECT, related_name="evaluation"
    )
    on = models.DateField()

    enrolment_id: UUID

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.on}"


class EvaluationAnswersQuerySet(models.QuerySet["EvaluationAnswers"]):
    """Whose evaluations somebody may see."""

    def of_program(self, program: str) -> Self:
        """What a body's courses were told."""
        return self.filter(version__course__program=program)


class EvaluationAnswers(BaseModel):
    """What somebody said of a version, with no word of who or when but the month."""

    version = models.ForeignKey(
        CourseVersion, models.PROTECT, related_name="evaluations"
    )
    month = models.DateField()
    answers = models.JSONField()

    objects: ClassVar[models.Manager["EvaluationAnswers"]] = (
        models.Manager.from_queryset(EvaluationAnswersQuerySet)()
    )

    class Meta:
        ordering = ("month", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(month__day=1), name="evaluation_names_no_day"
            ),
        )

    version_id: UUID

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class CourseCreditQuerySet(models.QuerySet["CourseCredit"]):
    """Which credit of courses somebody may see."""

    def visible_to(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def of_program(self, program: str) -> Self:
        """What a body's staff see."""
        return self.filter(program=program)


class CourseCredit(BaseModel):
    """Credit that a course gave, once a person however it is claimed (M1, M3, M5).

    `kind` is what it was given as: the course's own kind of credit, or attendance,
    whose `credits` are nothing. `activity` is what counts in the cycle or term.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="course_credits")
    program = models.CharField(max_length=20)
    course = models.ForeignKey(Course, models.PROTECT, related_name="course_credits")
    version = models.ForeignKey(
        CourseVersion, models.PROTECT, related_name="course_credits"
    )
    enrolment = models.OneToOneField(
        Enrolment, models.PROTECT, related_name="course_credit"
    )
    kind = models.CharField(max_length=40)
    credits = models.DecimalField(max_digits=6, decimal_places=2)
    activity = models.OneToOneField(
        Activity, models.PROTECT, null=True, related_name="course_credit"
    )
    certificate = models.OneToOneField(
        Certificate, models.PROTECT, null=True, related_name="course_credit"
    )
    on = models.DateField()
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["CourseCredit"]] = models.Manager.from_queryset(
        CourseCreditQuerySet
    )()

    class Meta:
        ordering = ("-at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("member", "course"), name="course_credited_once"
            ),
            models.CheckConstraint(
                condition=Q(credits__gte=0), name="course_credit_not_negative"
            ),
        )

    member_id: UUID
    course_id: UUID

    def __str__(self) -> str:
        return f"{self.credits} {self.kind}"
