"""The letter with a live activity's code: to whom, when, and where to (M4)."""

from collections.abc import Callable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Member
from core.letters import Letter, Moment, compose
from core.models import OutboxMessage
from core.scope import Scope, scoped
from courses.models import LiveActivity
from courses.queries.live import codes_of
from courses.services import lives_to_tell, tell_codes
from tests.cast import Cast
from tests.database import WORKER, working_as
from tests.learning.taking import SOCIETY
from tests.live.holding import (
    HELD,
    LETTER_FROM,
    LETTER_TO,
    a_live,
    at,
    claims,
    registered,
    was_there,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.db,
    pytest.mark.usefixtures("shelf"),
]
DAY = timedelta(days=1)
# As long as the pack has it, after the last session.
UNTIL = HELD + timedelta(days=60)
CODE = "live_code"
State = OutboxMessage.State


def test_each_who_was_there_is_written_to_once_from_the_seventh_business_day_on(
    cast: Cast,
) -> None:
    live = a_live()
    bob = was_there(cast.bob, live)
    registered(cast.charlie, live)
    assert not lives_to_tell(program=SOCIETY, today=LETTER_FROM - DAY)
    # The beat was down for the whole window: late is better than never.
    assert lives_to_tell(program=SOCIETY, today=LETTER_TO + 7 * DAY) == [live.pk]
    assert lives_to_tell(program=SOCIETY, today=LETTER_FROM) == [live.pk]
    assert tell_codes(live_id=live.pk, now=at(LETTER_FROM)) == 1
    assert tell_codes(live_id=live.pk, now=at(LETTER_FROM)) == 0
    assert not lives_to_tell(program=SOCIETY, today=LETTER_FROM)
    message = OutboxMessage.objects.get(kind="live_code")
    assert (message.subject_id, message.recipient) == (bob.pk, cast.bob.written_to)
    assert message.payload == {}
    letter = _composed(message)
    assert letter is not None
    assert letter.payload["code"] == codes_of(live)[0]
    assert letter.payload["until_text"] == "Jan 5, 2026"
    assert str(letter.payload["url"]).endswith("/me/claim/")
    over = Moment(at(LETTER_FROM), _on(UNTIL + DAY))
    assert compose(message=message, moment=over) is None
    claims(bob)
    assert compose(message=message, moment=Moment(at(HELD), _on(LETTER_FROM))) is None


@pytest.mark.parametrize("state", [State.VOID, State.DEAD])
def test_who_moved_before_the_letter_left_has_the_code_where_they_are(
    cast: Cast, state: str
) -> None:
    live = a_live()
    bob, letters = was_there(cast.bob, live), OutboxMessage.objects.filter(kind=CODE)
    was_there(cast.charlie, live)
    assert _tells(live, LETTER_FROM) == 2
    first = letters.get(subject_id=bob.pk)
    Member.objects.filter(pk=cast.bob.pk).update(email="bob@new.example")
    assert _composed(first) is None
    # It waits still: what becomes of it is not known yet.
    assert _tells(live, LETTER_FROM + DAY) == 0
    letters.exclude(pk=first.pk).update(state=State.SENT)
    letters.filter(pk=first.pk).update(state=state)
    assert lives_to_tell(program=SOCIETY, today=UNTIL) == [live.pk]
    assert not lives_to_tell(program=SOCIETY, today=UNTIL + DAY)
    assert _tells(live, LETTER_FROM + DAY) == 1
    assert _tells(live, LETTER_FROM + DAY) == 0
    assert not lives_to_tell(program=SOCIETY, today=UNTIL)
    anew = letters.get(subject_id=bob.pk, recipient="bob@new.example")
    letter = _composed(anew)
    assert letter is not None
    assert letter.payload["code"] == codes_of(live)[0]
    bob.refresh_from_db()
    assert bob.told_at == at(LETTER_FROM)
    # Who claimed meanwhile needs no code.
    letters.filter(pk=anew.pk).update(state=state)
    Member.objects.filter(pk=cast.bob.pk).update(email="bob@newest.example")
    claims(bob)
    assert not lives_to_tell(program=SOCIETY, today=UNTIL)
    assert _tells(live, LETTER_FROM + DAY) == 0


def test_a_day_on_which_no_letter_is_due_asks_of_activities_alone(cast: Cast) -> None:
    was_there(cast.bob, a_live())
    with CaptureQueriesContext(connection) as asked:
        assert not lives_to_tell(program=SOCIETY, today=LETTER_FROM - DAY)
    (only,) = asked.captured_queries
    assert "courses_liveregistration" not in only["sql"]


def test_who_is_where_the_letter_was_lost_is_left_to_staff(cast: Cast) -> None:
    live = a_live()
    was_there(cast.bob, live)
    assert _tells(live, LETTER_FROM) == 1
    for state in (State.VOID, State.DEAD):
        OutboxMessage.objects.update(state=state)
        assert _tells(live, LETTER_FROM + DAY) == 0
    OutboxMessage.objects.update(state=State.SENT)
    Member.objects.filter(pk=cast.bob.pk).update(email="bob@new.example")
    assert not lives_to_tell(program=SOCIETY, today=UNTIL)
    assert _tells(live, LETTER_FROM + DAY) == 0


def _tells(live: LiveActivity, day: date) -> int:
    """Queue its letters as the worker does."""
    with working_as(WORKER), scoped(Scope.sweep()):
        return tell_codes(live_id=live.pk, now=at(day))


def _composed(message: OutboxMessage) -> Letter | None:
    """Put a letter together as the worker does."""
    with working_as(WORKER), scoped(Scope.sweep()):
        return compose(
            message=message, moment=Moment(at(LETTER_FROM), _on(LETTER_FROM))
        )


def _on(day: date) -> Callable[[ZoneInfo], date]:
    return lambda zone: day
