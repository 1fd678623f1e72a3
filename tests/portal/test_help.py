"""The help system: opened at the page's article, searched, the same for everybody."""

import re

import pytest
from django.test import Client
from django.urls import Resolver404, get_resolver, resolve

from portal.queries.helping import PLACE, article_for, articles, search
from tests.portal.reading import Page

LINK = re.compile(r"\]\((/[^)]*)\)")


def titles(text: str) -> list[str]:
    """Titles of what a search finds, best first."""
    return [found.title for found in search(text)]


def test_every_file_is_an_article_of_the_list() -> None:
    assert {path.stem for path in PLACE.glob("*.md")} == set(articles())


def test_every_page_an_article_names_is_there() -> None:
    known = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    named = [page for found in articles().values() for page in found.pages]
    assert sorted(set(named) - known) == []
    assert len(named) == len(set(named)), "two articles for one page"


def test_every_link_in_an_article_leads_somewhere() -> None:
    for found in articles().values():
        for address in LINK.findall(found.text):
            try:
                match = resolve(address)
            except Resolver404:
                pytest.fail(f"{found.slug}: {address} leads nowhere")
            if match.url_name == "help_article":
                assert match.kwargs["article"] in articles(), found.slug


def test_the_title_weighs_more_than_the_text() -> None:
    assert titles("renew")[0] == "Renew somebody"
    assert titles("cheque")[0] == "Pay an order, and find your invoice"
    assert "Where you stand" in titles("totals")


def test_all_the_words_have_to_be_there() -> None:
    assert titles("second step") == ["Sign in, passwords and the second step"]
    assert titles("cheque passkey zebra") == []
    assert titles("...") == []


def test_a_tag_in_an_article_would_be_text() -> None:
    assert article_for("assignments") is articles()["renew"]
    assert "<table>" in articles()["colours"].html
    assert all("<script" not in found.html for found in articles().values())


def test_the_list_and_each_article_are_open_to_all(client: Client) -> None:
    page = Page.of(client.get("/help/"))
    for found in articles().values():
        assert found.title in page.text
        shown = Page.of(client.get(f"/help/{found.slug}/"))
        assert shown.one("h1").text == found.title


def test_a_search_says_what_it_found(client: Client) -> None:
    page = Page.of(client.get("/help/", {"q": "cheque"}))
    assert "articles have “cheque”." in page.text
    assert page.one("input", id="q").attributes["value"] == "cheque"
    none = Page.of(client.get("/help/", {"q": "<b>zebra"}))
    assert "No article has all of these words." in none.text
    assert client.get("/help/none/").status_code == 404


@pytest.mark.db
def test_the_button_opens_the_article_of_the_page(alice: Client) -> None:
    def leads(address: str) -> str:
        button = Page.of(alice.get(address)).one("a", "gs-help")
        return button.attributes["href"]

    assert leads("/p/northside/assignments/") == "/help/renew/"
    assert leads("/privacy/") == "/help/"
