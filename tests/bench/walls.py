"""Row-level security: what pages cost with the walls, and on the same rows without.

The reads of pages are done as the web's role in their door's scope, in turn with the
walls up and with them taken down, in a transaction that is taken back.
"""

import time
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from statistics import median

from django.db import connection, transaction

from accounts.models import Member, Practice
from accounts.queries import people_of
from core.scope import Scope, scoped
from core.walls import the_walls
from credentials.services import install_products
from portal.queries.assignments import Asked, assignments_page
from portal.queries.practice_home import practice_home
from portal.queries.staff_members import staff_home
from tests.bench.terms import BODY, build
from tests.database import WEB, working_as
from tests.portal.crowd import crowd

DATABASE = "postgresql"
TODAY = date(2025, 11, 17)
NOW = datetime(2025, 11, 17, 18, tzinfo=UTC)
GOAL = 2.0


def main(argv: Sequence[str]) -> None:
    """Print each page's medians, last the worst ratio."""
    parser = ArgumentParser(prog="bench walls", description=__doc__)
    parser.add_argument("--n", type=int, default=60_000, help="others' terms (60,000)")
    parser.add_argument("--people", type=int, default=3_000, help="its people (3,000)")
    parser.add_argument("--rounds", type=int, default=9, help="rounds (9)")
    options = parser.parse_args(argv)
    build(options.n, today=TODAY, now=NOW)
    install_products()
    practice = Practice.objects.create(name="Large", slug="large")
    crowd(practice, options.people)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    ratios = []
    for name, (scope, act) in pages(practice).items():
        down, up = in_turn(scope, act, options.rounds)
        ratios.append(up / down)
        say(f"{name}: {up:.1f} ms with the walls, {down:.1f} ms without")
    say(f"ratio: {max(ratios):.2f}x without walls (goal: at most {GOAL}x)")


Page = tuple[Scope, Callable[[], object]]


def pages(practice: Practice) -> Mapping[str, Page]:
    """Give what is read, and in which scope."""
    within, staff = Scope.practice(practice.pk), Scope.staff(BODY)
    return {
        "the people's rows": (within, lambda: list(Member.objects.of(practice))),
        "assignments": (
            within,
            lambda: assignments_page(
                practice, BODY, Asked(), form_key="k", due_days=90, today=TODAY
            ),
        ),
        "practice home": (within, lambda: practice_home(practice, BODY, today=TODAY)),
        "people": (within, lambda: people_of(practice, page="1", now=NOW)),
        "staff, a name": (
            staff,
            lambda: staff_home(BODY, q="Person 0007", number=1, today=TODAY),
        ),
        "staff, everybody": (
            staff,
            lambda: staff_home(BODY, q="", number=1, today=TODAY),
        ),
    }


def in_turn(
    scope: Scope, act: Callable[[], object], rounds: int
) -> tuple[float, float]:
    """Give the medians in milliseconds without the walls and with them."""
    taken: dict[bool, list[float]] = {False: [], True: []}
    for _ in range(rounds + 1):
        for up in (False, True):
            with transaction.atomic():
                if not up:
                    take_down()
                taken[up].append(timed(scope, act))
                transaction.set_rollback(True)
    # The first round warms up.
    return median(taken[False][1:]), median(taken[True][1:])


def timed(scope: Scope, act: Callable[[], object]) -> float:
    """Do something as the web in a scope; give the milliseconds."""
    with working_as(WEB), scoped(scope):
        began = time.perf_counter()
        act()
        return (time.perf_counter() - began) * 1000


def take_down() -> None:
    """Let every role see every row, until the transaction is taken back."""
    with connection.cursor() as cursor:
        for table in the_walls().tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201
