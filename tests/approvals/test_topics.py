"""What a sponsor's activity is about: asked with it, credited with it (M8, M12)."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from accounts.models import StaffRole, User
from ce_credits.models import ApprovalApplication, CatalogueItem
from ce_credits.rules import Programme
from ce_credits.services.feed_judging import report_of
from core.failures import NotUsable
from tests.approvals.approving import BODY, HELD_ON, approved, sends, sent_in
from tests.approvals.test_over import approves, changes
from tests.cast import TODAY, Cast, a_user
from tests.portal.reading import Page
from tests.signing import client_without_second_factor

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today", "shelf")]
MMS: dict[str, Any] = {"program": "mms", "kind": "category_1"}
TOPICS = ["ehr", "risk_management"]
HERE = "/approvals/"


@pytest.fixture
def sam(db: None, today: object) -> User:
    """A sponsor."""
    return a_user("Sam Sponsor")


def test_the_catalogue_has_what_an_approved_activity_is_about(sam: User) -> None:
    done = approved(sam, **MMS, topics=[*TOPICS, "ehr"])
    # In the pack's order, as an imported file has them.
    assert CatalogueItem.objects.get().topics == ["risk_management", "ehr"]
    assert Programme.of(done.facts).topics == ("ehr", "risk_management")


def test_attendance_of_it_counts_towards_its_topics(sam: User) -> None:
    done = approved(sam, **MMS, topics=TOPICS)
    assert done.item is not None
    answer = report_of(done.item, HELD_ON, None).answer("mms", TODAY)
    assert set(answer.topics) == set(TOPICS)


def test_what_was_sent_before_topics_were_asked_is_about_nothing(sam: User) -> None:
    application = sent_in(sam, **MMS)
    del application.facts["topics"]
    assert Programme.of(application.facts).topics == ()


@pytest.mark.parametrize(
    ("body", "topics", "words"),
    [
        (MMS, ["ehr", "cooking"], "Use some of these: risk_management"),
        ({"program": BODY}, ["ehr"], "not asked what it is about"),
    ],
)
def test_topics_that_are_not_asked_or_not_known_are_named(
    sam: User, body: dict[str, Any], topics: list[str], words: str
) -> None:
    with pytest.raises(NotUsable, match=words) as refused:
        sent_in(sam, **body, topics=topics)
    assert [each.field for each in refused.value.problems] == ["topics"]


def test_a_change_begins_with_the_topics_that_were_approved(sam: User) -> None:
    change = changes(approved(sam, **MMS, topics=TOPICS))
    assert change.typed["topics"] == TOPICS
    again = approves(sends(change, sam))
    assert again.item is not None
    assert again.item.topics == ["risk_management", "ehr"]


def test_a_sponsor_ticks_topics_where_the_body_has_them(sam: User) -> None:
    sponsor = client_without_second_factor(sam)
    there = Page.of(sponsor.get(f"{HERE}new/?program={BODY}"))
    assert not there.all("input", name="topics")
    page = Page.of(sponsor.get(f"{HERE}new/?program=mms"))
    assert len(page.all("input", name="topics")) > len(TOPICS)
    said = {"program": "mms", "title": "A", "topics": TOPICS, "do": "save"}
    sponsor.post(f"{HERE}new/", said)
    draft = ApprovalApplication.objects.get()
    assert draft.typed["topics"] == TOPICS
    edit = f"{HERE}{draft.pk}/edit/"
    ticked = {
        box.attributes["value"]
        for box in Page.of(sponsor.get(edit)).all("input", name="topics")
        if "checked" in box.attributes
    }
    assert ticked == set(TOPICS)
    wrong = {"topics": ["cooking"], "kind": "category_1", "do": "save"}
    sponsor.post(edit, wrong | {"saves": str(draft.saves), "seen": "0"})
    bad = sponsor.post(edit, wrong | {"saves": "1", "seen": "0", "do": "send"})
    assert bad.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_staff_read_what_it_is_about(
    sam: User, cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    waits = sent_in(sam, **MMS, topics=TOPICS)
    StaffRole.objects.create(user=cast.mona, program="mms", role="manager")
    text = Page.of(signed_in("mona").get(f"/staff/mms/approvals/{waits.pk}/")).text
    assert "Electronic health records, Risk management" in text
