"""A holder picks a known activity: it fills the form in, and stays editable."""

import pytest
from django.test import Client

from ce_credits.models import Activity
from tests.cast import OTHER_BODY, Cast
from tests.matrix.asking import checksum
from tests.portal.pressing import followed
from tests.portal.reading import Page
from tests.portal.writing import NEW, a_pdf, an_item, mine, place, send

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("shelf")]
CODING = "MLN: Documentation That Supports the Code"


def found(client: Client, q: str, address: str = NEW) -> list[str]:
    """The titles that a search finds."""
    page = Page.of(client.get(address, {"q": q}))
    return [row.one("", "gs-row-title").text for row in page.all("li", "gs-row-split")]


def test_without_a_catalogue_there_is_no_search(bob: Client, cast: Cast) -> None:
    assert not Page.of(bob.get(NEW)).all("form", role="search")


def test_a_search_finds_words_of_the_title_and_codes(bob: Client, cast: Cast) -> None:
    fraud, coding = an_item(), an_item("MLN-2", CODING, minutes=90)
    assert found(bob, "FRAUD medicare") == [fraud.title]
    assert found(bob, "mln-2") == [coding.title]
    assert found(bob, "mln") == [fraud.title, coding.title]
    assert found(bob, "nothing such") == []
    assert "Nothing matches “zzz”" in Page.of(bob.get(NEW, {"q": "zzz"})).text


@pytest.mark.parametrize("q", ["", "   ", "%", "x" * 5000, "' OR 1=1 --", "_"])
def test_whatever_is_searched_for_the_page_answers(
    bob: Client, cast: Cast, q: str
) -> None:
    an_item()
    before = checksum()
    assert bob.get(NEW, {"q": q}).status_code == 200
    assert checksum() == before


def test_what_is_not_offered_or_another_body_s_is_not_found(
    bob: Client, cast: Cast
) -> None:
    an_item()
    an_item("MLN-2", "MLN: Old (45 min)", offered=False)
    an_item("X-1", "MLN: Theirs (45 min)", program=OTHER_BODY)
    assert len(found(bob, "mln")) == 1
    for code in ("MLN-2", "X-1", "nobody", "x" * 5000):
        page = Page.of(bob.get(NEW, {"item": code}))
        assert page.value("title") == ""


def test_a_long_list_says_that_there_is_more(bob: Client, cast: Cast) -> None:
    for number in range(21):
        an_item(f"M-{number}", f"MLN: Part {number} (45 min)")
    assert len(found(bob, "mln")) == 20
    assert "There are more." in Page.of(bob.get(NEW, {"q": "mln"})).text


def test_picking_fills_the_form_in_and_writes_nothing(bob: Client, cast: Cast) -> None:
    item, before = an_item("MLN-2", CODING, minutes=90), checksum()
    page = Page.of(bob.get(NEW, {"q": "documentation"}))
    page = Page.of(bob.get(f"{NEW}{page.links[f'Pick {CODING}']}"))
    assert page.value("title") == CODING
    assert page.value("minutes") == "90"
    assert page.value("provider") == item.provider
    assert page.one("p", "gs-quote").text == "1.5 CME"
    assert "From the catalogue: MLN-2" in page.text
    assert checksum() == before


def test_what_was_picked_is_kept_with_the_activity(bob: Client, cast: Cast) -> None:
    item = an_item("MLN-2", CODING, minutes=90)
    typed = {"item": "MLN-2", "title": f"{CODING}, part 1", "minutes": "61"}
    followed(bob, send(bob, do="submit", file=a_pdf(), **typed))
    activity = mine(cast.bob)
    assert activity.catalogue_item == item
    # What a member reports stays as it was reported.
    assert (activity.title, activity.minutes) == (f"{CODING}, part 1", 61)
    assert "MLN-2" in Page.of(bob.get(place(activity))).text


def test_picking_for_a_draft_keeps_the_rest_of_it(bob: Client, cast: Cast) -> None:
    an_item()
    followed(bob, send(bob, title="", on="2025-10-03"))
    address = place(mine(cast.bob), "edit/")
    assert found(bob, "fraud", address) == ["MLN: Combating Medicare Fraud (30 min)"]
    page = Page.of(bob.get(address, {"item": "MLN-1"}))
    assert page.value("title") == "MLN: Combating Medicare Fraud (30 min)"
    assert page.value("on") == "2025-10-03"


def test_an_item_that_is_offered_no_more_is_not_submitted_with(
    bob: Client, cast: Cast
) -> None:
    item = an_item()
    followed(bob, send(bob, item="MLN-1", file=a_pdf()))
    type(item).objects.filter(pk=item.pk).update(offered_now=False)
    followed(bob, send(bob, place(mine(cast.bob), "edit/"), do="submit", item="MLN-1"))
    assert mine(cast.bob).state == Activity.State.SUBMITTED
    assert mine(cast.bob).catalogue_item is None
