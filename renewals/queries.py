"""A member's life in a program, read from the rows as the rules want it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Practice, Sponsorship
from ce_credits.queries import credits_by_member
from ce_credits.rules import Credit
from credentials.models import Certification, Product, Window
from credentials.policy import credit_words, day_words, policy_for
from renewals.models import TermCertificate
from renewals.rules import Span, Term


@dataclass(frozen=True)
class Life:
    """All the rules need to know of one member in one program."""

    windows: Sequence[Window]
    certificates: Sequence[TermCertificate]
    credits: tuple[Credit, ...]
    certification: Certification | None

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
    for row in TermCertificate.objects.filter(
        window__member__in=ids, window__program=program
    ).select_related("window", "certificate"):
        held[row.window.member_id].append(row)
    earned: dict[UUID, Certification] = {}
    for certification in Certification.objects.filter(**mine).order_by("-earned_on"):
        earned[certification.member_id] = certification
    credits = credits_by_member(ids, program)
    return {
        member_id: Life(
            windows=windows[member_id],
            certificates=held[member_id],
            credits=credits[member_id],
            certification=earned.get(member_id),
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


def certificate_words(window: Window, held: TermCertificate) -> str:
    """Say whether a term's certificate is issued, or what it waits for."""
    if held.state == TermCertificate.State.ISSUED:
        return "Certificate issued."
    unit = policy_for(window.program, on=window.last_on).unit
    waits = []
    if "credential" in held.missing:
        waits.append("the credential has to be earned")
    if "credits" in held.missing:
        have, need = credit_words(held.have), credit_words(held.need)
        waits.append(f"{have} of {need} {unit}")
    return f"Certificate held: {' and '.join(waits)}."
