"""Completions that feeds sent a body, as its staff find them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from accounts.models import Member
from ce_credits.models import CatalogueItem, FeedDelivery, FeedRow
from ce_credits.services.feed_files import COLUMNS
from core.failures import Missing
from portal.queries.narrowing import NAME, every_pattern, every_word, spelled, words_of

WORDS = (
    *("number", "email", "first_name", "last_name", "code"),
    *("delivery__source", "member__first_name", "member__last_name"),
)


def fed(program: str, *, state: str = "", q: str = "") -> QuerySet[FeedRow]:
    """List what a body was sent, the newest first.

    Args:
        state: one of `FeedRow.State`; empty for all.
        q: words that all stand in the person, the code or who sent it.
    """
    found = FeedRow.objects.of_program(program).filter(every_word(q, *WORDS))
    if state:
        found = found.filter(state=state)
    return found.select_related("delivery", "member", "activity", "item")


def rows_waiting(program: str) -> str:
    """Say how many completions wait for staff; empty where none does."""
    count = fed(program, state=FeedRow.State.UNMATCHED).count()
    noun = "completion waits" if count == 1 else "completions wait"
    return f"{count:,} reported {noun} for you to match." if count else ""


def one_fed(program: str, row_id: UUID) -> FeedRow:
    """Find one row of a body.

    Raises:
        Missing: there is none.
    """
    found = fed(program).filter(pk=row_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def delivery_of(program: str, delivery_id: UUID) -> FeedDelivery:
    """Find a file that the body's staff checked.

    Raises:
        Missing: there is none.
    """
    files = FeedDelivery.objects.of_program(program).exclude(name="")
    found = files.filter(pk=delivery_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def deliveries(program: str) -> QuerySet[FeedDelivery]:
    """List the files and requests a body was sent, the newest first, without rows."""
    found = FeedDelivery.objects.of_program(program).defer("rows", "problems")
    return found.order_by("-at", "pk")


def states_of(found: Iterable[FeedDelivery]) -> Mapping[UUID, Mapping[str, int]]:
    """Count how the rows of deliveries stand now, in one query for all of them."""
    counts: dict[UUID, dict[str, int]] = {each.pk: {} for each in found}
    rows = FeedRow.objects.filter(delivery__in=counts).order_by()
    for pk, state, count in rows.values_list("delivery", "state").annotate(
        count=Count("pk")
    ):
        counts[pk][state] = count
    return counts


def one_delivery(program: str, delivery_id: UUID) -> FeedDelivery:
    """Find a file or request that a body was sent.

    Raises:
        Missing: there is none.
    """
    found = FeedDelivery.objects.of_program(program).filter(pk=delivery_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def rows_of_delivery(delivery: FeedDelivery) -> QuerySet[FeedRow]:
    """List the rows that came with a delivery for the first time."""
    return fed(delivery.program).filter(delivery=delivery).order_by("pk")


def bad_rows(delivery: FeedDelivery) -> Iterator[Sequence[object]]:
    """Give the rows of a delivery that wait for staff as sent, each with why.

    Of a file that was checked alone, those that would wait.
    """
    yield [*COLUMNS, "problem"]
    if delivery.received_at is None:
        why: dict[int, list[str]] = defaultdict(list)
        for each in delivery.problems:
            why[each["row"]].append(str(each["text"]))
        for row in delivery.rows:
            if row.get("row") in why:
                said = " ".join(why[row["row"]])
                yield [*(row.get(name, "") for name in COLUMNS.values()), said]
        return
    waiting = rows_of_delivery(delivery).filter(state=FeedRow.State.UNMATCHED)
    for fed_row in waiting.iterator(chunk_size=500):
        yield [*(getattr(fed_row, name) for name in COLUMNS.values()), fed_row.words]


def item_called(program: str, code: str) -> CatalogueItem | None:
    """Find an activity of the body's catalogue by its code."""
    items = CatalogueItem.objects.of_program(program)
    return items.filter(code=code.strip()).first()


def people_called(program: str, q: str, *, most: int) -> list[Member]:
    """Find a body's people by words of name, address or number."""
    found = Member.objects.of_program(program)
    for word in words_of(q):
        found = found.filter(
            every_pattern([spelled(word)], *NAME, "email")
            | Q(certifications__number__iexact=word)
        )
    # Somebody of several numbers is found once.
    return list(found.distinct().order_by("last_name", "first_name", "pk")[:most])
