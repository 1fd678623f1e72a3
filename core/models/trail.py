"""The audit trail: one entry for each change, each chained to the one before."""

from typing import ClassVar, Self

from django.db import models

from core.models.base import PlainRow


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    """Which entries somebody may see."""

    def of(self, practice: models.Model) -> Self:
        """What happened in a practice."""
        return self.filter(practice=practice.pk)

    def of_program(self, program: str) -> Self:
        """What happened under a body."""
        return self.filter(program=program).exclude(program="")


class AuditEntry(PlainRow):
    """Who changed what, from which value to which, why, and in which request.

    Its id counts up, so entries of one instant keep their order; it is never shown.

    `chain` is the practice's, else the body's, else the house's; `number` its place
    there from 1, without a gap. `hash` marks the entry and, through `previous`, all
    before it, with the key that `key_id` names.
    """

    id = models.BigAutoField(primary_key=True)

    at = models.DateTimeField()
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True)
    token = models.ForeignKey("accounts.ApiToken", models.PROTECT, null=True)
    actor = models.CharField(max_length=200)
    practice = models.ForeignKey("accounts.Practice", models.PROTECT, null=True)
    member = models.ForeignKey("accounts.Member", models.PROTECT, null=True)
    program = models.CharField(max_length=20, blank=True)
    action = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    sentence = models.CharField(max_length=400)
    changes = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    chain = models.CharField(max_length=60)
    number = models.PositiveBigIntegerField()
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    key_id = models.CharField(max_length=12)

    objects: ClassVar[models.Manager["AuditEntry"]] = models.Manager.from_queryset(
        AuditEntryQuerySet
    )()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("chain", "number"), name="one_number_a_chain"
            ),
        )
        indexes = (
            models.Index(fields=("practice", "-at"), name="trail_of_practice"),
            models.Index(fields=("member", "-at"), name="trail_of_member"),
            models.Index(fields=("subject_id",), name="trail_of_subject"),
        )

    def __str__(self) -> str:
        return self.sentence


class AuditHead(models.Model):
    """A chain's length and last mark, locked by whoever writes its next entry."""

    chain = models.CharField(max_length=60, primary_key=True)
    count = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.chain}: {self.count}"
