"""Who is to be told, found and written down inside the database.

The one module with SQL of its own. A million terms are looked through by an index, and
those that are due are inserted by the same statement, INSERT … SELECT … ON CONFLICT: so
the number of statements depends on nothing, and a row that another worker inserts at
the same moment is no error but nothing to do.

The same text runs on both databases; what they spell differently has a function at the
end. A column that a statement does not name gets the default of its model's field, as
it would from `create`.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import connection, models

from core.models import OutboxMessage
from renewals.models import DigestLine
from renewals.rules import Span

Expressions = Mapping[str, str]
Values = Mapping[str, Any]

State = OutboxMessage.State
VOID, DEAD, WAITING = State.VOID.value, State.DEAD.value, State.WAITING.value

# Terms `w` of a program that end in one of the spans. Sorted by member, what is looked
# up for one lies near what was looked up for the one before.
TERMS = """
  FROM (SELECT id, member_id, program, sequence, sponsorship_id
          FROM credentials_window
         WHERE program = %(program)s AND ({spans})
         ORDER BY member_id) w
"""
# What has an OFFSET is looked up by an index, once a row. Without one PostgreSQL may
# read a whole table for each row, where it knows little of a table that just grew.
#
# A term that another one follows was renewed.
NOT_RENEWED = """
       NOT EXISTS (
         SELECT 1 FROM credentials_window later
          WHERE later.member_id = w.member_id AND later.program = w.program
            AND later.sequence > w.sequence LIMIT 1 OFFSET 0)
"""
# Whoever has left the practice that paid for the term, and has no other, is not told of
# it; whoever paid alone is.
NOT_GONE = """
       (w.sponsorship_id IS NULL OR EXISTS (
         SELECT 1 FROM accounts_sponsorship s
          WHERE s.member_id = w.member_id AND s.program = w.program
            AND s.until_on IS NULL LIMIT 1 OFFSET 0))
"""
# The person's own address, else the one they sign in with.
MEMBER = "  JOIN accounts_member m ON m.id = w.member_id "
ADDRESS = """
       COALESCE(NULLIF(m.email, ''),
                (SELECT u.email FROM accounts_user u WHERE u.id = m.user_id))
"""
# Told already, at whatever address: somebody whose address changes is not told again. A
# message that was dropped, such as one to an address given up, told nobody; nor did one
# that no server took, once the address is another. To the same it stays dead.
NOT_TOLD = """
       NOT EXISTS (
         SELECT 1 FROM core_outboxmessage o
          WHERE o.kind = %(kind)s AND o.subject_id = {subject} AND o.state <> %(void)s
            AND NOT (o.state = %(dead)s AND lower(o.recipient) <> lower({address}))
          LIMIT 1 OFFSET 0)
"""
STATES = {"void": VOID, "dead": DEAD, "waiting": WAITING}
# What another worker did stands.
NOTHING = " ON CONFLICT DO NOTHING"
# Unless it was dropped, as the member had left or the clock was wrong, and there is
# somebody to tell after all: the same message waits anew.
ANEW = """
    ON CONFLICT (kind, subject_id, recipient) DO UPDATE
   SET state = %(waiting)s, due_at = excluded.due_at, leased_until = NULL, attempts = 0
 WHERE core_outboxmessage.state = %(void)s
"""
# Who sponsors the member now, `s`.
SPONSOR = """
  JOIN accounts_sponsorship s
    ON s.member_id = w.member_id AND s.program = w.program AND s.until_on IS NULL
"""
# The Practice Administrator `a` of the sponsoring practice, if they may sign in.
ADMINISTRATOR = """
  JOIN accounts_administration a
    ON a.practice_id = s.practice_id AND a.named AND a.until_at IS NULL
  JOIN accounts_user au ON au.id = a.user_id AND au.is_active
"""
NOT_IN_A_DIGEST = """
       NOT EXISTS (
         SELECT 1 FROM renewals_digestline l
          WHERE l.window_id = w.id AND l.kind = %(kind)s
            AND l.administrator_id = a.user_id LIMIT 1 OFFSET 0)
"""
# Auto-renewal's attempts, where the practice sponsors the member still.
ATTEMPTS = """
  FROM renewals_renewalattempt t
  JOIN credentials_window w ON w.id = t.window_id
  JOIN accounts_sponsorship s ON s.id = t.sponsorship_id AND s.until_on IS NULL
"""
LATELY = 'w.program = %(program)s AND t."on" >= %(since)s'
# To sort is to find all before the first is written: none is looked for among them.
IN_ORDER = " ORDER BY w.id "
# The digests whose lines were written at this instant.
DIGESTS = """
  FROM (SELECT DISTINCT l.digest, l.practice_id, l.administrator_id
          FROM renewals_digestline l
         WHERE l.at = %(now)s AND l.kind = %(kind)s) d
  JOIN accounts_user au ON au.id = d.administrator_id
"""


def insert_notices(
    *, kind: str, program: str, spans: Sequence[Span], now: datetime
) -> int:
    """Queue a message to every member whose term is due; return how many are new.

    It is the member's own: their practice reads of it in its digest.
    """
    terms, values = _terms(program, spans)
    return _insert(
        OutboxMessage,
        _message(subject="w.id", recipient=ADDRESS),
        terms
        + MEMBER
        # Most were told on one of the days before.
        + _where(_not_told("w.id", ADDRESS), NOT_GONE, NOT_RENEWED, f"{ADDRESS} <> ''")
        + IN_ORDER
        + ANEW,
        {**values, **STATES, "kind": kind, "now": now},
    )


def insert_due_lines(
    *, kind: str, program: str, spans: Sequence[Span], now: datetime
) -> int:
    """Put each due term into a digest to its practice; return how many are new."""
    terms, values = _terms(program, spans)
    return _insert(
        DigestLine,
        _line(),
        terms
        + SPONSOR
        + ADMINISTRATOR
        + _where(NOT_RENEWED, NOT_IN_A_DIGEST)
        + IN_ORDER
        + NOTHING,
        {**values, "kind": kind, "now": now, "run": uuid4().hex},
    )


def insert_attempt_lines(*, kind: str, program: str, since: date, now: datetime) -> int:
    """Put each attempt since a day into a digest to its practice; return how many."""
    values = {"program": program, "since": since, "kind": kind, "now": now}
    return _insert(
        DigestLine,
        _line(),
        ATTEMPTS + ADMINISTRATOR + _where(LATELY, NOT_IN_A_DIGEST) + IN_ORDER + NOTHING,
        {**values, "run": uuid4().hex},
    )


def insert_digests(*, kind: str, program: str, now: datetime) -> int:
    """Queue a message for each digest whose lines were written at this instant."""
    return _insert(
        OutboxMessage,
        _message(subject="d.digest", recipient="au.email")
        | {"practice_id": "d.practice_id"},
        DIGESTS + _where("TRUE") + NOTHING,
        {"kind": kind, "program": program, "now": now},
    )


def _message(*, subject: str, recipient: str) -> dict[str, str]:
    # Its words are put together when it leaves (config/composers.py).
    return {
        "kind": "%(kind)s",
        "subject_id": subject,
        "recipient": recipient,
        "program": "%(program)s",
        "payload": "%(payload)s",
        "created_at": "%(now)s",
        "due_at": "%(now)s",
    }


def _line() -> Expressions:
    return {
        "kind": "%(kind)s",
        "window_id": "w.id",
        "administrator_id": "a.user_id",
        "practice_id": "a.practice_id",
        # All lines of a practice in this run share an id that no other run has.
        "digest": _id_made_of("%(run)s", "a.practice_id"),
        "at": "%(now)s",
    }


def _terms(program: str, spans: Sequence[Span]) -> tuple[str, dict[str, Any]]:
    """Write where the terms come from, with the values of the spans."""
    values: dict[str, Any] = {"program": program}
    days = []
    for place, span in enumerate(spans):
        days.append(f"last_on BETWEEN %(first{place})s AND %(last{place})s")
        values |= {f"first{place}": span.first, f"last{place}": span.last}
    return TERMS.replace("{spans}", " OR ".join(days)), values


def _not_told(subject: str, address: str) -> str:
    return NOT_TOLD.replace("{subject}", subject).replace("{address}", address)


def _where(*conditions: str) -> str:
    return f" WHERE {' AND '.join(conditions)}"


def _insert(
    model: type[models.Model], columns: Expressions, source: str, values: Values
) -> int:
    """Insert what a source gives, and return how many rows that made."""
    expressions = dict(columns)
    given: dict[str, Any] = {name: _adapted(each) for name, each in values.items()}
    for field in model._meta.concrete_fields:
        if field.primary_key and isinstance(field, models.UUIDField):
            expressions[field.attname] = _fresh_id()
        elif field.attname in expressions or isinstance(field, models.AutoField):
            continue
        else:
            expressions[field.attname] = f"%(default_{field.attname})s"
            given[f"default_{field.attname}"] = _default(field)
    if "payload" in expressions:
        given["payload"] = connection.ops.adapt_json_value({}, None)
    names = ", ".join(map(connection.ops.quote_name, expressions))
    # All parts are this module's constants and the model's names; values are given.
    statement = (
        f"INSERT INTO {model._meta.db_table} ({names}) "
        f"SELECT {', '.join(expressions.values())}{source}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return int(cursor.rowcount)


def _default(field: "models.Field[Any, Any]") -> object:
    return field.get_db_prep_save(field.get_default(), connection)


def _adapted(value: object) -> object:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def _fresh_id() -> str:
    """Write the expression of an id that nobody has, for each row another."""
    if connection.vendor == "postgresql":
        return "gen_random_uuid()"
    return "lower(hex(randomblob(16)))"


def _id_made_of(*parts: str) -> str:
    """Write the expression of an id that follows from the parts and nothing else."""
    if connection.vendor == "postgresql":
        text = " || ".join(f"({part})::text" for part in parts)
        digest = f"sha256(convert_to({text}, 'UTF8'))"
        return f"encode(substring({digest} FROM 1 FOR 16), 'hex')::uuid"
    # Django gives SQLite this function.
    return f"substr(sha256({' || '.join(parts)}), 1, 32)"
