"""The help system: its articles, for everybody, signed in or not."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from accounts.access import PUBLIC, Door
from accounts.routes import route
from core.failures import Missing
from portal.queries.helping import articles, search
from portal.sent import sent
from portal.views.contact import contact_url

LONGEST_SEARCH = 100


@route(permission=PUBLIC)
def help_page(request: HttpRequest, door: Door) -> HttpResponseBase:
    """List the articles; with `q`, those that have all its words."""
    asked = sent(request.GET, "q", LONGEST_SEARCH).strip()
    found = search(asked) if asked else list(articles().values())
    context = {
        "contact_url": contact_url(request),
        "asked": asked,
        "articles": found,
        "verdict": _verdict(asked, len(found)),
        "page_title": f"Help: {asked}" if asked else "Help system",
    }
    return render(request, "portal/help.html", context)


@route(permission=PUBLIC)
def help_article(request: HttpRequest, door: Door, article: str) -> HttpResponseBase:
    """Show one article."""
    found = articles().get(article)
    if found is None:
        raise Missing("Not found.")
    others = [each for each in articles().values() if each is not found]
    context = {
        "article": found,
        "others": others,
        "contact_url": contact_url(request),
        "page_title": found.title,
    }
    return render(request, "portal/help_article.html", context)


def _verdict(asked: str, count: int) -> str:
    if not asked:
        return "Short answers to what people ask. Search, or choose one."
    if not count:
        return "No article has all of these words. Try fewer, or other ones."
    return f"{count} {'article has' if count == 1 else 'articles have'} “{asked}”."
