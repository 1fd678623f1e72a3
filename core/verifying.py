"""Holding every entry against its chain, and every chain against what was counted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from core.chain import MARKED, START, keys, mark, same, spelled
from core.heads import Head
from core.models import AuditEntry, AuditHead
from core.scope import Scope, scoped

CHUNK = 2000
COLUMNS = ("id", *MARKED, "hash", "key_id")
Row = dict[str, Any]


@dataclass
class Verdict:
    """How much was looked at, and of each chain the first thing that does not fit."""

    entries: int = 0
    chains: int = 0
    faults: list[str] = field(default_factory=list)


def verify(told: Mapping[str, Head]) -> Verdict:
    """Look at every entry once, in memory that does not grow with them.

    Args:
        told: what the files outside the database say of each chain.
    """
    verdict, known = Verdict(), keys()
    with scoped(Scope.trail()):
        ends = _ends()
        rows = AuditEntry.objects.order_by("chain", "number").values(*COLUMNS)
        seen, reached = set(), {}
        stream = rows.iterator(chunk_size=CHUNK)
        for chain, links in groupby(stream, key=itemgetter("chain")):
            kept = [each[chain] for each in (ends, told) if chain in each]
            held = _Chain(chain, kept, known)
            verdict.entries += held.follow(links)
            fault = held.first_fault()
            verdict.faults += fault
            if not fault:
                reached[chain] = held.number
            seen.add(chain)
        verdict.faults += _beyond(reached, _ends())
        counted = {
            chain for each in (ends, told) for chain in each if each[chain].count
        }
        verdict.faults += [
            f"{chain}: all of its entries are missing."
            for chain in sorted(counted - seen)
        ]
    verdict.chains = len(seen)
    return verdict


def _ends() -> dict[str, Head]:
    return {
        chain: Head(count, end, "the database")
        for chain, count, end in AuditHead.objects.values_list()
    }


def _beyond(reached: Mapping[str, int], ends: Mapping[str, Head]) -> Iterator[str]:
    """Name chains that go on after their end.

    `ends` is read after the entries: a chain that grew meanwhile grew by both.
    """
    for chain, number in reached.items():
        if chain not in ends:
            yield f"{chain}: the row of its end is missing."
        elif number > ends[chain].count:
            yield f"{chain}: entry {number} stands after the end, {ends[chain].count}."


class _Chain:
    """One chain while it is followed.

    `kept` says how long it was and what its last mark was then: in its own row, and in
    the files outside. It may have grown since.
    """

    def __init__(
        self, name: str, kept: Sequence[Head], known: Mapping[str, bytes]
    ) -> None:
        self.name, self.kept, self.known = name, kept, known
        self.number, self.mark = 0, START
        self.fault = ""

    def follow(self, rows: Iterator[Row]) -> int:
        """Follow the entries; return how many there are."""
        count = 0
        for row in rows:
            count += 1
            if not self.fault:
                self.fault = self._fault(row)
                self.number, self.mark = row["number"], row["hash"]
        return count

    def first_fault(self) -> list[str]:
        """Say the first thing that does not fit; nothing where all of it does."""
        if self.fault:
            return [self.fault]
        for kept in self.kept:
            if self.number < kept.count:
                short = f"cut off after entry {self.number}"
                return [f"{self.name}: {short}; {kept.told_by} counts {kept.count}."]
        return []

    def _fault(self, row: Row) -> str:
        due = self.number + 1
        if row["number"] != due:
            return f"{self.name}: entry {due} is missing."
        place = f"{self.name}: entry {due} (id {row['id']}, {row['at']:%Y-%m-%d %H:%M})"
        key = self.known.get(row["key_id"])
        if key is None:
            return f"{place} was marked with a key that is not known."
        if not same(row["hash"], mark(key, spelled(row))):
            return f"{place} was changed, moved or put there without the key."
        if row["previous"] != self.mark:
            return f"{place} does not follow the one before."
        for kept in self.kept:
            if due == kept.count and not same(row["hash"], kept.hash):
                return f"{place} is another than {kept.told_by} tells."
        return ""
