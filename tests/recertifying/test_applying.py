"""An application is submitted in its window, and taken with what is paid (N5-N8)."""

from datetime import date

import pytest

from billing.models import Order
from core.failures import NotEligible, NotUsable, Stale
from core.models import AuditEntry, OutboxMessage
from credentials.services import end_society, record_society
from renewals.models import Recertification
from renewals.services import Written, keep_application
from tests.cast import NOW, TESTER
from tests.recertifying.living import (
    BODY,
    a_holder,
    applied,
    drafted,
    fresh,
    noon,
    own,
    pays,
    sent,
    stands,
)

pytestmark = [pytest.mark.django_db, pytest.mark.db]
NOV_3, DEC_1, DEC_2 = date(2025, 11, 3), date(2025, 12, 1), date(2025, 12, 2)


def amounts(row: Recertification) -> list[tuple[str, str]]:
    """What an application's order asks, line by line."""
    assert row.order is not None
    return [(line.code, str(line.amount)) for line in row.order.lines.all()]


def test_it_opens_at_the_first_minute_of_its_day() -> None:
    nora = a_holder()
    with pytest.raises(NotEligible, match=r"opens on Aug 1, 2025\. Nothing was kept"):
        drafted(nora, date(2025, 7, 31))
    row = drafted(nora, date(2025, 8, 1))
    assert (row.state, row.cycle_last_on) == ("draft", DEC_1)
    assert AuditEntry.objects.filter(action="application.begun").count() == 1


def test_submitting_places_an_order_of_the_fee_and_paying_it_opens_a_review() -> None:
    nora = a_holder()
    row = applied(nora, NOV_3)
    assert (row.state, amounts(row)) == ("awaiting", [("recertification", "375.00")])
    pays(row.order, NOV_3)
    row = fresh(row)
    assert (row.state, row.paid_on) == ("open", NOV_3)
    assert stands(nora, date(2026, 1, 15)) == "under_review"
    assert row.facts["credits"] == "30.00"
    letter = OutboxMessage.objects.get(kind="application_taken")
    assert letter.payload["weeks_text"] == "3 to 4 weeks"


@pytest.mark.parametrize(
    ("day", "asked"),
    [
        (DEC_1, [("recertification", "375.00")]),
        (DEC_2, [("recertification", "375.00"), ("late", "50.00")]),
        (date(2025, 12, 31), [("recertification", "375.00"), ("late", "50.00")]),
    ],
)
def test_the_day_decides_the_late_fee(day: date, asked: list[tuple[str, str]]) -> None:
    assert amounts(applied(a_holder(), day)) == asked


def test_the_day_after_the_window_nothing_of_it_is_left() -> None:
    nora = a_holder()
    row = drafted(nora, DEC_1)
    with pytest.raises(NotEligible, match="On Jan 1, 2026 a reinstatement is what"):
        sent(row, date(2026, 1, 1))
    assert fresh(row).state == "draft"


def test_a_member_of_the_society_pays_its_members_fee() -> None:
    nora = a_holder()
    for day in (NOV_3, NOV_3):
        record_society(
            actor=TESTER, member=nora, program=BODY, from_on=day, today=day, now=NOW
        )
    row = drafted(nora, NOV_3)
    assert amounts(sent(row, NOV_3)) == [("recertification", "200.00")]


def test_a_membership_that_ended_the_day_before_helps_no_more() -> None:
    nora = a_holder()
    record_society(
        actor=TESTER, member=nora, program=BODY, from_on=NOV_3, today=NOV_3, now=NOW
    )
    end_society(actor=TESTER, member=nora, program=BODY, until_on=NOV_3, now=NOW)
    row = drafted(nora, NOV_3)
    assert amounts(sent(row, date(2025, 11, 4))) == [("recertification", "375.00")]
    with pytest.raises(NotUsable, match="reaches to that day"):
        record_society(
            actor=TESTER, member=nora, program=BODY, from_on=NOV_3, today=DEC_1, now=NOW
        )


def test_a_cheque_of_the_last_day_is_in_time_whenever_it_arrives() -> None:
    nora = a_holder()
    row = applied(nora, date(2025, 11, 28))
    pays(row.order, date(2025, 12, 9), dated=DEC_1)
    assert (fresh(row).state, fresh(row).paid_on) == ("open", DEC_1)


def test_a_cheque_of_the_next_day_leaves_the_late_fee_to_be_paid() -> None:
    nora = a_holder()
    row = applied(nora, date(2025, 11, 28))
    pays(row.order, date(2025, 12, 9), dated=DEC_2)
    waits = fresh(row)
    assert (waits.state, waits.paid_on) == ("awaiting", None)
    assert waits.facts["not_taken"] == [["N5", "$375.00 of $425.00 are paid."]]
    assert amounts(waits) == [("late", "50.00")]
    assert OutboxMessage.objects.filter(kind="application_not_taken").count() == 1
    pays(waits.order, date(2025, 12, 12))
    assert (fresh(row).state, fresh(row).paid_on) == ("open", date(2025, 12, 12))


def test_money_that_comes_after_the_window_takes_no_application() -> None:
    nora = a_holder()
    row = applied(nora, DEC_1)
    pays(row.order, date(2026, 1, 1))
    assert fresh(row).state == "awaiting"
    ((_, text), *_) = fresh(row).facts["not_taken"]
    assert text == "The day of payment, Jan 1, 2026, is after the window."


def test_short_of_credit_nothing_is_ordered() -> None:
    nora = a_holder(credits=29)
    row = drafted(nora, NOV_3)
    with pytest.raises(NotEligible, match=r"29.0 of 30.0 credits.*14.5 of 15.0"):
        sent(row, NOV_3)
    assert not Order.objects.filter(member=nora).exists()


def test_a_name_unlike_the_profile_s_and_nothing_declared_stand_in_the_way() -> None:
    nora = a_holder()
    row = drafted(nora, NOV_3, name="Nora B. North", declared=False)
    with pytest.raises(NotUsable) as refusal:
        sent(row, NOV_3)
    assert [each.field for each in refusal.value.problems] == ["name", "declared"]
    assert "Nora North" in refusal.value.text


def test_a_draft_changed_in_another_tab_is_not_overwritten() -> None:
    nora = a_holder()
    row = drafted(nora, NOV_3, name="Nora")
    keep_application(
        actor=own(nora),
        member=nora,
        program=BODY,
        kind="recertification",
        seen=row.version,
        written=Written("Nora North"),
        today=NOV_3,
        now=noon(NOV_3),
    )
    with pytest.raises(Stale, match="another tab"):
        drafted(nora, NOV_3, name="Other")
    with pytest.raises(Stale, match="another tab"):
        sent(row, NOV_3, seen=1)
    assert fresh(row).name == "Nora North"


def test_pressed_twice_it_is_submitted_once() -> None:
    nora = a_holder()
    row = drafted(nora, NOV_3)
    seen = row.version
    first, second = sent(row, NOV_3, seen=seen), sent(row, NOV_3, seen=seen)
    assert first.order_id == second.order_id
    assert Order.objects.filter(member=nora).count() == 1


def test_a_profile_with_a_space_too_many_has_the_same_name() -> None:
    nora = a_holder()
    nora.first_name = "Nora  Ann"
    nora.save(update_fields=["first_name"])
    row = drafted(nora, NOV_3)
    assert sent(row, NOV_3).name == "Nora Ann North"
