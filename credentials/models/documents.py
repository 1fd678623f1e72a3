"""A body's confidential documents (A13): versions, who read them, who acknowledged."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models.functions import Lower

from accounts.models import ApiToken, Practice, User
from core.files import StoredFile
from core.models import BaseModel


class SecureDocumentQuerySet(models.QuerySet["SecureDocument"]):
    """Which documents somebody may see in a list."""

    def of(self, practice: Practice) -> Self:
        """Documents of the bodies whose people the practice stands or stood for."""
        return self.filter(program__in=practice.sponsorships.values("program"))

    def of_program(self, program: str) -> Self:
        """A body's documents."""
        return self.filter(program=program)


class SecureDocument(BaseModel):
    """A document that a body hands to practices in good standing, in versions.

    Publishing takes turns on this row. `title` is the newest version's.
    """

    program = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    added_at = models.DateTimeField()

    objects: ClassVar[models.Manager["SecureDocument"]] = models.Manager.from_queryset(
        SecureDocumentQuerySet
    )()

    class Meta:
        ordering = ("title", "added_at")
        constraints = (
            models.UniqueConstraint(
                "program", Lower("title"), name="one_document_a_title"
            ),
        )

    def __str__(self) -> str:
        return self.title


class DocumentVersionQuerySet(models.QuerySet["DocumentVersion"]):
    """Which versions somebody may see in a list."""

    def of(self, practice: Practice) -> Self:
        """Versions of the documents that the practice sees."""
        return self.filter(document__in=SecureDocument.objects.of(practice))

    def of_program(self, program: str) -> Self:
        """Versions of a body's documents."""
        return self.filter(document__program=program)

    def standing(self) -> Self:
        """Versions that were not withdrawn."""
        return self.filter(withdrawn_at=None)


class DocumentVersion(BaseModel):
    """One version as it was published; only withdrawing it writes to it again.

    `effective_on` is the day in the body's zone from which it is the current one.
    `sha256` is of the file as it was sent, which is what is kept.
    """

    document = models.ForeignKey(
        SecureDocument, models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    effective_on = models.DateField()
    changes = models.CharField(max_length=1000)
    file_key = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField()
    published_by = models.CharField(max_length=200)
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_why = models.CharField(max_length=400, blank=True)

    objects: ClassVar[models.Manager["DocumentVersion"]] = models.Manager.from_queryset(
        DocumentVersionQuerySet
    )()

    class Meta:
        ordering = ("document", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=("document", "number"), name="one_version_a_number"
            ),
            models.UniqueConstraint(
                fields=("document", "sha256"),
                condition=models.Q(withdrawn_at=None),
                name="one_version_a_file",
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="versions_count_from_one"
            ),
        )

    document_id: UUID

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    @property
    def file(self) -> StoredFile:
        """The file without anybody's name on it, for the body's own staff."""
        return StoredFile(self.file_key, "pdf", self.name, ours=False)


class ReadingQuerySet(models.QuerySet["DocumentReading"]):
    """Whose readings somebody may see."""

    def of(self, practice: Practice) -> Self:
        """What people of the practice opened."""
        return self.filter(practice=practice)

    def of_program(self, program: str) -> Self:
        """What any practice opened of a body's documents."""
        return self.filter(version__document__program=program)


class DocumentReading(BaseModel):
    """Somebody of a practice opened a version; never changed, never removed.

    `user` is the person, for a token whoever made it; `reader` is the name that stands
    on the pages they got.
    """

    version = models.ForeignKey(
        DocumentVersion, models.PROTECT, related_name="readings"
    )
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="readings")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    token = models.ForeignKey(ApiToken, models.PROTECT, null=True, related_name="+")
    reader = models.CharField(max_length=200)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["DocumentReading"]] = models.Manager.from_queryset(
        ReadingQuerySet
    )()

    class Meta:
        ordering = ("-at", "id")
        indexes = (
            models.Index(fields=("practice", "version", "-at"), name="readings_newest"),
        )

    version_id: UUID
    practice_id: UUID
    user_id: UUID

    def __str__(self) -> str:
        return f"{self.reader} at {self.at}"


class AcknowledgementQuerySet(models.QuerySet["DocumentAcknowledgement"]):
    """Whose acknowledgements somebody may see."""

    def of(self, practice: Practice) -> Self:
        """What people of the practice acknowledged."""
        return self.filter(practice=practice)

    def of_program(self, program: str) -> Self:
        """What any practice acknowledged of a body's documents."""
        return self.filter(version__document__program=program)


class DocumentAcknowledgement(BaseModel):
    """Somebody confirmed for a practice that they read a version; kept as it is."""

    version = models.ForeignKey(
        DocumentVersion, models.PROTECT, related_name="acknowledgements"
    )
    practice = models.ForeignKey(
        Practice, models.PROTECT, related_name="acknowledgements"
    )
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["DocumentAcknowledgement"]] = (
        models.Manager.from_queryset(AcknowledgementQuerySet)()
    )

    class Meta:
        ordering = ("-at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("version", "practice", "user"), name="acknowledged_once"
            ),
        )

    version_id: UUID
    practice_id: UUID
    user_id: UUID

    def __str__(self) -> str:
        return f"{self.by} at {self.at}"
