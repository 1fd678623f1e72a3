"""The help system's articles: Markdown beside this app, found by page and by words."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

PLACE = Path(__file__).parent.parent / "help"
# In the order of the list: what people ask first comes first.
ORDER = (
    "renew",
    "colours",
    "held",
    "dates",
    "auto-renewal",
    "own-renewal",
    "seats",
    "pay",
    "member-record",
    "invite",
    "import",
    "exports",
    "audit-binder",
    "documents",
    "hand-over",
    "add-ce",
    "ce-states",
    "where-you-stand",
    "licences",
    "transcript",
    "recertify",
    "asked",
    "two-accounts",
    "certificates",
    "verify",
    "employers",
    "notifications",
    "sign-in",
    "activity",
    "ask",
    "api",
    "review",
    "feed",
    "approvals",
    "audits",
    "standing",
    "good-standing",
    "register",
    "decrees",
    "exams",
    "courses",
    "course-player",
    "live",
    "staff-courses",
    "staff-live",
    "staff-reports",
    "staff-orders",
    "questions",
    "staff-documents",
    "glossary",
)
WORD = re.compile(r"[^\W_]+")
FENCE = "+++\n"
# How much more a word weighs where somebody chose it than in running text.
IN_TITLE, IN_ABOUT, IN_TEXT = 10, 4, 1


@dataclass(frozen=True)
class Article:
    """One answer.

    Args:
        slug: its address.
        title: what it answers.
        about: the same in a sentence.
        pages: names of routes whose HELP SYSTEM button opens it.
        words: what people call it otherwise; searched, not shown.
        text: the Markdown.
    """

    slug: str
    title: str
    about: str
    pages: Sequence[str]
    words: str
    text: str

    @property
    def html(self) -> SafeString:
        """The text as HTML. Tags in it would show as text: none are let through."""
        reader = MarkdownIt("commonmark", {"html": False}).enable("table")
        # Our own files.
        return SafeString(reader.render(self.text))


@cache
def articles() -> Mapping[str, Article]:
    """Read all articles, by slug, in the list's order."""
    return {slug: _read(slug) for slug in ORDER}


def article_for(route: str) -> Article | None:
    """Find the article for the page of a route; None where there is none."""
    found = (each for each in articles().values() if route in each.pages)
    return next(found, None)


def search(text: str) -> Sequence[Article]:
    """Find the articles that have all the words, or beginnings of words, best first."""
    asked = WORD.findall(text.lower())
    if not asked:
        return []
    weighed = [(_weight(each, asked), each) for each in articles().values()]
    found = sorted(weighed, key=lambda pair: -pair[0])
    return [article for weight, article in found if weight]


def _weight(article: Article, asked: Sequence[str]) -> int:
    places = (
        (IN_TITLE, f"{article.title} {article.words}"),
        (IN_ABOUT, article.about),
        (IN_TEXT, article.text),
    )
    total = 0
    for word in asked:
        here = sum(
            weight
            for weight, place in places
            if any(found.startswith(word) for found in WORD.findall(place.lower()))
        )
        if not here:
            return 0
        total += here
    return total


def _read(slug: str) -> Article:
    _, head, text = (PLACE / f"{slug}.md").read_text(encoding="utf-8").split(FENCE, 2)
    facts = tomllib.loads(head)
    return Article(
        slug=slug,
        title=facts["title"],
        about=facts["about"],
        pages=tuple(facts.get("pages", ())),
        words=facts.get("words", ""),
        text=text,
    )
