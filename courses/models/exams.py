"""Exams: the banks they were drawn from, each attempt, and its answers (A14)."""

from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from django.db import models

from accounts.models import Member
from core.models import BaseModel
from courses.models.learning import Enrolment
from credentials.models import Assignment


class QuestionBank(BaseModel):
    """A bank as it was when an exam was drawn from it; never changed, never removed."""

    sha256 = models.CharField(max_length=64, unique=True)
    exam = models.CharField(max_length=40)
    specialty = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.title} ({self.sha256[:8]})"


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Which attempts somebody may see."""

    def visible_to(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def of_program(self, program: str) -> Self:
        """What a body's staff see."""
        return self.filter(program=program)

    def running(self) -> Self:
        """What was not handed in."""
        return self.filter(ended_at=None)

    def overdue(self, now: datetime) -> Self:
        """What was not handed in, though its time is up."""
        return self.running().filter(ends_at__lt=now)

    def unreported(self) -> Self:
        """What was passed, and nobody has looked yet which credential that earns."""
        return self.of_exams().filter(passed=True, reported_at=None)

    def of_exams(self) -> Self:
        """What an assignment opened: a course's own test earns no credential."""
        return self.filter(enrolment=None)


class Attempt(BaseModel):
    """One sitting of an exam, or of a course's test: what is asked, until when.

    An assignment opened the exam, an enrolment the test, whose `exam` is empty.

    `sheet` is [[code of a question, [places of its options]], …] in the order shown; it
    follows from bank, `number` and `seed`. `ended_at` is when it was handed in, or its
    end where it was not.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="attempts")
    program = models.CharField(max_length=20)
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, related_name="attempts"
    )
    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, null=True, related_name="attempts"
    )
    exam = models.CharField(max_length=40, blank=True)
    specialty = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=300)
    nth = models.PositiveSmallIntegerField()
    bank = models.ForeignKey(QuestionBank, models.PROTECT, related_name="attempts")
    policy = models.CharField(max_length=40)
    seed = models.CharField(max_length=64)
    number = models.PositiveSmallIntegerField()
    sheet = models.JSONField()
    started_on = models.DateField()
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    right = models.PositiveSmallIntegerField(null=True)
    passed = models.BooleanField(null=True)
    reported_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Attempt"]] = models.Manager.from_queryset(
        AttemptQuerySet
    )()

    class Meta:
        ordering = ("-started_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("assignment", "nth"), name="one_attempt_a_number"
            ),
            models.UniqueConstraint(
                fields=("assignment",),
                condition=models.Q(ended_at=None),
                name="one_attempt_at_a_time",
            ),
            models.UniqueConstraint(
                fields=("enrolment", "nth"), name="one_test_attempt_a_number"
            ),
            models.UniqueConstraint(
                fields=("enrolment",),
                condition=models.Q(ended_at=None),
                name="one_test_attempt_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(assignment__isnull=False, enrolment=None)
                & ~models.Q(exam="")
                | models.Q(assignment=None, enrolment__isnull=False, exam=""),
                name="attempt_opened_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, right=None, passed=None)
                | models.Q(
                    ended_at__isnull=False, right__isnull=False, passed__isnull=False
                ),
                name="attempt_ended_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(right=None)
                | models.Q(right__lte=models.F("number")),
                name="attempt_right_of_asked",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("started_at")),
                name="attempt_has_time",
            ),
        )
        indexes = (
            models.Index(
                fields=("ends_at",),
                condition=models.Q(ended_at=None),
                name="attempt_running",
            ),
            # Staff's wall asks for each member whether they took one of the body's.
            models.Index(fields=("program", "member"), name="attempts_of_body"),
        )

    member_id: UUID
    assignment_id: UUID | None
    enrolment_id: UUID | None
    bank_id: UUID

    def __str__(self) -> str:
        return f"{self.title}, try {self.nth}"


class Answer(BaseModel):
    """What was chosen for one question; the next choice replaces it until the end.

    `chosen` holds the options by their places in the bank; none is no answer.
    `flagged` is the member's own mark: to look at it again.
    """

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="answers")
    question = models.CharField(max_length=80)
    chosen = models.JSONField()
    flagged = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("attempt", "question"), name="one_answer_a_question"
            ),
        )

    attempt_id: UUID

    def __str__(self) -> str:
        return self.question
