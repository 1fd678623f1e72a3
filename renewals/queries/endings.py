"""Terms that end and were not renewed yet, with who sponsors whom (A11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Practice, Sponsorship
from credentials.models import Window
from credentials.queries import left_out_from
from renewals.models import RenewalAttempt
from renewals.rules import Span


@dataclass(frozen=True)
class Ending:
    """A member's newest term, and who sponsors them now; None pays for themselves.

    `left_from` says since when that practice doesn't renew them any more (A13).
    """

    window: Window
    sponsorship: Sponsorship | None
    left_from: date | None = None

    @property
    def was_left(self) -> bool:
        """Whether a practice paid for the term, and none stands for the next."""
        return self.sponsorship is None and self.window.sponsorship_id is not None

    @property
    def renews_itself(self) -> bool:
        """Whether auto-renewal takes a seat for it (A11)."""
        mode = Sponsorship.Mode.AUTO
        return self.sponsorship is not None and self.sponsorship.renewal_mode == mode


def endings_of(window_ids: Iterable[UUID]) -> list[Ending]:
    """Read terms that nobody renewed yet, in the order of their dates and names.

    A record that gave way to another's ends for nobody. Constant in its statements.
    """
    windows = list(
        Window.objects.newest()
        .filter(pk__in=list(window_ids), member__joined_to=None)
        .select_related("member__user")
        .order_by("last_on", "member__last_name", "member__first_name", "pk")
    )
    sponsorships = {
        (each.member_id, each.program): each
        for each in Sponsorship.objects.open()
        .filter(member__in=[window.member_id for window in windows])
        .annotate(left_from=left_out_from())
        .select_related("practice")
    }
    return [
        _ending(window, sponsorships.get((window.member_id, window.program)))
        for window in windows
    ]


def _ending(window: Window, sponsorship: Sponsorship | None) -> Ending:
    return Ending(window, sponsorship, getattr(sponsorship, "left_from", None))


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


def attempts_now() -> QuerySet[RenewalAttempt]:
    """Find what auto-renewal did about a term for whoever sponsors its member now.

    For a subquery about terms. What it did for a practice they have left since binds
    no other one.
    """
    return RenewalAttempt.objects.filter(
        window=OuterRef("pk"), sponsorship__until_on=None
    )
