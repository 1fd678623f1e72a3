"""Courses: their facts, and versions of what they teach (M1, M2, M10)."""

from collections.abc import Collection
from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from core.models import BaseModel


class CourseQuerySet(models.QuerySet["Course"]):
    """Which courses somebody may see."""

    def of_program(self, program: str) -> Self:
        """All that a body has, drafts with them: what its staff see."""
        return self.filter(program=program)

    def offered(self, programs: Collection[str], today: date) -> Self:
        """What these bodies offer on a day: released, not over, not withdrawn."""
        rows = self.filter(program__in=programs, released_on__lte=today)
        rows = rows.filter(withdrawn_on=None).exclude(expires_on__lt=today)
        published = CourseVersion.objects.published().filter(
            course=models.OuterRef("pk")
        )
        return rows.filter(models.Exists(published))


class Course(BaseModel):
    """What a body teaches in the portal; what it teaches lies in versions.

    `product` is the code of the tile that opens it, `credit_kind` what the credit is
    called in the body's pack ("" where there is none), `topics` codes of the pack.
    It can be read through `expires_on`, and begun from `released_on` on.
    """

    class Kind(models.TextChoices):
        """What it is to those who read it."""

        COURSE = "course", "Course"
        MANUAL = "manual", "Manual"
        TRAINING = "training", "Training"

    program = models.CharField(max_length=20)
    slug = models.SlugField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    product = models.SlugField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=1000, blank=True)
    provider = models.CharField(max_length=200)
    joint_provider = models.CharField(max_length=200, blank=True)
    credit_kind = models.CharField(max_length=40, blank=True)
    credit = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    topics = models.JSONField(default=list)
    member_price = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    nonmember_price = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    released_on = models.DateField()
    expires_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Course"]] = models.Manager.from_queryset(
        CourseQuerySet
    )()

    class Meta:
        ordering = ("title", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("program", "slug"), name="one_course_an_address"
            ),
            models.UniqueConstraint(
                fields=("program", "product"),
                condition=~Q(product="") & Q(withdrawn_on=None),
                name="one_course_a_product",
            ),
            models.CheckConstraint(
                condition=Q(credit_kind="", credit=None)
                | ~Q(credit_kind="") & Q(credit__isnull=False, credit__gt=0),
                name="course_credit_whole",
            ),
            models.CheckConstraint(
                condition=Q(member_price__gte=0)
                & Q(member_price__lte=F("nonmember_price")),
                name="course_member_pays_no_more",
            ),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("released_on")),
                name="course_ends_after_release",
            ),
        )

    def __str__(self) -> str:
        return self.title


class VersionQuerySet(models.QuerySet["CourseVersion"]):
    """Which versions somebody may see."""

    def of_program(self, program: str) -> Self:
        """What a body's staff see."""
        return self.filter(course__program=program)

    def published(self) -> Self:
        """What somebody may be taught from."""
        return self.filter(published_at__isnull=False)

    def drafts(self) -> Self:
        """What staff still write."""
        return self.filter(published_at=None)


class CourseVersion(BaseModel):
    """What a course teaches; a draft until it is published, then never changed.

    `bank` is the post-test's bank as TOML, "" where there is none; `questions`,
    `pass_percent` and `tries` say how it is asked. `must_watch`: a video counts once
    it was played, not skipped. `facts` are those of the course's that publishing
    changes, None where it changes none; `replaced` are all as they were until then.
    """

    course = models.ForeignKey(Course, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    objectives = models.JSONField(default=list)
    bank = models.TextField(blank=True)
    questions = models.PositiveSmallIntegerField(null=True)
    pass_percent = models.PositiveSmallIntegerField(null=True)
    tries = models.PositiveSmallIntegerField(null=True)
    must_watch = models.BooleanField(default=False)
    facts = models.JSONField(null=True)
    replaced = models.JSONField(null=True)
    published_on = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager["CourseVersion"]] = models.Manager.from_queryset(
        VersionQuerySet
    )()

    class Meta:
        ordering = ("course", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=("course", "number"), name="one_course_version_a_number"
            ),
            models.UniqueConstraint(
                fields=("course",),
                condition=Q(published_at=None),
                name="one_draft_a_course",
            ),
            # Composite keys point at it: an enrolment's version is of its course.
            models.UniqueConstraint(fields=("id", "course"), name="version_identity"),
            models.CheckConstraint(
                condition=Q(published_at=None, published_on=None, published_by="")
                | Q(published_at__isnull=False, published_on__isnull=False)
                & ~Q(published_by=""),
                name="version_published_whole",
            ),
            models.CheckConstraint(
                condition=Q(bank="", questions=None, pass_percent=None, tries=None)
                | ~Q(bank="")
                & Q(questions__isnull=False, questions__gte=1)
                & Q(pass_percent__isnull=False, pass_percent__range=(1, 100))
                & Q(tries__isnull=False, tries__gte=1),
                name="version_test_whole",
            ),
        )

    course_id: UUID

    def __str__(self) -> str:
        return f"version {self.number}"
