"""Writing an activity for another body than the first: every way keeps the body."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.ce.society import SOCIETY, certified
from tests.portal.reading import Page
from tests.portal.society import HERE, sent, shown
from tests.portal.writing import a_certificate, a_pdf, an_item, mine, opened, place

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("shelf")]


@pytest.fixture(autouse=True)
def _certified(cast: Cast) -> None:
    certified(cast.bob)


def test_minutes_of_a_file_are_not_read_into_what_asks_none(
    bob: Client, cast: Cast
) -> None:
    sent(bob, "save", kind="college_course", file=a_certificate("Law", minutes=45))
    assert "minutes" not in mine(cast.bob).typed


def test_every_way_from_the_form_keeps_the_body(bob: Client, cast: Cast) -> None:
    an_item("MLN-9", "Ethics (60 min)", program=SOCIETY)
    page = Page.of(bob.get(f"{HERE}&q=ethics"))
    assert page.value("program") == SOCIETY
    assert page.links["Where you stand"] == f"/me/?program={SOCIETY}"
    assert f"program={SOCIETY}" in page.links["Pick Ethics (60 min)"]
    search = page.one("form", role="search").one("input", name="program")
    assert search.attributes["value"] == SOCIETY
    blank = opened(bob, HERE) | {"do": "autosave"}
    assert bob.post(HERE, blank).json()["url"] == HERE
    assert (
        Page.of(bob.post(HERE, blank | {"do": "save"}))
        .one("form", id="fill")
        .attributes["action"]
        == HERE
    )


def test_an_item_of_the_body_s_catalogue_fills_its_form_in(
    bob: Client, cast: Cast
) -> None:
    item = an_item("E-1", "Ethics", minutes=60, program=SOCIETY)
    item.kind = "approved_education"
    item.save()
    page = Page.of(bob.get(f"{HERE}&item=E-1"))
    assert (page.value("title"), page.value("minutes")) == ("Ethics", "60")
    assert shown(page) == {"minutes", "housekeeping_minutes"}
    typed = {"kind": item.kind, "title": "Ethics", "minutes": "60", "item": "E-1"}
    sent(bob, "submit", file=a_pdf(), **typed)
    assert mine(cast.bob).catalogue_item == item


def test_a_draft_taken_back_leads_to_its_body(bob: Client, cast: Cast) -> None:
    sent(bob, "save", kind="teaching")
    draft = mine(cast.bob)
    answer = bob.post(place(draft, "withdraw/"), {"seen": "0"})
    assert answer["Location"] == f"/me/?program={SOCIETY}"
    late = bob.post(place(draft, "edit/"), {"do": "save"})
    assert late.status_code == 404
