"""Whether an application is taken on its day, and every reason at once."""

from decimal import Decimal

import pytest

from ce_credits.rules import Credit
from renewals.rules.cycles import (
    Application,
    ApplicationKind,
    Earned,
    Payment,
    why_not_taken,
)
from tests.rules.cycling import applied, approved, credit, day, earned, lived

ENOUGH = (credit("2021-01-01", "8"),)
GRANTED = approved("extension", "2022-06-01")
RECERTIFICATION: ApplicationKind = "recertification"


def reasons(
    kind: ApplicationKind,
    on: str,
    *facts: Earned | Application,
    paid: str | None = "30",
    paid_on: str = "",
    credits: tuple[Credit, ...] = ENOUGH,
    member: bool = False,
) -> list[tuple[str, str]]:
    payment = Payment(Decimal(paid), day(paid_on or on)) if paid else None
    found = why_not_taken(
        lived(*facts, as_of=on).working(day(on)),
        kind,
        on=day(on),
        payment=payment,
        credits=credits,
        society_member=member,
    )
    return [(each.rule, each.text) for each in found]


@pytest.mark.parametrize(
    ("kind", "on", "paid"),
    [
        ("recertification", "2021-11-01", "30"),
        ("recertification", "2022-06-15", "30"),
        ("recertification", "2022-06-16", "37.50"),
        ("recertification", "2022-09-30", "37.50"),
        ("reinstatement", "2022-10-01", "70"),
        ("reinstatement", "2023-02-28", "70"),
    ],
)
def test_taken_for_its_fee_and_not_for_a_cent_less(
    kind: ApplicationKind, on: str, paid: str
) -> None:
    assert reasons(kind, on, paid=paid) == []
    assert reasons(kind, on, paid=str(Decimal(paid) + 1)) == []
    short = str(Decimal(paid) - Decimal("0.01"))
    ((rule, text),) = reasons(kind, on, paid=short)
    assert rule == "Y7"
    assert text.endswith(f"of {Decimal(paid):.2f} EUR are paid.")
    assert reasons(kind, on, paid=None) == [("Y7", "Nothing is paid.")]


@pytest.mark.parametrize(
    ("kind", "on", "why"),
    [
        ("recertification", "2021-10-31", "The application opens on Nov 1, 2021."),
        ("reinstatement", "2022-09-30", "a recertification is what can be applied"),
        ("recertification", "2022-10-01", "a reinstatement is what can be applied"),
        ("reinstatement", "2023-03-01", "on only a new exam helps."),
    ],
)
def test_outside_its_window(kind: ApplicationKind, on: str, why: str) -> None:
    ((_, text),) = reasons(kind, on, paid="999")
    assert why in text


def test_every_shortage_at_once() -> None:
    thin = (credit("2021-01-01", "2.5"), credit("2021-01-02", "5.25", approved=False))
    assert reasons(RECERTIFICATION, "2022-01-01", credits=thin, paid="29.50") == [
        ("Y5", "7.75 of 8.0 credits are there."),
        ("Y5", "2.5 of 3.0 approved credits are there."),
        ("Y7", "29.50 EUR of 30.00 EUR are paid."),
    ]


def test_the_first_time_with_two_cites_its_own_row() -> None:
    two = (earned("2020-03-01"), earned("2020-03-01", "BASS"))
    assert reasons(RECERTIFICATION, "2022-01-01", *two) == [
        ("Y6", "8.0 of 9.0 credits are there.")
    ]


@pytest.mark.parametrize(
    ("on", "paid_on", "paid", "why"),
    [
        ("2022-06-15", "2022-06-16", "30", "30.00 EUR of 37.50 EUR are paid."),
        ("2022-06-15", "2022-06-16", "37.50", ""),
        ("2022-07-01", "2022-06-15", "30", ""),
        ("2022-09-30", "2022-10-01", "99", "Oct 1, 2022, is after the window."),
        ("2023-02-28", "2023-03-01", "99", "Mar 1, 2023, is after the window."),
    ],
)
def test_the_day_of_payment(on: str, paid_on: str, paid: str, why: str) -> None:
    kind: ApplicationKind = "recertification" if on < "2022-10" else "reinstatement"
    found = [text for _, text in reasons(kind, on, paid=paid, paid_on=paid_on)]
    assert len(found) == (1 if why else 0)
    assert all(text.endswith(why) for text in found)


def test_under_an_extension() -> None:
    for on in ("2022-06-16", "2022-10-31"):
        assert reasons(RECERTIFICATION, on, GRANTED, paid="35") == []
        assert reasons(RECERTIFICATION, on, GRANTED, paid="30") != []
    late = reasons(
        RECERTIFICATION, "2022-10-31", GRANTED, paid="35", paid_on="2022-11-01"
    )
    assert late == [("Y7", "The day of payment, Nov 1, 2022, is after the window.")]
    assert reasons("reinstatement", "2022-10-31", GRANTED, paid="99") != []
    assert reasons(RECERTIFICATION, "2022-11-01", GRANTED, paid="99") != []


def test_one_application_at_a_time() -> None:
    ((_, text),) = reasons(
        RECERTIFICATION, "2022-01-02", applied(RECERTIFICATION, "2022-01-01")
    )
    assert text == "The application of Jan 1, 2022 is under review."


@pytest.mark.parametrize(
    ("on", "have", "why"),
    [
        ("2020-03-02", "4", ""),
        ("2021-06-01", "4", ""),
        ("2022-06-15", "4", ""),
        ("2022-06-15", "3.75", "3.75 of the 4.0 credits it asks are there."),
        ("2022-06-16", "8", "It had to be asked for by Jun 15, 2022."),
    ],
)
def test_asking_for_an_extension(on: str, have: str, why: str) -> None:
    credits = (credit("2020-03-02", have),)
    found = reasons("extension", on, credits=credits, paid=None)
    assert [text for _, text in found] == ([why] if why else [])


def test_an_extension_is_asked_for_once_and_never_after_the_recertification() -> None:
    asked = applied("extension", "2022-06-01")
    assert reasons("extension", "2022-06-02", asked) == []
    assert reasons("extension", "2022-06-02", GRANTED) == [
        ("Y10", "More time is granted already.")
    ]
    done = approved(RECERTIFICATION, "2022-01-01")
    assert reasons("extension", "2022-06-02", done) == [
        ("Y10", "The cycle is recertified already.")
    ]


def test_nobody_applies_without_a_certification() -> None:
    assert reasons("extension", "2020-02-29") == [
        ("", "There is no certification to apply for.")
    ]
