"""The practice that holds somebody's seat hears that they are audited, and no more."""

from datetime import timedelta

import pytest

from accounts.models import Sponsorship
from ce_credits.models import AuditCase
from ce_credits.services import close_case, remind_audits
from core.letters import Letter, Moment, compose
from core.models import OutboxMessage
from core.scope import Scope, scoped
from tests.auditing.auditing import DUE, a_case, answered, found, the_item
from tests.cast import BODY, NOW, TESTER, TODAY, Cast, a_member
from tests.ce.reporting import submitted
from tests.database import WORKER, working_as
from tests.db.walling import on_postgresql, within

pytestmark = pytest.mark.db
MOMENT = Moment(NOW, lambda zone: TODAY)
FOUND = "The audit found this"


def queued(kind: str) -> list[OutboxMessage]:
    """Letters of a kind to practices."""
    return list(OutboxMessage.objects.filter(kind=f"audit_{kind}_administrator"))


def letter(kind: str) -> Letter | None:
    """The one letter of a kind, put together now."""
    (message,) = queued(kind)
    return compose(message=message, moment=MOMENT)


def reminded() -> None:
    """The reminder's day comes."""
    remind_audits(program=BODY, today=DUE - timedelta(days=5), now=NOW)


def closed(case: AuditCase) -> None:
    """Staff decide and close it."""
    found(the_item(answered(case)), "not_accepted", words=FOUND)
    case.refresh_from_db()
    close_case(
        actor=TESTER, case=case, seen=case.version, reason="", today=TODAY, now=NOW
    )


def test_it_says_who_which_body_and_by_when(cast: Cast) -> None:
    a_case(cast.bob)
    (message,) = queued("selected")
    assert message.recipient == cast.alice.email
    assert message.practice_id == cast.northside.pk
    said = letter("selected")
    assert said is not None
    assert said.payload == {
        "practice": "Northside",
        "name": "Alice Adams",
        "member": "Bob Baker",
        "body": "ACMSS",
        "date_text": "Nov 17, 2025",
        "due_text": "Dec 17, 2025",
        "url": f"http://localhost:8000/p/northside/members/{cast.bob.pk}/",
    }
    assert not said.enclosures


@on_postgresql
def test_staff_and_worker_find_the_practice_behind_their_walls(cast: Cast) -> None:
    activity = submitted(cast.bob)
    with within(Scope.staff(BODY)):
        a_case(cast.bob, activity)
    (message,) = queued("selected")
    with working_as(WORKER), scoped(Scope.sweep()):
        assert compose(message=message, moment=MOMENT) is not None


def test_each_is_written_once_with_its_member_s(cast: Cast) -> None:
    case = a_case(cast.bob)
    reminded()
    reminded()
    assert letter("due") is not None
    closed(case)
    assert letter("closed") is not None
    for kind in ("selected", "due"):
        assert letter(kind) is None


def test_none_has_a_word_of_what_is_asked_or_found(cast: Cast) -> None:
    case = a_case(cast.bob)
    title = the_item(case).activity.title
    told = [letter("selected")]
    reminded()
    told.append(letter("due"))
    closed(case)
    told.append(letter("closed"))
    for each in told:
        assert each is not None
        for secret in (title, FOUND, "A complaint came in"):
            assert secret not in str(each.payload)


def test_a_practice_that_stands_for_them_no_more_hears_nothing(cast: Cast) -> None:
    a_case(cast.bob)
    mine = Sponsorship.objects.filter(member=cast.bob, program=BODY)
    mine.update(until_on=TODAY)
    assert letter("selected") is None


def test_no_other_practice_nor_program_hears_of_it(cast: Cast) -> None:
    a_case(cast.bob)
    assert [each.recipient for each in queued("selected")] == [cast.alice.email]
    alone = a_member("Sue Self", None)
    Sponsorship.objects.create(
        practice=cast.lakeview, member=alone, program="namss", from_on=TODAY
    )
    a_case(alone)
    assert len(queued("selected")) == 1


def test_who_runs_the_practice_is_not_told_twice_of_their_own(cast: Cast) -> None:
    own = a_member("Alice Adams", cast.northside, user=cast.alice)
    a_case(own)
    assert queued("selected") == []
