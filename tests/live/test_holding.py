"""A live activity from its writing to its certificate, and what stands in the way."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from core.actor import Actor
from core.failures import NotEligible, NotUsable, Stale
from core.models import AuditEntry, OutboxMessage
from core.sealing import unseal
from courses.models import (
    LiveActivity,
    LiveAttendance,
    LiveRegistration,
)
from courses.queries.live import codes_of, free_places
from courses.rules.live import plain_code
from courses.services import (
    attend_at_door,
    cancel_live,
    cancel_registration,
    change_live,
    check_list,
    note_attendance,
    publish_live,
)
from tests.cast import BODY, TESTER, Cast
from tests.learning.sitting import own
from tests.learning.taking import SOCIETY
from tests.live.holding import (
    FACTS,
    HELD,
    WRITTEN,
    a_draft,
    a_live,
    at,
    attendances,
    registered,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf")]
DAY = timedelta(days=1)
# As long as the pack has it, after the last session.
UNTIL = HELD + timedelta(days=60)


def test_an_activity_is_written_with_two_secrets_and_announced_once(cast: Cast) -> None:
    draft = a_draft()
    assert draft.evaluate_by == UNTIL
    code, door = (unseal(each) for each in (draft.code, draft.door_code))
    assert (len(code), len(door)) == (12, 6)
    assert code not in draft.code
    assert plain_code(codes_of(draft)[0]) == code
    longer = change_live(
        actor=TESTER,
        live=draft,
        facts=replace(FACTS, capacity=4),
        today=WRITTEN,
        now=at(WRITTEN),
    )
    assert longer.capacity == 4
    publish_live(actor=TESTER, live=draft, today=WRITTEN, now=at(WRITTEN))
    with pytest.raises(Stale, match="announced already"):
        publish_live(actor=TESTER, live=draft, today=WRITTEN, now=at(WRITTEN))
    with pytest.raises(NotEligible, match="stays as it is"):
        change_live(
            actor=TESTER, live=draft, facts=FACTS, today=WRITTEN, now=at(WRITTEN)
        )


def test_what_cannot_be_announced_is_refused_by_its_field(cast: Cast) -> None:
    with pytest.raises(NotUsable) as refused:
        a_draft(credit_kind="none such", topics=("cooking",), capacity=0)
    fields = {each.field for each in refused.value.problems}
    assert fields == {"credit_kind", "topics", "capacity"}
    with pytest.raises(NotEligible, match="says nothing of live activities"):
        a_draft(program=BODY)
    late = a_draft()
    with pytest.raises(NotEligible, match="last session is over"):
        publish_live(actor=TESTER, live=late, today=HELD + DAY, now=at(HELD))
    assert not LiveActivity.objects.announced().exists()


def test_no_more_come_than_fit_in_and_a_place_given_back_is_free(cast: Cast) -> None:
    live = a_live(capacity=1)
    mine = registered(cast.bob, live)
    assert registered(cast.bob, live, first="Robert") == mine
    with pytest.raises(NotEligible, match="All places are taken"):
        registered(cast.charlie, live)
    _cancels(mine)
    _cancels(mine)
    assert free_places([live]) == {live.pk: 1}
    theirs = registered(cast.charlie, live)
    assert theirs.place == 1
    with pytest.raises(NotEligible, match="All places are taken"):
        registered(cast.bob, live)
    _cancels(theirs)
    again = registered(cast.bob, live, first="Robert")
    assert (again.pk, again.first_name) == (mine.pk, "Robert")
    with pytest.raises(NotEligible, match="until the day before Nov 6, 2025"):
        cancel_registration(
            actor=own(cast.bob), registration=again, today=HELD, now=at(HELD)
        )


def test_a_list_notes_who_registered_and_names_each_row_it_cannot_use(
    cast: Cast,
) -> None:
    live = a_live(capacity=5)
    bob, charlie = registered(cast.bob, live), registered(cast.charlie, live)
    rows = [
        (1, ["E-Mail", "First_Name", "last name", "Note"]),
        (2, [bob.email.upper(), "", "", "in time"]),
        (3, ["", charlie.first_name, f" {charlie.last_name.upper()} "]),
        (5, ["nobody@nowhere.example"]),
        (6, ["", "Nobody", ""]),
        (7, [bob.email]),
    ]
    found = check_list(actor=TESTER, live=live, rows=rows)
    assert set(found.found) == {bob, charlie}
    named = [(each.row, each.column) for each in found.problems]
    assert named == [(5, "E-mail"), (6, "Last name"), (7, "E-mail")]
    assert "nobody@nowhere.example is not registered" in found.problems[0].text
    assert "row 2 already" in found.problems[2].text
    assert attendances(live) == 0

    assert _noted(live, [bob, charlie]) == 2
    assert _noted(live, [bob, charlie]) == 0
    again = check_list(actor=TESTER, live=live, rows=rows)
    assert (list(again.found), set(again.known)) == ([], {bob, charlie})
    entries = AuditEntry.objects.filter(action="live.attended", program=SOCIETY)
    assert entries.count() == attendances(live) == 2
    with pytest.raises(NotUsable, match="must name the column E-mail"):
        check_list(actor=TESTER, live=live, rows=[(1, ["Name"])])
    with pytest.raises(NotUsable, match="names E-mail twice"):
        check_list(actor=TESTER, live=live, rows=[(1, ["email", "E-mail"])])


def test_attendance_is_for_others_to_note_and_not_before_it_begins(cast: Cast) -> None:
    live = a_live()
    bob = registered(cast.bob, live)
    rows = [(1, ["email"]), (2, [bob.email])]
    found = check_list(actor=own(cast.bob), live=live, rows=rows)
    assert [each.row for each in found.problems] == [2]
    with pytest.raises(NotEligible, match="own record"):
        _noted(live, [bob], actor=own(cast.bob))
    with pytest.raises(NotEligible, match="begins on Nov 6, 2025"):
        _noted(live, [bob], on=HELD - DAY)
    assert _noted(a_live(title="Another"), [bob]) == 0
    assert attendances(live) == 0


def test_the_code_at_the_door_notes_once_on_its_days_alone(cast: Cast) -> None:
    live = a_live()
    bob = registered(cast.bob, live)
    door = codes_of(live)[1]
    with pytest.raises(NotEligible, match="begins on"):
        _at_the_door(bob, door, HELD - DAY)
    with pytest.raises(NotUsable, match="not the code at the door"):
        _at_the_door(bob, codes_of(live)[0], HELD)
    made = _at_the_door(bob, f" {door.lower()} ", HELD)
    assert made == _at_the_door(bob, "whatever", HELD)
    charlie = registered(cast.charlie, live)
    with pytest.raises(NotEligible, match="on the days of its sessions"):
        _at_the_door(charlie, door, HELD + DAY)


def test_whoever_registered_is_told_that_it_is_cancelled(cast: Cast) -> None:
    live = a_live()
    mine = registered(cast.bob, live)
    _cancels(registered(cast.charlie, live))
    for why, said in (("", "Write why"), ("x" * 401, "at most 400")):
        with pytest.raises(NotUsable, match=said):
            _calls_off(live, why)
    assert _calls_off(live, "The speaker is ill.") == 1
    letter = OutboxMessage.objects.get(kind="live_cancelled")
    assert (letter.subject_id, letter.payload["why"]) == (
        mine.pk,
        "The speaker is ill.",
    )
    with pytest.raises(Stale):
        _calls_off(live, "Again")
    with pytest.raises(NotEligible, match="The speaker is ill"):
        registered(cast.charlie, live)
    with pytest.raises(NotEligible, match="nothing to cancel"):
        _calls_off(a_draft(), "Nobody knows")
    assert LiveRegistration.objects.standing().count() == 1


def _cancels(row: LiveRegistration) -> None:
    cancel_registration(
        actor=own(row.member), registration=row, today=WRITTEN, now=at(WRITTEN)
    )


def _calls_off(live: LiveActivity, why: str) -> int:
    return cancel_live(actor=TESTER, live=live, why=why, today=WRITTEN, now=at(WRITTEN))


def _noted(
    live: LiveActivity,
    rows: Sequence[LiveRegistration],
    actor: Actor = TESTER,
    on: date = HELD,
) -> int:
    return note_attendance(
        actor=actor,
        live=live,
        registration_ids=[uuid4(), *(each.pk for each in rows)],
        today=on,
        now=at(on),
    )


def _at_the_door(row: LiveRegistration, typed: str, on: date) -> LiveAttendance:
    return attend_at_door(
        actor=own(row.member), registration=row, typed=typed, today=on, now=at(on)
    )
