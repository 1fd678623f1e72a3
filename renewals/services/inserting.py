"""Who is to be told, found and written down inside the database.

The SQL of the sweep, the same on both databases (`inserting_rows`). A million terms are
looked through by an index, and those that are due are inserted by the same statement,
INSERT … SELECT … ON CONFLICT: so the number of statements depends on nothing, and a row
that another worker inserts at the same moment is no error but nothing to do.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from core.models import OutboxMessage
from renewals.models import DigestLine, RenewalAttempt
from renewals.rules import Span
from renewals.services.inserting_rows import (
    Expressions,
    Values,
    id_made_of,
    insert_rows,
)

State = OutboxMessage.State
VOID, DEAD, WAITING = State.VOID.value, State.DEAD.value, State.WAITING.value

# Terms `w` of a program that end in one of the spans and that nobody undid. Sorted by
# member, what is looked up for one lies near what was looked up for the one before.
TERMS = """
  FROM (SELECT id, member_id, program, sequence, sponsorship_id
          FROM credentials_window
         WHERE program = %(program)s AND ({spans}) AND undone_at IS NULL
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
            AND later.undone_at IS NULL AND later.sequence > w.sequence
          LIMIT 1 OFFSET 0)
"""
# The person's own address, else the one they sign in with. A record that gave way to
# another's is nobody's to be told about.
MEMBER = "  JOIN accounts_member m ON m.id = w.member_id AND m.joined_to_id IS NULL "
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
# Unless it was dropped, as an address was given up or the clock was wrong, and there is
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
  JOIN credentials_window w ON w.id = t.window_id AND w.undone_at IS NULL
  JOIN accounts_sponsorship s ON s.id = t.sponsorship_id AND s.until_on IS NULL
"""
# Who waits for the card is told of as that ends; giving up has its own mail.
LATELY = """
       w.program = %(program)s AND t."on" >= %(since)s
   AND t.outcome NOT IN (%(paying)s, %(declined)s)
"""
# To sort is to find all before the first is written: none is looked for among them.
IN_ORDER = " ORDER BY w.id "
# The digests whose lines were written at this instant.
DIGESTS = """
  FROM (SELECT DISTINCT l.digest, l.practice_id, l.administrator_id
          FROM renewals_digestline l
         WHERE l.at = %(now)s AND l.kind = %(kind)s) d
  JOIN accounts_user au ON au.id = d.administrator_id
"""
# Digests that were dropped, or that no server took, whose administrator is named still:
# their lines stand, so no other digest would tell of them.
LOST = """
          FROM core_outboxmessage o
          JOIN renewals_digestline l ON l.digest = o.subject_id AND l.kind = o.kind
          JOIN credentials_window w ON w.id = l.window_id AND w.undone_at IS NULL
"""
IS_LOST = """
       o.program = %(program)s AND o.kind = %(kind)s AND o.created_at >= %(since)s
   AND o.state IN (%(void)s, %(dead)s)
   AND l.practice_id = s.practice_id AND l.administrator_id = a.user_id
"""
# What a digest of auto-renewals says while the practice sponsors the member: who was
# renewed, and who was not and is not yet.
STILL_SAID = """
       EXISTS (
         SELECT 1 FROM renewals_renewalattempt t
          WHERE t.window_id = w.id AND t.sponsorship_id = s.id
            AND (t.outcome = %(renewed)s OR {not_renewed}) LIMIT 1 OFFSET 0)
""".replace("{not_renewed}", NOT_RENEWED)


def insert_notices(
    *, kind: str, program: str, spans: Sequence[Span], now: datetime
) -> int:
    """Queue a message to every member whose term is due; return how many are new.

    It is the member's own: their practice reads of it in its digest.
    """
    terms, values = _terms(program, spans)
    return insert_rows(
        OutboxMessage,
        message_row(subject="w.id", recipient=ADDRESS),
        terms
        + MEMBER
        # Most were told on one of the days before.
        + where(not_told("w.id", ADDRESS), NOT_RENEWED, f"{ADDRESS} <> ''")
        + IN_ORDER
        + ANEW,
        {**values, **STATES, "kind": kind, "now": now},
    )


def insert_due_lines(
    *, kind: str, program: str, spans: Sequence[Span], now: datetime
) -> int:
    """Put each due term into a digest to its practice; return how many are new."""
    terms, values = _terms(program, spans)
    return insert_rows(
        DigestLine,
        _line(),
        terms
        + SPONSOR
        + ADMINISTRATOR
        + where(NOT_RENEWED, NOT_IN_A_DIGEST)
        + IN_ORDER
        + NOTHING,
        {**values, "kind": kind, "now": now, "run": uuid4().hex},
    )


def insert_attempt_lines(*, kind: str, program: str, since: date, now: datetime) -> int:
    """Put each attempt since a day into a digest to its practice; return how many."""
    values = {
        "program": program,
        "since": since,
        "kind": kind,
        "now": now,
        "paying": RenewalAttempt.Outcome.PAYING.value,
        "declined": RenewalAttempt.Outcome.DECLINED.value,
    }
    return insert_rows(
        DigestLine,
        _line(),
        ATTEMPTS + ADMINISTRATOR + where(LATELY, NOT_IN_A_DIGEST) + IN_ORDER + NOTHING,
        {**values, "run": uuid4().hex},
    )


def insert_digests(*, kind: str, program: str, now: datetime) -> int:
    """Queue a message for each digest whose lines were written at this instant."""
    return insert_rows(
        OutboxMessage,
        message_row(subject="d.digest", recipient="au.email")
        | {"practice_id": "d.practice_id"},
        DIGESTS + where("TRUE") + NOTHING,
        {"kind": kind, "program": program, "now": now},
    )


def insert_lost_due_digests(
    *, kind: str, program: str, spans: Sequence[Span], since: datetime, now: datetime
) -> int:
    """Queue anew the digests that nobody got and that are due; return how many.

    Those made since an instant are looked through.
    """
    days, values = _days(spans)
    return _insert_lost(
        f"({days})",
        NOT_RENEWED,
        values={**values, "kind": kind, "program": program, "since": since, "now": now},
    )


def insert_lost_attempt_digests(
    *, kind: str, program: str, since: datetime, now: datetime
) -> int:
    """Queue anew what auto-renewal did and nobody got; return how many digests."""
    return _insert_lost(
        STILL_SAID,
        values={
            "kind": kind,
            "program": program,
            "since": since,
            "now": now,
            "renewed": RenewalAttempt.Outcome.RENEWED.value,
        },
    )


def _insert_lost(*conditions: str, values: Values) -> int:
    """Let what was dropped wait anew; a corrected address gets a message of its own."""
    found = LOST + SPONSOR + ADMINISTRATOR + where(IS_LOST, *conditions)
    return insert_rows(
        OutboxMessage,
        message_row(subject="d.digest", recipient="d.email")
        | {"practice_id": "d.practice_id"},
        f" FROM (SELECT DISTINCT l.digest, l.practice_id, au.email {found}) d"
        + where(not_told("d.digest", "d.email"))
        + ANEW,
        {**values, **STATES},
    )


def message_row(*, subject: str, recipient: str) -> dict[str, str]:
    """Write the columns of a message that is due at once.

    Its words are put together when it leaves (config/composers.py).
    """
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
        "digest": id_made_of("%(run)s", "a.practice_id"),
        "at": "%(now)s",
    }


def _terms(program: str, spans: Sequence[Span]) -> tuple[str, dict[str, Any]]:
    """Write where the terms come from, with the values of the spans."""
    days, values = _days(spans)
    return TERMS.replace("{spans}", days), {**values, "program": program}


def _days(spans: Sequence[Span]) -> tuple[str, dict[str, Any]]:
    """Write that a term ends in one of the spans, with their values."""
    values: dict[str, Any] = {}
    days = []
    for place, span in enumerate(spans):
        days.append(f"last_on BETWEEN %(first{place})s AND %(last{place})s")
        values |= {f"first{place}": span.first, f"last{place}": span.last}
    return " OR ".join(days), values


def not_told(subject: str, address: str) -> str:
    """Write that a message about a subject told nobody yet, at whatever address."""
    return NOT_TOLD.replace("{subject}", subject).replace("{address}", address)


def where(*conditions: str) -> str:
    """Write that all of the conditions hold."""
    return f" WHERE {' AND '.join(conditions)}"
