"""Terms' certificates, who was told of what, what auto-renewal did, who waits."""

from typing import ClassVar
from uuid import UUID

from django.db import models

from accounts.models import Member, Practice, Sponsorship, User
from billing.models import Order
from certificates.models import Certificate
from core.models import BaseModel
from credentials.models import Assignment, Window


class StandingCertificates(models.Manager["TermCertificate"]):
    """Those of terms that nobody undid."""

    def get_queryset(self) -> "models.QuerySet[TermCertificate]":
        """Leave out what was undone."""
        return super().get_queryset().exclude(state=TermCertificate.State.UNDONE)


class TermCertificate(BaseModel):
    """The certificate that applying a term asks for: issued, or held until it may be.

    Once issued it stays issued here; only a revocation, on the certificate itself, ends
    it (A9, A10). With its term it may be undone: then it counts nowhere, and `objects`
    leaves it out.
    """

    class State(models.TextChoices):
        """Issued, waiting for what is missing, or gone with its term."""

        HELD = "held"
        ISSUED = "issued"
        UNDONE = "undone"

    window = models.OneToOneField(
        Window, models.PROTECT, related_name="term_certificate"
    )
    state = models.CharField(max_length=6, choices=State.choices)
    have = models.DecimalField(max_digits=6, decimal_places=2)
    need = models.DecimalField(max_digits=6, decimal_places=2)
    missing = models.JSONField()
    rule = models.CharField(max_length=10)
    reasons = models.JSONField()
    policy = models.CharField(max_length=40)
    certificate = models.OneToOneField(Certificate, models.PROTECT, null=True)
    waived_on = models.DateField(null=True)
    waived_reason = models.CharField(max_length=400, blank=True)
    decided_at = models.DateTimeField()

    objects: ClassVar[models.Manager["TermCertificate"]] = StandingCertificates()
    every: ClassVar[models.Manager["TermCertificate"]] = models.Manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state="held", certificate=None)
                | models.Q(state="issued", certificate__isnull=False)
                | models.Q(state="undone"),
                name="issued_has_certificate",
            ),
        )

    def __str__(self) -> str:
        return f"{self.window}: {self.state}"


class DigestLine(models.Model):
    """A term that stands in a digest to a practice's administrator.

    Lines with the same `digest` are one message, whose outbox row names that id. Of one
    kind, a term stands in one digest to a person: the constraint below sees to it,
    whatever runs how often. Never changed, never removed. Its id counts up; it is never
    shown.
    """

    id = models.BigAutoField(primary_key=True)

    kind = models.CharField(max_length=40)
    # The constraint below finds a term's lines; the other two are never looked up.
    window = models.ForeignKey(
        Window, models.PROTECT, related_name="digest_lines", db_index=False
    )
    administrator = models.ForeignKey(User, models.PROTECT, db_index=False)
    practice = models.ForeignKey(Practice, models.PROTECT, db_index=False)
    digest = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("window", "kind", "administrator"), name="in_one_digest"
            ),
        )
        indexes = (
            models.Index(fields=("digest",), name="lines_of_digest"),
            models.Index(fields=("at",), name="lines_by_instant"),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.window} to {self.administrator}"


class CardRound(BaseModel):
    """People of a practice who lacked a seat on a day, and its stored card (A11).

    They wait together: one order is placed for all of them, and charged to the card on
    `retry_days` after the round's day, while somebody waits. `turn` is the last try
    that was asked for, counted from 0.
    """

    class State(models.TextChoices):
        """How far it is. GATHERING: people join, and nothing is ordered yet."""

        GATHERING = "gathering"
        TRYING = "trying"
        ENDED = "ended"

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="card_rounds")
    program = models.CharField(max_length=20)
    begun_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices)
    order = models.OneToOneField(
        Order, models.PROTECT, null=True, related_name="card_round"
    )
    retry_days = models.JSONField(default=list)
    turn = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("practice", "program"),
                condition=models.Q(state="gathering"),
                name="one_round_gathers",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="trying") | models.Q(order__isnull=False),
                name="trying_has_order",
            ),
        )
        indexes = (models.Index(fields=("program", "state"), name="rounds_by_state"),)

    practice_id: UUID
    order_id: UUID | None

    def __str__(self) -> str:
        return f"{self.practice} on {self.begun_on}: {self.state}"


class RenewalAttempt(BaseModel):
    """Auto-renewal reached for a seat when a term had ended, and what came of it (A11).

    `turn` counts the attempts of a term: the first is on its renewal date. Whoever
    waited for the card (PAYING) has one more that says how that ended. Who comes to
    another practice has attempts of that sponsorship besides. Never changed or removed.
    """

    class Outcome(models.TextChoices):
        """What came of it. REFUSED: a rule said no; FAILED: the program broke.

        PAYING: the stored card is to pay; DECLINED: it did not, on any of its days.
        """

        RENEWED = "renewed"
        NO_SEAT = "no_seat"
        REFUSED = "refused"
        FAILED = "failed"
        PAYING = "paying"
        DECLINED = "declined"

    window = models.ForeignKey(
        Window, models.PROTECT, related_name="attempts", db_index=False
    )
    turn = models.PositiveSmallIntegerField(default=1)
    member = models.ForeignKey(Member, models.PROTECT, db_index=False)
    practice = models.ForeignKey(Practice, models.PROTECT)
    sponsorship = models.ForeignKey(Sponsorship, models.PROTECT, db_index=False)
    on = models.DateField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    reason = models.CharField(max_length=400, blank=True)
    assignment = models.OneToOneField(Assignment, models.PROTECT, null=True)
    round = models.ForeignKey(
        CardRound, models.PROTECT, null=True, related_name="attempts"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("window", "turn"), name="one_attempt_a_turn"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="renewed", assignment__isnull=False)
                | (~models.Q(outcome="renewed") & models.Q(assignment=None)),
                name="renewed_has_assignment",
            ),
        )
        indexes = (models.Index(fields=("on",), name="attempts_by_day"),)

    window_id: UUID
    member_id: UUID
    practice_id: UUID
    assignment_id: UUID | None

    def __str__(self) -> str:
        return f"{self.window}: {self.outcome}"
