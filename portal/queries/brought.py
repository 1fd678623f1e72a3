"""What each activity brings to its term or cycle, and why less than it got."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from portal.queries.activity_reported import NOTHING, Reported
from portal.queries.learning import Account
from renewals.queries import Span
from renewals.rules import cut_words


@dataclass(frozen=True)
class Brought:
    """What an activity brings to its span; `cut` says why less than it got, or ''."""

    row: Reported
    applied: Decimal
    cut: str


def brought(account: Account, span: Span, rows: Sequence[Reported]) -> list[Brought]:
    """Say what each activity with credit brings to its span, in their order."""
    counting = [(row, row.credit) for row in rows]
    credits = [each for _, each in counting if each is not None]
    brings = {id(each.credit): each for each in account.books.amounts(span, credits)}
    found = []
    for row, credit in counting:
        if credit is None:
            continue
        amount = brings.get(id(credit))
        words = amount.cut if amount else cut_words(credit.credits, NOTHING)
        found.append(Brought(row, amount.applied if amount else NOTHING, words))
    return found


def cut_of(account: Account, row: Reported) -> str:
    """Say why an activity brings less to its span than it got; '' where it doesn't."""
    span = account.place(row)
    if span is None or row.credit is None:
        return ""
    mine = [each for each in account.rows if account.place(each) == span]
    found = brought(account, span, mine)
    same = (each.cut for each in found if each.row.activity.pk == row.activity.pk)
    return next(same, "")
