"""The checklist of an application, computed from what is on record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse

from ce_credits.models import Activity, ActivityStep, Proof
from ce_credits.queries import chains_by_member
from core.words import day_words
from credentials.policy import credit_words
from portal.queries.learning import TAGS
from portal.queries.shown import Tag
from renewals.models import Recertification
from renewals.queries import (
    applied_of,
    cycle_of,
    facts_of,
    history_of,
    in_society,
    kind_of,
    last_payable,
    paid_of,
)
from renewals.rules import Totals
from renewals.rules.cycles import (
    Check,
    Cycle,
    Found,
    Paid,
    Proofs,
    Sent,
    checks,
)

FOUND: Mapping[Found, Tag] = {
    "ok": Tag("ok", "In order"),
    "not_ok": Tag("bad", "Not in order"),
    "look": Tag("warn", "Look at it"),
}
REFUSED = (ActivityStep.Kind.REJECTED, ActivityStep.Kind.RETURNED)


@dataclass(frozen=True)
class Reported:
    """One activity: what of it counts, its proof, and where it is reviewed."""

    id: UUID
    title: str
    on: date
    credits: Decimal
    state: str
    proven: bool
    refused_since: bool
    url: str

    @property
    def tag(self) -> Tag:
        """How staff decided on it."""
        return TAGS[Activity.State(self.state)]

    @property
    def text(self) -> str:
        """Say its day, what of it counts, and where it lacks its proof."""
        said = f"{day_words(self.on)}, {credit_words(self.credits)} counted"
        return said if self.proven else f"{said}, no proof"


@dataclass(frozen=True)
class Checklist:
    """All lines as of a day, and the activities they rest on, by date."""

    as_of: date
    checks: Sequence[Check]
    activities: Sequence[Reported]

    @property
    def lines(self) -> Sequence[tuple[Check, Tag]]:
        """Each line with what was found, in words."""
        return [(each, FOUND[each.found]) for each in self.checks]

    @property
    def verdict(self) -> str:
        """Say in a sentence what is left to look at."""
        left = [each.label for each in self.checks if each.found != "ok"]
        if not left:
            return "All of it is in order."
        return f"Look at: {', '.join(left)}."


def checklist(row: Recertification, *, today: date) -> Checklist:
    """Compute what an application is checked for, in so many statements.

    Args:
        row: an application that was submitted.
        today: the day in the body's zone; what is decided is as of its decision.
    """
    assert row.submitted_on is not None
    as_of = max(row.submitted_on, min(row.decided_on or today, today))
    facts = facts_of(row.member_id, row.program)
    then, now = (
        cycle_of(history_of(facts, row.program, as_of=day).cycles, row)
        for day in (row.submitted_on, as_of)
    )
    if then is None or now is None:
        text = "No credential of this cycle is in force any more."
        return Checklist(as_of, [Check("cycle", "Cycle", "not_ok", "", text, "")], ())
    chains = chains_by_member([row.member_id], row.program)[row.member_id]
    applied, has = applied_of(chains, now, as_of)
    activities = _activities(row, applied)
    sent = _sent(row, as_of, then, now, has, _proofs(activities))
    return Checklist(as_of, checks(sent), activities)


def _activities(
    row: Recertification, applied: Mapping[UUID, Decimal]
) -> list[Reported]:
    """List what counts, and what was refused since the application was submitted."""
    steps = ActivityStep.objects.filter(
        activity__member=row.member_id,
        activity__program=row.program,
        kind__in=REFUSED,
        on__gte=row.submitted_on,
    )
    if row.decided_on is not None:
        steps = steps.filter(on__lte=row.decided_on)
    refused = set(steps.values_list("activity_id", flat=True))
    files = Proof.objects.filter(activity=OuterRef("pk"), removed_at=None)
    found = Activity.objects.filter(pk__in={*applied, *refused})
    rows = found.annotate(filed=Exists(files)).order_by("on", "title", "pk")
    return [_reported(each, row, applied, refused) for each in rows]


def _reported(
    activity: Activity,
    row: Recertification,
    applied: Mapping[UUID, Decimal],
    refused: set[UUID],
) -> Reported:
    place = {"program": row.program, "activity_id": activity.pk}
    return Reported(
        id=activity.pk,
        title=activity.title,
        on=activity.day,
        credits=applied.get(activity.pk, Decimal(0)),
        state=activity.state,
        proven=bool(activity.filed or activity.proof),  # type: ignore[attr-defined]
        refused_since=activity.pk in refused,
        url=reverse("staff_review", kwargs=place),
    )


def _proofs(activities: Sequence[Reported]) -> Proofs:
    counting = [each for each in activities if each.credits]
    waiting = Activity.State.SUBMITTED
    return Proofs(
        counted=len(counting),
        proven=sum(each.proven for each in counting),
        unreviewed=sum(each.state == waiting for each in counting),
        refused_since=sum(each.refused_since for each in activities),
    )


def _sent(
    row: Recertification,
    as_of: date,
    then: Cycle,
    now: Cycle,
    has: Totals,
    proofs: Proofs,
) -> Sent:
    assert row.submitted_on is not None
    return Sent(
        kind=kind_of(row),
        sent_on=row.submitted_on,
        as_of=as_of,
        first=then,
        later=now,
        had=Totals(Decimal(row.facts["credits"]), Decimal(row.facts["approved"])),
        has=has,
        name=row.name,
        profile_name=row.member.name,
        declared=row.declared,
        society=row.society_member,
        on_record=in_society(row.member_id, row.program, row.submitted_on),
        paid=_paid(row, then),
        proofs=proofs,
    )


def _paid(row: Recertification, cycle: Cycle) -> Paid:
    parts = row.facts["fee"]
    return Paid(
        asked=sum((Decimal(each["amount"]) for each in parts), Decimal(0)),
        paid=paid_of(row) if parts else Decimal(0),
        currency=row.facts.get("currency", cycle.policy.cycles.currency),
        on=row.paid_on,
        until=last_payable(row, cycle),
        codes=frozenset(each["code"] for each in parts),
    )
