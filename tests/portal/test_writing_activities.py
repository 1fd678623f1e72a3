"""A holder writes an activity, adds proof, submits it, and it counts (A8, A9)."""

from decimal import Decimal

import pytest
from django.test import Client

from ce_credits.models import Activity, CreditAward
from core.models import AuditEntry, OutboxMessage
from tests.cast import TODAY, Cast, credit, given
from tests.matrix.asking import checksum
from tests.portal.pressing import followed
from tests.portal.reading import Page
from tests.portal.writing import (
    NEW,
    TYPED,
    a_pdf,
    again,
    mine,
    opened,
    place,
    proofs,
    send,
    submitted,
)

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("shelf")]


@pytest.fixture
def renewed(cast: Cast) -> None:
    """Bob's term goes on until Nov 16, 2026, with nothing in it yet."""
    given(cast.renewals, cast.northside, cast.bob)


def test_looking_at_the_form_writes_nothing(bob: Client, cast: Cast) -> None:
    before = checksum()
    page = Page.of(bob.get(NEW))
    assert page.h1 == "Add CE activity"
    assert checksum() == before


def test_the_licence_number_is_known_already(bob: Client, cast: Cast) -> None:
    page = Page.of(bob.get(NEW))
    number = cast.bob.certifications.get().number
    assert page.value("licence_number") == number


def test_what_a_file_may_be_is_said_before_it_is_sent(bob: Client, cast: Cast) -> None:
    page = Page.of(bob.get(NEW))
    assert "PDF, PNG or JPEG, up to 10 MB each" in page.text
    field = page.one("input", type="file")
    assert "multiple" in field.attributes
    assert "application/pdf" in field.attributes["accept"]
    assert field.attributes["aria-describedby"] == "id_file_helptext"


@pytest.mark.usefixtures("renewed")
def test_an_activity_with_proof_counts_at_once_a9(bob: Client, cast: Cast) -> None:
    page = followed(bob, send(bob, do="submit", on="2025-11-17", file=a_pdf()))
    activity = mine(cast.bob)
    assert activity.state == Activity.State.SUBMITTED
    assert (activity.minutes, activity.practice) == (45, cast.northside)
    assert CreditAward.objects.get(activity=activity).credits == Decimal(1)
    assert page.notices == ["Submitted. 1.0 CME counts from today."]
    assert page.h1 == TYPED["title"]
    assert "45 min → 1.0 CME, band over 30 and up to 60 min, Index CMS06140728A" in (
        page.text
    )
    me = Page.of(bob.get("/me/"))
    assert me.h1 == "You have 1.0 of 3.0 CME. 2.0 more by Nov 16, 2026."
    entry = AuditEntry.objects.get(action="ce.submitted")
    assert (entry.actor, entry.user_id) == ("Bob Baker", cast.user("bob").pk)
    assert OutboxMessage.objects.filter(kind="ce_received").count() == 1


@pytest.mark.usefixtures("cast")
def test_without_proof_it_stays_a_draft_a8(bob: Client, cast: Cast) -> None:
    answer = send(bob, do="submit")
    page = Page.of(answer)
    text = "Add a copy of the certificate, or documentation of the hours."
    assert answer.status_code == 422
    assert page.title.startswith("Error:")
    assert page.problems == [text]
    assert page.one("", "gs-problem").one("a").attributes["href"] == "#id_file"
    draft = mine(cast.bob)
    assert draft.state == Activity.State.DRAFT
    assert not CreditAward.objects.filter(activity=draft).exists()
    assert page.all("form", id="fill")[0].attributes["action"] == place(draft, "edit/")


def test_on_any_problem_everything_typed_stays(bob: Client, cast: Cast) -> None:
    typed = TYPED | {"title": "A <b>title</b> {{7*7}}", "minutes": "x", "on": ""}
    answer = send(bob, do="submit", file=a_pdf("shown.pdf"), **typed)
    page = Page.of(answer)
    assert answer.status_code == 422
    for name in ("title", "provider", "minutes", "on", "licence_number"):
        assert page.value(name) == typed[name]
    (kind,) = [each for each in page.all("option") if "selected" in each.attributes]
    assert kind.attributes["value"] == typed["kind"]
    # The good file was kept, and the draft holds all of it.
    assert "shown.pdf" in page.text
    assert proofs(mine(cast.bob)) == ["shown.pdf"]
    draft = mine(cast.bob)
    later = Page.of(bob.get(place(draft, "edit/")))
    assert later.value("title") == typed["title"]
    assert later.value("minutes") == "x"


def test_nothing_typed_begins_no_draft(bob: Client, cast: Cast) -> None:
    empty = dict.fromkeys(TYPED, "")
    before = checksum()
    for button in ("submit", "save", "check", "autosave"):
        answer = send(bob, do=button, **empty)
        assert answer.status_code == (200 if button == "autosave" else 422)
    assert checksum() == before
    page = Page.of(send(bob, do="submit", **empty))
    assert page.problems[:2] == [
        "Choose a kind of activity.",
        "Enter the activity's title.",
    ]


def test_over_120_minutes_waits_for_staff_a6(bob: Client, cast: Cast) -> None:
    page = followed(bob, send(bob, do="submit", minutes="121", file=a_pdf()))
    activity = mine(cast.bob)
    assert page.notices == ["Submitted. A staff member decides on the credit."]
    assert activity.state == Activity.State.SUBMITTED
    assert not CreditAward.objects.filter(activity=activity).exists()
    line = "121 min → not computed, over 120 min is outside the published bands."
    for where in (place(activity), "/me/", "/me/transcript/"):
        shown = Page.of(bob.get(where)).text
        assert line in shown
        assert "Staff decide" in shown


def test_a_double_click_submits_once(bob: Client, cast: Cast) -> None:
    fields = opened(bob)
    first, second = (
        followed(bob, again(bob, NEW, fields, do="submit", file=a_pdf()))
        for _ in range(2)
    )
    assert first.h1 == second.h1 == TYPED["title"]
    assert first.notices == ["Submitted. 1.0 CME counts from today."]
    assert second.notices == [
        "This activity is submitted already. Nothing was sent twice."
    ]
    titled = Activity.objects.filter(member=cast.bob, title=TYPED["title"])
    assert titled.count() == 1
    assert CreditAward.objects.filter(activity__in=titled).count() == 1


def test_a_draft_that_is_open_in_two_windows_is_submitted_once(
    bob: Client, cast: Cast
) -> None:
    followed(bob, send(bob, file=a_pdf()))
    address = place(mine(cast.bob), "edit/")
    windows = [opened(bob, address), opened(bob, address)]
    pages = [
        followed(bob, again(bob, address, fields, do="submit")) for fields in windows
    ]
    assert "Nothing was sent twice." in pages[1].notices[0]
    assert CreditAward.objects.filter(activity=mine(cast.bob)).count() == 1


def test_submitted_it_is_not_written_any_more(bob: Client, cast: Cast) -> None:
    activity = submitted(bob, cast.bob)
    answer = bob.get(place(activity, "edit/"))
    assert answer.headers["Location"] == place(activity)


def test_a_form_decides_neither_state_nor_credit(bob: Client, cast: Cast) -> None:
    forged = {
        "status": "approved",
        "state": "accepted",
        "credits": "30",
        "version": "7",
        "member": str(cast.charlie.pk),
        "practice_id": str(cast.lakeview.pk),
        "submitted_at": "2020-01-01",
    }
    followed(bob, send(bob, do="submit", file=a_pdf(), **forged))
    activity = mine(cast.bob)
    assert activity.state == Activity.State.SUBMITTED
    assert activity.practice == cast.northside
    assert CreditAward.objects.get(activity=activity).credits == Decimal(1)
    assert not Activity.objects.filter(member=cast.charlie, title=TYPED["title"])


def test_a_form_without_its_key_asks_to_reload(bob: Client, cast: Cast) -> None:
    before = checksum()
    for key in ("", "x", "a\0b"):
        answer = send(bob, draft=key)
        assert answer.status_code == 422
        assert "Reload the page" in Page.of(answer).text
    assert checksum() == before


def test_a_key_of_somebody_elses_activity_is_no_key(bob: Client, cast: Cast) -> None:
    theirs = credit(cast.charlie, "1.0", on=TODAY).activity
    before = checksum()
    assert send(bob, draft=str(theirs.pk)).status_code == 404
    assert checksum() == before


def test_another_body_that_has_no_pack_is_not_there(bob: Client, cast: Cast) -> None:
    assert bob.get(f"{NEW}?program=nobody").status_code == 404
    assert send(bob, program="nobody").status_code == 404
