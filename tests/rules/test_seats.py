"""How many a practice carries on with, before and after a decrease (A13)."""

import pytest

from credentials.rules import Seats, still_given_up


def test_with_nothing_changed_it_is_who_is_in_use_and_what_is_free() -> None:
    seats = Seats(in_use=9, free=3)
    assert (seats.number, seats.to_pay) == (12, 9)


@pytest.mark.parametrize(
    ("number", "out", "in_use", "given_up", "to_pay"),
    [
        (11, 0, 9, 1, 8),
        (9, 0, 9, 3, 6),
        (8, 1, 8, 3, 5),
        (3, 6, 3, 3, 0),
        (2, 7, 2, 3, 0),
        (0, 9, 0, 3, 0),
    ],
)
def test_a_decrease_gives_free_seats_up_before_it_leaves_people_out(
    number: int, out: int, in_use: int, given_up: int, to_pay: int
) -> None:
    seats = Seats(in_use=9, free=3)
    assert seats.too_many(number) == out
    lowered = seats.lowered(number)
    assert lowered == Seats(in_use, 3, given_up)
    assert (lowered.number, lowered.to_pay) == (number, to_pay)


@pytest.mark.parametrize("number", [-1, 12, 13])
def test_what_is_no_decrease_is_none(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        Seats(in_use=9, free=3).lowered(number)


def test_one_decrease_follows_another() -> None:
    assert Seats(9, 3).lowered(10).lowered(7) == Seats(7, 3, 3)


@pytest.mark.parametrize(
    ("used_since", "free", "left"),
    [(0, 3, 3), (1, 2, 2), (2, 1, 1), (5, 0, 0), (0, 1, 1), (1, 9, 2), (3, 4, 0)],
)
def test_each_seat_used_afterwards_uses_one_given_up(
    used_since: int, free: int, left: int
) -> None:
    assert still_given_up(3, used_since=used_since, free=free) == left
