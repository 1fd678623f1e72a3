"""A file of completions is checked, which changes nobody; taking it in comes after."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from ce_credits.models import FeedDelivery
from ce_credits.rules import Completion
from ce_credits.services.feed_judging import Register
from ce_credits.services.feeding import check_source
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotUsable

# Column → the completion's field.
COLUMNS: Mapping[str, str] = {
    "certification_no": "number",
    "email": "email",
    "first_name": "first_name",
    "last_name": "last_name",
    "activity_code": "code",
    "completed_on": "completed_on",
    "minutes": "minutes",
}
# How else people spell a column.
ALSO = {"e_mail": "email"}
NEEDED = ("activity_code", "completed_on")
WHO = ("certification_no", "email")
Rows = Sequence[tuple[int, Sequence[str]]]


@transaction.atomic
def check_feed_file(
    *,
    actor: Actor,
    program: str,
    source: str,
    name: str,
    rows: Rows,
    today: date,
    now: datetime,
) -> FeedDelivery:
    """Keep a file with what would become of its rows; nobody gets anything yet.

    Args:
        source: which learning system or sponsor says so.
        rows: as read, each with its number in the file; the first names the columns.

    Raises:
        NotUsable: nobody says who sends it, or a column is missing or there twice.
    """
    check_source(source)
    sent = completions_in(rows)
    register = Register(program, [each for _, each in sent], today=today)
    problems: list[dict[str, object]] = []
    seen: set[str] = set()
    repeated = 0
    for number, each in sent:
        judged = register.judge(each)
        repeated += judged.repeated or each.key in seen
        if not judged.repeated and each.key not in seen:
            problems += [
                {"row": number, "column": p.field, "code": p.code, "text": p.text}
                for p in judged.problems
            ]
        seen.add(each.key)
    delivery = FeedDelivery.objects.create(
        program=program,
        source=source.strip(),
        name=name[:200],
        rows=[{"row": number, **asdict(each)} for number, each in sent],
        problems=problems,
        count=len(sent),
        repeated=repeated,
        by=actor.label[:200],
        user_id=actor.user_id,
        maker_id=actor.maker_id,
        at=now,
    )
    record(
        actor=actor,
        action="feed.checked",
        subject=delivery,
        program=program,
        sentence=f"Checked {delivery.name} of {delivery.source}: {len(sent)} rows",
        now=now,
    )
    return delivery


def completions_in(
    rows: Rows, *, needed: Sequence[str] = NEEDED
) -> list[tuple[int, Completion]]:
    """Read a file's rows as they were sent, each with its number in the file.

    Args:
        needed: the columns that must be there.

    Raises:
        NotUsable: a column is missing or there twice.
    """
    place = _places(rows[0][1], needed)
    return [(number, _completion(cells, place)) for number, cells in rows[1:]]


def _places(heads: Sequence[str], needed: Sequence[str]) -> dict[str, int]:
    """Find each column by its name, in whatever order they stand.

    Raises:
        NotUsable: one that is needed is missing, or one is there twice.
    """
    plain = [re.sub(r"[^a-z0-9]+", "_", head.strip().lower()) for head in heads]
    plain = [ALSO.get(head, head) for head in plain]
    twice = [name for name in COLUMNS if plain.count(name) > 1]
    if twice:
        raise _no_file(f"The first row names {', '.join(twice)} twice. Keep one.")
    missing = [name for name in needed if name not in plain]
    if missing:
        raise _no_file(
            f"The file has no column {' or '.join(missing)}. The first row has to name "
            f"the columns: {', '.join(COLUMNS)}."
        )
    if not set(WHO) & set(plain):
        raise _no_file(f"The file has no column {' or '.join(WHO)}. Add one of them.")
    return {name: plain.index(name) for name in COLUMNS if name in plain}


def _completion(cells: Sequence[str], place: Mapping[str, int]) -> Completion:
    return Completion(
        **{
            COLUMNS[name]: cells[at].strip() if at < len(cells) else ""
            for name, at in place.items()
        }
    )


def _no_file(text: str) -> NotUsable:
    return NotUsable(text, [FieldProblem("file", text)])
