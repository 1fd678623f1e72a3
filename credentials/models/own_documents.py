"""A practice's own documents, kept for an audit: staffing protocols, methods."""

from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models.functions import Coalesce

from accounts.models import Practice
from core.files import StoredFile
from core.models import BaseModel


class OwnVersionQuerySet(models.QuerySet["OwnDocumentVersion"]):
    """Which of them somebody may see."""

    def of(self, practice: Practice) -> Self:
        """What the practice filed."""
        return self.filter(practice=practice)

    def there(self) -> Self:
        """What was not removed."""
        return self.filter(removed_at=None)

    def newest(self) -> Self:
        """The newest version of each document."""
        later = OwnDocumentVersion.objects.filter(
            document=models.OuterRef("document"), number__gt=models.OuterRef("number")
        )
        return self.filter(~models.Exists(later))


class OwnDocumentVersion(BaseModel):
    """One version of a document that a practice filed; only removing writes again.

    Versions of one document share `document`, the first one's id, and are numbered.
    It covers the days from `covers_from` until `covers_until`, both included; either
    may be open. `sha256` is of the file as it was sent, `stored_sha256` of what is
    kept: pictures are drawn anew.
    """

    class Kind(models.TextChoices):
        """What it is about."""

        STAFFING = "staffing", "Staffing protocol"
        METHOD = "method", "Method of work"
        TRAINING = "training", "Training record"
        POLICY = "policy", "Policy"
        OTHER = "other", "Other"

    class FileKind(models.TextChoices):
        """What the file is, by its content."""

        PDF = "pdf"
        PNG = "png"
        JPEG = "jpeg"

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="own_documents")
    document = models.UUIDField()
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    covers_from = models.DateField(null=True)
    covers_until = models.DateField(null=True)
    file_key = models.CharField(max_length=100, unique=True)
    file_kind = models.CharField(max_length=4, choices=FileKind.choices)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    stored_sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField()
    added_by = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.CharField(max_length=200, blank=True)
    removed_why = models.CharField(max_length=400, blank=True)

    objects: ClassVar[models.Manager["OwnDocumentVersion"]] = (
        models.Manager.from_queryset(OwnVersionQuerySet)()
    )

    class Meta:
        ordering = ("title", "document", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=("document", "number"), name="one_own_version_a_number"
            ),
            # Later versions take turns by their number.
            models.UniqueConstraint(
                "practice",
                "sha256",
                "title",
                "kind",
                Coalesce("covers_from", date.min),
                Coalesce("covers_until", date.max),
                condition=models.Q(removed_at=None, number=1),
                name="one_own_copy_a_file",
            ),
            models.CheckConstraint(
                condition=models.Q(covers_from=None)
                | models.Q(covers_until=None)
                | models.Q(covers_until__gte=models.F("covers_from")),
                name="own_document_covers_days",
            ),
        )

    practice_id: UUID

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    @property
    def file(self) -> StoredFile:
        """The file, as it is given out."""
        return StoredFile(self.file_key, self.file_kind, self.name)
