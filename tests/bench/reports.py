"""Staff's reports over a whole body: what a page of each takes.

    make bench NAME=reports ARGS="--n 60000"

A body of cycles, some of whose people recertified, in time, late or again, and some of
whom let it be. Each page is read as the web's role within
its walls. The last line is the slowest page.
"""

import time
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from itertools import islice
from statistics import median

from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.scope import Scope, scoped
from credentials.models import Certification, StandingPeriod
from portal.queries.credential_report import Asked as Held
from portal.queries.credential_report import credential_report
from portal.queries.reports_asked import REPORTS, asked_of
from portal.queries.reports_page import report_page
from renewals.queries import facts_by_member, history_of
from renewals.services import tally_all
from tests.bench import society
from tests.bench.society import BODY, build
from tests.database import WEB, working_as

DATABASE = "postgresql"
TODAY = date(2025, 11, 17)
NOW = datetime(2025, 11, 17, 18, tzinfo=UTC)
GOAL = 1.5
A_TIME = 2000
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


def main(argv: Sequence[str]) -> None:
    """Print the median of each page and its statements, last the slowest."""
    parser = ArgumentParser(prog="bench reports", description=__doc__)
    parser.add_argument("--n", type=int, default=10_000, help="people (10,000)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds (5)")
    options = parser.parse_args(argv)
    prepare(options.n)
    times = {name: _timed(act, options.rounds) for name, act in pages().items()}
    for name, (took, count) in times.items():
        say(f"{name}: {took:.2f} s, {count} statements")
    worst = max(took for took, _ in times.values())
    say(f"slowest: {worst:.2f} s (goal: at most {GOAL} s)")


def prepare(count: int) -> None:
    """Make the bodies and all that is kept of them."""
    society.ACTIVITIES = 5
    build(count, today=TODAY, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute(APPLIED, {"today": TODAY, "now": NOW})
    held = Certification.objects.filter(code="CPCS")
    ids = iter(list(held.values_list("member", flat=True)))
    while part := list(islice(ids, A_TIME)):
        facts = facts_by_member(part, BODY)
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
            for each in part
            for recording in (1, 2)
            for fact in history_of(facts[each], BODY, as_of=date.max).timeline()
        )
    tally_all(program=BODY, today=TODAY, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def pages() -> Mapping[str, Callable[[], object]]:
    """Name each page, and how it is read."""
    return {
        "holders": lambda: _holders(Held()),
        "holders who lapsed": lambda: _holders(Held(only="lapsed")),
        **{report: partial(_report, report) for report in REPORTS},
    }


def _report(report: str) -> object:
    asked = asked_of(BODY, {"report": report}, today=TODAY)
    return report_page(BODY, asked, today=TODAY)


def _holders(asked: Held) -> object:
    return credential_report(BODY, asked, as_of=TODAY, number=1, today=TODAY)


def _timed(act: Callable[[], object], rounds: int) -> tuple[float, int]:
    """Give the median of some rounds, and how many statements one takes."""
    taken = []
    with working_as(WEB), scoped(Scope.staff(BODY)):
        with CaptureQueriesContext(connection) as captured:
            act()
        for _ in range(rounds):
            began = time.perf_counter()
            act()
            taken.append(time.perf_counter() - began)
    return median(taken), len(captured)


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)  # noqa: T201
