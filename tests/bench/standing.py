"""How a whole body stands: our report, and one plain GROUP BY of the credit, in turn.

    make bench NAME=standing ARGS="--n 100000"

The plain way adds up three columns of a table that has no others: no cycle, no day from
which something counts, nothing twice, no limit. Both are read into a file by COPY; ours
as the web's role within its walls, as the pages read it. What ours has saved itself by
then is shown beside it: what one change of one person costs, and all of them anew. A
few hundred people are asked of the rules once more. The last line is the worst ratio.
"""

import time
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from statistics import median
from tempfile import TemporaryFile
from typing import IO
from uuid import UUID

from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.extracts import write_table
from core.scope import Scope, scoped
from credentials.models import Certification, Tally
from portal.queries.standing_report import Asked, standing_report, standing_table
from renewals.queries import CycleBooks, lives_of, tallied
from renewals.rules import standing_on
from renewals.services import tally, tally_all
from tests.bench.society import ACTIVITIES, BODY, build
from tests.database import WEB, working_as

DATABASE = "postgresql"
TODAY = date(2025, 11, 17)
NOW = datetime(2025, 11, 17, 18, tzinfo=UTC)
GOAL = 3.0
CHECKED = 300
SINGLE = 50
STAFF = Scope.staff(BODY)

CREDIT = """
    CREATE TABLE bench_credit AS
    SELECT a.member_id, c.credits, c.approved
      FROM ce_credits_creditaward c JOIN ce_credits_activity a ON a.id = c.activity_id
     WHERE c.sequence = 1
"""
PLAIN = """
    SELECT member_id, SUM(credits), SUM(credits) FILTER (WHERE approved)
      FROM bench_credit GROUP BY member_id
"""
OWN_TABLES = """
    SELECT a.member_id, SUM(c.credits), SUM(c.credits) FILTER (WHERE c.approved)
      FROM ce_credits_creditaward c JOIN ce_credits_activity a ON a.id = c.activity_id
     WHERE a.program = 'namss' GROUP BY a.member_id
"""
Act = Callable[[IO[bytes]], None]


def main(argv: Sequence[str]) -> None:
    """Print medians, members a second and statements, last the worst ratio."""
    parser = ArgumentParser(prog="bench standing", description=__doc__)
    parser.add_argument("--n", type=int, default=10_000, help="members (10,000)")
    parser.add_argument("--rounds", type=int, default=7, help="rounds (7)")
    options = parser.parse_args(argv)
    began = time.perf_counter()
    build(options.n, today=TODAY, now=NOW)
    made = time.perf_counter() - began
    say(f"{options.n:,} members, {ACTIVITIES} activities each ({made:.0f} s)")
    _work_out(options.n)
    _check()
    acts: Mapping[str, Act] = {
        "one GROUP BY": _copied(PLAIN),
        "our file": _file,
        "our page": _page,
        "a GROUP BY of our own tables": _copied(OWN_TABLES),
    }
    times = in_turn(acts, options.rounds)
    plain = times["one GROUP BY"]
    for name, took in times.items():
        rate = options.n / took * 1000
        say(f"{name}: {took:,.0f} ms, {rate:,.0f} members/s, {took / plain:.2f}x")
    for name, act in (("file", _file), ("page", _page)):
        say(f"our {name}: {_statements(act)} statements")
    worst = max(times["our file"], times["our page"]) / plain
    say(f"ratio: {worst:.2f}x one GROUP BY (goal: at most {GOAL}x)")


def _work_out(count: int) -> None:
    """Keep everybody's figures, as the job does that follows an upgrade."""
    began = time.perf_counter()
    tally_all(program=BODY, today=TODAY, now=NOW)
    took = time.perf_counter() - began
    say(f"all worked out anew: {took:.0f} s, {count / took:,.0f} members/s")
    with connection.cursor() as cursor:
        cursor.execute(CREDIT)
        cursor.execute("VACUUM ANALYZE")
    some = Certification.objects.filter(code="CPCS").values_list("member", flat=True)
    changes = [_milliseconds(_change, each) for each in islice(some, SINGLE)]
    rows = Tally.objects.count()
    say(f"one person's change: {median(changes):.1f} ms; {rows:,} rows are kept")


def _change(member_id: UUID) -> None:
    with scoped(STAFF):
        tally(member_ids=[member_id], program=BODY, today=TODAY, now=NOW)


def _check() -> None:
    """Ask the rules of some people what the report says of them."""
    found = tallied(BODY, TODAY).order_by("pk")[:CHECKED]
    rows = {each.member_id: each for each in found}
    differ = 0
    for member_id, life in lives_of(rows, BODY).items():
        books, row = life.books(TODAY), rows[member_id]
        assert isinstance(books, CycleBooks)
        cycle = books.present()
        assert cycle is not None
        totals, asked = books.totals(cycle, life.credits), books.asked(cycle)
        differ += (
            standing_on(books.history.timeline(), TODAY),
            cycle.last_on,
            (totals.credits, totals.approved),
            (asked.credits, asked.approved),
        ) != (
            row.standing,
            row.last_on,
            (row.credits, row.approved),
            (row.credits_asked, row.approved_asked),
        )
    say(f"{len(rows)} members asked of the rules: {differ} differ")
    if differ or not rows:
        raise SystemExit("The report does not say what the rules say.")


def in_turn(acts: Mapping[str, Act], rounds: int) -> dict[str, float]:
    """Do everything in turn, and give the medians in milliseconds by their names."""
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(rounds + 1):
        for name, act in acts.items():
            with TemporaryFile() as file:
                taken[name].append(_milliseconds(act, file))
    # The first round warms up.
    return {name: median(found[1:]) for name, found in taken.items()}


def _milliseconds(act: Callable[..., None], what: object) -> float:
    began = time.perf_counter()
    act(what)
    return (time.perf_counter() - began) * 1000


def _copied(query: str) -> Act:
    def act(file: IO[bytes]) -> None:
        with connection.cursor() as cursor:
            cursor.cursor.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT csv)", file)

    return act


def _file(file: IO[bytes]) -> None:
    with working_as(WEB):
        table = standing_table(BODY, Asked(), TODAY)
        write_table(table, file, STAFF, ending="csv", title="Standing")


def _page(_file: IO[bytes]) -> None:
    with working_as(WEB), scoped(STAFF):
        standing_report(BODY, Asked(), number=1, today=TODAY)


def _statements(act: Act) -> int:
    """Count the statements that read: COPY goes past Django's own count."""
    with TemporaryFile() as file, CaptureQueriesContext(connection) as captured:
        act(file)
    reads = [each["sql"].lstrip() for each in captured.captured_queries]
    copies = act is _file
    return copies + sum(
        sql.startswith("SELECT") and "set_config" not in sql for sql in reads
    )


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)  # noqa: T201
