"""Reviewers keep the queue's filters under a name, for all who review."""

import pytest
from django.test import Client

from core.models import AuditEntry
from portal.models import SavedView
from portal.services.viewing import MOST
from tests.cast import BODY, NOW, OTHER_BODY, Cast
from tests.portal.reading import Page

pytestmark = pytest.mark.db
QUEUE = "/staff/acmss/queue/"
OLD = "?kind=webinar&age=14"


def save(client: Client, name: str, query: str = OLD) -> int:
    """Save what is shown under a name."""
    sent = {"name": name, "filters": query}
    return client.post(f"{QUEUE}{query}", sent).status_code


def views(client: Client, query: str = "") -> dict[str, str]:
    """The saved views of a page, with where they lead."""
    page = Page.of(client.get(f"{QUEUE}{query}"))
    shown = [
        each
        for each in page.all("section")
        if each.attributes.get("aria-label") == "Saved views"
    ]
    return {a.text: a.attributes["href"] for section in shown for a in section.all("a")}


def test_filters_are_kept_under_a_name_and_open_again(
    erin: Client, mona: Client, cast: Cast
) -> None:
    assert save(erin, "  Old   webinars ") == 302
    assert views(erin) == {"Old webinars": f"{QUEUE}{OLD}"}
    # Whoever else reviews for the body has it too.
    assert views(mona) == views(erin)
    (entry,) = AuditEntry.objects.filter(action="view.saved")
    assert (entry.program, entry.sentence) == (BODY, "Saved the view “Old webinars”")


def test_the_same_again_changes_nothing(erin: Client, cast: Cast) -> None:
    assert [save(erin, "Old"), save(erin, "Old")] == [302, 302]
    assert SavedView.objects.count() == 1
    assert AuditEntry.objects.filter(action="view.saved").count() == 1


@pytest.mark.parametrize(
    ("name", "query", "words"),
    [
        ("", OLD, "Give the view a name."),
        ("x" * 61, OLD, "60"),
        ("Old", "?kind=webinar", "There is a view called “Old” already."),
        ("Other", OLD, "These filters are saved already, under another name."),
        ("All", "", "Choose a filter first, then save the view."),
        # What is no filter of the queue's is none of a view's either.
        ("All", "?nothing=of-it", "Choose a filter first, then save the view."),
    ],
)
def test_what_cannot_be_kept_says_why(
    erin: Client, cast: Cast, name: str, query: str, words: str
) -> None:
    save(erin, "Old")
    answer = erin.post(f"{QUEUE}{query}", {"name": name, "filters": query})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert SavedView.objects.count() == 1


def test_there_are_never_more_than_fit_beside_the_list(
    erin: Client, cast: Cast
) -> None:
    SavedView.objects.bulk_create(
        SavedView(
            program=BODY,
            place="queue",
            name=f"View {each}",
            query=f"?q={each}",
            saved_by="Erin",
            saved_at=NOW,
        )
        for each in range(MOST)
    )
    answer = erin.post(QUEUE, {"name": "One more", "filters": OLD})
    assert answer.status_code == 422
    assert "Remove one first" in answer.content.decode()


def test_the_open_one_is_removed_and_the_queue_stays(erin: Client, cast: Cast) -> None:
    save(erin, "Old")
    row = SavedView.objects.get()
    assert "Remove the view “Old”" in erin.get(f"{QUEUE}{OLD}").content.decode()
    gone = f"/staff/acmss/views/{row.pk}/remove/"
    assert erin.post(gone).status_code == 302
    assert views(erin) == {}
    assert AuditEntry.objects.filter(action="view.removed").count() == 1
    assert erin.post(gone).status_code == 404


def test_another_bodys_views_are_not_there(erin: Client, cast: Cast) -> None:
    theirs = SavedView.objects.create(
        program=OTHER_BODY,
        place="queue",
        name="Theirs",
        query=OLD,
        saved_by="Olga",
        saved_at=NOW,
    )
    assert views(erin) == {}
    assert erin.post(f"/staff/acmss/views/{theirs.pk}/remove/").status_code == 404
    assert save(erin, "Theirs") == 302


def test_filters_that_are_too_long_say_so(erin: Client, cast: Cast) -> None:
    answer = erin.post(QUEUE, {"name": "Faces", "filters": "?q=" + "\U0001f600" * 100})
    assert answer.status_code == 422
    assert "Shorten the search" in answer.content.decode()
