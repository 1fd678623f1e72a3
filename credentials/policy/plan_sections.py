"""Reading a pack's plan: of terms, or of cycles."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import TypeVar

from credentials.policy import plans
from credentials.policy.badge_sections import read_badge, read_certificate
from credentials.policy.basis import Basis, read_basis
from credentials.policy.notice_sections import check_notices, read_notice
from credentials.policy.reading import (
    Table,
    as_amount,
    as_count,
    as_flag,
    as_positive,
    as_text,
    list_of,
)

T = TypeVar("T")
LEAP_YEAR = 2000


def read_plan(table: Table, sources: tuple[str, ...]) -> plans.Plan:
    """Read the sections of one plan: a pack has `[term]`, `[cycle]` or `[licence]`."""
    if table.has("licence"):
        return _section(table, "licence", sources, _read_licence)
    if table.has("cycle"):
        return _read_cycles(table, sources)
    return plans.TermPlan(
        term=_read_term_rules(table.table("term"), sources),
        requirement=_read_requirement(table.table("requirement"), sources),
        certificate=_read_certificate(table.table("certificate"), sources),
        reminder=_read_reminder(table.table("reminder"), sources),
        standing=_read_standing(table.table("standing"), sources),
        fees=_read_fees(table.table("fees"), sources),
    )


def _read_term_rules(table: Table, sources: tuple[str, ...]) -> plans.TermRules:
    term = plans.TermRules(
        months=table.need("months", as_positive), basis=read_basis(table, sources)
    )
    table.close()
    return term


def _read_requirement(table: Table, sources: tuple[str, ...]) -> plans.Requirement:
    credits = table.need("credits", as_amount)
    approved = table.maybe("approved", as_amount) or Decimal(0)
    if approved > credits:
        table.fail("approved", "must not be more than the credits asked")
    carry_over = table.maybe("carry_over", as_amount) or Decimal(0)
    basis = read_basis(table, sources)
    table.close()
    return plans.Requirement(basis, credits, approved, carry_over)


def _read_certificate(table: Table, sources: tuple[str, ...]) -> plans.Certificate:
    certificate = plans.Certificate(
        title=table.need("title", as_text),
        subtitle=table.maybe("subtitle", as_text) or "",
        seal=table.maybe("seal", as_text) or "",
        number_prefix=table.need("number_prefix", as_text),
        attestation_prefix=table.need("attestation_prefix", as_text),
        first_term_asks_credits=table.need("first_term_asks_credits", as_flag),
        basis=read_basis(table, sources),
    )
    table.close()
    return certificate


def _read_reminder(table: Table, sources: tuple[str, ...]) -> plans.Reminder:
    reminder = plans.Reminder(
        days_before=table.need("days_before", as_positive),
        basis=read_basis(table, sources),
    )
    table.close()
    return reminder


def _read_standing(table: Table, sources: tuple[str, ...]) -> plans.StandingRules:
    standing = plans.StandingRules(
        due_days=table.need("due_days", as_count),
        current_words=table.need("current_words", as_text),
        ended_words=table.need("ended_words", as_text),
        basis=read_basis(table, sources),
    )
    table.close()
    return standing


def _read_fees(table: Table, sources: tuple[str, ...]) -> plans.Fees:
    fees = plans.Fees(
        renewal=table.need("renewal", as_amount),
        currency=table.need("currency", as_text),
        basis=read_basis(table, sources),
    )
    table.close()
    return fees


def as_year_day(value: object) -> plans.YearDay:
    """Read a day of any year, written month-day: "12-01"."""
    text = as_text(value)
    month, _, day = text.partition("-")
    try:
        found = date(LEAP_YEAR, int(month), int(day))
    except ValueError as fault:
        raise ValueError(f'{text!r} is no day such as "12-01"') from fault
    if (found.month, found.day) == (2, 29):
        raise ValueError("must be a day that every year has")
    return plans.YearDay(found.month, found.day)


def as_hour(value: object) -> time:
    """Read an hour of the day in the body's zone."""
    if not isinstance(value, time):
        raise ValueError("must be an hour such as 17:00:00")
    return value


def _read_cycles(table: Table, sources: tuple[str, ...]) -> plans.CyclePlan:
    cycle = _section(table, "cycle", sources, _read_cycle)
    needs = tuple(_read_need(item, sources) for item in table.tables("needs"))
    prices = tuple(
        _read_recertification(item, sources) for item in table.tables("recertification")
    )
    _check_rows(table, "needs", [(n.credentials, n.first_time) for n in needs])
    _check_rows(table, "recertification", [(p.credentials, False) for p in prices])
    plan = plans.CyclePlan(
        cycle=cycle,
        counting=_section(table, "counting", sources, lambda _, basis: basis),
        needs=needs,
        recertifications=prices,
        application=_section(table, "application", sources, _read_application(sources)),
        extension=_section(table, "extension", sources, _read_extension),
        grace=_section(table, "grace", sources, _read_grace),
        notices=tuple(read_notice(item, sources) for item in table.tables("notices")),
        words=_section(table, "words", sources, _read_words),
        certificate=_section(table, "certificate", sources, read_certificate),
        badge=(
            _section(table, "badge", sources, read_badge)
            if table.has("badge")
            else None
        ),
        currency=table.need("currency", as_text),
    )
    _check_order(table, plan)
    return plan


def _section(
    table: Table,
    key: str,
    sources: tuple[str, ...],
    read: Callable[[Table, Basis], T],
) -> T:
    inner = table.table(key)
    found = read(inner, read_basis(inner, sources))
    inner.close()
    return found


def _check_rows(table: Table, key: str, rows: list[tuple[int, bool]]) -> None:
    """Hold every row to say something of its own, and the first to say it of one."""
    if (1, False) not in rows:
        table.fail(key, "must say what is asked of whoever holds one credential")
    for row in rows:
        count, first_time = row
        if rows.count(row) > 1:
            table.fail(key, f"say twice what is asked with {count}")
        if first_time and (count, False) not in rows:
            table.fail(key, f"say nothing of {count} but the first time")


def _check_order(table: Table, plan: plans.CyclePlan) -> None:
    """The grace ends last: nothing else may run when only a new exam helps."""
    ends, grace = plan.cycle.ends, plan.grace.until
    for key, until in (
        ("application.late.until", plan.application.late_until),
        ("extension.until", plan.extension.until),
    ):
        if until.days_after(ends) > grace.days_after(ends):
            table.fail(key, "must not be after the grace")
    check_notices(table, plan)


def _read_cycle(table: Table, basis: Basis) -> plans.CycleRules:
    return plans.CycleRules(
        basis=basis,
        years=table.need("years", as_positive),
        ends=table.need("ends", as_year_day),
    )


def _read_need(table: Table, sources: tuple[str, ...]) -> plans.Need:
    credits = table.need("credits", as_amount)
    need = plans.Need(
        credentials=table.need("credentials", as_positive),
        first_time=table.maybe("first_time", as_flag) or False,
        credits=credits,
        approved=table.need("approved", as_amount),
        extension=table.need("extension", as_amount),
        basis=read_basis(table, sources),
    )
    for key, part in (("approved", need.approved), ("extension", need.extension)):
        if part > credits:
            table.fail(key, "must not be more than the credits asked")
    table.close()
    return need


def _read_recertification(
    table: Table, sources: tuple[str, ...]
) -> plans.Recertification:
    price = plans.Recertification(
        credentials=table.need("credentials", as_positive),
        members=table.need("members", as_amount),
        others=table.need("others", as_amount),
        basis=read_basis(table, sources),
    )
    if price.members > price.others:
        table.fail("members", "must not pay more than others")
    table.close()
    return price


def _read_application(
    sources: tuple[str, ...],
) -> Callable[[Table, Basis], plans.ApplicationRules]:
    def read(table: Table, basis: Basis) -> plans.ApplicationRules:
        late = table.table("late")
        late_until = late.need("until", as_year_day)
        late_fee = late.need("fee", as_amount)
        late_basis = read_basis(late, sources)
        late.close()
        weeks, review_basis = _read_review(table.table("review"), sources)
        return plans.ApplicationRules(
            basis=basis,
            opens=table.need("opens", as_year_day),
            late_until=late_until,
            late_fee=late_fee,
            late_basis=late_basis,
            review_weeks=weeks,
            review_basis=review_basis,
        )

    return read


def _read_review(
    table: Table, sources: tuple[str, ...]
) -> tuple[tuple[int, ...], Basis]:
    weeks = table.need("weeks", list_of(as_positive))
    if len(weeks) not in {1, 2} or list(weeks) != sorted(weeks):
        table.fail("weeks", "must be one number, or the fewest and the most")
    basis = read_basis(table, sources)
    table.close()
    return weeks, basis


def _read_extension(table: Table, basis: Basis) -> plans.ExtensionRules:
    return plans.ExtensionRules(
        basis=basis,
        asked_until=table.need("asked_until", as_hour),
        until=table.need("until", as_year_day),
        fee=table.need("fee", as_amount),
    )


def _read_grace(table: Table, basis: Basis) -> plans.GraceRules:
    return plans.GraceRules(
        basis=basis,
        until=table.need("until", as_year_day),
        fee=table.need("fee", as_amount),
    )


def _read_words(table: Table, basis: Basis) -> plans.CycleWords:
    return plans.CycleWords(
        basis=basis,
        current=table.need("current", as_text),
        ended=table.need("ended", as_text),
    )


def _read_licence(table: Table, basis: Basis) -> plans.LicencePlan:
    return plans.LicencePlan(
        basis=basis,
        currency=table.need("currency", as_text),
        current_words=table.need("current_words", as_text),
        ended_words=table.need("ended_words", as_text),
    )
