"""What a roster's rows would do: pure, no database."""

from datetime import date
from uuid import uuid4

import pytest

from accounts.services.roster_columns import FIELDS, match_columns, values_of
from accounts.services.roster_rows import Fate, Listed, Register

BOB = Listed(
    uuid4(), uuid4(), "Bob Bell", "bob@mail.example", "E1", "Scribe", "auto",
    date(2026, 3, 1),
)  # fmt: skip
NORA = {"first_name": "Nora", "last_name": "New", "email": "nora@mail.example"}
BOB_ROW = {"first_name": "Bob", "last_name": "Bell", "email": "bob@mail.example"}


def fate(*rows: dict[str, str], listed: Listed | None = BOB) -> Fate:
    """What the last of some rows does."""
    register = Register([listed] if listed else [])
    blank = dict.fromkeys(FIELDS, "")
    fates = [register.fate(n, blank | row) for n, row in enumerate(rows, start=2)]
    return fates[-1]


def wrong(found: Fate) -> list[tuple[str, str]]:
    """Column and code of what is wrong with a row."""
    return [(each.column, each.code) for each in found.problems]


@pytest.mark.parametrize(
    ("heads", "matched"),
    [
        (list(FIELDS), {name: place for place, name in enumerate(FIELDS)}),
        (
            ["E-Mail", "Surname", "Given Name"],
            {"first_name": 2, "last_name": 1, "email": 0},
        ),
        (["ID", "Employee ID"], {"external_id": 1}),
        (["x"] * 39 + ["\uff25mail"], {"email": 39}),
        (["email", "email"], {"email": 0}),
    ],
)
def test_columns_are_found_by_their_names(
    heads: list[str], matched: dict[str, int]
) -> None:
    assert match_columns(heads) == matched


def test_a_short_row_has_empty_cells() -> None:
    assert values_of(["Nora"], {"first_name": 0, "email": 2})["email"] == ""


def test_somebody_new_comes_onto_the_list() -> None:
    found = fate(NORA | {"email": " NORA@mail.example "})
    assert found.is_new
    assert found.values["email"] == "nora@mail.example"


def test_what_stands_there_already_changes_nothing() -> None:
    found = fate(
        BOB_ROW
        | {"role": "Scribe", "renewal_mode": "Auto-Renewal", "external_id": "e1"}
    )
    assert (found.changes, found.notes, found.problems) == ({}, [], ())
    assert fate(BOB_ROW).changes == {}


def test_role_and_mode_of_somebody_listed_change() -> None:
    found = fate(BOB_ROW | {"role": "Lead", "renewal_mode": "manual"})
    assert found.changes == {"role": "Lead", "renewal_mode": "manual"}


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"first_name": ""}, ("first_name", "not_usable")),
        ({"email": "nora"}, ("email", "not_usable")),
        ({"last_name": "x" * 101}, ("last_name", "not_usable")),
        ({"first_name": "No\u202era"}, ("first_name", "not_usable")),
        ({"first_name": "=1+1"}, ("first_name", "not_usable")),
        ({"role": "Le\ufffdd"}, ("role", "not_usable")),
        ({"renewal_mode": "sometimes"}, ("renewal_mode", "not_usable")),
        ({"renewal_date": "31.12.2026"}, ("renewal_date", "not_usable")),
        ({"email": "bob@mаil.example"}, ("email", "look_alike")),  # noqa: RUF001
        ({"external_id": "e1"}, ("email", "differs")),
        (
            {"email": "bob@mail.example", "external_id": "E2"},
            ("external_id", "differs"),
        ),
    ],
)
def test_what_can_t_be_used_is_named_by_its_column(
    row: dict[str, str], problem: tuple[str, str]
) -> None:
    assert wrong(fate(NORA | row)) == [problem]


def test_a_letter_that_only_looks_like_one_is_named() -> None:
    (problem,) = fate(NORA | {"email": "b\u043eb@mail.example"}).problems
    assert problem.text == (
        "Enter this address in plain letters: “\u043e” is none of A to Z."
    )


@pytest.mark.parametrize(
    "email",
    ["nora@mail.example", "NORA@mail.example", "nora@mаil.example"],  # noqa: RUF001
)
def test_the_second_of_two_alike_addresses_is_a_duplicate(email: str) -> None:
    assert wrong(fate(NORA, NORA | {"email": email})) == [("email", "duplicate")]


def test_the_same_id_twice_is_a_duplicate() -> None:
    other = {"email": "ned@mail.example", "external_id": "x1"}
    assert wrong(fate(NORA | {"external_id": "X1"}, NORA | other)) == [
        ("external_id", "duplicate")
    ]


def test_a_name_or_a_renewal_date_that_differs_is_told_and_stays() -> None:
    found = fate(BOB_ROW | {"last_name": "Ball", "renewal_date": "3/2/2026"})
    assert found.changes == {}
    assert [each.column for each in found.notes] == ["last_name", "renewal_date"]
    assert fate(BOB_ROW | {"renewal_date": "03/01/2026"}).notes == []


def test_all_of_a_row_s_problems_are_told_at_once() -> None:
    found = fate({"first_name": "", "last_name": "", "email": "x", "renewal_mode": "y"})
    assert [name for name, _ in wrong(found)] == [
        "first_name", "last_name", "email", "renewal_mode",
    ]  # fmt: skip
