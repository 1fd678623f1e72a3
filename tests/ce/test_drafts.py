"""A draft keeps what was typed, and never what somebody else's window overwrote."""

from datetime import timedelta

import pytest

from ce_credits.models import Activity
from ce_credits.services import save_draft, start_draft, withdraw
from core.failures import Missing, Stale
from core.models import AuditEntry
from tests.cast import BODY, NOW, TESTER, TODAY, Cast
from tests.ce.reporting import a_draft, counts, decided, holder, submitted

pytestmark = pytest.mark.db
TYPED = {"title": "Webinar", "on": "Feb 30", "minutes": "forty", "status": "approved"}


def saved(activity: Activity, seen: int, **typed: str) -> Activity:
    """Save what was typed."""
    return save_draft(
        actor=TESTER, activity=activity, typed=typed, seen_saves=seen, now=NOW
    )


def test_a_draft_keeps_what_can_not_be_used_yet_and_nothing_else(cast: Cast) -> None:
    draft = saved(a_draft(cast.bob), 0, **TYPED)
    assert draft.typed == {"title": "Webinar", "on": "Feb 30", "minutes": "forty"}
    assert (draft.title, draft.on, draft.minutes) == ("Webinar", None, None)
    assert draft.state == Activity.State.DRAFT


def test_a_draft_counts_nothing_a8(cast: Cast) -> None:
    before = counts(cast.bob)
    saved(a_draft(cast.bob), 0, title="Webinar", minutes="45")
    assert counts(cast.bob) == before


def test_staff_never_see_a_draft(cast: Cast) -> None:
    draft = a_draft(cast.bob)
    assert draft not in Activity.objects.of_program(BODY)
    assert not AuditEntry.objects.filter(subject_id=draft.pk, program=BODY).exists()


def test_another_window_overwrites_nothing(cast: Cast) -> None:
    draft = a_draft(cast.bob)
    other = Activity.objects.get(pk=draft.pk)
    saved(draft, 0, title="First")
    with pytest.raises(Stale, match="another window"):
        saved(other, 0, title="Second")
    other.refresh_from_db()
    assert (other.title, other.saves) == ("First", 1)


def test_saving_the_same_again_writes_nothing(cast: Cast) -> None:
    draft = saved(a_draft(cast.bob), 0, title="First")
    entries = AuditEntry.objects.count()
    assert saved(draft, 1, title="First").saves == 1
    assert AuditEntry.objects.count() == entries


def test_what_was_submitted_stands_while_it_is_written_anew(cast: Cast) -> None:
    activity = decided(submitted(cast.bob, 45, title="Webinar"), "returned")
    saved(activity, 0, title="Another title", minutes="90")
    activity.refresh_from_db()
    assert (activity.title, activity.minutes) == ("Webinar", 45)
    assert activity.typed["title"] == "Another title"


def test_a_submitted_activity_is_not_written_in(cast: Cast) -> None:
    activity = submitted(cast.bob)
    with pytest.raises(Stale):
        saved(activity, 0, title="Another")


def test_a_body_nobody_knows_has_no_drafts(cast: Cast) -> None:
    with pytest.raises(Missing):
        start_draft(actor=TESTER, member=cast.bob, program="nobody", typed={}, now=NOW)


def test_a_draft_is_thrown_away_and_kept_for_an_audit_x5(cast: Cast) -> None:
    draft = a_draft(cast.bob)
    withdraw(actor=holder(cast.bob), activity=draft, seen=0, today=TODAY, now=NOW)
    assert draft not in Activity.objects.visible_to(cast.bob).shown()
    assert Activity.objects.filter(pk=draft.pk).exists()


def test_withdrawing_ends_the_credit_from_that_day(cast: Cast) -> None:
    before = counts(cast.bob)
    activity = submitted(cast.bob, 45)
    later = TODAY + timedelta(days=3)
    withdraw(actor=holder(cast.bob), activity=activity, seen=1, today=later, now=NOW)
    assert counts(cast.bob, later - timedelta(days=1)) == before + 1
    assert counts(cast.bob, later) == before
