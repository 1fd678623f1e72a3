"""The form that begins a draft has a key: the same form again begins no other."""

from uuid import uuid4

import pytest

from ce_credits.models import Activity
from ce_credits.services import start_draft
from core.failures import Missing
from core.models import AuditEntry
from tests.cast import BODY, NOW, TESTER, Cast
from tests.ce.reporting import submitted

pytestmark = pytest.mark.db


def test_the_same_key_gives_back_what_it_began(cast: Cast) -> None:
    key = uuid4()
    drafts = [
        start_draft(
            actor=TESTER,
            member=cast.bob,
            program=BODY,
            typed={"title": title},
            key=key,
            now=NOW,
        )
        for title in ("First", "Second")
    ]
    assert [each.pk for each in drafts] == [key, key]
    assert drafts[1].title == "First"
    assert AuditEntry.objects.filter(action="ce.drafted").count() == 1


def test_a_key_that_became_an_activity_begins_no_draft(cast: Cast) -> None:
    sent = submitted(cast.bob)
    again = start_draft(
        actor=TESTER, member=cast.bob, program=BODY, typed={}, key=sent.pk, now=NOW
    )
    assert (again.pk, again.state) == (sent.pk, Activity.State.SUBMITTED)


def test_somebody_else_s_key_is_nobody_s(cast: Cast) -> None:
    theirs = submitted(cast.charlie)
    with pytest.raises(Missing):
        start_draft(
            actor=TESTER,
            member=cast.bob,
            program=BODY,
            typed={},
            key=theirs.pk,
            now=NOW,
        )
    assert not Activity.objects.filter(member=cast.bob, state="draft").exists()
