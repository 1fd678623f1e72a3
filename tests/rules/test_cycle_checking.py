"""The checklist of an application: each line with its figure and rule (N3-N8, N13)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from credentials.policy import policy_for
from renewals.rules import Totals
from renewals.rules.cycles import (
    Application,
    Check,
    Cycle,
    Earned,
    Facts,
    Paid,
    Proofs,
    Sent,
    checks,
    history,
)

NOV_3, NOV_20 = date(2025, 11, 3), date(2025, 11, 20)
LAST, LATE_UNTIL = date(2025, 12, 1), date(2025, 12, 31)
FULL = Totals(Decimal(30), Decimal(15))


def cycle(*applications: Application) -> Cycle:
    """The cycle to Dec 1, 2025 of somebody certified in 2022."""
    facts = Facts((Earned("CPCS", date(2022, 6, 1)),), applications)
    return history(lambda on: policy_for("namss", on=on), facts).cycles[0]


def sent(**changes: object) -> Sent:
    """An application that is in order, but for what is said."""
    usual = Sent(
        kind="recertification",
        sent_on=NOV_3,
        as_of=NOV_20,
        first=cycle(),
        later=cycle(Application("recertification", NOV_3)),
        had=FULL,
        has=FULL,
        name="Nora North",
        profile_name="Nora  North",
        declared=True,
        society=False,
        on_record=False,
        paid=Paid(
            Decimal(375), Decimal(375), "USD", NOV_3, LATE_UNTIL, frozenset({"others"})
        ),
        proofs=Proofs(counted=4, proven=4, unreviewed=0, refused_since=0),
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def line(code: str, case: Sent) -> Check:
    """One line of a checklist."""
    return next(each for each in checks(case) if each.code == code)


def test_what_is_in_order_says_so_on_each_line_with_its_rule() -> None:
    said = {each.code: (each.found, each.rule) for each in checks(sent())}
    assert said == {
        "credits": ("ok", "N3"),
        "approved": ("ok", "N3"),
        "proof": ("ok", "N13"),
        "reviewed": ("ok", "N13"),
        "refused_since": ("ok", "N13"),
        "name": ("ok", "N13"),
        "declared": ("ok", "N13"),
        "fee": ("ok", "N6"),
        "society": ("ok", "N6"),
        "window": ("ok", "N5"),
    }


def test_credit_taken_away_since_is_said_with_the_figure_of_both_days() -> None:
    found = line("credits", sent(has=Totals(Decimal("28.5"), Decimal(15))))
    assert (found.found, found.figure) == ("not_ok", "28.5 of 30.0")
    assert found.reason == (
        "1.5 are missing. 30.0 of 30.0 on Nov 3, 2025, the day it was submitted."
    )


def test_credit_that_came_only_after_submitting_is_to_be_looked_at() -> None:
    short = Totals(Decimal(20), Decimal(15))
    assert line("credits", sent(had=short)).found == "look"
    # A reinstatement may be submitted before its credit is there (N8).
    assert line("credits", sent(kind="reinstatement", had=short)).found == "ok"


@pytest.mark.parametrize(
    ("proofs", "code", "found", "figure"),
    [
        (Proofs(4, 3, 0, 0), "proof", "not_ok", "3 of 4"),
        (Proofs(4, 4, 2, 0), "reviewed", "look", "2 of 4"),
        (Proofs(4, 4, 0, 1), "refused_since", "look", "1"),
    ],
)
def test_proofs_not_there_not_reviewed_and_refused_are_counted(
    proofs: Proofs, code: str, found: str, figure: str
) -> None:
    said = line(code, sent(proofs=proofs))
    assert (said.found, said.figure) == (found, figure)


def test_a_name_changed_since_and_nothing_declared_are_not_in_order() -> None:
    renamed = line("name", sent(profile_name="Nora South"))
    assert (renamed.found, renamed.reason) == (
        "not_ok",
        "The profile says Nora South now.",
    )
    assert line("declared", sent(declared=False)).found == "not_ok"


def test_money_given_back_since_is_not_in_order() -> None:
    paid = replace(sent().paid, paid=Decimal(100))
    found = line("fee", sent(paid=paid))
    assert (found.found, found.figure) == ("not_ok", "$100.00 of $375.00")
    assert "given back" in found.reason


def test_a_society_recorded_afterwards_is_to_be_looked_at() -> None:
    found = line("society", sent(on_record=True))
    assert (found.found, found.figure) == ("look", "Not a member")
    assert "A membership is on record for Nov 3, 2025." in found.reason


def test_a_payment_after_the_window_is_not_in_order() -> None:
    paid = replace(sent().paid, on=date(2026, 1, 2))
    assert line("window", sent(paid=paid)).found == "not_ok"
    assert line("window", sent(sent_on=date(2025, 7, 31))).found == "not_ok"


def test_a_request_asks_half_costs_nothing_now_and_says_until_when() -> None:
    case = sent(
        kind="extension",
        had=Totals(Decimal(16), Decimal(0)),
        has=Totals(Decimal(16), Decimal(0)),
        later=cycle(Application("extension", NOV_3)),
    )
    said = {each.code: each for each in checks(case)}
    assert said["credits"].figure == "16.0 of 15.0"
    assert "approved" not in said
    assert said["fee"].figure == "Nothing now"
    assert "$50.00 are paid later" in said["fee"].reason
    assert (said["extension"].figure, said["extension"].rule) == (
        "To Jun 1, 2026",
        "N7",
    )


def test_under_an_extension_its_fee_has_to_be_among_what_was_asked() -> None:
    granted = cycle(Application("extension", NOV_3, "approved", NOV_20))
    mar_2 = date(2026, 3, 2)
    usual = sent(sent_on=mar_2, as_of=mar_2, first=granted, later=granted)
    assert line("extension", usual).found == "look"
    paid = replace(usual.paid, codes=frozenset({"others", "extension"}))
    assert line("extension", replace(usual, paid=paid)).found == "ok"
