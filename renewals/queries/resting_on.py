"""What of a member's activities an application rests on, and which credentials."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain
from uuid import UUID

from ce_credits.queries import chains_by_member
from ce_credits.rules import Credit
from renewals.models import Recertification
from renewals.queries.histories import facts_by_member, history_of
from renewals.rules import Totals
from renewals.rules.cycles import Cycle, counted, totals_of


@dataclass(frozen=True)
class Basis:
    """What an application rests on: the codes it is for, the activities that count."""

    credentials: Sequence[str]
    activities: Mapping[UUID, Decimal]


def applied_of(
    chains: Mapping[UUID, Sequence[Credit]], cycle: Cycle, as_of: date
) -> tuple[Mapping[UUID, Decimal], Totals]:
    """Say what each activity brings to a cycle, and all together.

    Args:
        chains: a member's credit by activity.
        as_of: the day that is asked about.
    """
    # Two activities may bear credits that are alike: the object tells whose it is.
    owner = {id(credit): key for key, own in chains.items() for credit in own}
    rows = counted(cycle, chain.from_iterable(chains.values()), as_of=as_of)
    found: defaultdict[UUID, Decimal] = defaultdict(Decimal)
    for each in rows:
        found[owner[id(each.credit)]] += each.applied
    counting = {key: applied for key, applied in found.items() if applied}
    return counting, totals_of(rows)


def cycle_of(cycles: Iterable[Cycle], row: Recertification) -> Cycle | None:
    """Find the cycle that an application is for."""
    return next((e for e in cycles if e.last_on == row.cycle_last_on), None)


def bases_of(rows: Sequence[Recertification], *, as_of: date) -> dict[UUID, Basis]:
    """Say what each of a body's applications rests on, in three statements.

    Args:
        rows: applications to one body.
        as_of: the day that is asked about.

    Returns:
        By application; those whose cycle is no more are left out.
    """
    if not rows:
        return {}
    program, members = rows[0].program, {each.member_id for each in rows}
    facts = facts_by_member(members, program)
    chains = chains_by_member(members, program)
    found = {}
    for row in rows:
        history = history_of(facts[row.member_id], program, as_of=as_of)
        cycle = cycle_of(history.cycles, row)
        if cycle is not None:
            codes = sorted({each.code for each in cycle.earned if each.on <= as_of})
            applied, _ = applied_of(chains[row.member_id], cycle, as_of)
            found[row.pk] = Basis(codes, applied)
    return found
