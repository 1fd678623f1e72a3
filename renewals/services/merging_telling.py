"""What is said of a merge: in each trail, and to both addresses."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from accounts.models import Duplicate, Member, Sponsorship, User
from core.actor import Actor
from core.audit import record
from core.outbox import tell
from core.scope import Scope, stepping_into

MERGED, PARTED, NOT_MERGED = "accounts_merged", "accounts_parted", "accounts_not_merged"

State = Duplicate.State


@dataclass(frozen=True)
class When:
    """Who acts, on which day in the body's zone, at which instant."""

    actor: Actor
    today: date
    now: datetime


@dataclass(frozen=True)
class Pair:
    """The two records of a merge, locked."""

    kept: Member
    given_up: Member

    @property
    def ids(self) -> tuple[UUID, UUID]:
        """The kept record's id, then the other's."""
        return self.kept.pk, self.given_up.pk


def note(row: Duplicate, pair: Pair, when: When) -> None:
    """Write one entry in each trail: of each body, of each practice that sponsors."""
    undone = row.state == State.UNDONE
    did = "Undid merging" if undone else "Merged"
    sentence = (
        f"{did} the account of {pair.given_up.name} into that of {pair.kept.name}"
    )
    now = None, f"{pair.given_up.pk} to {pair.kept.pk}"
    trails: list[tuple[str, UUID | None]] = []
    for program in sorted({*row.moved["rows"], row.program}):
        moved = row.moved["rows"].get(program, {})
        ids = moved.get(Sponsorship._meta.label_lower, [])
        with stepping_into(Scope.staff(program)):
            open_ = Sponsorship.objects.open().filter(pk__in=ids)
            practices = sorted(set(open_.values_list("practice", flat=True)))
        trails += [(program, None), *((program, each) for each in practices)]
    for program, practice_id in trails:
        with stepping_into(Scope.staff(program)):
            record(
                actor=when.actor,
                action="accounts.parted" if undone else "accounts.merged",
                subject=row,
                practice_id=practice_id,
                member_id=pair.kept.pk,
                program=program,
                sentence=sentence,
                changes={"joined_to": (now[1], now[0]) if undone else now},
                reason=row.reason if undone else row.ground,
                now=when.now,
            )


def tell_both(row: Duplicate, pair: Pair, now: datetime) -> None:
    """Write to both addresses: whoever it was done to by mistake reads it too."""
    kind = PARTED if row.state == State.UNDONE else MERGED
    both = ((pair.kept.user_id, pair.kept), (row.given_up_user_id, pair.given_up))
    ids = [user_id for user_id, _ in both if user_id]
    with stepping_into(Scope.entry()):
        addresses = dict(User.objects.filter(pk__in=ids).values_list("pk", "email"))
    for user_id, member in both:
        if user_id in addresses:
            closed = member is pair.given_up
            _letter(kind, row, addresses[user_id], member.name, now, closed=closed)


def tell_refused(row: Duplicate, now: datetime) -> None:
    """Tell whoever reported them that their accounts stay two, and why."""
    if row.member.written_to:
        _letter(NOT_MERGED, row, row.member.written_to, row.member.name, now)


def _letter(
    kind: str,
    row: Duplicate,
    to: str,
    name: str,
    now: datetime,
    *,
    closed: bool = False,
) -> None:
    tell(
        kind=kind,
        subject_id=row.pk,
        recipient=to,
        payload={
            "name": name,
            "closed": closed,
            "reason": row.reason,
            "url": f"{settings.BASE_URL}{reverse('my_duplicate')}",
        },
        program=row.program,
        now=now,
    )
