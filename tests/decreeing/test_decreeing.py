"""A manager decrees more time for many at once, and a worker gives it to each."""

from datetime import date
from uuid import uuid4

import pytest
from django.template.loader import render_to_string

from accounts.models import Member
from core.actor import Actor
from core.failures import NotUsable, Stale
from core.letters import Moment, compose
from core.models import AuditEntry, OutboxMessage
from credentials.models import Tally
from renewals.models import Decree, MovedDeadline
from renewals.queries import Chosen, own_decrees
from tests.cast import certify
from tests.decreeing.decreeing import (
    NOV_20,
    STORM,
    UNTIL,
    decreed,
    given,
    known,
    line_of,
    listed,
    number_of,
    of_cycle,
    previewed,
)
from tests.recertifying.living import (
    BODY,
    LAST,
    a_holder,
    applied,
    certified,
    decided,
    fresh,
    noon,
    own,
    pays,
    stands,
)

pytestmark = [pytest.mark.django_db, pytest.mark.db]


def why(member: Member, *, on: date = NOV_20, until: date = UNTIL) -> str:
    """Why somebody is left out of a decree that names them."""
    (found,) = previewed(listed(number_of(member), until=until), on=on).left_out
    return found.why


def test_all_of_a_cycle_are_given_until_the_same_day() -> None:
    nora, olga = a_holder("Nora North"), a_holder("Olga Ortiz", credits=0)
    other = a_holder("Pia Park", credits=0)
    other.certifications.update(earned_on=date(2023, 6, 1))
    known(nora, olga, other)
    plan = previewed(of_cycle())
    assert [(e.name, e.from_on, e.until_on) for e in plan.gives] == [
        ("Nora North", LAST, UNTIL),
        ("Olga Ortiz", LAST, UNTIL),
    ]
    decree = decreed(of_cycle())
    assert given() == 2
    assert given() == 0
    for each in (nora, olga):
        assert stands(each, UNTIL) == "extended"
        assert stands(each, date(2026, 3, 3)) == "lapsed"
        (line,) = own_decrees(each, BODY)
        assert (line.number, line.reason) == (decree.number, STORM)
    assert not own_decrees(other, BODY)
    assert Tally.objects.filter(member=nora, standing="extended").exists()


def test_months_are_counted_from_each_ones_cycle() -> None:
    nora = a_holder()
    plan = previewed(listed(number_of(nora), until=None, months=3))
    assert plan.gives[0].until_on == date(2026, 3, 1)


def test_each_history_says_why_and_by_which_decree() -> None:
    nora = a_holder()
    decreed(listed(number_of(nora)))
    given()
    entry = AuditEntry.objects.get(member=nora, action="deadline.moved")
    assert entry.reason == STORM
    assert entry.sentence == "Gave Nora North time until Mar 2, 2026 (decree 1)"
    assert entry.changes == {"deadline": ["2025-12-01", "2026-03-02"]}
    body = AuditEntry.objects.get(action="deadlines.decreed")
    assert (body.actor, body.reason) == ("Max Manager", STORM)


def test_a_letter_tells_each_once() -> None:
    nora = a_holder()
    decreed(listed(number_of(nora)))
    given()
    row = OutboxMessage.objects.get(kind="deadline_moved")
    letter = compose(message=row, moment=Moment(noon(NOV_20), lambda zone: NOV_20))
    assert letter is not None
    text = render_to_string("mail/deadline_moved.txt", letter.payload)
    assert STORM in text
    assert "until Mar 2, 2026, instead of Dec 1, 2025" in text


def test_who_applies_under_it_pays_no_fee_for_it() -> None:
    nora = a_holder()
    decreed(listed(number_of(nora)))
    given()
    row = applied(nora, UNTIL)
    assert row.order is not None
    assert [each.code for each in row.order.lines.all()] == ["recertification"]
    pays(row.order, UNTIL)
    assert fresh(row).state == "open"


def test_who_is_left_out_and_why() -> None:
    nora = a_holder("Nora North")
    row = applied(nora, date(2025, 11, 3))
    pays(row.order, date(2025, 11, 3))
    decided(fresh(row), "approved", date(2025, 11, 10))
    assert why(nora) == "Decided already: the cycle is recertified."
    olga = a_holder("Olga Ortiz")
    decided(applied(olga, date(2025, 11, 3), "extension"), "approved", NOV_20)
    assert why(olga) == "They have until Jun 1, 2026 already."
    pia = a_holder("Pia Park")
    jan = date(2026, 1, 5)
    assert why(pia, on=jan).startswith("Lapsed already")
    assert why(pia, on=date(2026, 7, 1), until=date(2026, 8, 1)).startswith("Expired")
    assert why(pia, until=date(2026, 7, 1)) == (
        "Their grace ends Jun 30, 2026: no decree runs longer."
    )


def test_a_number_that_nobody_has_is_named_with_its_line() -> None:
    nora = a_holder()
    elsewhere = a_holder("Eve Elsewhere")
    foreign = certify(elsewhere, on=date(2022, 6, 1), program="acmss", code="CMSS")
    number = number_of(nora)
    plan = previewed(listed("", number.lower(), "CPCS-NONE", foreign.number, number))
    assert [each.number for each in plan.gives] == [number]
    assert [(each.line, each.who) for each in plan.left_out] == [
        (3, "CPCS-NONE"),
        (4, foreign.number),
    ]
    assert {each.why for each in plan.left_out} == {
        "Nobody of the body has this number."
    }


def test_all_that_is_filled_in_must_hold() -> None:
    nora = a_holder()
    chosen = Chosen(UNTIL, None, "CPMSM", LAST, (number_of(nora),))
    (left,) = previewed(chosen).left_out
    assert left.why == "They hold no CPMSM in this cycle."
    chosen = Chosen(UNTIL, None, "", date(2026, 12, 1), (number_of(nora),))
    (left,) = previewed(chosen).left_out
    assert left.why == "Their cycle ends Dec 1, 2025."


def test_two_credentials_of_one_person_are_one_line() -> None:
    nora = a_holder()
    second = certify(nora, on=date(2024, 6, 30), program=BODY, code="CPMSM")
    plan = previewed(listed(number_of(nora), second.number))
    assert len(plan.gives) == 1
    assert plan.left_out == []


def test_their_own_record_is_left_to_another_manager() -> None:
    nora = a_holder()
    plan = previewed(listed(number_of(nora)), actor=own(nora))
    assert not plan.gives
    assert plan.left_out[0].why.startswith("This is your own record")


def test_the_same_form_sent_twice_decrees_once() -> None:
    nora, key = a_holder(), uuid4()
    chosen = listed(number_of(nora))
    first = decreed(chosen, key=key)
    given()
    assert decreed(chosen, key=key, seen="whatever") == first
    assert given() == 0
    assert MovedDeadline.objects.count() == 1
    assert AuditEntry.objects.filter(action="deadlines.decreed").count() == 1


def test_what_changed_since_the_preview_is_shown_before_it_is_decreed() -> None:
    nora, olga = a_holder("Nora North"), a_holder("Olga Ortiz")
    chosen = listed(number_of(nora), number_of(olga))
    seen = previewed(chosen).digest
    decided(applied(olga, date(2025, 11, 3), "extension"), "approved", NOV_20)
    with pytest.raises(Stale, match="has changed since you looked"):
        decreed(chosen, seen=seen)
    assert not Decree.objects.exists()


def test_decided_on_before_the_worker_comes_they_are_left_out() -> None:
    nora = a_holder()
    row = applied(nora, date(2025, 11, 3))
    pays(row.order, date(2025, 11, 3))
    decreed(listed(number_of(nora)))
    decided(fresh(row), "approved", NOV_20)
    assert given() == 0
    assert line_of(nora).outcome == "left_out"
    assert line_of(nora).why == "Decided already: the cycle is recertified."
    assert stands(nora, UNTIL) == "good"
    assert not OutboxMessage.objects.filter(kind="deadline_moved").exists()


def test_a_worker_that_comes_after_the_lapse_gives_what_was_decreed_before() -> None:
    nora = a_holder(credits=0)
    decreed(listed(number_of(nora)), on=date(2025, 12, 31))
    assert given(date(2026, 1, 2)) == 1
    assert stands(nora, date(2026, 1, 2)) == "extended"


def test_another_decree_lengthens_and_none_shortens() -> None:
    nora = a_holder()
    decreed(listed(number_of(nora)))
    given()
    assert why(nora, until=date(2026, 1, 15)) == "They have until Mar 2, 2026 already."
    second = decreed(listed(number_of(nora), until=date(2026, 5, 4)))
    given()
    assert second.number == 2
    assert (line_of(nora).from_on, line_of(nora).until_on) == (
        UNTIL,
        date(2026, 5, 4),
    )
    assert stands(nora, date(2026, 5, 4)) == "extended"


@pytest.mark.parametrize(
    ("chosen", "reason", "fields"),
    [
        (Chosen(UNTIL, None), STORM, ["cycle_last_on"]),
        (Chosen(None, None, cycle_last_on=LAST), STORM, ["until_on"]),
        (Chosen(UNTIL, 3, cycle_last_on=LAST), STORM, ["until_on"]),
        (Chosen(date(2025, 11, 19), None, cycle_last_on=LAST), STORM, ["until_on"]),
        (Chosen(None, 0, cycle_last_on=LAST), STORM, ["months"]),
        (Chosen(None, 25, cycle_last_on=LAST), STORM, ["months"]),
        (Chosen(UNTIL, None, "CMSS", LAST), STORM, ["credential"]),
        (Chosen(UNTIL, None, cycle_last_on=LAST), " ", ["reason"]),
        (Chosen(UNTIL, None, cycle_last_on=LAST), "x" * 401, ["reason"]),
        (Chosen(UNTIL, None, numbers=("x",) * 5001), STORM, ["numbers"]),
    ],
)
def test_what_is_wrong_names_its_field(
    chosen: Chosen, reason: str, fields: list[str]
) -> None:
    with pytest.raises(NotUsable) as refused:
        previewed(chosen, reason=reason)
    assert [each.field for each in refused.value.problems] == fields


def test_nobody_to_give_it_to_is_no_decree() -> None:
    with pytest.raises(NotUsable, match="Nobody of them would get more time"):
        decreed(listed("CPCS-NONE"))


def test_who_is_certified_again_has_their_own_cycle() -> None:
    nora = a_holder(credits=0)
    certified(nora, on=date(2025, 11, 1))
    decreed(listed(number_of(nora)))
    given()
    assert stands(nora, UNTIL) == "extended"


def test_a_manager_without_a_record_is_nobodys_own() -> None:
    nora = a_holder()
    token = Actor("API token X", token_id=uuid4())
    assert previewed(listed(number_of(nora)), actor=token).gives


def test_the_same_again_before_a_worker_came_is_no_second_decree() -> None:
    known(a_holder("Nora North"))
    decreed(of_cycle())
    with pytest.raises(NotUsable, match="Nobody of them would get more time"):
        decreed(of_cycle())
    assert Decree.objects.count() == 1
