"""Certificates: frozen facts, the paper made from them, and what became of them."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models

from accounts.models import Member, Practice, Sponsorship
from certificates.rules import FOR_GOOD
from core.files import StoredFile
from core.models import BaseModel
from core.words import day_words
from credentials.models import Certification


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Which certificates somebody may see."""

    def of(self, practice: Practice) -> Self:
        """What was issued to the practice's people on its account."""
        return self.filter(practice=practice)

    def visible_to(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def of_program(self, program: str) -> Self:
        """What a body issued: its staff see all of it."""
        return self.filter(program=program)

    def waiting(self) -> Self:
        """Whose paper is still to be made."""
        return self.exclude(
            paper__in=(Certificate.Paper.READY, Certificate.Paper.FAILED)
        )


class Certificate(BaseModel):
    """One certificate. Its facts never change; a new state is a new event.

    `source_id` is what it was issued for, a term, a credential in a cycle or a course:
    a retry finds the first one. `certification` is the credential, of a body of cycles;
    one without attestation numbers gives none.
    """

    class Paper(models.TextChoices):
        """How far the PDF is."""

        WAITING = "waiting"
        MAKING = "making"
        READY = "ready"
        FAILED = "failed"

    program = models.CharField(max_length=20)
    member = models.ForeignKey(Member, models.PROTECT, related_name="certificates")
    practice = models.ForeignKey(Practice, models.PROTECT, null=True)
    sponsorship = models.ForeignKey(Sponsorship, models.PROTECT, null=True)
    source_id = models.UUIDField()
    edition = models.PositiveSmallIntegerField(default=1)
    number = models.CharField(max_length=40, unique=True)
    # Unique where there is one: of none there may be many.
    attestation_number = models.CharField(  # noqa: DJ001
        max_length=40, unique=True, null=True
    )
    certification = models.ForeignKey(
        Certification, models.PROTECT, null=True, related_name="certificates"
    )
    facts = models.JSONField()
    valid_from = models.DateField()
    valid_until = models.DateField()
    issued_on = models.DateField()
    issued_at = models.DateTimeField()
    paper = models.CharField(max_length=8, choices=Paper.choices, default=Paper.WAITING)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    file_key = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(null=True)

    objects: ClassVar[models.Manager["Certificate"]] = models.Manager.from_queryset(
        CertificateQuerySet
    )()

    class Meta:
        ordering = ("-valid_from", "-issued_at")
        constraints = (
            models.UniqueConstraint(
                fields=("source_id", "edition"), name="one_certificate_a_term"
            ),
            models.CheckConstraint(
                condition=~models.Q(paper="ready")
                | ~models.Q(sha256="") & ~models.Q(file_key=""),
                name="ready_paper_has_its_hash",
            ),
        )
        indexes = (
            models.Index(
                fields=("issued_at",),
                name="paper_to_make",
                condition=models.Q(paper__in=("waiting", "making")),
            ),
            models.Index(fields=("practice", "-issued_at"), name="issued_to_practice"),
        )

    member_id: UUID
    practice_id: UUID | None
    certification_id: UUID | None

    def __str__(self) -> str:
        return self.number

    @property
    def for_good(self) -> bool:
        """Whether it is of one day, and never runs out: a course's."""
        return self.valid_until == FOR_GOOD

    @property
    def days_text(self) -> str:
        """The days it is about: Dec 1, 2024 to Nov 30, 2025; or its one day."""
        first = day_words(self.valid_from)
        return first if self.for_good else f"{first} to {day_words(self.valid_until)}"

    @property
    def file(self) -> StoredFile:
        """Its PDF, as it is given out."""
        return StoredFile(self.file_key, "pdf", f"{self.number}.pdf", ours=True)


class Opening(BaseModel):
    """Whether a certificate's paper has left the portal, decided once and for good.

    A certificate has one row at most: of whoever opened it first, or of the undoing of
    its term, which bars it. Both insert it, and the unique column lets one of them win.
    """

    class Kind(models.TextChoices):
        """It was opened, or it never will be."""

        OPENED = "opened"
        BARRED = "barred"

    class Way(models.TextChoices):
        """How it left. UNKNOWN: it may have, before this was written down."""

        PAGE = "page"
        PROGRAM = "program"
        ARCHIVE = "archive"
        UNKNOWN = "unknown"

    certificate = models.OneToOneField(
        Certificate, models.PROTECT, related_name="opening"
    )
    kind = models.CharField(max_length=6, choices=Kind.choices)
    way = models.CharField(max_length=7, choices=Way.choices, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind="opened") & ~models.Q(way="")
                | models.Q(kind="barred", way=""),
                name="opened_in_a_way",
            ),
        )

    certificate_id: UUID

    def __str__(self) -> str:
        return f"{self.certificate} {self.kind}"


class BadgeQuerySet(models.QuerySet["Badge"]):
    """Which badges somebody may see."""

    def visible_to(self, member: Member) -> Self:
        """Those of the member's credentials."""
        return self.filter(member=member.pk)

    def shared(self) -> Self:
        """Those that anybody with the address may see."""
        return self.filter(withdrawn_at=None)


class Badge(BaseModel):
    """A credential that its holder lets anybody with the address see (N14).

    Its id is the address. Who shares a credential again has a new one: an address that
    was withdrawn stays dead. What the page says is the credential's newest certificate,
    so issuer, name, days and, by the pack, criteria are those of a signed badge.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="badges")
    program = models.CharField(max_length=20)
    certification = models.ForeignKey(
        Certification, models.PROTECT, related_name="badges"
    )
    shared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Badge"]] = models.Manager.from_queryset(
        BadgeQuerySet
    )()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("certification",),
                condition=models.Q(withdrawn_at=None),
                name="one_shared_badge",
            ),
        )

    member_id: UUID
    certification_id: UUID

    def __str__(self) -> str:
        return f"Badge of {self.certification}"


class AttestationCount(BaseModel):
    """The last attestation number given in a body's year; its row is the lock."""

    program = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("program", "year"), name="one_attestation_count"
            ),
        )

    def __str__(self) -> str:
        return f"{self.program} {self.year}: {self.last}"


class CertificateEvent(BaseModel):
    """A certificate was revoked or superseded: appended, never taken back."""

    class Kind(models.TextChoices):
        """What became of the certificate."""

        REVOKED = "revoked"
        SUPERSEDED = "superseded"

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    on = models.DateField()
    at = models.DateTimeField()
    reason = models.CharField(max_length=400)
    by = models.CharField(max_length=200)
    replaced_by = models.ForeignKey(
        Certificate, models.PROTECT, null=True, related_name="replaces"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("certificate", "kind"), name="ended_once_a_kind"
            ),
        )

    def __str__(self) -> str:
        return f"{self.certificate} {self.kind}"
