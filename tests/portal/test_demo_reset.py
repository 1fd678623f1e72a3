"""Starting the demonstration over: asked for on a page of its own, done elsewhere."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from core import clock
from portal.demo.roster import DAY
from tests.cast import Cast
from tests.matrix import demo_urls
from tests.matrix.asking import checksum
from tests.portal.reading import Page

pytestmark = pytest.mark.db


@pytest.fixture
def mark(settings: Settings, tmp_path: Path, cast: Cast) -> Path:
    """Where whoever runs the demonstration looks for the mark."""
    settings.DEMO = True
    settings.ROOT_URLCONF = demo_urls.__name__
    settings.EMAIL_FILE_PATH = str(tmp_path)
    settings.DEMO_START_OVER = tmp_path / "start-over"
    clock.pin(DAY)
    return tmp_path / "start-over"


def test_the_strip_leads_to_a_page_that_says_what_follows(mark: Path) -> None:
    strip = Page.of(Client().get("/")).one("aside", "gs-demo")
    assert Page.of(Client().get("/")).links["Reset"] == "/demo/reset/"
    order = [strip.text.index(word) for word in ("Date", "Jul 1", "Reset", "Mailbox")]
    assert order == sorted(order)
    page = Page.of(Client().get("/demo/reset/"))
    assert page.h1 == "Start the demonstration over?"
    for word in ("thrown away", "Nov 17, 2025", "signed out"):
        assert word in page.text
    assert not mark.exists()


def test_looking_at_it_starts_nothing_and_cancel_leads_back(mark: Path) -> None:
    came = {"Referer": "http://testserver/verify/"}
    page = Page.of(Client().get("/demo/reset/", headers=came))
    assert page.links["Cancel"] == "http://testserver/verify/"
    for referer in ("http://testserver/demo/reset/", "https://evil.example/", ""):
        page = Page.of(Client().get("/demo/reset/", headers={"Referer": referer}))
        assert page.links["Cancel"] == "/"
    assert not mark.exists()


def test_the_button_lays_the_mark_down_and_changes_no_row(mark: Path) -> None:
    before = checksum()
    for _ in range(2):
        answer = Client().post("/demo/reset/")
        assert answer.status_code == 202
        assert "Starting over" in answer.content.decode()
        assert answer.headers["Refresh"] == "3; url=/"
        assert answer.headers["Cache-Control"] == "no-store"
        assert mark.exists()
    assert checksum() == before


def test_nobody_starts_it_over_for_another_site(mark: Path) -> None:
    careful = Client(enforce_csrf_checks=True)
    assert careful.post("/demo/reset/").status_code == 403
    assert not mark.exists()


def test_where_nobody_looks_for_the_mark_there_is_no_way(
    mark: Path, settings: Settings
) -> None:
    settings.DEMO_START_OVER = None
    assert "Reset" not in Page.of(Client().get("/")).links
    assert Client().get("/demo/reset/").status_code == 404
    assert Client().post("/demo/reset/").status_code == 404


def test_a_visitor_of_the_story_before_is_nobody_and_can_enter(mark: Path) -> None:
    """Their cookies stay in the browser; what they spoke of was thrown away."""
    stale = Client(enforce_csrf_checks=True)
    stale.cookies["session"] = "0" * 32
    stale.cookies["browser"] = "signed-with-another-key:1abcde:AAAA"
    stale.cookies["csrf"] = "A" * 32
    page = Page.of(stale.get("/"))
    assert "Sign in" in page.links
    token = page.all("input", name="csrfmiddlewaretoken")[0].attributes["value"]
    answer = stale.post("/demo/reset/", {"csrfmiddlewaretoken": token})
    assert answer.status_code == 202
