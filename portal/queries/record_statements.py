"""The statements of a member record: five, however much there is of a person."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypedDict, cast
from uuid import UUID

from django.db.models import (
    Exists,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from accounts.models import Member, Sponsorship
from ce_credits.models import Activity, ActivityStep
from certificates.models import Certificate, CertificateEvent
from core.models import AuditEntry
from core.prepared import prepared
from credentials.models import (
    Certification,
    LeftOut,
    Product,
    StandingPeriod,
    Window,
)
from portal.queries.record_mails import mails_beside
from renewals.models import CardRound, RenewalAttempt
from renewals.queries import DECIDED

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Joined(TypedDict):
        """What is read beside a member: a row each, and facts of today."""

        held: Sponsorship
        term: Window | None
        standing: str | None
        left_from: date | None
        joined: bool
        tried: bool
        tried_here: bool
        left_after: bool
        decided_at: datetime | None
        credential: str | None
        number: str | None
        mails: str | None

    Row = WithAnnotations[Member, Joined]

    class Ended(TypedDict):
        """How a certificate ended."""

        revoked: bool
        superseded: bool

    Paper = WithAnnotations[Certificate, Ended]

    class Made(TypedDict):
        """How an assignment came about, beside its product."""

        itself: bool
        took_in: bool

    Line = WithAnnotations[Product, Made]

Kind = CertificateEvent.Kind
MOST_TOLD = 30
# What of an entry its sentence is made of.
TOLD = ("at", "actor", "action", "subject_id", "sentence", "changes", "reason")

# What of an activity and its awards its line doesn't need, of terms, of products and
# assignments, and of a certificate.
UNSEEN = (
    *("member", "provider", "typed", "saves", "read_from_file", "reported_by", "proof"),
    *("licence_number", "catalogue_item", "version", "practice", "created_at"),
    *("changed_at", "submitted_at"),
    *("award__step", "award__decided_at", "award__note"),
)
OF_TERMS = (
    *("joined_to", "user", "held__external_id", "held__until_on"),
    *("term__member", "term__practice", "term__sponsorship", "term__credits_asked"),
    *("term__policy", "term__created_at", "term__undone_at"),
    *(f"term__term_certificate__{each}" for each in ("rule", "reasons", "policy")),
    *(f"term__term_certificate__{each}" for each in ("waived_reason", "decided_at")),
)
OF_LINES = ("noun", "nouns", "order", "given__practice", "given__choice")
UNREAD = (
    *("member", "program", "certification"),
    *("sponsorship", "source_id", "edition", "issued_on", "issued_at", "paper"),
    *("leased_until", "attempts", "last_error", "file_key", "sha256", "size"),
)


def _sponsored(practice_id: UUID, program: str, member_id: UUID) -> QuerySet[Any]:
    """Join somebody's sponsorship, and the terms that stand."""
    ours = Q(sponsorships__practice=practice_id, sponsorships__program=program)
    return (
        Member.objects.annotate(
            held=FilteredRelation(
                "sponsorships", condition=ours & Q(sponsorships__until_on=None)
            ),
            # A join sees undone terms as well.
            term=FilteredRelation(
                "windows",
                condition=Q(windows__program=program, windows__undone_at=None),
            ),
        )
        .filter(pk=member_id, held__isnull=False)
        .select_related("held", "term", "term__term_certificate")  # type: ignore[misc]
    )


@prepared
def with_terms(
    practice_id: UUID, program: str, member_id: UUID, today: date
) -> "QuerySet[Row]":
    """One row for each term, or one without; the sponsorship is in each."""
    standings = StandingPeriod.objects.filter(
        member=OuterRef("pk"), program=program, from_on__lte=today
    ).order_by("-recording", "-from_on")
    left_out = LeftOut.objects.in_force().filter(sponsorship=OuterRef("held__pk"))
    earned = Certification.objects.filter(
        member=OuterRef("pk"), program=program
    ).order_by("earned_on")
    rounds = CardRound.objects.filter(
        attempts__sponsorship=OuterRef("held__pk"),
        practice=practice_id,
        program=program,
    )
    attempts = RenewalAttempt.objects.filter(window=OuterRef("term__pk"))
    decided = ActivityStep.objects.filter(
        activity__member=OuterRef("pk"), activity__program=program, kind__in=DECIDED
    ).order_by("-at")
    found = (
        _sponsored(practice_id, program, member_id)
        .annotate(
            standing=Subquery(standings.values("standing")[:1]),
            left_from=Subquery(left_out.values("from_on")[:1]),
            joined=Exists(rounds.exclude(state=CardRound.State.ENDED)),
            tried=Exists(attempts),
            tried_here=Exists(
                attempts.exclude(outcome=RenewalAttempt.Outcome.PAYING).filter(
                    sponsorship=OuterRef("held__pk")
                )
            ),
            left_after=Exists(LeftOut.objects.filter(window=OuterRef("term__pk"))),
            decided_at=Subquery(decided.values("at")[:1]),
            credential=Subquery(earned.values("code")[:1]),
            number=Subquery(earned.values("number")[:1]),
            mails=mails_beside(practice_id, program),
        )
        .defer(*OF_TERMS)
        .order_by("term__sequence")
    )
    return cast("QuerySet[Row]", found)


@prepared
def issued(member_id: UUID, program: str) -> "QuerySet[Paper]":
    """Read somebody's certificates, who opened each first, and how it ended."""

    def ended(kind: Kind) -> Exists:
        events = CertificateEvent.objects.filter(certificate=OuterRef("pk"), kind=kind)
        return Exists(events)

    found = (
        Certificate.objects.filter(member=member_id, program=program)
        .select_related("opening")
        .annotate(revoked=ended(Kind.REVOKED), superseded=ended(Kind.SUPERSEDED))
        .defer(*UNREAD)
    )
    return cast("QuerySet[Paper]", found)


@prepared
def reported(member_id: UUID, program: str) -> QuerySet[Activity]:
    """One row for each award of an activity, or one without; the latest day first."""
    return (
        Activity.objects.filter(member=member_id, program=program)
        .annotate(award=FilteredRelation("awards"))
        .select_related("award")  # type: ignore[misc]
        .defer(*UNSEEN)
        .order_by("-on", "-created_at", "pk", "award__sequence")
    )


@prepared
def lines(practice_id: UUID, program: str, member_id: UUID) -> "QuerySet[Line]":
    """One row for each assignment of a product to somebody, or one without."""
    given = Q(assignment__practice=practice_id, assignment__member=member_id)
    itself = RenewalAttempt.objects.filter(assignment=OuterRef("given__pk"))
    took_in = LeftOut.objects.filter(
        sponsorship=OuterRef("given__sponsorship"), ended_at=OuterRef("given__at")
    )
    found = (
        Product.objects.filter(program=program)
        .annotate(
            given=FilteredRelation(
                "assignment", condition=given & ~Q(assignment__state="undone")
            )
        )
        .select_related("given")  # type: ignore[misc]  # a filtered relation
        .annotate(itself=Exists(itself), took_in=Exists(took_in))
        .defer(*OF_LINES)
        .order_by("order", "-given__at", "-given__pk")
    )
    return cast("QuerySet[Line]", found)


@prepared
def entries(practice_id: UUID, member_id: UUID) -> QuerySet[AuditEntry]:
    """Read the newest entries of a practice's trail about somebody."""
    about = AuditEntry.objects.filter(practice=practice_id, member=member_id)
    return about.only(*TOLD).order_by("-at", "-id")[:MOST_TOLD]
