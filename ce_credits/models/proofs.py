"""Proof of an activity: files outside public folders."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models

from accounts.models import Member, Practice
from ce_credits.models.activities import Activity
from ce_credits.models.audits import AuditItem
from core.files import StoredFile
from core.models import BaseModel


class ProofQuerySet(models.QuerySet["Proof"]):
    """Which proofs somebody may see."""

    def of(self, practice: Practice) -> Self:
        """What the practice's own programs sent in; an audit's go to the body."""
        return self.filter(activity__practice=practice, audit_item=None)

    def visible_to(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(activity__member=member)

    def of_program(self, program: str) -> Self:
        """What a body's staff look at: what was sent in, never what is written."""
        return self.filter(activity__program=program).sent()

    def sent(self) -> Self:
        """What was sent in with its activity, not what is added to it since.

        What its holder takes away after that stays here: staff decide on it. What
        answers an audit was sent in with that answer.
        """
        sent_at = models.F("activity__submitted_at")
        answered_at = models.F("audit_item__case__sent_at")
        reported = models.Q(audit_item=None, added_at__lte=sent_at) & (
            models.Q(removed_at=None) | models.Q(removed_at__gt=sent_at)
        )
        answers = models.Q(added_at__lte=answered_at) & (
            models.Q(removed_at=None) | models.Q(removed_at__gt=answered_at)
        )
        mine = self.filter(reported | answers)
        return mine.exclude(activity__state=Activity.State.DRAFT)

    def there(self) -> Self:
        """What was not taken away."""
        return self.filter(removed_at=None)

    def reported(self) -> Self:
        """What its holder added to the activity itself, not to answer an audit."""
        return self.filter(audit_item=None)

    def handed_in(self) -> Self:
        """All but what is kept for an audit's answer that was not sent yet."""
        answered = models.Q(audit_item__case__sent_at__isnull=False)
        return self.filter(models.Q(audit_item=None) | answered)


class Proof(BaseModel):
    """A copy of a certificate, or documentation of the hours (A8).

    `sha256` is the file's as it was sent, by which the same file on two activities is
    found; what is kept is the cleaned one, with its own hash. The name is text only.
    `said` is what the file itself says of title, day and minutes. `audit_item` is
    what it answers, where an audit asked for it.
    """

    class Kind(models.TextChoices):
        """What it is, by its content."""

        PDF = "pdf"
        PNG = "png"
        JPEG = "jpeg"

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="proofs")
    file_key = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=4, choices=Kind.choices)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    stored_sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField()
    said = models.JSONField(default=dict)
    audit_item = models.ForeignKey(
        AuditItem, models.PROTECT, null=True, related_name="proofs"
    )
    added_by = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Proof"]] = models.Manager.from_queryset(
        ProofQuerySet
    )()

    class Meta:
        ordering = ("added_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("activity", "sha256"),
                condition=models.Q(removed_at=None),
                name="one_copy_an_activity",
            ),
        )
        indexes = (models.Index(fields=("sha256",), name="proof_by_content"),)

    activity_id: UUID
    audit_item_id: UUID | None

    def __str__(self) -> str:
        return self.name

    @property
    def file(self) -> StoredFile:
        """The file, as it is given out."""
        return StoredFile(self.file_key, self.kind, self.name)
