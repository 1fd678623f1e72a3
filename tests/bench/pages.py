"""Pages against the login floor: what any view costs that knows who is signed in.

    make bench NAME=pages ARGS="record --n 1000"

The floor is a view with Django's own session and sign-in and nothing else: two
statements. Both are asked in turn in one run, through the whole of Django, and
`--n` is how many people the practice has.
"""

from argparse import ArgumentParser
from collections.abc import Callable, Sequence

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path

from accounts.models import Member
from tests.bench.turns import in_turn
from tests.cast import TODAY, Cast, credit, full_cast, given
from tests.portal.crowd import crowd
from tests.portal.statements import AROUND
from tests.signing import open_session

GOALS = {"assignments": 12.0, "record": 5.0, "home": 12.0}
FLOOR = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tests.bench.pages.below",
]
MEMORY = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
Answer = Callable[[HttpRequest], HttpResponseBase]


def floor(request: HttpRequest) -> HttpResponse:
    """Say who is signed in."""
    return HttpResponse(str(request.user))


urlpatterns = [path("floor/", floor)]


def below(get_response: Answer) -> Answer:
    """Answer out of this file's own addresses."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        request.urlconf = "tests.bench.pages"
        return get_response(request)

    return answer


def main(argv: Sequence[str]) -> None:
    """Print how many statements a page sends and, last, how many floors it costs."""
    parser = ArgumentParser(prog="bench pages", description=__doc__)
    parser.add_argument("page", nargs="?", choices=list(GOALS), default="record")
    parser.add_argument("--n", type=int, default=100, help="its people (100)")
    parser.add_argument("--rounds", type=int, default=60, help="rounds (60)")
    options = parser.parse_args(argv)
    # What a browser is told of ways in is not what is timed.
    with override_settings(CACHES=MEMORY, ALLOWED_HOSTS=["testserver"]):
        _time(options.page, options.n, options.rounds)


def _time(page: str, people: int, rounds: int) -> None:
    cast = full_cast()
    crowd(cast.northside, people)
    place = _place(page, cast)
    ours = open_session(Client(), cast.alice)
    ground = open_session(Client(), cast.alice)
    with override_settings(MIDDLEWARE=FLOOR):
        # A client reads the list of middleware when it is first used.
        _ask(ground, "/floor/")
    _ask(ours, place)
    counts = [_statements(*each) for each in ((ground, "/floor/"), (ours, place))]
    timing = in_turn(
        lambda _: _ask(ground, "/floor/"), lambda _: _ask(ours, place), range(rounds)
    )
    say(f"{page} with {people} people: {counts[1]} statements, the floor {counts[0]}")
    say(f"page {timing.ours:.2f} ms, floor {timing.reference:.2f} ms (CPU, medians)")
    floors = timing.ours / timing.reference
    say(f"ratio: {floors:.1f}x the floor (goal: at most {GOALS[page]:.0f}x)")


def _place(page: str, cast: Cast) -> str:
    home = f"/p/{cast.northside.slug}/"
    if page == "record":
        return f"{home}members/{_somebody(cast).pk}/"
    return home if page == "home" else f"{home}{page}/"


def _somebody(cast: Cast) -> Member:
    """Bob, with a second term and a dozen activities."""
    given(cast.renewals, cast.northside, cast.bob)
    for day in range(1, 13):
        credit(cast.bob, "0.5", on=TODAY.replace(day=day))
    return cast.bob


def _ask(client: Client, place: str) -> None:
    answer = client.get(place)
    if answer.status_code != 200:
        raise SystemExit(f"{place} answers {answer.status_code}.")


def _statements(client: Client, place: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        _ask(client, place)
    sent = [query["sql"] for query in captured.captured_queries]
    return sum(not sql.startswith(AROUND) for sql in sent)


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201  (a benchmark says what it found)
