"""Activities as the API lists them, behind each door: six statements at any size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import F, OrderBy, Prefetch, Q, QuerySet

from accounts.access import Door, OwnDoor, PracticeDoor, StaffDoor
from accounts.models import Member
from accounts.queries import sponsor_of
from ce_credits.models import Activity, ActivityStep, Proof
from ce_credits.queries import Alike
from core.failures import Missing, NotEligible, Refusal
from core.paging import Page, Rows, take
from portal.queries.activity_alike import alike_among
from portal.queries.narrowing import MEMBER_NAME, every_word

ORDERINGS: Mapping[str, tuple[str | OrderBy, ...]] = {
    "created_at": ("created_at", "pk"),
    "-created_at": ("-created_at", "-pk"),
    "on": (F("on").asc(nulls_last=True), "created_at", "pk"),
    "-on": (F("on").desc(nulls_last=True), "-created_at", "-pk"),
    "submitted_at": (F("submitted_at").asc(nulls_last=True), "pk"),
    "-submitted_at": (F("submitted_at").desc(nulls_last=True), "-pk"),
}
LOOKED_UP = {
    "program": "program",
    "member": "member",
    "status": "state",
    "year": "on__year",
    "on_after": "on__gt",
    "on_before": "on__lt",
}


@dataclass(frozen=True)
class Reported:
    """An activity with all that is told of it; `theirs` is whose door it came by.

    `alike` are others behind the door that may be the same, reported twice.
    """

    row: Activity
    proofs: Sequence[Proof]
    theirs: bool
    alike: Sequence[Alike] = ()

    @property
    def writing(self) -> bool:
        """Whether what is typed into it is shown: to whoever writes it alone."""
        return self.theirs and self.row.state in Activity.OPEN


def reported(
    door: Door, asked: Mapping[str, Any], page: Page, *, ordering: str
) -> Rows[Reported]:
    """List activities behind a door.

    Args:
        asked: what to keep; of the names in `LOOKED_UP`, and `q` for words that all
            stand in the title, the provider or the member's name.

    Raises:
        Missing: the page stands behind the last one.
    """
    found = _behind(door).filter(
        **{LOOKED_UP[name]: each for name, each in asked.items() if name in LOOKED_UP}
    )
    found = found.filter(
        every_word(asked.get("q", ""), "title", "provider", *MEMBER_NAME)
    )
    rows = take(found.order_by(*ORDERINGS[ordering]), page, "pk")
    ids = [row["pk"] for row in rows.rows]
    whole = {row.row.pk: row for row in _whole(door, ids)}
    return Rows(rows.count, [whole[pk] for pk in ids])


def one_reported(door: Door, activity_id: UUID) -> Reported:
    """Find one activity behind a door.

    Raises:
        Missing: there is none.
    """
    ids = _behind(door).filter(pk=activity_id).values_list("pk", flat=True)
    for found in _whole(door, list(ids)):
        return found
    raise Missing("Not found.")


def one_proof(door: Door, activity_id: UUID, proof_id: UUID) -> Proof:
    """Find one proof of an activity behind a door.

    Raises:
        Missing: there is none.
    """
    found = _proofs(door).filter(pk=proof_id, activity=activity_id)
    proof = found.filter(activity__in=_behind(door).values("pk")).first()
    if proof is None:
        raise Missing("Not found.")
    return proof


def check_may_write(door: Door, found: Reported) -> None:
    """Hold that whoever came in may write in an activity that stands before them.

    A holder may, in their own. A practice may in what it reports for somebody it stands
    for, not in what its people reported themselves.

    Raises:
        Refusal: somebody else reported it.
        NotEligible: the practice no longer stands for the member.
    """
    member = found.row.member
    if not found.theirs:
        raise Refusal(f"Your practice didn't report this for {member.name}.")
    if not isinstance(door, PracticeDoor):
        return
    if sponsor_of(member, found.row.program) != door.practice.pk:
        text = f"{door.practice} does not stand for {member.name} any more."
        raise NotEligible(text)


def member_to_report_for(
    door: PracticeDoor, member_id: UUID, program: str
) -> Member | None:
    """Find the member whom the practice sponsors in a program today."""
    return (
        Member.objects.of(door.practice)
        .filter(
            pk=member_id,
            sponsorships__practice=door.practice,
            sponsorships__program=program,
            sponsorships__until_on=None,
        )
        .first()
    )


def _behind(door: Door) -> QuerySet[Activity]:
    """Open the rows of a door; somebody's unfinished writing is theirs alone."""
    if isinstance(door, OwnDoor):
        return Activity.objects.visible_to(door.member)
    sent_in = Q(submitted_at__isnull=False)
    if isinstance(door, StaffDoor):
        return Activity.objects.of_program(door.program).filter(sent_in)
    if isinstance(door, PracticeDoor):
        mine = Q(practice=door.practice)
        return Activity.objects.of(door.practice).filter(mine | sent_in)
    raise TypeError(f"{door} opens on no activities")


def _proofs(door: Door) -> QuerySet[Proof]:
    if isinstance(door, OwnDoor):
        return Proof.objects.visible_to(door.member).there()
    if isinstance(door, StaffDoor):
        return Proof.objects.of_program(door.program)
    if isinstance(door, PracticeDoor):
        return Proof.objects.of(door.practice).there()
    raise TypeError(f"{door} opens on no proofs")


def _whole(door: Door, ids: Sequence[UUID]) -> list[Reported]:
    rows = (
        Activity.objects.filter(pk__in=ids)
        .select_related("member", "catalogue_item")
        .prefetch_related(
            "steps", "awards", Prefetch("proofs", _proofs(door), to_attr="shown_proofs")
        )
    )
    found = [
        Reported(row, getattr(row, "shown_proofs"), _is_theirs(door, row))  # noqa: B009
        for row in rows
    ]
    return _with_alike(door, found)


def _with_alike(door: Door, found: Sequence[Reported]) -> list[Reported]:
    """Name beside each what may be the same, as far as whoever came in sees it."""
    rows = [each.row for each in found]
    written = [each.row.pk for each in found if each.writing]
    alike = alike_among(rows, written, _behind(door))
    return [replace(each, alike=alike.get(each.row.pk, ())) for each in found]


def _is_theirs(door: Door, activity: Activity) -> bool:
    """Say whether whoever came in reports the activity."""
    if isinstance(door, OwnDoor):
        return True
    if not isinstance(door, PracticeDoor) or activity.practice_id != door.practice.pk:
        return False
    first = next(iter(activity.steps.all()), None)
    if first is None:
        return True
    own = activity.member.user_id
    by_holder = own is not None and first.user_id == own
    return first.kind == ActivityStep.Kind.SUBMITTED and not by_holder
