"""The assignments page: people in two columns, tiles, counts; ≤ 8 SQL at any size."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypedDict
from urllib.parse import urlencode

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from accounts.models import Administration, Practice
from credentials.models import Assignment, Product, SeatPool
from credentials.queries import held_by, package_codes
from portal.queries.paging import Pager, pager_of
from portal.queries.people import counts, narrowed, people
from portal.queries.shown import Chip, Mode, Quality, chip, initials, mode, quality

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    from portal.queries.people import Person

    class Stock(TypedDict):
        """What is read beside a product."""

        granted: int | None
        used: int | None

    Stocked = WithAnnotations[Product, Stock]

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
class Pill:
    """A filter with its count."""

    label: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True)
class Package:
    """The box that adds a member: how many packages are left, in words."""

    left: int
    text: str
    seats_url: str


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
    columns: Sequence[Sequence[Line]]
    tiles: Sequence[Tile]
    views: Sequence[ViewTile]
    package: Package | None
    form_key: str
    errors: Sequence[Mapping[str, str]]


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
    checked: Collection[str] = ()
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
    everybody = people(practice, program, today)
    keep = {"only": asked.only, "q": asked.q}
    numbers = counts(everybody, **keep)
    chosen = narrowed(everybody, **keep)
    pager = pager_of(asked.number, numbers["chosen"], PAGE_SIZE, keep)
    products = list(_products(practice, program))
    on_line = [product for product in products if product.on_line]
    shown = list(chosen[pager.start : pager.start + PAGE_SIZE])
    held = held_by(practice, program, [row.member_id for row in shown])
    lines = [
        _line(row, on_line, held.get(row.member_id, ()), asked.checked, today)
        for row in shown
    ]
    half = -(-len(lines) // 2)
    tiles = [_tile(product) for product in products]
    return AssignmentsPage(
        practice_name=practice.name,
        verdict=verdict(numbers, due_days),
        sub=_sub(products, tiles),
        administrator=_administrator(practice),
        filters=[_pill(entry, numbers, asked, due_days) for entry in FILTERS],
        keep=[("only", asked.only)] if asked.only else [],
        all_url="?",
        q=asked.q,
        page_obj=pager,
        columns=[lines[:half], lines[half:]],
        tiles=tiles,
        views=VIEWS,
        package=_package(practice, program, products, today),
        form_key=form_key,
        errors=asked.errors,
    )


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


def _products(practice: Practice, program: str) -> "QuerySet[Stocked]":
    pools = SeatPool.objects.of(practice).filter(product=OuterRef("pk"))
    return Product.objects.filter(program=program).annotate(
        granted=Subquery(pools.values("granted")[:1]),
        used=Subquery(pools.values("used")[:1]),
    )


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


def _package(
    practice: Practice, program: str, products: "Sequence[Stocked]", today: date
) -> Package | None:
    codes = package_codes(program, today)
    parts = [each for each in products if each.code in codes]
    if not parts or len(parts) < len(codes):
        return None
    left = min((each.granted or 0) - (each.used or 0) for each in parts)
    bought = min(each.granted or 0 for each in parts)
    *most, last = (each.label for each in parts)
    holds = f"Each holds {', '.join(most)} and {last}."
    if left:
        available = "1 package" if left == 1 else f"{left} packages"
        text = f"{available} available. {holds}"
    elif bought:
        all_of_it = "The package is" if bought == 1 else f"All {bought} packages are"
        text = f"{all_of_it} assigned."
    else:
        text = f"No packages yet. {holds}"
    url = reverse("seats", kwargs={"practice": practice.slug})
    return Package(left, text, url)


def _sub(products: Sequence[Product], tiles: Sequence[Tile]) -> str:
    if not tiles:
        return ""
    first, count = products[0], tiles[0].count
    return f"You have {count} {first.noun if count == 1 else first.nouns} to assign."


def _line(
    row: "Person",
    on_line: Sequence[Product],
    held: Sequence[Assignment],
    checked: Collection[str],
    today: date,
) -> Line:
    member = row.member
    return Line(
        id=member.pk.hex,
        value=f"{member.pk}.{row.sequence or 0}",
        name=member.name,
        checked=str(member.pk) in checked,
        record_url="",
        icons=[quality(each, row.last_on, row.standing, held) for each in on_line],
        date=chip(row.last_on, row.standing, today),
        mode=mode(row.renewal_mode, has_term=row.last_on is not None),
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
    url = f"?{urlencode({'only': only})}" if only else "?"
    return Pill(label, numbers[count], url, asked.only == only and not asked.q)


def _administrator(practice: Practice) -> Mapping[str, str] | None:
    held = (
        Administration.objects.filter(practice=practice, named=True, until_at=None)
        .select_related("user")
        .first()
    )
    if held is None:
        return None
    return {
        "name": held.user.name,
        "initials": initials(held.user.name),
        "change_url": reverse("administrator", kwargs={"practice": practice.slug}),
    }
