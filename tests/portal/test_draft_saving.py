"""A draft survives leaving; it saves itself, and no window overwrites another."""

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from ce_credits.models import Activity
from ce_credits.services import decide, withdraw
from ce_credits.services.deciding import Ruling
from core.models import AuditEntry
from tests.cast import NOW, TESTER, TODAY, Cast
from tests.matrix.asking import checksum
from tests.portal.pressing import followed
from tests.portal.reading import Page
from tests.portal.writing import (
    NEW,
    TYPED,
    Fields,
    a_pdf,
    again,
    mine,
    opened,
    place,
    proofs,
    send,
    submitted,
)

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("shelf")]
CHANGED = "This draft was changed in another window."


def autosaved(client: Client, address: str, fields: Fields, **typed: str) -> "Answer":
    """Save as the page does by itself."""
    return again(client, address, fields, do="autosave", **typed)


def said(answer: "Answer") -> dict[str, Any]:
    """What the page is told."""
    found: dict[str, Any] = answer.json()
    return found


def test_a_draft_is_there_when_one_comes_back(bob: Client, cast: Cast) -> None:
    page = followed(bob, send(bob, title="Half a title", minutes="", on=""))
    assert page.notices == ["Draft saved."]
    me = Page.of(bob.get("/me/"))
    assert "Half a title" in me.text
    assert "Draft, not counted." in me.text
    draft = mine(cast.bob)
    assert place(draft, "edit/") in me.links.values()
    back = Page.of(bob.get(place(draft, "edit/")))
    assert back.value("title") == "Half a title"
    assert back.value("provider") == TYPED["provider"]


def test_a_draft_counts_nothing_and_staff_do_not_see_it(
    bob: Client, erin: Client, cast: Cast
) -> None:
    before = Page.of(bob.get("/me/")).h1
    followed(bob, send(bob, title="Only a draft (45 min)", file=a_pdf()))
    assert Page.of(bob.get("/me/")).h1 == before
    seen = Page.of(erin.get(f"/staff/acmss/members/{cast.bob.pk}/")).text
    assert "Only a draft" not in seen
    assert "Only a draft" not in Page.of(bob.get("/me/transcript/")).text


def test_a_new_page_saves_itself_into_a_draft(bob: Client, cast: Cast) -> None:
    fields = opened(bob)
    first = said(autosaved(bob, NEW, fields, title="W"))
    draft = mine(cast.bob)
    assert first == {"url": place(draft, "edit/"), "saves": 0}
    second = said(autosaved(bob, str(first["url"]), fields, title="Webinar"))
    assert second["saves"] == 1
    # The page had not heard of the first save yet.
    late = said(autosaved(bob, NEW, fields, title="Web"))
    assert CHANGED in late["stale"]
    assert Activity.objects.filter(member=cast.bob, state="draft").count() == 1
    assert mine(cast.bob).typed["title"] == "Webinar"


def test_saving_what_is_saved_already_writes_nothing(bob: Client, cast: Cast) -> None:
    followed(bob, send(bob))
    address = place(mine(cast.bob), "edit/")
    fields, before = opened(bob, address), checksum()
    assert said(autosaved(bob, address, fields))["saves"] == 0
    assert checksum() == before


def test_each_save_is_counted_and_written_down(bob: Client, cast: Cast) -> None:
    followed(bob, send(bob))
    address = place(mine(cast.bob), "edit/")
    fields = opened(bob, address)
    for number, title in enumerate(("One", "Two"), start=1):
        saves = said(autosaved(bob, address, fields, title=title))["saves"]
        assert saves == number
        fields["saves"] = saves
    saved = AuditEntry.objects.filter(action="ce.draft_saved", member=cast.bob)
    assert saved.count() == 2
    # What somebody is still writing is nobody else's to read.
    assert {each.practice_id for each in saved} == {None}
    assert {each.program for each in saved} == {""}


@pytest.mark.parametrize("button", ["save", "check", "submit", "autosave"])
def test_a_window_that_was_overtaken_overwrites_nothing(
    bob: Client, cast: Cast, button: str
) -> None:
    followed(bob, send(bob, file=a_pdf()))
    address = place(mine(cast.bob), "edit/")
    old = opened(bob, address)
    followed(bob, send(bob, address, title="From the newer window"))
    answer = again(bob, address, old, do=button, title="From the older window")
    assert answer.status_code == 409
    draft = mine(cast.bob)
    assert draft.typed["title"] == "From the newer window"
    assert draft.state == Activity.State.DRAFT
    if button == "autosave":
        assert CHANGED in said(answer)["stale"]
        return
    page = Page.of(answer)
    assert page.problems[0].startswith(CHANGED)
    # What was typed there stays on the page, and the newest is one click away.
    assert page.value("title") == "From the older window"
    assert page.links["Open the newest draft"] == address


def test_a_page_that_was_opened_before_it_was_submitted_saves_nothing(
    bob: Client, cast: Cast
) -> None:
    followed(bob, send(bob, file=a_pdf()))
    address = place(mine(cast.bob), "edit/")
    old = opened(bob, address)
    followed(bob, send(bob, address, do="submit"))
    before = checksum()
    answer = autosaved(bob, address, old, title="Too late")
    assert (answer.status_code, "stale" in said(answer)) == (409, True)
    assert checksum() == before


def test_a_form_of_a_discarded_draft_begins_none_anew(bob: Client, cast: Cast) -> None:
    fields = opened(bob)
    followed(bob, again(bob, NEW, fields, do="save"))
    draft = mine(cast.bob)
    withdraw(actor=TESTER, activity=draft, seen=0, today=TODAY, now=NOW)
    page = followed(bob, again(bob, NEW, fields, do="submit"))
    assert page.notices == ["This draft was discarded. Write a new one."]
    assert bob.get(place(draft, "edit/")).status_code == 404
    assert again(bob, place(draft, "edit/"), fields, do="save").status_code == 404


def sent_back(
    activity: Activity, outcome: str, *, words: str = "", ground: str = ""
) -> None:
    """Have staff return it, or not accept it."""
    decide(
        actor=TESTER,
        activity=activity,
        seen=activity.version,
        ruling=Ruling(outcome, words=words, ground=ground),
        today=TODAY,
        now=NOW,
    )


def test_what_staff_returned_is_completed_and_sent_again(
    bob: Client, cast: Cast
) -> None:
    activity = submitted(bob, cast.bob)
    sent_back(activity, "returned", words="Send page 2 as well.")
    me = Page.of(bob.get("/me/"))
    assert place(activity, "edit/") in me.links.values()
    address = place(activity, "edit/")
    page = Page.of(bob.get(address))
    assert page.h1 == f"Add what is missing: {TYPED['title']}"
    assert "Staff wrote: Send page 2 as well." in page.text
    assert page.value("title") == TYPED["title"]
    assert page.value("on") == "2025-10-02"
    # What stands is what was submitted, until it is submitted again.
    followed(bob, send(bob, address, title="Another title (60 min)"))
    assert Page.of(bob.get(place(activity))).h1 == TYPED["title"]
    assert Page.of(bob.get(address)).value("title") == "Another title (60 min)"
    shown = followed(
        bob,
        send(
            bob,
            address,
            do="submit",
            title="Another title (60 min)",
            minutes="",
            file=a_pdf("page-2.pdf"),
        ),
    )
    assert shown.h1 == "Another title (60 min)"
    assert proofs(activity) == ["page-2.pdf", "proof.pdf"]
    assert [step.kind for step in activity.steps.order_by("number")] == [
        "submitted",
        "returned",
        "submitted",
    ]


def test_what_was_not_accepted_says_why_and_can_be_sent_again(
    bob: Client, cast: Cast
) -> None:
    activity = submitted(bob, cast.bob)
    sent_back(activity, "rejected", ground="product_training")
    page = Page.of(bob.get(place(activity)))
    assert "Staff wrote: Product-specific training" in page.text
    assert page.links["Correct and send again"] == place(activity, "edit/")
    answer = send(bob, place(activity, "edit/"), do="submit")
    assert followed(bob, answer).notices == ["Submitted. 1.0 CME counts from today."]
