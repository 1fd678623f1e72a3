"""A member's life in a program, read from the rows as the rules want it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, TypedDict, cast
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from ce_credits.queries import chains_by_member
from ce_credits.rules import Credit
from certificates.models import CertificateEvent
from core.prepared import filled, prepared
from credentials.models import Certification, Product, Window
from credentials.policy import cycle_programs, day_words
from renewals.models import TermCertificate
from renewals.queries.books import Books, CycleBooks, TermBooks
from renewals.queries.histories import facts_by_member
from renewals.rules import Term
from renewals.rules.cycles import Facts

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Ended(TypedDict):
        """What became of a certificate: revoked, superseded, or nothing."""

        ending: str | None

    Row = WithAnnotations[TermCertificate, Ended]


@dataclass(frozen=True)
class Life:
    """All the rules need to know of one member in one program.

    `by_activity` is the credit of each activity; `endings` tells by term how an issued
    certificate ended: revoked or superseded. `facts` are those of a body of cycles.
    """

    program: str
    windows: Sequence[Window]
    certificates: Sequence[TermCertificate]
    by_activity: Mapping[UUID, tuple[Credit, ...]]
    certifications: Sequence[Certification] = ()
    endings: Mapping[UUID, str] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)

    def books(self, as_of: date) -> Books:
        """Ask where its credit counts, and how much, as known at the end of a day."""
        if self.program in cycle_programs():
            return CycleBooks(self.program, as_of, self.facts)
        return TermBooks(self.program, as_of, self.terms)

    @property
    def certification(self) -> Certification | None:
        """The credential they earned first."""
        return self.certifications[0] if self.certifications else None

    @property
    def credits(self) -> tuple[Credit, ...]:
        """All credit, of whatever activity."""
        return tuple(chain.from_iterable(self.by_activity.values()))

    def supposing(self, activity_id: UUID, *credits: Credit) -> "Life":
        """The same life, had an activity brought this credit and no other."""
        return replace(self, by_activity={**self.by_activity, activity_id: credits})

    @property
    def terms(self) -> tuple[Term, ...]:
        """The windows as terms, the oldest first, with what staff waived."""
        waived = {row.window_id: row.waived_on for row in self.certificates}
        return tuple(
            Term(
                first_on=window.first_on,
                last_on=window.last_on,
                applied_on=window.applied_on,
                waived_on=waived.get(window.pk),
            )
            for window in self.windows
        )

    @property
    def latest(self) -> Window | None:
        """The newest term, begun or not."""
        return self.windows[-1] if self.windows else None


def life_of(member_id: UUID, program: str) -> Life:
    """Read one member's life in a program."""
    return lives_of([member_id], program)[member_id]


def lives_of(member_ids: Iterable[UUID], program: str) -> dict[UUID, Life]:
    """Read many members' lives in a constant number of statements."""
    ids = list(member_ids)
    if not ids:
        return {}
    mine = filled(ids), program
    windows: defaultdict[UUID, list[Window]] = defaultdict(list)
    for window in _windows(*mine):
        windows[window.member_id].append(window)
    held: defaultdict[UUID, list[TermCertificate]] = defaultdict(list)
    endings: defaultdict[UUID, dict[UUID, str]] = defaultdict(dict)
    certificates: list[Row] = _certificates(*mine)
    for row in certificates:
        held[row.window.member_id].append(row)
        if row.ending:
            endings[row.window.member_id][row.window_id] = row.ending
    earned: defaultdict[UUID, list[Certification]] = defaultdict(list)
    for one in _certifications(*mine):
        earned[one.member_id].append(one)
    credits = chains_by_member(ids, program)
    facts = facts_by_member(ids, program) if program in cycle_programs() else {}
    return {
        member_id: Life(
            windows=windows[member_id],
            certificates=held[member_id],
            by_activity=credits[member_id],
            certifications=earned[member_id],
            endings=endings[member_id],
            program=program,
            facts=facts.get(member_id, Facts()),
        )
        for member_id in ids
    }


@prepared
def _windows(member_ids: tuple[UUID, ...], program: str) -> QuerySet[Window]:
    found = Window.objects.filter(member__pk__in=member_ids, program=program)
    return found.order_by("sequence")


@prepared
def _certifications(
    member_ids: tuple[UUID, ...], program: str
) -> QuerySet[Certification]:
    found = Certification.objects.filter(member__pk__in=member_ids, program=program)
    return found.order_by("earned_on", "code")


@prepared
def _certificates(member_ids: tuple[UUID, ...], program: str) -> "QuerySet[Row]":
    # Of two events the revocation weighs more: it comes first in the alphabet too.
    ended = CertificateEvent.objects.filter(certificate=OuterRef("certificate"))
    found = (
        TermCertificate.objects.filter(
            window__member__pk__in=member_ids, window__program=program
        )
        .select_related("window__member", "certificate")
        .order_by("window__sequence")
        .annotate(ending=Subquery(ended.order_by("kind").values("kind")[:1]))
    )
    return cast("QuerySet[Row]", found)


def why_not(product: Product, life: Life, *, name: str, today: date) -> str | None:
    """Say why a member can't be given a renewal or membership now; None when they can.

    A term that has not begun yet is not renewed again: that is a slip far more often
    than a wish (ruling, docs/decisions).
    """
    latest = life.latest
    if product.kind == Product.Kind.MEMBERSHIP and latest:
        return (
            f"{name} is a member already, with renewal date "
            f"{day_words(latest.renewal_on)}."
        )
    if product.kind == Product.Kind.RENEWAL:
        if latest is None:
            return f"{name} is not a member yet. Assign Membership first."
        if latest.first_on > today:
            return f"{name} is renewed already, until {day_words(latest.renewal_on)}."
    return None
