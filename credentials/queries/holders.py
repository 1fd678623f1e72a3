"""How many hold each credential of a body and how they stand, on any number of days.

One statement, whatever the number of people and days. `held` and `begun` are the rules
of who is counted; `standing_of` says the same of one row, for lists and files.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict, cast

from django.db import connection
from django.db.models import (
    Case,
    CharField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from accounts.models import Member
from credentials.models import Certification, StandingPeriod

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Stood(TypedDict):
        """How the holder stands on the day."""

        standing: str

    Standing = WithAnnotations[Certification, Stood]
else:
    Standing = Certification

EXPIRED, NONE = "expired", "none"
Holders = Counter[tuple[date, str, str]]
"""How many by day, credential and standing."""

# Of a credential earned again the newest counts (`again_on`). One that its holder let
# expire, and did not earn again with another (`later_on`), stays expired (N8). Lines of
# no standing count everybody; who isn't in any other has no standing yet. Each day is
# a column.
#
# What has an OFFSET is looked up by an index, once a person: a standing is recorded
# anew with each change, and only the newest recording is read.
STATEMENT = """
WITH held AS (
  SELECT c.id, c.member_id, c.code, c.earned_on,
         MIN(c.earned_on) OVER (
           PARTITION BY c.member_id, c.code ORDER BY c.nth
           ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS again_on,
         MIN(c.earned_on) OVER (
           PARTITION BY c.member_id ORDER BY c.earned_on
           GROUPS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS later_on
    FROM ({certifications}) c),
newest AS MATERIALIZED (
  SELECT m.member_id,
         (SELECT n.recording FROM credentials_standingperiod n
           WHERE n.member_id = m.member_id AND n.program = %s
           ORDER BY n.recording DESC LIMIT 1 OFFSET 0) AS recording
    FROM (SELECT DISTINCT member_id FROM held) m),
known AS (
  SELECT p.member_id, p.standing, p.from_on,
         LEAD(p.from_on) OVER (PARTITION BY p.member_id ORDER BY p.from_on) AS until_on
    FROM newest n JOIN credentials_standingperiod p
      ON p.member_id = n.member_id AND p.program = %s AND p.recording = n.recording
   WHERE p.from_on <= %s),
stays AS (
  SELECT h.id, MIN(k.from_on) AS expired_on
    FROM held h JOIN known k
      ON k.member_id = h.member_id AND k.standing = 'expired'
     AND k.from_on > h.earned_on
   WHERE h.later_on IS NOT NULL
   GROUP BY h.id)
SELECT h.code, '' AS standing, {everybody} FROM held h GROUP BY h.code
UNION ALL
SELECT h.code, 'expired', {staying}
  FROM held h JOIN stays s ON s.id = h.id GROUP BY h.code
UNION ALL
SELECT h.code, k.standing, {standing}
  FROM held h JOIN known k ON k.member_id = h.member_id
  LEFT JOIN stays s ON s.id = h.id
 WHERE k.until_on IS NULL OR k.until_on > %s
 GROUP BY h.code, k.standing
"""
IS_HELD = "h.earned_on <= {day} AND (h.again_on IS NULL OR h.again_on > {day})"
STAYS = "h.later_on <= {day} AND s.expired_on <= {day}"
STANDS = (
    "k.from_on <= {day} AND (k.until_on IS NULL OR k.until_on > {day})"
    " AND (s.expired_on IS NULL OR h.later_on > {day} OR s.expired_on > {day})"
)


def held(program: str, until: date) -> QuerySet[Certification]:
    """Find credentials earned by a day, of people who go by their own record."""
    aside = Member.objects.filter(pk=OuterRef("member"), joined_to__isnull=False)
    return Certification.objects.filter(
        ~Exists(aside), program=program, earned_on__lte=until
    )


def holders_on(
    program: str, days: Sequence[date], *, named: Q | None = None
) -> Holders:
    """Count who holds what and how they stand, on each of some days (R6).

    Args:
        program: the body.
        days: at least one, in order; those ahead are as if nobody did anything.
        named: which people, as a condition on certifications; everybody without it.
    """
    first, last = days[0], days[-1]
    rows = held(program, last).filter(named or Q()).order_by()
    inner, values = rows.values(
        "id", "member_id", "code", "nth", "earned_on"
    ).query.sql_with_params()
    parts = {
        "everybody": _columns(IS_HELD, days),
        "staying": _columns(f"{IS_HELD} AND {STAYS}", days),
        "standing": _columns(f"{IS_HELD} AND {STANDS}", days),
    }
    # The parts are this module's own; days and what is looked for are given.
    statement = STATEMENT.format(certifications=inner, **parts)
    given = [*values, program, program, last, first]
    with connection.cursor() as cursor:
        cursor.execute(statement, [_adapted(each) for each in given])
        found = cursor.fetchall()
    return _counted(found, days)


def _columns(condition: str, days: Sequence[date]) -> str:
    """Count, in a column for each day, what fulfils a condition on it."""
    return ", ".join(
        f"SUM(CASE WHEN {condition.format(day=_day(day))} THEN 1 ELSE 0 END)"
        for day in days
    )


def _day(day: date) -> str:
    """Spell a day in the statement; it is no text of anybody's."""
    plain = f"'{day.isoformat()}'"
    return f"date {plain}" if connection.vendor == "postgresql" else plain


def _adapted(value: Any) -> Any:  # noqa: ANN401  (whatever a condition holds)
    adapt = connection.ops.adapt_datefield_value
    return adapt(value) if isinstance(value, date) else value


def _counted(
    found: Sequence[tuple[str, str, *tuple[int | None, ...]]], days: Sequence[date]
) -> Holders:
    counts: Holders = Counter()
    for code, standing, *numbers in found:
        for day, number in zip(days, numbers, strict=True):
            # Whoever has no standing is what is left of everybody.
            counts[day, code, standing or NONE] += number or 0
            if standing:
                counts[day, code, NONE] -= number or 0
    return +counts


def standing_of(
    found: QuerySet[Certification], program: str, on: date
) -> "QuerySet[Standing]":
    """Keep, of held credentials, those of a day, each with how its holder stands."""
    of_member = {"member": OuterRef("member"), "program": program}
    known = StandingPeriod.objects.filter(**of_member)
    begun = known.filter(from_on__lte=on).order_by("-recording", "-from_on")
    ended = known.filter(
        recording=Subquery(
            StandingPeriod.objects.filter(
                member=OuterRef("member"), program=OuterRef("program")
            )
            .order_by("-recording")
            .values("recording")[:1]
        ),
        standing=EXPIRED,
        from_on__gt=OuterRef("earned_on"),
        from_on__lte=on,
    )
    # Few earn another later: of them alone it is asked what had ended before.
    earned = Certification.objects.filter(**of_member, earned_on__lte=on)
    later = earned.filter(earned_on__gt=OuterRef("earned_on"))
    again = earned.filter(code=OuterRef("code"), nth__gt=OuterRef("nth"))
    stood = found.filter(~Exists(again)).annotate(
        standing=Case(
            When(Exists(later) & Exists(ended), then=Value(EXPIRED)),
            default=Coalesce(Subquery(begun.values("standing")[:1]), Value(NONE)),
            output_field=CharField(),
        )
    )
    return cast("QuerySet[Standing]", stood)
