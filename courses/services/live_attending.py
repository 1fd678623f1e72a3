"""Who was there: by a list that staff upload, or by the code at the door (M4)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.own_record import OWN_RECORD, is_own_record, refuse_own_record
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotEligible, NotUsable
from core.plain_names import plain_name
from core.sealing import unseal
from core.turns import take_turn
from courses.models import LiveActivity, LiveAttendance, LiveRegistration
from courses.queries.live import facts_of_live
from courses.rules.live import same_code
from courses.services.live_merging import note_on_kept
from credentials.policy import day_words

COLUMNS: Mapping[str, str] = {
    "email": "email",
    "e-mail": "email",
    "mail": "email",
    "e-mail address": "email",
    "email address": "email",
    "first name": "first",
    "firstname": "first",
    "first": "first",
    "last name": "last",
    "lastname": "last",
    "last": "last",
}
SHOWN = {"email": "E-mail", "first": "First name", "last": "Last name"}
NO_COLUMNS = (
    "The first line must name the column E-mail, or the columns First name and Last "
    "name."
)
NAME_SOMEBODY = "Enter both names, or the e-mail address."
WRONG_DOOR = "This is not the code at the door. Look at it again, then type it anew."
Cells = Mapping[str, str]


@dataclass(frozen=True)
class ListProblem:
    """What is wrong with a row: its number as a spreadsheet counts, and the way out."""

    row: int
    column: str
    text: str


@dataclass(frozen=True)
class ListChecked:
    """What a list would do: who is noted, who is already, which rows can't be used."""

    found: Sequence[LiveRegistration]
    known: Sequence[LiveRegistration]
    problems: Sequence[ListProblem]


def check_list(
    *, actor: Actor, live: LiveActivity, rows: Sequence[tuple[int, Sequence[str]]]
) -> ListChecked:
    """Say whom a list names among those registered; nothing is written.

    Args:
        actor: staff, who are nobody to note their own attendance.
        live: whose list it is.
        rows: the rows with their numbers; the first names the columns.

    Raises:
        NotUsable: it lacks a column that says who was there.
    """
    heads = _heads(rows[0][1] if rows else ())
    registered = _Registered(live)
    found: dict[UUID, LiveRegistration] = {}
    lines: dict[UUID, int] = {}
    problems: list[ListProblem] = []
    for number, cells in rows[1:]:
        named = {
            name: " ".join(cells[at].split()) if at < len(cells) else ""
            for name, at in heads.items()
        }
        if not any(named.values()):
            continue
        try:
            row = registered.named(named)
            _check_other(actor, row, lines)
        except _RowError as fault:
            problems.append(ListProblem(number, SHOWN[fault.column], fault.text))
            continue
        found[row.pk], lines[row.pk] = row, number
    known = _attended(found)
    return ListChecked(
        [row for pk, row in found.items() if pk not in known],
        [row for pk, row in found.items() if pk in known],
        problems,
    )


@transaction.atomic
def note_attendance(
    *,
    actor: Actor,
    live: LiveActivity,
    registration_ids: Collection[UUID],
    today: date,
    now: datetime,
) -> int:
    """Note that these were there; whoever is noted already stays as they are.

    Returns:
        How many were noted.

    Raises:
        NotEligible: it has not begun or is cancelled, or one is the actor's own.
    """
    check_begun(live, today)
    take_turn(f"live {live.pk}")
    rows = LiveRegistration.objects.of_program(live.program).standing()
    rows = rows.filter(live=live, pk__in=registration_ids, attendance=None)
    rows = rows.select_for_update(of=("self",), no_key=True).order_by("pk")
    waiting = list(rows.select_related("member", "live"))
    for row in waiting:
        refuse_own_record(actor, row.member)
    for row in waiting:
        _note(actor, row, LiveAttendance.How.LIST, today, now)
    note_on_kept(live, waiting)
    return len(waiting)


@transaction.atomic
def attend_at_door(
    *,
    actor: Actor,
    registration: LiveRegistration,
    typed: str,
    today: date,
    now: datetime,
) -> LiveAttendance:
    """Note that somebody typed the code shown at the door; again gives the first.

    Call it only within the limits on how often a code may be tried.

    Raises:
        NotEligible: they have no place, no session is today, or it is cancelled.
        NotUsable: it is another code.
    """
    rows = LiveRegistration.objects.select_related("live")
    row = rows.select_for_update(of=("self",), no_key=True).get(pk=registration.pk)
    if known := LiveAttendance.objects.filter(registration=row).first():
        return known
    if row.place is None:
        raise NotEligible("You cancelled your registration.")
    check_begun(row.live, today)
    if today not in {each.day for each in facts_of_live(row.live).sessions}:
        raise NotEligible("The code at the door works on the days of its sessions.")
    if not same_code(typed, unseal(row.live.door_code)):
        raise NotUsable(WRONG_DOOR, [FieldProblem("door_code", WRONG_DOOR)])
    return _note(actor, row, LiveAttendance.How.DOOR, today, now)


def check_begun(live: LiveActivity, today: date) -> None:
    """Hold that somebody can have been there.

    Raises:
        NotEligible: it is no day of it yet, or it is cancelled.
    """
    if live.cancelled_at is not None or live.published_at is None:
        raise NotEligible("This activity is not held.")
    if today < live.first_on:
        raise NotEligible(f"It begins on {day_words(live.first_on)}.")


def _note(
    actor: Actor,
    row: LiveRegistration,
    how: LiveAttendance.How,
    today: date,
    now: datetime,
) -> LiveAttendance:
    made = LiveAttendance.objects.create(
        registration=row, how=how, by=actor.label[:200], on=today, at=now
    )
    record(
        actor=actor,
        action="live.attended",
        subject=made,
        member_id=row.member_id,
        program=row.program,
        sentence=f"{row} was at {row.live.title}"[:400],
        now=now,
    )
    return made


class _RowError(Exception):
    """A row of a list names nobody: which column, and what helps."""

    def __init__(self, column: str, text: str) -> None:
        super().__init__(text)
        self.column, self.text = column, text


class _Registered:
    """Who registered for an activity, found by address or by name."""

    def __init__(self, live: LiveActivity) -> None:
        rows = LiveRegistration.objects.of_program(live.program).standing()
        rows = rows.filter(live=live).select_related("member", "live")
        self.by_email: dict[str, list[LiveRegistration]] = {}
        self.by_name: dict[str, list[LiveRegistration]] = {}
        for row in rows:
            if row.email:
                self.by_email.setdefault(row.email.lower(), []).append(row)
            name = plain_name(row.last_name, row.first_name)
            self.by_name.setdefault(name, []).append(row)

    def named(self, cells: Cells) -> LiveRegistration:
        """Find whom a row names: by address where it has one, else by both names."""
        email, first, last = (cells.get(each, "") for each in SHOWN)
        if email:
            found, column = self.by_email.get(email.lower(), []), "email"
        elif first and last:
            found, column = self.by_name.get(plain_name(last, first), []), "last"
        else:
            missing = "first" if last else "last"
            raise _RowError(missing if first or last else "email", NAME_SOMEBODY)
        if len(found) == 1:
            return found[0]
        if found:
            raise _RowError(
                column, "Several registered so. Tick the right one in the list below."
            )
        raise _RowError(column, _unregistered(email or f"{first} {last}"))


def _unregistered(who: str) -> str:
    return (
        f"{who[:80]} is not registered, so no attendance is noted. Look in the list "
        "below whether they registered under another name or address, and tick them."
    )


def _check_other(
    actor: Actor, row: LiveRegistration, lines: Mapping[UUID, int]
) -> None:
    if is_own_record(actor.user_id, row.member):
        raise _RowError("email" if row.email else "last", OWN_RECORD)
    if row.pk in lines:
        raise _RowError("email", f"This person stands in row {lines[row.pk]} already.")


def _heads(cells: Sequence[str]) -> Mapping[str, int]:
    heads: dict[str, int] = {}
    for name, at in _known(cells):
        if name in heads:
            text = f"The first line names {SHOWN[name]} twice."
            raise NotUsable(text, [FieldProblem("file", text)])
        heads[name] = at
    if "email" not in heads and not {"first", "last"} <= heads.keys():
        raise NotUsable(NO_COLUMNS, [FieldProblem("file", NO_COLUMNS)])
    return heads


def _known(cells: Sequence[str]) -> Iterator[tuple[str, int]]:
    for at, cell in enumerate(cells):
        name = COLUMNS.get(" ".join(cell.replace("_", " ").lower().split()))
        if name:
            yield name, at


def _attended(found: Mapping[UUID, LiveRegistration]) -> set[UUID]:
    rows = LiveAttendance.objects.filter(registration__in=found)
    return set(rows.values_list("registration", flat=True))
