"""Sitting tests where many did: the plan and the time of what the pages ask.

    make bench NAME=sat ARGS="--n 100000"

One course, and as many attempts at its test: everybody tried twice, and the last
`RUNNING` sit it now. Each page is read as the web's role within its walls. The plan of
each of its statements is taken; the last line is how many read a whole table of
attempts, answers or enrolments.
"""

import json
import re
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from statistics import median
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.scope import Scope, scoped
from courses.models import Attempt, Enrolment
from courses.queries.course_tests import course_test_of, running_test
from courses.queries.learning import enrolment_of
from courses.queries.sitting import picture_of
from courses.services import overdue_attempts
from courses.services.drawing import Paper, draw_attempt
from portal.queries.allowances import allowances_page, used_up_in
from portal.queries.course_ends import test_page, test_room
from portal.queries.exams import question_page
from tests.bench.standing import say
from tests.cast import a_member, a_user
from tests.database import WEB, WORKER, working_as
from tests.learning.taking import SOCIETY, a_course

DATABASE = "postgresql"
TODAY = date(2025, 11, 17)
NOW = datetime(2025, 11, 17, 18, tzinfo=UTC)
RUNNING, ROUNDS = 500, 5
WATCHED = re.compile(r"courses_(?:attempt|answer|enrolment)")
MEMBER, ENROLMENT = "md5('sat' || i)::uuid", "md5('enr' || i)::uuid"
STATEMENTS = (
    f"""
    INSERT INTO accounts_member
      (id, first_name, last_name, email, phone, address, profession)
    SELECT {MEMBER}, 'Pat', 'Number ' || i, 'sat' || i || '@mail.example', '', '', ''
      FROM generate_series(1, %(people)s) AS i
    """,  # noqa: S608  (the program's own words)
    f"""
    INSERT INTO courses_enrolment
      (id, member_id, program, begun_by_id, course_id, version_id, started_on,
       started_at, used_up_at)
    SELECT {ENROLMENT}, {MEMBER}, '{SOCIETY}', {MEMBER}, %(course)s, %(version)s,
           %(today)s, %(now)s,
           CASE WHEN i > %(people)s - {RUNNING} THEN NULL ELSE %(now)s END
      FROM generate_series(1, %(people)s) AS i
    """,  # noqa: S608  (the program's own words)
    f"""
    INSERT INTO courses_attempt
      (id, member_id, program, enrolment_id, exam, specialty, title, nth, bank_id,
       policy, seed, number, sheet, started_on, started_at, ends_at, ended_at, "right",
       passed)
    SELECT md5('att' || i || k)::uuid, {MEMBER}, '{SOCIETY}', {ENROLMENT}, '', '',
           a.title, k, a.bank_id, a.policy, a.seed, a.number, a.sheet, a.started_on,
           a.started_at, a.ends_at, CASE WHEN runs THEN NULL ELSE a.ends_at END,
           CASE WHEN runs THEN NULL ELSE 1 END, CASE WHEN runs THEN NULL ELSE false END
      FROM generate_series(1, %(people)s) AS i, generate_series(1, 2) AS k,
           LATERAL (SELECT k = 2 AND i > %(people)s - {RUNNING} AS runs) AS r,
           courses_attempt a
     WHERE a.id = %(drawn)s
    """,  # noqa: S608  (the program's own words)
    """
    INSERT INTO courses_answer (id, attempt_id, question, chosen, flagged, at)
    SELECT gen_random_uuid(), t.id, code, '[0]', false, t.started_at
      FROM courses_attempt t, unnest(ARRAY['burnout-001', 'burnout-002']) AS code
    """,
)
Act = Callable[[], object]


def main(argv: Sequence[str]) -> None:
    """Print the median of each page and what its plans read, last the sum."""
    parser = ArgumentParser(prog="bench sat", description=__doc__)
    parser.add_argument("--n", type=int, default=10_000, help="attempts (10,000)")
    options = parser.parse_args(argv)
    began = time.perf_counter()
    mine = prepare(options.n // 2)
    say(f"{options.n:,} attempts made in {time.perf_counter() - began:.0f} s")
    whole = 0
    for name, (role, scope, act) in pages(mine).items():
        took = median([_milliseconds(role, scope, act) for _ in range(ROUNDS)])
        plans = _plans(role, scope, act)
        read = [node for plan in plans for node in _read(plan)]
        whole += sum(kind == "Seq Scan" for kind, _, _ in read)
        used = sorted({f"{kind} {index or table}" for kind, table, index in read})
        say(f"{name}: {took:,.1f} ms, {len(plans)} statements; {', '.join(used)}")
    say(f"whole tables read: {whole} (goal: 0)")


def prepare(people: int) -> Enrolment:
    """Make a course and everybody who sat its test; give one who sits it now."""
    version = a_course(asked=b"a picture")
    first = a_member("Ann First", None, user=a_user("Ann First"))
    drawn = _drawn(
        Enrolment.objects.create(
            member=first,
            program=SOCIETY,
            begun_by=first,
            course=version.course,
            version=version,
            started_on=TODAY,
            started_at=NOW,
        )
    )
    given: dict[str, Any] = {
        "people": people,
        "course": version.course_id,
        "version": version.pk,
        "drawn": drawn.pk,
        "today": TODAY,
        "now": NOW,
    }
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement, given)
        cursor.execute("VACUUM ANALYZE")
    found = drawn.enrolment
    assert found is not None
    return found


def _drawn(enrolment: Enrolment) -> Attempt:
    test = course_test_of(enrolment, TODAY)
    assert test is not None
    return draw_attempt(
        Paper(test.bank, test.text, test.questions, test.minutes),
        member=enrolment.member,
        program=enrolment.program,
        enrolment=enrolment,
        title=test.title,
        nth=1,
        policy=test.policy,
        today=TODAY,
        now=NOW,
    )


def pages(mine: Enrolment) -> Mapping[str, tuple[str, Scope, Act]]:
    """Name each page: as which role, in which scope, and what it asks."""
    member, course = mine.member, mine.course
    assert member.user_id is not None
    own, staff = Scope.own(member.user_id), Scope.staff(SOCIETY)

    def running() -> tuple[Enrolment, Attempt]:
        found = enrolment_of(member, course.pk)
        assert found is not None
        attempt = running_test(found)
        assert attempt is not None
        return found, attempt

    def asked() -> object:
        found, attempt = running()
        return question_page(test_room(found), attempt, 1, now=NOW)

    def shown() -> object:
        return picture_of(running()[1], 1)

    def before() -> object:
        found = enrolment_of(member, course.pk)
        assert found is not None
        return test_page(found, today=TODAY, now=NOW)

    return {
        "the next question": (WEB, own, asked),
        "its picture": (WEB, own, shown),
        "the test's page": (WEB, own, before),
        "who used up the tries, for staff": (WEB, staff, lambda: used_up_in(course)),
        "one learner, for staff": (
            WEB,
            staff,
            lambda: allowances_page(member, SOCIETY),
        ),
        "what is overdue, for the worker": (
            WORKER,
            Scope.sweep(),
            lambda: overdue_attempts(now=NOW, most=200),
        ),
    }


def _milliseconds(role: str, scope: Scope, act: Act) -> float:
    with working_as(role), scoped(scope):
        began = time.perf_counter()
        act()
        return (time.perf_counter() - began) * 1000


def _plans(role: str, scope: Scope, act: Act) -> list[Mapping[str, Any]]:
    """Take the plan of each statement of a page, as its role, within its walls."""
    found = []
    with working_as(role), scoped(scope):
        with CaptureQueriesContext(connection) as captured:
            act()
        for each in captured.captured_queries:
            if each["sql"].lstrip().startswith("SELECT"):
                with connection.cursor() as cursor:
                    cursor.execute(f"EXPLAIN (FORMAT JSON) {each['sql']}")
                    plan = cursor.fetchone()[0]
                found.append(json.loads(plan) if isinstance(plan, str) else plan)
    return [each[0]["Plan"] for each in found]


def _read(plan: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Name each reading of a watched table: how, which, and by which index."""
    table = plan.get("Relation Name", "")
    if WATCHED.fullmatch(table):
        yield plan["Node Type"], table, plan.get("Index Name", "")
    for each in plan.get("Plans", ()):
        yield from _read(each)
