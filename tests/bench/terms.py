"""Terms by the million, made by a handful of statements inside the database.

Practices of some 330 people, each with its Practice Administrator; everybody has one
term. The dates are spread over a year of which the two weeks' window holds one day's.
Mail that was sent before lies in the outbox.
"""

from datetime import date, datetime
from typing import Any

from django.db import connection

BODY = "acmss"
PEOPLE_A_PRACTICE = 330
DAYS_A_YEAR = 365
MAILS_OF_PEOPLE = 10

NUMBERS = """
    (WITH RECURSIVE numbers(i) AS (
       SELECT 0 UNION ALL SELECT i + 1 FROM numbers WHERE i < {last})
     SELECT i FROM numbers)
"""
STATEMENTS = (
    """
    INSERT INTO accounts_practice (id, slug, name, phone, address)
    SELECT {practice}, 'practice-' || i, 'Practice ' || i, '', '' FROM {practices}
    """,
    """
    INSERT INTO accounts_user (id, password, email, name, is_active, created_at)
    SELECT {user}, '!', 'head' || i || '@practice.example', 'Head ' || i, {true},
           %(now)s
      FROM {practices}
    """,
    """
    INSERT INTO accounts_administration (id, practice_id, user_id, named, from_at)
    SELECT {administration}, {practice}, {user}, {true}, %(now)s FROM {practices}
    """,
    """
    INSERT INTO accounts_member
      (id, first_name, last_name, email, phone, address, profession)
    SELECT {member}, 'Pat', 'Number ' || i, 'pat' || i || '@mail.example', '', '', ''
      FROM {people}
    """,
    """
    INSERT INTO accounts_sponsorship
      (id, practice_id, member_id, program, from_on, renewal_mode, job_role,
       external_id)
    SELECT {sponsorship}, {their_practice}, {member}, '{body}', {first_on}, 'auto', '',
           ''
      FROM {people}
    """,
    """
    INSERT INTO credentials_window
      (id, member_id, program, practice_id, sponsorship_id, sequence, first_on, last_on,
       applied_on, credits_asked, policy, created_at)
    SELECT {window}, {member}, '{body}', {their_practice}, {sponsorship}, 1, {first_on},
           {last_on}, {first_on}, 3, '{body}@2017-01-01', %(now)s
      FROM {people}
    """,
    """
    INSERT INTO core_outboxmessage
      (id, kind, subject_id, recipient, payload, state, created_at, due_at, sent_at,
       attempts, last_error)
    SELECT {mail}, CASE MOD(i, 2) WHEN 0 THEN 'renewed' ELSE 'renewal_due' END,
           {mail}, 'pat' || i || '@mail.example', '{{}}', 'sent', %(now)s, %(now)s,
           %(now)s, 1, ''
      FROM {mails}
    """,
)


def build(count: int, *, today: date, now: datetime) -> int:
    """Make so many terms, and give how many are due in 14 days from today."""
    postgresql = connection.vendor == "postgresql"
    parts = {
        name: _id(name, "i")
        for name in (
            *("practice", "user", "administration"),
            *("member", "sponsorship", "window", "mail"),
        )
    }
    parts |= {
        "their_practice": _id("practice", f"(i / {PEOPLE_A_PRACTICE})"),
        "practices": _numbers(count // PEOPLE_A_PRACTICE + 1),
        "people": _numbers(count),
        "mails": _numbers(count // MAILS_OF_PEOPLE + 1),
        "first_on": _day(f"-352 + MOD(i, {DAYS_A_YEAR})"),
        "last_on": _day(f"13 + MOD(i, {DAYS_A_YEAR})"),
        "true": "TRUE",
        "body": BODY,
    }
    values: dict[str, Any] = {
        "today": today.isoformat(),
        "now": connection.ops.adapt_datetimefield_value(now),
    }
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement.format(**parts), values)
        cursor.execute("VACUUM ANALYZE" if postgresql else "ANALYZE")
    return -(-count // DAYS_A_YEAR)


def _numbers(count: int) -> str:
    """Write a table of the numbers from 0 on."""
    if connection.vendor == "postgresql":
        return f"generate_series(0, {count - 1}) AS numbers(i)"
    return NUMBERS.format(last=count - 1)


def _id(name: str, number: str) -> str:
    made = f"md5('{name}' || {number})"
    return f"{made}::uuid" if connection.vendor == "postgresql" else made


def _day(days: str) -> str:
    if connection.vendor == "postgresql":
        return f"%(today)s::date + ({days})"
    return f"date(%(today)s, ({days}) || ' days')"
