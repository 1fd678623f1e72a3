"""The two-week sweep: ours, and the plain SQL that it grew from, on the same terms.

The plain way is one INSERT … SELECT … ON CONFLICT DO NOTHING that takes every term in
the window: it asks neither whether somebody was renewed or left, nor who was told, nor
in which practice they are now. Each round does both ways and takes them back, so both
start from the same rows; what a commit would check is checked within the time. The
administrators' digest, which needs three statements more, is timed beside it.
"""

import time
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from statistics import median

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from core.turns import take_turn
from credentials.policy import versions_of
from renewals.rules import coming
from renewals.services import tell_due
from renewals.services.inserting import insert_notices
from renewals.services.reminding import NOTICE, Told
from tests.bench.terms import BODY, build

DATABASE = "postgresql"
TODAY = date(2025, 11, 17)
NOW = datetime(2025, 11, 17, 18, tzinfo=UTC)
GOAL = 1.5
WAYS = ("plain notices", "our notices", "plain with digests", "our whole sweep")

PLAIN_NOTICES = """
    INSERT INTO core_outboxmessage
      (id, kind, subject_id, recipient, practice_id, payload, state, created_at,
       due_at, attempts, last_error)
    SELECT {id}, 'plain', w.id, m.email, w.practice_id, '{{}}', 'waiting', %(now)s,
           %(now)s, 0, ''
      FROM credentials_window w
      JOIN accounts_member m ON m.id = w.member_id
     WHERE w.program = %(program)s AND w.last_on BETWEEN %(first)s AND %(last)s
    ON CONFLICT DO NOTHING
"""
PLAIN_LINES = """
    INSERT INTO renewals_digestline
      (kind, window_id, administrator_id, practice_id, digest, at)
    SELECT 'plain', w.id, a.user_id, w.practice_id, w.practice_id, %(now)s
      FROM credentials_window w
      JOIN accounts_administration a ON a.practice_id = w.practice_id
     WHERE w.program = %(program)s AND w.last_on BETWEEN %(first)s AND %(last)s
    ON CONFLICT DO NOTHING
"""
PLAIN_DIGESTS = """
    INSERT INTO core_outboxmessage
      (id, kind, subject_id, recipient, practice_id, payload, state, created_at,
       due_at, attempts, last_error)
    SELECT {id}, 'plain digest', d.digest, u.email, d.practice_id, '{{}}', 'waiting',
           %(now)s, %(now)s, 0, ''
      FROM (SELECT DISTINCT digest, practice_id, administrator_id
              FROM renewals_digestline WHERE at = %(now)s) d
      JOIN accounts_user u ON u.id = d.administrator_id
     WHERE TRUE
    ON CONFLICT DO NOTHING
"""


def main(argv: Sequence[str]) -> None:
    """Print the medians, the statements, what a second run inserts, last the ratio."""
    parser = ArgumentParser(prog="bench sweep", description=__doc__)
    parser.add_argument("--n", type=int, default=100_000, help="terms (100,000)")
    parser.add_argument("--rounds", type=int, default=9, help="rounds (9)")
    options = parser.parse_args(argv)
    began = time.perf_counter()
    due = build(options.n, today=TODAY, now=NOW)
    say(f"{options.n:,} terms, {due:,} due ({time.perf_counter() - began:.0f} s)")
    times = in_turn(options.rounds)
    for name in WAYS:
        say(f"{name}: {times[name]:.1f} ms (median of {options.rounds})")
    digests = times["our whole sweep"] / times["plain with digests"]
    say(f"with digests: {digests:.2f}x the plain SQL")
    with CaptureQueriesContext(connection) as captured:
        first = tell()
    said = [query["sql"] for query in captured.captured_queries]
    count = sum(sql.lstrip().startswith(("INSERT", "SELECT")) for sql in said)
    made = f"{first.members:,} notices, {first.administrators:,} digests"
    say(f"{count} statements: {made}")
    second = tell()
    say(f"a second run inserts {second.members + second.administrators}")
    ratio = times["our notices"] / times["plain notices"]
    say(f"ratio: {ratio:.2f}x the plain SQL (goal: at most {GOAL}x)")


def in_turn(rounds: int) -> dict[str, float]:
    """Do everything in turn, and give the medians in milliseconds by their names."""
    acts: list[Callable[[], object]] = [plain_notices, notices, plain_digests, tell]
    taken: dict[str, list[float]] = {name: [] for name in WAYS}
    for _ in range(rounds + 1):
        for name, act in zip(WAYS, acts, strict=True):
            taken[name].append(taken_back(act))
    # The first round warms up.
    return {name: median(found[1:]) for name, found in taken.items()}


def taken_back(act: Callable[[], object]) -> float:
    """Do something, take it back, and give the milliseconds it took."""
    if connection.vendor == "postgresql":
        # What rounds before left behind costs whoever comes next.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM core_outboxmessage, renewals_digestline")
    with transaction.atomic():
        began = time.perf_counter()
        act()
        if connection.vendor == "postgresql":
            connection.check_constraints()
        taken = time.perf_counter() - began
        transaction.set_rollback(True)
    return taken * 1000


def plain_notices() -> None:
    """Queue a message for every term in the window."""
    run(PLAIN_NOTICES)


def plain_digests() -> None:
    """Queue the digests too."""
    for statement in (PLAIN_NOTICES, PLAIN_LINES, PLAIN_DIGESTS):
        run(statement)


def notices() -> int:
    """Queue the members' notices as our sweep does."""
    take_turn("bench")
    spans = coming(versions_of(BODY), TODAY)
    return insert_notices(kind=NOTICE, program=BODY, spans=spans, now=NOW)


def tell() -> Told:
    """Sweep."""
    return tell_due(program=BODY, today=TODAY, now=NOW)


def run(statement: str) -> None:
    """Send one of the plain statements."""
    postgresql = connection.vendor == "postgresql"
    fresh = "gen_random_uuid()" if postgresql else "lower(hex(randomblob(16)))"
    values = {
        "program": BODY,
        "first": str(TODAY - timedelta(days=1)),
        "last": str(TODAY + timedelta(days=13)),
        "now": connection.ops.adapt_datetimefield_value(NOW),
    }
    with connection.cursor() as cursor:
        cursor.execute(statement.format(id=fresh), values)


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)  # noqa: T201
