"""Rows of two practices in every table, and whose each of them is.

Whose a row is stands here by paths of the models, never read from the list of walls:
else the walls would be held against themselves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.db import models

from accounts.models import (
    Administration,
    ApiToken,
    Duplicate,
    Invitation,
    Member,
    Practice,
    RosterImport,
    SignOnLink,
    SingleSignOn,
    Sponsorship,
    User,
)
from billing.models import (
    CardCharge,
    CardSession,
    CreditBalance,
    Invoice,
    JournalRow,
    Order,
    OrderLine,
    OrderStep,
    Payment,
    Refund,
    RefundLine,
    StoredCard,
)
from ce_credits.models import (
    Activity,
    ActivityStep,
    ApprovalApplication,
    ApprovalStep,
    AttendanceList,
    AuditCase,
    AuditItem,
    CreditAward,
    FeedRow,
    MissingCredit,
    PracticeAllowance,
    Proof,
    ProofAllowance,
)
from certificates.models import Badge, Certificate, CertificateEvent, Opening
from core.models import AuditEntry, ExportJob, OutboxMessage, UsedKey
from courses.models import (
    Allowance,
    Answer,
    Attempt,
    CourseCredit,
    Enrolment,
    EvaluationGiven,
    LiveAttendance,
    LiveClaim,
    LiveRegistration,
    Watched,
    Whereabouts,
)
from credentials.models import (
    Assignment,
    AssignmentBatch,
    Certification,
    DocumentAcknowledgement,
    DocumentReading,
    LeftOut,
    OwnDocumentVersion,
    SeatChange,
    SeatEntry,
    SeatPool,
    SocietyMembership,
    StandingPeriod,
    Tally,
    Window,
)
from notifications.models import CalendarFeed, Notice, Subscription
from portal.models import TranscriptLink
from renewals.models import (
    ApplicationQuestion,
    CardRound,
    DigestLine,
    Licence,
    MovedDeadline,
    Recertification,
    RenewalAttempt,
    TermCertificate,
)
from tests.cast import NOW, Cast, a_token
from tests.db.rows import rare_rows, rows_of_a_practice

# Table → by which path its rows belong to a practice, through its people or directly.
OF_PRACTICE: Mapping[type[models.Model], str] = {
    AuditEntry: "practice",
    OutboxMessage: "practice",
    ExportJob: "practice",
    Member: "sponsorships__practice",
    Practice: "pk",
    Administration: "practice",
    Sponsorship: "practice",
    Invitation: "practice",
    ApiToken: "practice",
    RosterImport: "practice",
    SingleSignOn: "practice",
    SignOnLink: "practice",
    Certification: "member__sponsorships__practice",
    Window: "practice",
    StandingPeriod: "member__sponsorships__practice",
    SeatPool: "practice",
    AssignmentBatch: "practice",
    Assignment: "practice",
    SeatEntry: "pool__practice",
    SeatChange: "practice",
    LeftOut: "practice",
    DocumentReading: "practice",
    DocumentAcknowledgement: "practice",
    OwnDocumentVersion: "practice",
    Certificate: "practice",
    CertificateEvent: "certificate__practice",
    Opening: "certificate__practice",
    Activity: "member__sponsorships__practice",
    ActivityStep: "activity__member__sponsorships__practice",
    CreditAward: "activity__member__sponsorships__practice",
    Proof: "activity__member__sponsorships__practice",
    ProofAllowance: "member__sponsorships__practice",
    PracticeAllowance: "practice",
    TermCertificate: "window__practice",
    DigestLine: "practice",
    RenewalAttempt: "practice",
    Recertification: "member__sponsorships__practice",
    MovedDeadline: "member__sponsorships__practice",
    CardRound: "practice",
    Order: "practice",
    OrderLine: "order__practice",
    OrderStep: "order__practice",
    Invoice: "order__practice",
    Payment: "order__practice",
    Refund: "order__practice",
    CardSession: "order__practice",
    CardCharge: "order__practice",
    StoredCard: "practice",
    RefundLine: "refund__order__practice",
    CreditBalance: "practice",
    JournalRow: "practice",
}
# Table → by which path its rows belong to one person who signs in.
OF_USER: Mapping[type[models.Model], str] = {
    User: "pk",
    EmailAddress: "user",
    EmailConfirmation: "email_address__user",
    Authenticator: "user",
    CalendarFeed: "user",
    Notice: "user",
    Subscription: "user",
    ApprovalApplication: "user",
    ApprovalStep: "application__user",
    AttendanceList: "user",
    TranscriptLink: "user",
}
OF_MEMBER: Mapping[type[models.Model], str] = {
    AuditEntry: "member",
    Duplicate: "member",
    Member: "pk",
    Sponsorship: "member",
    SignOnLink: "user__member",
    Certification: "member",
    Window: "member",
    StandingPeriod: "member",
    Tally: "member",
    Assignment: "member",
    LeftOut: "member",
    Certificate: "member",
    CertificateEvent: "certificate__member",
    Opening: "certificate__member",
    Badge: "member",
    Activity: "member",
    ActivityStep: "activity__member",
    CreditAward: "activity__member",
    FeedRow: "member",
    Proof: "activity__member",
    ProofAllowance: "member",
    TermCertificate: "window__member",
    RenewalAttempt: "member",
    AuditCase: "member",
    AuditItem: "case__member",
    MissingCredit: "member",
    Recertification: "member",
    MovedDeadline: "member",
    Licence: "member",
    ApplicationQuestion: "application__member",
    Attempt: "member",
    Answer: "attempt__member",
    Allowance: "member",
    Enrolment: "member",
    Whereabouts: "enrolment__member",
    Watched: "enrolment__member",
    EvaluationGiven: "enrolment__member",
    CourseCredit: "member",
    LiveRegistration: "member",
    LiveAttendance: "registration__member",
    LiveClaim: "registration__member",
    SocietyMembership: "member",
    Order: "member",
    OrderLine: "order__member",
    OrderStep: "order__member",
    Invoice: "order__member",
    Payment: "order__member",
    Refund: "order__member",
    CardSession: "order__member",
    RefundLine: "refund__order__member",
    CreditBalance: "member",
    JournalRow: "member",
}
Rows = Mapping[type[models.Model], Sequence[Any]]


def fill(cast: Cast) -> None:
    """Make a row of Northside's and one of Lakeview's in every table that has such."""
    rare_rows(cast)
    rows_of_a_practice(
        replace(cast, northside=cast.lakeview, bob=cast.charlie, alice=cast.frank)
    )
    for practice, user, member in (
        (cast.northside, cast.alice, cast.bob),
        (cast.lakeview, cast.frank, cast.charlie),
    ):
        a_token(practice, user)
        assert member.user is not None
        for each in (user, member.user):
            address = EmailAddress.objects.create(user=each, email=each.email)
            EmailConfirmation.objects.create(
                email_address=address, created=NOW, sent=NOW, key=each.email
            )
            Authenticator.objects.create(
                user=each, type=Authenticator.Type.TOTP, data={}
            )
        UsedKey.objects.create(
            actor_key=f"user:{user.pk}",
            route="r",
            key="k",
            fingerprint="f",
            created_at=NOW,
        )


def of_practice(practice: Practice) -> Rows:
    """Name a practice's rows, its administrators' accounts and keys with them."""
    held = list(
        Administration.objects.filter(practice=practice).values_list("user", flat=True)
    )
    people = list(
        Member.objects.filter(sponsorships__practice=practice).values_list(
            "user", flat=True
        )
    )
    found = _by(OF_PRACTICE, practice.pk)
    for user in (*held, *people):
        for model, rows in _by(OF_USER, user).items():
            found[model] = [*found.get(model, ()), *rows]
    keys = UsedKey.objects.filter(actor_key__in=[f"user:{user}" for user in held])
    return found | {UsedKey: list(keys.values_list("pk", flat=True))}


def of_person(member: Member) -> Rows:
    """Name a person's rows."""
    return _by(OF_MEMBER, member.pk) | _by(OF_USER, member.user_id)


def _by(paths: Mapping[type[models.Model], str], key: object) -> dict[Any, list[Any]]:
    return {
        model: list(
            model._default_manager.filter(**{path: key})
            .order_by("pk")
            .values_list("pk", flat=True)
            .distinct()
        )
        for model, path in paths.items()
    }
