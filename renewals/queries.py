"""A member's life in a program, read from the rows as the rules want it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, TypedDict, cast
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from accounts.models import Practice, Sponsorship
from ce_credits.models import CreditAward
from ce_credits.queries import chains_by_member
from ce_credits.rules import Credit
from certificates.models import CertificateEvent
from credentials.models import Certification, Product, Window
from credentials.policy import Policy, credit_words, day_words, policy_for
from renewals.models import TermCertificate
from renewals.rules import CertificateVerdict, Span, Term, certificate_verdict

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Ended(TypedDict):
        """What became of a certificate: revoked, superseded, or nothing."""

        ending: str | None

    Row = WithAnnotations[TermCertificate, Ended]

State = TermCertificate.State


@dataclass(frozen=True)
class Life:
    """All the rules need to know of one member in one program.

    `by_activity` is the credit of each activity; `endings` tells by term how an issued
    certificate ended: revoked or superseded.
    """

    windows: Sequence[Window]
    certificates: Sequence[TermCertificate]
    by_activity: Mapping[UUID, tuple[Credit, ...]]
    certification: Certification | None
    endings: Mapping[UUID, str] = field(default_factory=dict)

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
    mine = {"member__in": ids, "program": program}
    windows: defaultdict[UUID, list[Window]] = defaultdict(list)
    for window in Window.objects.filter(**mine).order_by("sequence"):
        windows[window.member_id].append(window)
    held: defaultdict[UUID, list[TermCertificate]] = defaultdict(list)
    endings: defaultdict[UUID, dict[UUID, str]] = defaultdict(dict)
    for row in _certificates(ids, program):
        held[row.window.member_id].append(row)
        if row.ending:
            endings[row.window.member_id][row.window_id] = row.ending
    earned: dict[UUID, Certification] = {}
    for certification in Certification.objects.filter(**mine).order_by("-earned_on"):
        earned[certification.member_id] = certification
    credits = chains_by_member(ids, program)
    return {
        member_id: Life(
            windows=windows[member_id],
            certificates=held[member_id],
            by_activity=credits[member_id],
            certification=earned.get(member_id),
            endings=endings[member_id],
        )
        for member_id in ids
    }


@dataclass(frozen=True)
class Ending:
    """A member's newest term, and who sponsors them now; None pays for themselves."""

    window: Window
    sponsorship: Sponsorship | None

    @property
    def renews_itself(self) -> bool:
        """Whether auto-renewal takes a seat for it (A11)."""
        mode = Sponsorship.Mode.AUTO
        return self.sponsorship is not None and self.sponsorship.renewal_mode == mode


def endings_of(window_ids: Iterable[UUID]) -> list[Ending]:
    """Read terms that nobody renewed yet, in the order of their dates and names.

    Whoever has left the practice that paid for the term, and has no other, is left out.
    Constant in its statements.
    """
    windows = list(
        Window.objects.newest()
        .filter(pk__in=list(window_ids))
        .select_related("member__user")
        .order_by("last_on", "member__last_name", "member__first_name", "pk")
    )
    sponsorships = {
        (each.member_id, each.program): each
        for each in Sponsorship.objects.open()
        .filter(member__in=[window.member_id for window in windows])
        .select_related("practice")
    }
    found = [
        Ending(window, sponsorships.get((window.member_id, window.program)))
        for window in windows
    ]
    return [
        each for each in found if each.sponsorship or each.window.sponsorship_id is None
    ]


def renewing_themselves(
    program: str, spans: Iterable[Span], *, practice: Practice | None = None
) -> QuerySet[Window]:
    """Find the newest terms that end in one of the spans and renew by themselves.

    With a practice, those it sponsors the members for.
    """
    days = Q()
    for span in spans:
        days |= Q(last_on__range=(span.first, span.last))
    auto = Sponsorship.objects.open().filter(
        member=OuterRef("member"), program=program, renewal_mode=Sponsorship.Mode.AUTO
    )
    if practice:
        auto = auto.filter(practice=practice)
    return Window.objects.newest().filter(days, Exists(auto), program=program)


def _certificates(member_ids: list[UUID], program: str) -> "QuerySet[Row]":
    # Of two events the revocation weighs more: it comes first in the alphabet too.
    ended = CertificateEvent.objects.filter(certificate=OuterRef("certificate"))
    found = (
        TermCertificate.objects.filter(
            window__member__in=member_ids, window__program=program
        )
        .select_related("window__member", "certificate")
        .order_by("window__sequence")
        .annotate(ending=Subquery(ended.order_by("kind").values("kind")[:1]))
    )
    return cast("QuerySet[Row]", found)


def verdict_of(window: Window, life: Life, today: date) -> CertificateVerdict:
    """Judge the certificate of one of a life's terms by the facts of today (A10)."""
    place = window.sequence - 1
    terms = life.terms
    earned = life.certification
    return certificate_verdict(
        _closing_policy(window, life),
        terms=terms,
        term=terms[place],
        credits=life.credits,
        certified_on=earned.earned_on if earned else None,
        waived_on=terms[place].waived_on,
        as_of=today,
    )


def _closing_policy(window: Window, life: Life) -> Policy:
    # The term that closes decides what is asked: the pack of its last day (X6).
    place = max(window.sequence - 2, 0)
    return policy_for(window.program, on=life.windows[place].last_on)


@dataclass(frozen=True)
class Short:
    """An issued certificate, and what the facts of today would say instead (A9)."""

    held: TermCertificate
    verdict: CertificateVerdict


def short_certificates(life: Life, today: date) -> list[Short]:
    """List a life's issued certificates that rest on credit no longer there (A9).

    They stay issued until staff revoke them; those that ended are left out.
    """
    found = []
    for held in life.certificates:
        if held.state != State.ISSUED or held.window_id in life.endings:
            continue
        verdict = verdict_of(held.window, life, today)
        if verdict.state == "held":
            found.append(Short(held, verdict))
    return found


def all_short_certificates(program: str, *, today: date) -> list[Short]:
    """List a body's issued certificates that rest on credit no longer there (A9).

    Only a later award takes credit away, so only members who have one are read; the
    number of statements does not grow with them.
    """
    changed = CreditAward.objects.filter(
        activity__member=OuterRef("window__member"),
        activity__program=program,
        sequence__gt=1,
        decided_at__gte=OuterRef("certificate__issued_at"),
    )
    ids = (
        TermCertificate.objects.filter(
            Exists(changed),
            window__program=program,
            state=State.ISSUED,
            certificate__events=None,
        )
        .order_by("window__member__last_name", "window__member__first_name")
        .values_list("window__member", flat=True)
    )
    lives = lives_of(dict.fromkeys(ids), program)
    return [
        short for life in lives.values() for short in short_certificates(life, today)
    ]


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


def certificate_words(
    window: Window, held: TermCertificate, ending: str | None = None
) -> str:
    """Say how a term's certificate ended, that it is issued, or what it waits for."""
    if ending:
        return f"Certificate {ending}."
    if held.state == State.ISSUED:
        return "Certificate issued."
    unit = policy_for(window.program, on=window.last_on).unit
    waits = []
    if "credential" in held.missing:
        waits.append("the credential has to be earned")
    if "credits" in held.missing:
        have, need = credit_words(held.have), credit_words(held.need)
        waits.append(f"{have} of {need} {unit}")
    return f"Certificate held: {' and '.join(waits)}."
