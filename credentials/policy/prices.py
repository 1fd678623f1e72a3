"""Reading what a body sells, and refusing prices that break its own rules (M10, N6)."""

from itertools import pairwise

from credentials.policy import model
from credentials.policy.basis import read_basis
from credentials.policy.reading import (
    Table,
    as_amount,
    as_count,
    as_flag,
    as_positive,
    as_text,
    list_of,
)


def read_sales(table: Table, sources: tuple[str, ...]) -> model.Sales | None:
    """Read `[sales]` and `[[prices]]`; None for a pack that sells nothing."""
    if not table.has("sales"):
        return None
    section = table.table("sales")
    sales = model.Sales(
        estimate_days=section.need("estimate_days", as_positive),
        due_days=section.need("due_days", as_count),
        confirm_above=section.need("confirm_above", as_amount),
        retry_days=section.need("retry_days", list_of(as_count)),
        basis=read_basis(section, sources),
        offers=tuple(_read_offer(item, sources) for item in table.tables("prices")),
    )
    if list(sales.retry_days) != sorted(set(sales.retry_days)):
        section.fail("retry_days", "must rise")
    section.close()
    codes = [offer.code for offer in sales.offers]
    if len(set(codes)) != len(codes):
        table.fail("prices", "has a code twice")
    return sales


def _read_offer(table: Table, sources: tuple[str, ...]) -> model.PriceOffer:
    apart = table.has("members") or table.has("others")
    names = ("members", "others") if apart else ("units",)
    units = {name: _read_units(table, name) for name in names}
    if apart:
        half = table.maybe("members_below_half", as_flag) or False
        _check_members(table, units["members"], units["others"], below_half=half)
    offer = model.PriceOffer(
        code=table.need("code", as_text),
        label=table.need("label", as_text),
        noun=table.need("noun", as_text),
        nouns=table.need("nouns", as_text),
        grants=table.maybe("grants", list_of(as_text)) or (),
        is_fee=table.maybe("fee", as_flag) or False,
        units=units.get("units", ()),
        members=units.get("members", ()),
        others=units.get("others", ()),
        for_oneself=table.maybe("for_oneself", as_flag) or False,
        basis=read_basis(table, sources),
    )
    table.close()
    return offer


def _read_units(table: Table, name: str) -> tuple[model.UnitPrice, ...]:
    found = tuple(_read_unit(item) for item in table.tables(name))
    if not found or found[0].start != 1:
        table.fail(name, "must begin with from = 1")
    for one, other in pairwise(found):
        if other.start <= one.start:
            table.fail(name, "must rise in `from`")
        if other.unit > one.unit:
            table.fail(name, "must not cost more from a greater number on")
    return found


def _read_unit(table: Table) -> model.UnitPrice:
    unit = model.UnitPrice(
        start=table.need("from", as_positive), unit=table.need("unit", as_amount)
    )
    table.close()
    return unit


def _check_members(
    table: Table,
    members: tuple[model.UnitPrice, ...],
    others: tuple[model.UnitPrice, ...],
    *,
    below_half: bool,
) -> None:
    """Hold what members pay against what others pay for as many."""
    for start in sorted({each.start for each in (*members, *others)}):
        own, other = (_at(rows, start).unit for rows in (members, others))
        if own > other:
            table.fail("members", f"pay more than others from {start} on")
        if below_half and own and own * 2 >= other:
            table.fail("members", f"pay half or more from {start} on (M10)")


def _at(rows: tuple[model.UnitPrice, ...], start: int) -> model.UnitPrice:
    return [each for each in rows if each.start <= start][-1]
