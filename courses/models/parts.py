"""What a version of a course holds: modules, pages, files (M1, M2)."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from core.files import StoredFile
from core.models import BaseModel
from courses.models.courses import CourseVersion


class Module(BaseModel):
    """A part of a version, with pages."""

    version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="modules")
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)

    class Meta:
        ordering = ("version", "place")
        constraints = (
            models.UniqueConstraint(
                fields=("version", "place"), name="one_module_a_place"
            ),
            # Composite keys point at it: a page's module is of its version.
            models.UniqueConstraint(fields=("id", "version"), name="module_identity"),
        )

    version_id: UUID

    def __str__(self) -> str:
        return self.title


class CourseFileQuerySet(models.QuerySet["CourseFile"]):
    """Which files somebody may see."""

    def of_program(self, program: str) -> Self:
        """What a body's staff see."""
        return self.filter(version__course__program=program)


class CourseFile(BaseModel):
    """A file of a version, under the name its pages call it by.

    `media` is what it was found to be when it came in. Versions share what is stored.
    """

    class Kind(models.TextChoices):
        """What it is for."""

        IMAGE = "image", "Picture"
        VIDEO = "video", "Video"
        CAPTIONS = "captions", "Captions"
        DOWNLOAD = "download", "Download"
        # Given to whoever is asked that question, and to nobody else who learns.
        QUESTION = "question", "Picture of a question"

    version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="files")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    media = models.CharField(max_length=10)
    file_key = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    added_at = models.DateTimeField()

    objects: ClassVar[models.Manager["CourseFile"]] = models.Manager.from_queryset(
        CourseFileQuerySet
    )()

    class Meta:
        ordering = ("version", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("version", "name"), name="one_course_file_a_name"
            ),
            models.UniqueConstraint(fields=("id", "version"), name="file_identity"),
        )

    version_id: UUID

    def __str__(self) -> str:
        return self.name

    @property
    def file(self) -> StoredFile:
        """The file as it is given out."""
        return StoredFile(self.file_key, self.media, self.name)


class Page(BaseModel):
    """A page of a module: words, or a video with its captions and transcript.

    `code` names it within its version, in addresses and files. `html` and `transcript`
    are cleaned, made when the version is published; a video's `seconds` are its length,
    `chapters` [[second, title], …].
    """

    class Kind(models.TextChoices):
        """What fills it."""

        TEXT = "text", "Text"
        VIDEO = "video", "Video"

    module = models.ForeignKey(Module, models.PROTECT, related_name="pages")
    version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="pages")
    place = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=5, choices=Kind.choices)
    markdown = models.TextField(blank=True)
    html = models.TextField(blank=True)
    video = models.ForeignKey(
        CourseFile, models.PROTECT, null=True, related_name="shown_on"
    )
    captions = models.ForeignKey(
        CourseFile, models.PROTECT, null=True, related_name="captioned_on"
    )
    transcript = models.TextField(blank=True)
    seconds = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    chapters = models.JSONField(default=list)

    class Meta:
        ordering = ("version", "module__place", "place")
        constraints = (
            models.UniqueConstraint(
                fields=("module", "place"), name="one_page_a_place"
            ),
            models.UniqueConstraint(fields=("version", "code"), name="one_page_a_code"),
            models.CheckConstraint(
                condition=Q(
                    kind="text", video=None, captions=None, seconds=None, chapters=[]
                )
                | Q(kind="video", video__isnull=False, captions__isnull=False)
                & Q(seconds__isnull=False, seconds__gt=0),
                name="video_page_has_captions",
            ),
        )

    module_id: UUID
    version_id: UUID
    video_id: UUID | None
    captions_id: UUID | None

    def __str__(self) -> str:
        return self.title
