"""An application as its member sees it: a list of tasks, or what is happening to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from accounts.models import Member
from billing.models import Order
from core.failures import Missing
from core.words import day_words, money_words
from portal.queries.order_places import place_of
from portal.queries.places import body_name
from portal.queries.recertify_states import WHAT, happening, verdict_of
from portal.queries.recertify_tasks import Task, tasks_of, total_of
from renewals.models import Recertification
from renewals.queries import Applying, applying, is_paid, last_payable
from renewals.rules.cycles import ApplicationKind

State = Recertification.State
TITLES: dict[str, str] = {
    "recertification": "Apply for recertification",
    "extension": "Request extension",
    "reinstatement": "Apply for reinstatement",
}
# Once it is sent, it is there, and nobody is to apply any more.
SENT_TITLES: dict[str, str] = {
    "recertification": "Your recertification application",
    "extension": "Your extension request",
    "reinstatement": "Your reinstatement application",
}
# What the form is headed with, and what its first button says.
HEADINGS: dict[str, tuple[str, str]] = {
    "recertification": ("Your application", "Submit"),
    "extension": ("Your request", "Request extension"),
    "reinstatement": ("Your application", "Pay & reopen"),
}
ROUTES = {
    "recertification": "recertify",
    "extension": "recertify_extension",
    "reinstatement": "recertify_reinstatement",
}


@dataclass(frozen=True)
class FeeLine:
    """One part of the fee, and the rule that asks it."""

    label: str
    amount_text: str
    rule: str


@dataclass(frozen=True)
class ApplicationPage:
    """All the template shows.

    `writes` says whether the form is open; `happening` what became of what was sent.
    """

    program: str
    body_name: str
    title: str
    verdict: str
    kind: str
    name: str
    heading: str
    button: str
    short: bool
    version: int
    writes: bool
    tasks: Sequence[Task]
    fees: Sequence[FeeLine]
    total_text: str
    notes: Sequence[str]
    happening: Sequence[str]
    order_url: str
    order_label: str
    order_text: str
    order_open: bool
    answer_url: str
    audit_url: str
    withdraw_url: str
    withdraw_label: str
    others: Sequence[tuple[str, str]]


def living_of(
    member: Member, program: str, kind: ApplicationKind
) -> Recertification | None:
    """Find a member's newest application of a kind, ended ones too."""
    mine = Recertification.objects.visible_to(member).filter(program=program, kind=kind)
    rows = mine.select_related("order").prefetch_related("questions")
    return rows.living().first() or rows.order_by("-created_at").first()


def application_of(
    member: Member, application_id: UUID, *, program: str = ""
) -> Recertification:
    """Find one of a member's own applications: a body's, or without one any.

    Raises:
        Missing: they have no such.
    """
    mine = Recertification.objects.visible_to(member)
    if program:
        mine = mine.filter(program=program)
    rows = mine.select_related("order", "member")
    found = rows.filter(pk=application_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def application_page(
    member: Member, program: str, kind: ApplicationKind, *, today: date, now: datetime
) -> ApplicationPage:
    """Show an application of a kind, or why there can be none today."""
    found = applying(member, program, kind, today=today, now=now)
    row = _shown_row(living_of(member, program, kind), found)
    living = row is not None and row.lives
    written = row is None or row.state == State.DRAFT or row.needs_order
    writes = found.closed is None and (written or not living)
    sent = row is not None and row.submitted_on is not None
    order = row.order if row else None
    late = _late_since(row, found, today)
    return ApplicationPage(
        program=program,
        body_name=body_name(program),
        title=TITLES[kind] if writes or not sent else SENT_TITLES[kind],
        verdict=verdict_of(found, row, today),
        kind=kind,
        name=member.name,
        heading=HEADINGS[kind][0],
        button=HEADINGS[kind][1],
        short=bool(found.why_not),
        version=row.version if row and row.lives else 0,
        writes=writes,
        tasks=tasks_of(member, found, row if living else None, today) if writes else (),
        fees=_fees(found) if writes else (),
        total_text=total_of(found),
        notes=_notes(found) if writes else (),
        happening=happening(row, late) if row and sent else (),
        order_url=place_of(order) if order else "",
        order_label=_order_label(order, late),
        order_text=_order_text(order),
        order_open=order is not None and order.state == Order.State.AWAITING,
        answer_url=_answer_url(row) if row and row.asked else "",
        audit_url=_audit_url(row) if row else "",
        withdraw_label=f"Withdraw {WHAT[kind]}",
        withdraw_url=_withdraw_url(row) if row and living else "",
        others=_others(program, kind, found, today),
    )


def _shown_row(row: Recertification | None, found: Applying) -> Recertification | None:
    """Leave out what ended in another cycle."""
    if row is None or row.lives or found.cycle is None:
        return row
    return row if row.cycle_last_on == found.cycle.last_on else None


def _fees(found: Applying) -> list[FeeLine]:
    if found.fee is None:
        return []
    currency = found.fee.currency
    return [
        FeeLine(part.label, money_words(part.amount, currency), f"Rule {part.rule}")
        for part in found.fee.parts
    ]


def _notes(found: Applying) -> list[str]:
    """Say what decides the fee or follows from the request, before it is sent."""
    assert found.cycle is not None
    plan, season = found.cycle.policy.cycles, found.cycle.season
    if found.kind == "extension":
        fee = money_words(plan.extension.fee, plan.currency)
        return [
            f"Granted, you have until {day_words(season.extended_until)}.",
            f"Nothing is paid now. {fee} is paid with the application that ends it.",
            "CE tracking tables are not accepted as proof.",
        ]
    price = plan.price_for(len(found.cycle.held(season.last_on)))
    saved = money_words(price.others - price.members, plan.currency)
    who = "You are a member of the society today: its members' fee is yours."
    if not found.society_member:
        who = (
            "You are not a member of the society today. The membership must be active "
            f"when you submit: join first, then apply, and it costs {saved} less."
        )
    notes = [
        who,
        "The day of payment decides whether it is late; for a cheque, its date.",
    ]
    granted = found.cycle.granted_until(found.cycle.last_on) is not None
    if found.kind == "recertification" and not (_is_late(found) or granted):
        late = money_words(plan.application.late_fee, plan.currency)
        last = day_words(season.last_on)
        notes.append(f"Paid after {last}, a late fee of {late} is added.")
    return notes


def _is_late(found: Applying) -> bool:
    parts = found.fee.parts if found.fee else ()
    return any(part.code in {"late", "extension"} for part in parts)


def _late_since(
    row: Recertification | None, found: Applying, today: date
) -> date | None:
    """Give the last day that what waits could be paid, where that is over (N5, N8)."""
    cycle = found.cycle
    if row is None or row.state != State.AWAITING or cycle is None or is_paid(row):
        return None
    if row.cycle_last_on != cycle.last_on:
        return None
    until = last_payable(row, cycle)
    return until if today > until else None


def _order_label(order: Order | None, late_since: date | None) -> str:
    if order is None or order.state != Order.State.AWAITING or late_since:
        return "See the order"
    return f"Go on to pay {money_words(order.rest, order.currency)}"


def _order_text(order: Order | None) -> str:
    if order is None or order.state == Order.State.CANCELLED:
        return ""
    paid = order.state in {Order.State.PAID, Order.State.FULFILLED}
    words = "paid" if paid else order.get_state_display().lower()
    amount = money_words(order.total, order.currency)
    return f"Order {order.number} of {amount}: {words}."


def _answer_url(row: Recertification) -> str:
    place = {"program": row.program, "application_id": row.pk}
    return reverse("recertify_answer", kwargs=place)


def _withdraw_url(row: Recertification) -> str:
    place = {"program": row.program, "application_id": row.pk}
    return reverse("recertify_withdraw", kwargs=place)


def _others(
    program: str, kind: str, found: Applying, today: date
) -> list[tuple[str, str]]:
    """Lead to what else can be asked for on a day."""
    cycle = found.cycle
    if cycle is None or cycle.recertified_by(today):
        return []
    season = cycle.season
    open_ = {
        "recertification": season.opens_on <= today <= season.late_until
        or cycle.extended(today),
        "extension": season.opens_on <= today <= season.last_on and bool(found.short),
        "reinstatement": cycle.standing(today) == "lapsed",
    }
    return [
        (TITLES[each], reverse(ROUTES[each], kwargs={"program": program}))
        for each, is_open in open_.items()
        if is_open and each != kind
    ]


def _audit_url(row: Recertification) -> str:
    """The open audit that waits for its holder's answer."""
    if row.audited is None or not row.audited.may_answer():
        return ""
    return reverse("my_audit", kwargs={"case_id": row.audited.pk})
