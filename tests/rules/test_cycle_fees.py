"""What an application costs on a day: the base by who one is, one fee beside it."""

from decimal import Decimal

import pytest

from renewals.rules.cycles import Application, Closed, Earned, Fee, fee_on
from tests.rules.cycling import applied, approved, day, earned, lived, refused

ALONE = (earned("2020-03-01"),)
TWO = (*ALONE, earned("2020-04-01", "BASS"))
THREE = (*TWO, earned("2020-05-01", "ORGAN"))
GRANTED = approved("extension", "2022-06-01")


def fee(
    on: str,
    *facts: Earned | Application,
    member: bool = False,
    paid_on: str = "",
) -> Fee | Closed:
    life = lived(*(facts or ALONE), as_of=on)
    return fee_on(
        life.working(day(on)),
        day(on),
        society_member=member,
        paid_on=day(paid_on) if paid_on else None,
    )


def amount(found: Fee | Closed) -> Decimal | None:
    return found.amount if isinstance(found, Fee) else None


@pytest.mark.parametrize(
    ("held", "who", "cost"),
    [
        (ALONE, "member", 20),
        (ALONE, "other", 30),
        (TWO, "member", 20),
        (TWO, "other", 30),
        (THREE, "member", 45),
        (THREE, "other", 45),
    ],
)
@pytest.mark.parametrize(
    ("on", "kind", "more"),
    [
        ("2021-10-31", "", "0"),
        ("2021-11-01", "recertification", "0"),
        ("2022-06-15", "recertification", "0"),
        ("2022-06-16", "recertification", "7.5"),
        ("2022-09-30", "recertification", "7.5"),
        ("2022-10-01", "reinstatement", "40"),
        ("2023-02-28", "reinstatement", "40"),
        ("2023-03-01", "", "0"),
    ],
)
def test_each_day_by_who_one_is(
    held: tuple[Earned, ...], who: str, cost: int, on: str, kind: str, more: str
) -> None:
    found = fee(on, *held, member=who == "member")
    if not kind:
        assert isinstance(found, Closed)
        return
    assert isinstance(found, Fee)
    assert (found.kind, found.currency) == (kind, "EUR")
    assert found.amount == cost + Decimal(more)
    assert len(found.parts) == (2 if Decimal(more) else 1)


@pytest.mark.parametrize(
    ("on", "paid_on", "more"),
    [
        ("2022-06-15", "2022-06-15", "0"),
        ("2022-06-15", "2022-06-16", "7.5"),
        ("2022-07-01", "2022-06-15", "0"),
        ("2022-07-01", "2022-06-16", "7.5"),
        ("2022-11-01", "2022-06-15", "40"),
    ],
)
def test_the_day_of_payment_decides_lateness(on: str, paid_on: str, more: str) -> None:
    assert amount(fee(on, paid_on=paid_on)) == 30 + Decimal(more)


@pytest.mark.parametrize(
    ("on", "more"),
    [
        ("2022-06-15", "0"),
        ("2022-06-16", "5"),
        ("2022-10-31", "5"),
        ("2022-11-01", "40"),
    ],
)
def test_under_an_extension_there_is_no_late_fee(on: str, more: str) -> None:
    assert amount(fee(on, *ALONE, GRANTED)) == 30 + Decimal(more)


@pytest.mark.parametrize(
    ("application", "on", "why"),
    [
        (applied("recertification", "2022-01-01"), "2022-01-02", "is under review"),
        (applied("reinstatement", "2022-11-01"), "2022-11-02", "is under review"),
        (applied("extension", "2022-06-15"), "2022-10-01", "window has closed"),
        (approved("recertification", "2022-01-01"), "2022-01-02", "recertified alre"),
        (approved("recertification", "2022-01-01"), "2022-06-16", "opens on Nov 1, 20"),
        (refused("reinstatement", "2023-02-28"), "2023-03-01", "only a new exam"),
    ],
)
def test_closed_and_why(application: Application, on: str, why: str) -> None:
    found = fee(on, *ALONE, application)
    assert isinstance(found, Closed)
    assert why in found.reason.text


def test_a_request_in_review_closes_no_window() -> None:
    asked = applied("extension", "2022-06-15")
    assert amount(fee("2022-06-15", *ALONE, asked)) == 30
    assert amount(fee("2022-09-30", *ALONE, asked)) == Decimal("37.5")


def test_refused_it_is_as_if_never_made() -> None:
    gone = refused("recertification", "2022-01-01", "2022-02-01")
    assert amount(fee("2022-01-31", *ALONE, gone)) is None
    assert amount(fee("2022-02-01", *ALONE, gone)) == 30


def test_each_part_says_its_rule() -> None:
    found = fee("2022-07-01", *TWO, member=True)
    assert isinstance(found, Fee)
    assert [(each.rule, each.text) for each in found.reasons] == [
        (
            "Y9",
            "Recertification, 2 credentials, member of the society: 20.00 EUR",
        ),
        ("Y8", "Late application: 7.50 EUR"),
    ]


def test_nobody_owes_anything() -> None:
    found = fee_on(None, day("2022-01-01"), society_member=True)
    assert isinstance(found, Closed)
    assert found.reason.text == "There is no certification yet."
