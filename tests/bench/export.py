"""A practice's tables as CSV: ours, and plain COPY of the same rows, in turn.

    make bench NAME=export

The plain way is one COPY written by hand, without the marks that keep cells from being
computed, without a count, into the same kind of file. Both work as the web's role, in
the practice's scope, with its walls. The memory is what Python's grew to meanwhile, for
the rows, and for a tenth of them: with both the same, no row stays in memory. The last
line is the worst ratio.
"""

import time
import tracemalloc
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from statistics import median
from tempfile import TemporaryFile
from typing import IO

from django.db import connection

from accounts.models import Practice
from core.extracts import write_table
from core.scope import Scope, scoped
from credentials.services import install_products
from portal.queries.export_kinds import BY_CODE
from portal.queries.exports import table_of
from tests.bench import terms
from tests.database import WEB, working_as

DATABASE = "postgresql"
TODAY = date(2025, 11, 17)
NOW = datetime(2025, 11, 17, 18, tzinfo=UTC)
GOAL = 4.0

PEOPLE = """
    SELECT m.last_name, m.first_name, COALESCE(NULLIF(m.email, ''), u.email),
           s.job_role, s.external_id,
           (SELECT p.standing FROM credentials_standingperiod p
             WHERE p.member_id = s.member_id AND p.program = s.program
               AND p.from_on <= '2025-11-17'
             ORDER BY p.recording DESC, p.from_on DESC LIMIT 1),
           (SELECT w.sequence FROM credentials_window w
             WHERE w.member_id = s.member_id AND w.program = s.program
             ORDER BY w.sequence DESC LIMIT 1),
           (SELECT w.last_on + 1 FROM credentials_window w
             WHERE w.member_id = s.member_id AND w.program = s.program
             ORDER BY w.sequence DESC LIMIT 1),
           s.renewal_mode,
           (SELECT l.from_on FROM credentials_leftout l
             WHERE l.sponsorship_id = s.id AND l.ended_at IS NULL LIMIT 1),
           s.from_on{icons}
      FROM accounts_sponsorship s
      JOIN accounts_member m ON m.id = s.member_id
      LEFT JOIN accounts_user u ON u.id = m.user_id
     WHERE s.practice_id = '{practice}' AND s.until_on IS NULL
       AND s.program = '{body}'
     ORDER BY m.last_name, m.first_name, s.member_id
"""
ICON = """,
           COALESCE((SELECT a.state FROM credentials_assignment a
             WHERE a.practice_id = s.practice_id AND a.member_id = s.member_id
               AND a.product_id = '{product}' AND a.state <> 'undone'
             ORDER BY a.at DESC, a.id DESC LIMIT 1), 'not assigned')"""
ACTIVITIES = """
    SELECT m.last_name, m.first_name, a.on, a.title, a.provider, a.kind, a.minutes,
           a.state,
           (SELECT c.credits FROM ce_credits_creditaward c
             WHERE c.activity_id = a.id ORDER BY c.sequence DESC LIMIT 1),
           (SELECT c.unit FROM ce_credits_creditaward c
             WHERE c.activity_id = a.id ORDER BY c.sequence DESC LIMIT 1),
           (SELECT c.index_number FROM ce_credits_creditaward c
             WHERE c.activity_id = a.id ORDER BY c.sequence DESC LIMIT 1),
           (SELECT c.counts_from FROM ce_credits_creditaward c
             WHERE c.activity_id = a.id ORDER BY c.sequence DESC LIMIT 1),
           a.submitted_at, a.reported_by
      FROM ce_credits_activity a
      JOIN accounts_member m ON m.id = a.member_id
     WHERE a.program = '{body}' AND a.state NOT IN ('draft', 'withdrawn')
       AND a.practice_id = '{practice}'
     ORDER BY m.last_name, m.first_name, a.member_id, a.on DESC, a.id
"""
REPORTED = """
    INSERT INTO ce_credits_activity
      (id, member_id, program, kind, title, provider, "on", minutes, licence_number,
       state, version, typed, saves, read_from_file, reported_by, practice_id, proof,
       created_at, changed_at, submitted_at)
    SELECT gen_random_uuid(), s.member_id, s.program, 'webinar', 'Webinar ' || n,
           'A provider', date '2025-01-01' + n, 45, '', 'submitted', 1, '{{}}', 0, '[]',
           'Pat', s.practice_id, '', now(), now(), now()
      FROM accounts_sponsorship s, generate_series(1, 3) AS numbers(n)
     WHERE s.practice_id = '{practice}'
"""


def main(argv: Sequence[str]) -> None:
    """Print medians, rows a second and memory of each table, last the worst ratio."""
    parser = ArgumentParser(prog="bench export", description=__doc__)
    parser.add_argument("--n", type=int, default=100_000, help="people (100,000)")
    parser.add_argument("--rounds", type=int, default=9, help="rounds (9)")
    options = parser.parse_args(argv)
    large, small = _practices(options.n)
    ratios = []
    for code, plain in (("people", PEOPLE), ("ce", ACTIVITIES)):
        acts = {
            "plain COPY": _plain(large, plain),
            "ours": _ours(large, code),
        }
        count, times = in_turn(acts, options.rounds)
        peaks = [peak(_ours(each, code)) for each in (small, large)]
        ratios.append(times["ours"] / times["plain COPY"])
        rows = count / times["ours"] * 1000
        say(f"{code}: {count:,} rows; " + _words(times))
        say(f"{code}: {rows:,.0f} rows/s, {ratios[-1]:.2f}x plain COPY")
        say(f"{code}: peak {peaks[1]:,} kB, {peaks[0]:,} kB for a tenth of the rows")
    say(f"ratio: {max(ratios):.2f}x plain COPY (goal: at most {GOAL}x)")


def _practices(count: int) -> tuple[Practice, Practice]:
    """Make one practice of all those people but a tenth, which is another's."""
    terms.PEOPLE_A_PRACTICE = count * 10 // 11
    terms.build(count, today=TODAY, now=NOW)
    install_products()
    large, small = (Practice.objects.get(slug=f"practice-{n}") for n in (0, 1))
    with connection.cursor() as cursor:
        for each in (large, small):
            cursor.execute(REPORTED.format(practice=each.pk))
        cursor.execute("VACUUM ANALYZE")
    return large, small


Act = Callable[[IO[bytes]], int]


def in_turn(acts: Mapping[str, Act], rounds: int) -> tuple[int, dict[str, float]]:
    """Do both in turn; give how many rows, and the medians in milliseconds."""
    taken: dict[str, list[float]] = {name: [] for name in acts}
    counts = set()
    for _ in range(rounds + 1):
        for name, act in acts.items():
            with TemporaryFile() as file, working_as(WEB):
                began = time.perf_counter()
                counts.add(act(file))
                file.flush()
                taken[name].append((time.perf_counter() - began) * 1000)
    assert len(counts) == 1, "both read the same rows"
    # The first round warms up.
    return counts.pop(), {name: median(found[1:]) for name, found in taken.items()}


def peak(act: Act) -> int:
    """Give to how many kB Python's memory grew meanwhile."""
    with TemporaryFile() as file, working_as(WEB):
        tracemalloc.start()
        act(file)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return found // 1000


def _plain(practice: Practice, statement: str) -> Act:
    icons = "".join(
        ICON.format(product=each) for each in _products() if statement is PEOPLE
    )
    query = statement.format(practice=practice.pk, body=terms.BODY, icons=icons)

    def act(file: IO[bytes]) -> int:
        with scoped(Scope.practice(practice.pk)), connection.cursor() as cursor:
            plain = cursor.cursor
            plain.copy_expert(f"COPY ({query}) TO STDOUT WITH (FORMAT csv)", file)
            return int(plain.rowcount)

    return act


def _ours(practice: Practice, code: str) -> Act:
    scope = Scope.practice(practice.pk)

    def act(file: IO[bytes]) -> int:
        with scoped(scope):
            table = table_of(practice, BY_CODE[code], terms.BODY, {}, TODAY)
        return write_table(table, file, scope, ending="csv", title=code)

    return act


def _products() -> list[str]:
    table = table_of(
        Practice.objects.get(slug="practice-0"),
        BY_CODE["people"],
        terms.BODY,
        {},
        TODAY,
    )
    codes = [each.name.replace("_", "-") for each in table.columns[11:]]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM credentials_product WHERE program = %s AND code = ANY(%s)",
            [terms.BODY, codes],
        )
        return [str(each) for (each,) in cursor.fetchall()]


def _words(times: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {each:.0f} ms" for name, each in times.items())


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)  # noqa: T201
