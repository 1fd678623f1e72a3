"""The assignments page: people in two columns, tiles, counts; ≤ 8 SQL at any size."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from accounts.models import Practice
from credentials.models import Assignment, Product
from credentials.queries import held_by
from portal.queries.administrators import administrator_of
from portal.queries.narrowing import Pill
from portal.queries.paging import Pager, pager_of
from portal.queries.people import OnPage, page_of, tally
from portal.queries.picking import can_pick, everybody_value
from portal.queries.shown import (
    Chip,
    Icons,
    Mode,
    Quality,
    chip,
    left_out_words,
    mode,
)
from portal.queries.stocks import Package, package_box, stocks

if TYPE_CHECKING:
    from portal.queries.stocks import Stocked

PAGE_SIZE = 100
FILTERS = (
    ("", "all", "All"),
    ("renew", "renew", "Renew now"),
    ("due", "due", "Due in 30 days"),
    ("non", "non", "Non-members"),
)


@dataclass(frozen=True)
class Line:
    """One person; `value` carries the term number seen, against stale pages."""

    id: str
    value: str
    name: str
    checked: bool
    record_url: str
    icons: Sequence[Quality]
    date: Chip
    mode: Mode
    left_out: str


@dataclass(frozen=True)
class Tile:
    """A product and how many can be assigned."""

    code: str
    label: str
    icon: str
    colour: str
    count: int
    button: str
    available: bool


@dataclass(frozen=True)
class ViewTile:
    """A tile that opens something about one person."""

    code: str
    label: str
    icon: str
    hint: str
    button: str


@dataclass(frozen=True)
class AssignmentsPage:
    """All the template shows."""

    practice_name: str
    verdict: str
    sub: str
    administrator: Mapping[str, str] | None
    filters: Sequence[Pill]
    keep: Sequence[tuple[str, str]]
    all_url: str
    q: str
    page_obj: Pager
    everybody: str
    everybody_text: str
    everybody_checked: bool
    views_of: Sequence[Pill]
    is_table: bool
    columns: Sequence[Sequence[Line]]
    tiles: Sequence[Tile]
    views: Sequence[ViewTile]
    package: Package | None
    form_key: str
    errors: Sequence[Mapping[str, str]]


VIEWS_OF = (("", "Two columns"), ("table", "Table"))
VIEWS = (
    ViewTile(
        "record", "View Member Record", "person-file", "Select one person", "View"
    ),
    ViewTile(
        "certificate",
        "View Compliance Certificate",
        "certificate",
        "Select one person",
        "View",
    ),
)


@dataclass(frozen=True)
class Asked:
    """What the address and the form ask of the page."""

    only: str = ""
    q: str = ""
    number: int = 1
    view: str = ""
    checked: Collection[str] = ()
    everybody: bool = False
    errors: Sequence[Mapping[str, str]] = ()


def assignments_page(
    practice: Practice,
    program: str,
    asked: Asked,
    *,
    form_key: str,
    due_days: int,
    today: date,
) -> AssignmentsPage:
    """Read the page. `due_days` is the pack's limit for the orange date (A12)."""
    keep = {"only": asked.only, "q": asked.q}
    numbers = tally(practice, program, today, **keep)
    pager = pager_of(
        asked.number, numbers["chosen"], PAGE_SIZE, {**keep, "view": asked.view}
    )
    products = stocks(practice, program)
    shown = page_of(
        practice,
        program,
        today,
        **keep,
        start=pager.start,
        most=PAGE_SIZE,
        with_terms=can_pick(numbers["chosen"]),
    )
    lines = _lines(practice, program, products, shown, asked.checked, today)
    half = len(lines) if asked.view else -(-len(lines) // 2)
    tiles = [_tile(product) for product in products]
    return AssignmentsPage(
        practice_name=practice.name,
        verdict=verdict(numbers, due_days),
        sub=_sub(products, tiles),
        administrator=administrator_of(practice),
        filters=[_pill(entry, numbers, asked, due_days) for entry in FILTERS],
        keep=[each for each in _kept(asked).items() if each[0] != "q"],
        all_url=_url({"view": asked.view}),
        q=asked.q,
        page_obj=pager,
        everybody=everybody_value(numbers["chosen"], _terms(shown)),
        everybody_text=_everybody_text(asked, numbers["chosen"]),
        everybody_checked=asked.everybody,
        views_of=_views_of(asked),
        is_table=asked.view == "table",
        columns=[lines[:half], lines[half:]],
        tiles=tiles,
        views=VIEWS,
        package=package_box(practice, program, products, today),
        form_key=form_key,
        errors=asked.errors,
    )


def _everybody_text(asked: Asked, chosen: int) -> str:
    return f"Select all {chosen}" + (" who match" if asked.only or asked.q else "")


def _views_of(asked: Asked) -> list[Pill]:
    return [
        Pill(label, _url({**_kept(asked), "view": view}), asked.view == view)
        for view, label in VIEWS_OF
    ]


def _terms(shown: Sequence[OnPage]) -> int:
    """How many terms everybody chosen has: each row on a page says it of them all."""
    return (shown[0].all_terms or 0) if shown else 0


def verdict(numbers: Mapping[str, int], due_days: int) -> str:
    """Say first who needs something: "3 people need you: 1 to renew now, 2 due…"."""
    now, due = numbers["renew"], numbers["due"]
    parts = [f"{now} to renew now"] if now else []
    if due:
        parts.append(f"{due} due in {due_days} days")
    if not parts:
        return "Nobody needs a renewal today."
    who = "1 person needs you" if now + due == 1 else f"{now + due} people need you"
    return f"{who}: {', '.join(parts)}."


def _tile(product: "Stocked") -> Tile:
    available = (product.granted or 0) - (product.used or 0)
    return Tile(
        code=product.code,
        label=product.label,
        icon=product.icon,
        colour=product.colour,
        count=available,
        button="Assign",
        available=available > 0,
    )


def _sub(products: Sequence[Product], tiles: Sequence[Tile]) -> str:
    if not tiles:
        return ""
    first, count = products[0], tiles[0].count
    return f"You have {count} {first.noun if count == 1 else first.nouns} to assign."


def _lines(
    practice: Practice,
    program: str,
    products: Sequence[Product],
    rows: Sequence[OnPage],
    checked: Collection[str],
    today: date,
) -> list[Line]:
    held = held_by(practice, program, [row.member_id for row in rows])
    icons = Icons([product for product in products if product.on_line])
    return [
        _line(row, icons, held.get(row.member_id, ()), checked, today) for row in rows
    ]


def _line(
    row: OnPage,
    icons: Icons,
    held: Sequence[Assignment],
    checked: Collection[str],
    today: date,
) -> Line:
    member_id = str(row.member_id)
    return Line(
        id=row.member_id.hex,
        value=f"{member_id}.{row.sequence or 0}",
        name=row.name,
        checked=member_id in checked,
        record_url="",
        icons=icons.of(row.last_on, row.standing, held),
        date=chip(row.last_on, row.standing, today),
        mode=mode(
            row.renewal_mode,
            has_term=row.last_on is not None,
            left_from=row.left_from,
        ),
        left_out=left_out_words(row.left_from),
    )


def _pill(
    entry: tuple[str, str, str],
    numbers: Mapping[str, int],
    asked: Asked,
    due_days: int,
) -> Pill:
    only, count, label = entry
    if only == "due":
        label = f"Due in {due_days} days"
    url = _url({"only": only, "view": asked.view})
    # "All" is not what a search shows; a filter is in use beside it.
    on = asked.only == only and bool(only or not asked.q)
    return Pill(label, url, on, numbers[count])


def _kept(asked: Asked) -> Mapping[str, str]:
    kept = {"only": asked.only, "q": asked.q, "view": asked.view}
    return {name: value for name, value in kept.items() if value}


def _url(kept: Mapping[str, str]) -> str:
    return f"?{urlencode({name: value for name, value in kept.items() if value})}"
