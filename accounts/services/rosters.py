"""A roster is checked, which changes nobody, and then its import is asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import Practice, RosterImport, Sponsorship
from accounts.services.roster_columns import (
    match_columns,
    missing_columns,
    taken_twice,
    values_of,
)
from accounts.services.roster_rows import Fate, Listed, Register
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotUsable, Stale
from core.work import hasten

TASK = "accounts.tasks.import_roster"
State = RosterImport.State
LISTED = (
    *("pk", "program", "external_id", "job_role", "renewal_mode", "member_id"),
    *("member__first_name", "member__last_name", "member__email"),
    "member__user__email",
)
Rows = Sequence[tuple[int, Sequence[str]]]


@transaction.atomic
def check_roster(
    *,
    actor: Actor,
    practice: Practice,
    program: str,
    name: str,
    rows: Rows,
    columns: Mapping[str, int] | None = None,
    renewals: Mapping[UUID, date],
    now: datetime,
) -> RosterImport:
    """Keep a roster with what its rows would do; nobody on the list changes.

    What was checked before and not imported ends.

    Args:
        rows: as read, each with its number in the file; the first names the columns.
        columns: field → place of its column; without it they are found by their names.
        renewals: the renewal dates of the practice's people in the program, to compare.

    Raises:
        NotUsable: a column that is needed is missing, or one is chosen twice.
    """
    matched = match_columns(rows[0][1]) if columns is None else dict(columns)
    if columns is not None:
        _check_columns(matched)
    missing = missing_columns(matched)
    fates = [] if missing else _fates(practice, program, rows[1:], matched, renewals)
    RosterImport.objects.of(practice).filter(state=State.CHECKED).update(
        state=State.REPLACED, ended_at=now, **emptied()
    )
    good = [each for each in fates if not each.problems]
    roster = RosterImport.objects.create(
        practice=practice,
        program=program,
        name=name[:200],
        columns=matched,
        cells=[list(each) for each in rows],
        rows=[[each.row, dict(each.values)] for each in good],
        problems=[asdict(each) for fate in fates for each in fate.problems],
        notes=[asdict(each) for fate in fates for each in fate.notes],
        row_count=len(rows) - 1,
        new=sum(each.is_new for each in good),
        changed=sum(bool(each.changes) for each in good),
        bad=len(fates) - len(good),
        state=State.CHECKED,
        by=actor.label[:200],
        user_id=actor.user_id,
        token_id=actor.token_id,
        at=now,
    )
    record(
        actor=actor,
        action="roster.checked",
        subject=roster,
        practice_id=practice.pk,
        program=program,
        sentence=f"Checked {roster.name}. Rows: {roster.row_count}, "
        f"with problems: {roster.bad}",
        now=now,
    )
    return roster


@transaction.atomic
def start_import(
    *, actor: Actor, roster: RosterImport, whole: bool, invite: bool, now: datetime
) -> None:
    """Have the worker import a checked roster.

    Args:
        whole: save nothing unless every row can be saved.
        invite: mail everybody who is new an invitation to an account.

    Raises:
        NotUsable: rows have problems and all or nothing was asked for.
        Stale: it was started or replaced already, or another import is running.
    """
    if whole and roster.bad:
        text = "Some rows have problems. Mend the file, or choose to import the others."
        raise NotUsable(text, [FieldProblem("whole", text)])
    mine = RosterImport.objects.filter(pk=roster.pk, state=State.CHECKED)
    try:
        with transaction.atomic():
            started = mine.update(
                state=State.IMPORTING,
                whole=whole,
                invite=invite,
                by=actor.label[:200],
                user_id=actor.user_id,
                token_id=actor.token_id,
            )
    except IntegrityError as error:
        text = "Another import is running. Start this one when it is done."
        raise Stale(text) from error
    if not started:
        raise Stale("This file was started or replaced already. Nothing was done.")
    record(
        actor=actor,
        action="roster.started",
        subject=roster,
        practice_id=roster.practice_id,
        program=roster.program,
        sentence=f"Started the import of {roster.name}",
        changes={"whole": (None, whole), "invite": (None, invite)},
        now=now,
    )
    hasten(TASK, str(roster.pk))


def listed(
    practice: Practice, program: str, renewals: Mapping[UUID, date]
) -> list[Listed]:
    """Give everybody on a practice's list, in one statement whatever their number."""
    open_now = Sponsorship.objects.of(practice).open()
    # Values, not rows: an import of 10,000 asks for the list with each batch.
    found = open_now.order_by("pk").values_list(*LISTED)
    here: dict[UUID, Listed] = {}
    elsewhere: dict[UUID, Listed] = {}
    for pk, of, external_id, role, mode, member_id, *person in found:
        first, last, email, account = person
        each = Listed(
            member_id=member_id,
            sponsorship_id=pk if of == program else None,
            name=f"{first} {last}".strip(),
            email=email or account or "",
            external_id=external_id if of == program else "",
            role=role,
            renewal_mode=mode,
            renewal_on=renewals.get(member_id),
        )
        (here if of == program else elsewhere)[member_id] = each
    return [*(elsewhere | here).values()]


def _fates(
    practice: Practice,
    program: str,
    rows: Rows,
    matched: Mapping[str, int],
    renewals: Mapping[UUID, date],
) -> list[Fate]:
    register = Register(listed(practice, program, renewals))
    return [register.fate(number, values_of(cells, matched)) for number, cells in rows]


def _check_columns(matched: Mapping[str, int]) -> None:
    missing = missing_columns(matched)
    twice = taken_twice(matched)
    problems = [
        FieldProblem("columns", f"Choose the column of {name.lower()}.")
        for name in missing
    ] + [
        FieldProblem("columns", f"{name} has a column that is chosen already.")
        for name in twice
    ]
    if problems:
        raise NotUsable(problems[0].text, problems)


def emptied() -> dict[str, list[object]]:
    """What a roster keeps of its file once it is over: nothing."""
    return {name: [] for name in ("cells", "rows", "problems", "notes")}
