"""Rows about fewer renewals to break guards with, and how to break them."""

from typing import Any
from uuid import uuid4

from accounts.models import Practice, Sponsorship
from credentials.models import LeftOut, SeatChange, Window
from tests.cast import BODY, NOW, TODAY
from tests.db.breaking import Changes


def rows_of_lowering(sponsorship: Sponsorship) -> None:
    """Let a practice renew one fewer and leave somebody out."""
    change = a_change(sponsorship.practice, sequence=1)
    LeftOut.objects.create(
        change=change,
        practice=sponsorship.practice,
        program=BODY,
        member=sponsorship.member,
        sponsorship=sponsorship,
        window=Window.objects.filter(member=sponsorship.member)[0],
        from_on=TODAY,
        at=NOW,
    )


def a_change(practice: Practice, *, sequence: int) -> SeatChange:
    """A decrease from 1 to 0."""
    return SeatChange.objects.create(
        practice=practice,
        program=BODY,
        sequence=sequence,
        before=1,
        after=0,
        given_up=0,
        used=0,
        effective_on=TODAY,
        form_key=uuid4().hex,
        by="tests",
        on=TODAY,
        at=NOW,
    )


BREACHES: dict[str, tuple[type[Any], Changes]] = {
    "left_out_once": (LeftOut, lambda row: {}),
    "lowered_once_a_form": (SeatChange, lambda row: {"sequence": 99}),
    "one_seat_change_a_turn": (SeatChange, lambda row: {"form_key": uuid4().hex}),
    "seat_change_lowers": (
        SeatChange,
        lambda row: {"sequence": 99, "form_key": uuid4().hex, "after": row.before},
    ),
}
