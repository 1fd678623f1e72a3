"""What somebody applies for under a body of cycles, and what became of it."""

from typing import TYPE_CHECKING, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from accounts.models import Member, User
from billing.models import Order
from ce_credits.models import AuditCase
from core.models import BaseModel

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

LONGEST_NAME = 201
LONGEST_WORDS, LONGEST_ANSWER = 400, 2000
# What an order is in when its money, or some of it, isn't there any more.
ENDED_ORDERS = {
    Order.State.CANCELLED,
    Order.State.PARTLY_REFUNDED,
    Order.State.REFUNDED,
}


class RecertificationQuerySet(models.QuerySet["Recertification"]):
    """Which applications somebody may see."""

    def visible_to(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def of_program(self, program: str) -> Self:
        """A body's."""
        return self.filter(program=program)

    def sent(self) -> Self:
        """What was submitted, whatever became of it."""
        return self.exclude(submitted_on=None)

    def living(self) -> Self:
        """What nobody decided on or withdrew yet, drafts too."""
        return self.filter(state__in=Recertification.LIVING)


class Recertification(BaseModel):
    """An application or a request in a cycle: written, submitted, paid, decided on.

    It is taken, and so a fact of its member's cycles, once it is OPEN: a request for
    more time when it is submitted, all else when its fee is paid. `paid_on` is the day
    that payment counts (N5); it is filled in with taking it alone, so a payment that
    came too late or was too small leaves it AWAITING. `decided_on` is the day it ended,
    also where its member withdrew it.

    `order` is the last one placed for it. `policy` is the version it was submitted
    under, `facts` what that came to: credits, fee and reasons. `version` rises with
    each change, so two tabs don't overwrite each other.

    While it is held (`held_on`) nothing is approved; `held_reason` is for
    its body's staff alone (N13). It stays OPEN: standing, fee and window are as under
    review. `audit` is the last audit of what it rests on: while that is open, it is
    what holds the application.
    """

    class Kind(models.TextChoices):
        """What is applied for."""

        RECERTIFICATION = "recertification", "Recertification"
        EXTENSION = "extension", "Extension"
        REINSTATEMENT = "reinstatement", "Reinstatement"

    class State(models.TextChoices):
        """How far it is. AWAITING: submitted, and its fee isn't paid (in time)."""

        DRAFT = "draft", "Draft"
        AWAITING = "awaiting", "Awaiting payment"
        OPEN = "open", "Under review"
        APPROVED = "approved", "Approved"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    LIVING = (State.DRAFT, State.AWAITING, State.OPEN)
    TAKEN = (State.OPEN, State.APPROVED, State.REFUSED)

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="recertifications", db_index=False
    )
    program = models.CharField(max_length=20)
    kind = models.CharField(max_length=15, choices=Kind.choices)
    state = models.CharField(max_length=9, choices=State.choices)
    cycle_last_on = models.DateField()
    # A profile's first and last name, and the space between them.
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    declared = models.BooleanField(default=False)
    society_member = models.BooleanField(default=False)
    order = models.OneToOneField(
        Order, models.PROTECT, null=True, related_name="recertification"
    )
    submitted_on = models.DateField(null=True)
    paid_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    policy = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)
    held_on = models.DateField(null=True)
    held_by = models.CharField(max_length=200, blank=True)
    held_reason = models.CharField(max_length=LONGEST_WORDS, blank=True)
    audit = models.ForeignKey(
        AuditCase, models.PROTECT, null=True, related_name="applications"
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Recertification"]] = models.Manager.from_queryset(
        RecertificationQuerySet
    )()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("member", "program", "kind"),
                condition=Q(state__in=("draft", "awaiting", "open")),
                name="one_living_application",
            ),
            models.UniqueConstraint(
                fields=("member", "program", "cycle_last_on"),
                condition=Q(
                    state="approved", kind__in=("recertification", "reinstatement")
                ),
                name="cycle_recertified_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=("approved", "refused", "withdrawn"),
                    decided_on__isnull=False,
                )
                | Q(state__in=("draft", "awaiting", "open"), decided_on=None),
                name="ended_application_has_day",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", submitted_on=None)
                | Q(state="withdrawn")
                | Q(
                    state__in=("awaiting", "open", "approved", "refused"),
                    submitted_on__isnull=False,
                    declared=True,
                ),
                name="sent_application_has_day",
            ),
            # More time costs nothing when it is asked for; all else is taken when paid.
            models.CheckConstraint(
                condition=Q(state__in=("draft", "awaiting"), paid_on=None)
                | Q(state="withdrawn")
                | Q(kind="extension", paid_on=None)
                | Q(
                    ~Q(kind="extension"),
                    state__in=("open", "approved", "refused"),
                    paid_on__isnull=False,
                ),
                name="taken_application_is_paid",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""),
                name="refused_application_says_why",
            ),
            models.CheckConstraint(
                condition=Q(held_on=None, held_by="", held_reason="")
                | Q(held_on__isnull=False, state="open") & ~Q(held_reason=""),
                name="held_application_is_open",
            ),
        )
        indexes = (
            models.Index(fields=("member", "program"), name="applications_of_member"),
            models.Index(
                fields=("program", "state", "submitted_on"), name="applications_of_body"
            ),
        )

    member_id: UUID
    order_id: UUID | None
    audit_id: UUID | None
    questions: "RelatedManager[ApplicationQuestion]"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.member}: {self.state}"

    @property
    def lives(self) -> bool:
        """Whether nobody decided on it or withdrew it yet."""
        return self.state in self.LIVING

    @property
    def was_taken(self) -> bool:
        """Whether it is a fact of its member's cycles, also if withdrawn since."""
        if self.kind == self.Kind.EXTENSION:
            return self.submitted_on is not None
        return self.paid_on is not None

    @property
    def audited(self) -> AuditCase | None:
        """The open audit that holds it."""
        if self.held_on is None or self.audit is None or not self.audit.is_open:
            return None
        return self.audit

    @property
    def asked(self) -> "ApplicationQuestion | None":
        """What its member is asked and has not answered, while that can be answered."""
        if self.state != self.State.OPEN:
            return None
        found = (each for each in self.questions.all() if each.answered_on is None)
        return next(found, None)

    @property
    def answered(self) -> bool:
        """Whether all that its member was asked is answered, and it is to decide."""
        if self.state != self.State.OPEN or self.asked is not None:
            return False
        return bool(self.questions.all())

    @property
    def needs_order(self) -> bool:
        """Whether it was submitted, and its order was cancelled or given back since."""
        if self.state != self.State.AWAITING or self.order is None:
            return False
        return self.order.state in ENDED_ORDERS


class ApplicationQuestionQuerySet(models.QuerySet["ApplicationQuestion"]):
    """Which questions a worker has to do with."""

    def waiting(self) -> Self:
        """What is answered, and staff were not told of it yet."""
        return self.filter(
            answered_on__isnull=False, told_at=None, asked_user__isnull=False
        )


class ApplicationQuestion(BaseModel):
    """What staff asked of an applicant, and the answer; each is written once.

    One at a time is open. Once the application has ended it can't be answered. Whoever
    asked (`asked_user`) is told of the answer, which `told_at` notes.
    """

    application = models.ForeignKey(
        Recertification, models.PROTECT, related_name="questions", db_index=False
    )
    words = models.CharField(max_length=LONGEST_WORDS)
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=200)
    asked_user = models.ForeignKey(User, models.PROTECT, null=True, db_index=False)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=LONGEST_ANSWER, blank=True)
    answered_on = models.DateField(null=True)
    told_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["ApplicationQuestion"]] = (
        models.Manager.from_queryset(ApplicationQuestionQuerySet)()
    )

    class Meta:
        ordering = ("asked_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("application",),
                condition=Q(answered_on=None),
                name="one_open_question",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None, answer="")
                | Q(answered_on__isnull=False) & ~Q(answer=""),
                name="answered_question_has_words",
            ),
        )
        indexes = (
            models.Index(
                fields=("application", "asked_at"), name="questions_of_application"
            ),
            models.Index(
                fields=("asked_at",),
                condition=Q(answered_on__isnull=False, told_at=None),
                name="answers_to_tell",
            ),
        )

    application_id: UUID
    asked_user_id: UUID | None

    def __str__(self) -> str:
        return self.words
