"""Staff keep filters of a list under a name, for all who work on it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, Missing, NotUsable
from portal.models import SavedView

LONGEST, LONGEST_QUERY = 60, 1000
# More than fit beside a list help nobody to find one.
MOST = 20


@dataclass(frozen=True)
class View:
    """Filters to keep.

    Args:
        place: the list, of `SavedView.Place`.
        name: what the view is called.
        query: the end of the list's address, as the list itself spells it.
    """

    place: str
    name: str
    query: str


def save_view(*, actor: Actor, program: str, view: View, now: datetime) -> SavedView:
    """Keep a view; the same again changes nothing.

    Raises:
        NotUsable: it has no name or no filters, the name or the filters are kept
            already, or there are too many.
    """
    name = " ".join(view.name.split())
    if problem := _unusable(name, view):
        raise NotUsable(problem.text, [problem])
    kept = SavedView.objects.of_list(program, view.place)
    if there := kept.filter(name=name, query=view.query).first():
        return there
    row = SavedView(
        program=program,
        place=view.place,
        name=name,
        query=view.query,
        saved_by=actor.label,
        saved_at=now,
    )
    with transaction.atomic():
        if kept.count() >= MOST:
            text = f"There are {MOST} saved views. Remove one first."
            raise NotUsable(text, [FieldProblem("name", text)])
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            return _there_already(kept.filter(name=name).first(), row)
        record(
            actor=actor,
            action="view.saved",
            subject=row,
            program=program,
            sentence=f"Saved the view “{name}”",
            now=now,
        )
    return row


def _unusable(name: str, view: View) -> FieldProblem | None:
    if not name:
        return FieldProblem("name", "Give the view a name.")
    if len(name) > LONGEST:
        return FieldProblem("name", f"Use at most {LONGEST} characters.")
    if not view.query:
        return FieldProblem("name", "Choose a filter first, then save the view.")
    if len(view.query) > LONGEST_QUERY:
        text = "These filters are too long to be saved. Shorten the search."
        return FieldProblem("name", text)
    return None


def _there_already(same_name: SavedView | None, row: SavedView) -> SavedView:
    if same_name is not None and same_name.query == row.query:
        return same_name
    text = f"There is a view called “{row.name}” already. Choose another name."
    if same_name is None:
        text = "These filters are saved already, under another name."
    raise NotUsable(text, [FieldProblem("name", text)])


@transaction.atomic
def remove_view(
    *, actor: Actor, program: str, place: str, view_id: UUID, now: datetime
) -> str:
    """Remove a view of a list; what it showed stays as it is.

    Returns:
        What it was called.

    Raises:
        Missing: the body has no such view of the list, or not any more.
    """
    rows = SavedView.objects.of_list(program, place).select_for_update()
    row = rows.filter(pk=view_id).first()
    if row is None:
        raise Missing("Not found.")
    record(
        actor=actor,
        action="view.removed",
        subject=row,
        program=program,
        sentence=f"Removed the view “{row.name}”",
        now=now,
    )
    row.delete()
    return row.name
