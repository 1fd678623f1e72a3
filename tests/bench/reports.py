"""Staff's reports over a whole body: what a page of each takes.

    make bench NAME=reports ARGS="--n 60000"

A body of cycles, some of whose people recertified, in time, late or again, and some of
whom let it be. Each page is read as the web's role within its walls, in turn with one
plain GROUP BY of as many people's credit, thirty activities each. The rules are asked
of the first `PERIOD` people: from then on everybody is another's twin, and is copied
from them. The last line is the slowest page's ratio.
"""

import time
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import md5
from tempfile import TemporaryFile
from typing import IO, Any, TypeVar
from uuid import UUID

from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.scope import Scope, scoped
from credentials.models import StandingPeriod, Tally
from portal.queries.credential_report import Asked as Held
from portal.queries.credential_report import credential_report
from portal.queries.reports_asked import REPORTS, asked_of
from portal.queries.reports_page import report_page
from renewals.queries import facts_by_member, history_of
from renewals.services import tally
from renewals.services.tallying import MOST_AT_ONCE
from tests.bench import society
from tests.bench.society import BODY, build
from tests.bench.standing import PLAIN, Act, in_turn, say
from tests.database import WEB, working_as

A = TypeVar("A")
DATABASE = "postgresql"
TODAY = date(2025, 11, 17)
NOW = datetime(2025, 11, 17, 18, tzinfo=UTC)
GOAL = 3.0
# After so many people all days of exams and applications come again, so standing and
# cycle do (see tests.bench.society and SUBMITTED). No report asks tallies of credit.
PERIOD = 600
TWINS = 100
KEPT = ("member", "standing", "first_on", "last_on")
LAST = "make_date(extract(year FROM c.earned_on)::int + 3, 12, 1)"
# Of ten whose first cycle is over, six recertify in time; the seventh is late, the
# eighth lets it lapse first, the ninth is looked at, the tenth does nothing.
SUBMITTED = f"""
    {LAST} + CASE WHEN i %% 10 < 6 THEN -30 WHEN i %% 10 = 6 THEN 10 ELSE 60 END
"""
APPLIED = f"""
    INSERT INTO renewals_recertification
      (id, member_id, program, kind, state, cycle_last_on, name, declared,
       society_member, submitted_on, paid_on, decided_on, decided_by, reason, policy,
       facts, held_by, held_reason, version, created_at, changed_at)
    SELECT gen_random_uuid(), c.member_id, '{BODY}',
           CASE WHEN i %% 10 < 7 THEN 'recertification' ELSE 'reinstatement' END,
           CASE WHEN i %% 10 < 8 THEN 'approved' ELSE 'open' END, {LAST}, 'Pat', true,
           true, {SUBMITTED}, {SUBMITTED} + 1,
           CASE WHEN i %% 10 < 8 THEN {SUBMITTED} + 20 END, 'Mona', '', '', '{{}}', '',
           '', 1, %(now)s, %(now)s
      FROM (SELECT *, split_part(number, '-', 2)::int AS i
              FROM credentials_certification WHERE code = 'CPCS') c
     WHERE {LAST} < %(today)s AND i %% 10 < 9
"""  # noqa: S608  (the program's own words)


# Everybody from PERIOD on has what is worked out of the same facts.
TWIN = f"""
  FROM generate_series({PERIOD}, %(last)s) AS people(i)
  JOIN {{table}} t ON t.member_id = md5('member' || i %% {PERIOD})::uuid
"""
STANDING_OF_TWINS = f"""
    INSERT INTO credentials_standingperiod
      (id, member_id, program, from_on, standing, policy, recorded_at, recording)
    SELECT gen_random_uuid(), {society.MEMBER}, t.program, t.from_on, t.standing,
           t.policy, t.recorded_at, t.recording
    {TWIN.format(table="credentials_standingperiod")}
"""
TALLIES_OF_TWINS = f"""
    INSERT INTO credentials_tally
      (id, member_id, program, from_on, until_on, standing, first_on, last_on,
       counts_until, credits, approved, credits_asked, approved_asked, book,
       recorded_at)
    SELECT gen_random_uuid(), {society.MEMBER}, t.program, t.from_on, t.until_on,
           t.standing, t.first_on, t.last_on, t.counts_until, t.credits, t.approved,
           t.credits_asked, t.approved_asked, t.book, t.recorded_at
    {TWIN.format(table="credentials_tally")}
"""
# As much credit as in tests.bench.standing, in a table that has nothing else.
CREDIT = f"""
    CREATE TABLE bench_credit AS
    SELECT {society.MEMBER} AS member_id, ((i * 7 + k * 3) %% 12 + 1) * 0.25 AS credits,
           k %% 2 = 1 AS approved
      FROM generate_series(0, %(last)s) AS people(i), generate_series(1, 30) AS deeds(k)
"""  # noqa: S608  (the program's own words)


def main(argv: Sequence[str]) -> None:
    """Print the median of each page and its statements, last the worst ratio."""
    parser = ArgumentParser(prog="bench reports", description=__doc__)
    parser.add_argument("--n", type=int, default=10_000, help="people (10,000)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds (5)")
    options = parser.parse_args(argv)
    began = time.perf_counter()
    prepare(options.n)
    say(f"{options.n:,} people made in {time.perf_counter() - began:.0f} s")
    asked = pages()
    times = in_turn({"one GROUP BY": _grouped, **asked}, options.rounds)
    plain = times["one GROUP BY"]
    for name, took in times.items():
        count = f", {_statements(asked[name])} statements" if name in asked else ""
        say(f"{name}: {took:,.0f} ms, {took / plain:.2f}x{count}")
    worst = max(times[name] for name in asked) / plain
    say(f"ratio: {worst:.2f}x one GROUP BY (goal: at most {GOAL}x)")


def prepare(count: int) -> None:
    """Make the body and all that is kept of it."""
    society.ACTIVITIES = 5
    began = time.perf_counter()
    build(count, today=TODAY, now=NOW)
    say(f"the ledger: {time.perf_counter() - began:.0f} s")
    given = {"today": TODAY, "now": NOW, "last": count - 1}
    _execute(APPLIED, given)
    known = _first(min(count, PERIOD))
    facts = facts_by_member(known, BODY)
    StandingPeriod.objects.bulk_create(
        StandingPeriod(
            member_id=each,
            program=BODY,
            from_on=fact.from_on,
            standing=fact.standing,
            policy="",
            recorded_at=NOW,
            recording=recording,
        )
        for each in known
        for recording in (1, 2)
        for fact in history_of(facts[each], BODY, as_of=date.max).timeline()
    )
    for start in range(0, len(known), MOST_AT_ONCE):
        part = known[start : start + MOST_AT_ONCE]
        tally(member_ids=part, program=BODY, today=TODAY, now=NOW)
    for statement in (STANDING_OF_TWINS, TALLIES_OF_TWINS, CREDIT):
        _execute(statement, given)
    _check(count)
    _execute("VACUUM ANALYZE")


def _execute(statement: str, given: Mapping[str, Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)


def _first(count: int) -> list[UUID]:
    """Name the first people, as the society does."""
    return [_member(i) for i in range(count)]


def _member(number: int) -> UUID:
    return UUID(md5(f"member{number}".encode(), usedforsecurity=False).hexdigest())


def _check(count: int) -> None:
    """Ask the rules of the last few people: a twin's facts must bring the same.

    Raises:
        SystemExit: they bring something else, so the figures would say nothing.
    """
    some = [_member(i) for i in range(max(0, count - TWINS), count)]
    mine = Tally.objects.on(TODAY).filter(member__in=some).order_by("member")
    copied = list(mine.values_list(*KEPT))
    tally(member_ids=some, program=BODY, today=TODAY, now=NOW)
    if not copied or list(mine.all().values_list(*KEPT)) != copied:
        raise SystemExit("What is copied from a twin is not what the rules say.")


def pages() -> Mapping[str, Act]:
    """Name each page, and how it is read."""
    return {
        "holders": _as_staff(_holders, Held()),
        "holders who lapsed": _as_staff(_holders, Held(only="lapsed")),
        **{report: _as_staff(_report, report) for report in REPORTS},
    }


def _as_staff(act: Callable[[A], object], asked: A) -> Act:
    def done(_file: IO[bytes]) -> None:
        with working_as(WEB), scoped(Scope.staff(BODY)):
            act(asked)

    return done


def _report(report: str) -> object:
    asked = asked_of(BODY, {"report": report}, today=TODAY)
    return report_page(BODY, asked, today=TODAY)


def _holders(asked: Held) -> object:
    return credential_report(BODY, asked, as_of=TODAY, number=1, today=TODAY)


def _grouped(_file: IO[bytes]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(PLAIN)
        cursor.fetchall()


def _statements(act: Act) -> int:
    with TemporaryFile() as file, CaptureQueriesContext(connection) as captured:
        act(file)
    reads = [each["sql"].lstrip() for each in captured.captured_queries]
    return sum(
        sql.startswith(("SELECT", "WITH")) and "set_config" not in sql for sql in reads
    )
