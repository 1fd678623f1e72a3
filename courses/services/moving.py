"""Who was written to, and moved before the letter left (0003)."""

from typing import TypeVar

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Lower, NullIf

from core.models import OutboxMessage

State = OutboxMessage.State
# Nobody got such a letter.
LOST = (State.VOID, State.DEAD)
Row = TypeVar("Row", bound=Model)


def moved(rows: QuerySet[Row], *, kind: str) -> QuerySet[Row]:
    """Keep whose letters nobody got, and none of them went to the address of now.

    At an address that took none it stays with staff.

    Args:
        rows: what the letters are about, each a `member`'s; all were written of.
        kind: of those letters.
    """
    own = NullIf(OuterRef("member__email"), Value(""))
    letters = OutboxMessage.objects.filter(kind=kind, subject_id=OuterRef("pk"))
    letters = letters.alias(
        to=Lower("recipient"),
        address=Lower(Coalesce(own, OuterRef("member__user__email"))),
    )
    stands = letters.filter(~Q(state__in=LOST) | Q(to=F("address")))
    return rows.filter(~Exists(stands))
