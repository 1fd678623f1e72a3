"""Whatever is typed into an activity: refused with a sentence, or kept as text."""

import pytest
from django.test import Client

from ce_credits.models import Activity
from tests.cast import Cast
from tests.portal.pressing import followed
from tests.portal.reading import Page
from tests.portal.writing import CHECK, a_pdf, again, mine, opened, place, send

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("shelf")]
MINUTES = (
    "0",
    "-1",
    "--5",
    "59.5",
    "60.0",
    "1e3",
    "NaN",
    "Infinity",
    "0x3C",
    "1,5",
    "45 min",
    "\N{ARABIC-INDIC DIGIT FOUR}\N{ARABIC-INDIC DIGIT FIVE}",
    "\N{SUPERSCRIPT TWO}",
    "+5",
    "1_000",
    "{{7*7}}",
    "9" * 21,
    "\N{RIGHT-TO-LEFT OVERRIDE}54",
)


@pytest.mark.parametrize("minutes", MINUTES)
def test_minutes_that_are_no_whole_number_above_zero_are_refused_a6(
    bob: Client, cast: Cast, minutes: str
) -> None:
    answer = send(bob, do="submit", minutes=minutes, file=a_pdf())
    page = Page.of(answer)
    assert answer.status_code == 422
    (problem,) = page.problems
    assert "→ no credit, minutes must be" in problem
    assert page.one("", "gs-problem").one("a").attributes["href"] == "#id_minutes"
    assert page.value("minutes") == minutes
    assert mine(cast.bob).state == Activity.State.DRAFT
    shown = bob.post(CHECK, opened(bob) | {"kind": "webinar", "minutes": minutes})
    assert "no credit" in Page.of(shown).text


@pytest.mark.parametrize("minutes", ["121", "10000", "9" * 20])
def test_too_many_minutes_wait_for_staff_a6(
    bob: Client, cast: Cast, minutes: str
) -> None:
    followed(bob, send(bob, do="submit", minutes=minutes, file=a_pdf()))
    found = mine(cast.bob)
    assert found.state == Activity.State.SUBMITTED
    assert found.minutes == (int(minutes) if len(minutes) < 9 else None)


def test_typed_minutes_win_over_the_title_a7(bob: Client, cast: Cast) -> None:
    followed(bob, send(bob, do="submit", minutes="61", file=a_pdf()))
    assert mine(cast.bob).minutes == 61


def test_a_title_without_one_length_asks_for_the_minutes_a7(
    bob: Client, cast: Cast
) -> None:
    for title, words in (
        ("Coding", "it names no length; give the minutes"),
        ("Coding (45 min), 1 hr", "it names different lengths"),
        ("Coding (45 min 30 sec)", "minutes must be whole"),
    ):
        answer = send(bob, do="submit", title=title, file=a_pdf())
        assert answer.status_code == 422
        assert words in Page.of(answer).problems[0]


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("2025-11-18", "Nov 18, 2025 is still to come. Enter the day it was done."),
        ("9999-12-31", "Dec 31, 9999 is still to come. Enter the day it was done."),
        ("2025-02-30", "Enter a day such as 2025-10-02."),
        ("2025-02-29", "Enter a day such as 2025-10-02."),
        ("0000-01-01", "Enter a day such as 2025-10-02."),
        ("2025-W01-1", "Enter a day such as 2025-10-02."),
        ("10000-01-1", "Enter a day such as 2025-10-02."),
        ("17.11.2025", "Enter a day such as 2025-10-02."),
        (
            "\N{ARABIC-INDIC DIGIT TWO}025-10-02",
            "Enter a day such as 2025-10-02.",
        ),
        ("yesterday", "Enter a day such as 2025-10-02."),
        ("", "Enter the day it was done."),
    ],
)
def test_a_day_that_cannot_be_is_refused(
    bob: Client, cast: Cast, on: str, sentence: str
) -> None:
    answer = send(bob, do="submit", on=on, file=a_pdf())
    assert answer.status_code == 422
    assert Page.of(answer).problems == [sentence]
    assert Page.of(answer).value("on") == on


@pytest.mark.parametrize("on", ["2025-11-17", "2024-02-29", "0001-01-01"])
def test_any_day_that_has_been_is_taken(bob: Client, cast: Cast, on: str) -> None:
    followed(bob, send(bob, do="submit", on=on, file=a_pdf()))
    found = mine(cast.bob)
    assert found.on is not None
    assert found.on.isoformat() == on


@pytest.mark.parametrize(
    ("field", "most"), [("title", 300), ("provider", 200), ("licence_number", 40)]
)
def test_a_text_that_is_too_long_is_refused_and_stays(
    bob: Client, cast: Cast, field: str, most: int
) -> None:
    long = "x" * 10_001
    more = {"minutes": "45"} | {field: long}
    answer = send(bob, do="submit", file=a_pdf(), **more)
    page = Page.of(answer)
    assert answer.status_code == 422
    assert page.problems == [f"Use at most {most} characters."]
    assert page.value(field) == long


@pytest.mark.parametrize(
    "kind", ["journal", "", "webinar ", "WEBINAR", "{{7*7}}", "x" * 500]
)
def test_a_kind_that_the_body_does_not_know_is_refused(
    bob: Client, cast: Cast, kind: str
) -> None:
    answer = send(bob, do="submit", kind=kind, file=a_pdf())
    assert answer.status_code == 422
    assert Page.of(answer).problems == ["Choose a kind of activity."]


@pytest.mark.parametrize(
    "title",
    [
        "{{7*7}} {% now 'Y' %} (45 min)",
        "<img src=x onerror=alert(1)> (45 min)",
        "=1+1 (45 min)",
        "\N{RIGHT-TO-LEFT OVERRIDE}nim 54( gnidoC (45 min)",
        "דקות מדיקר 学习 🧿 (45 min)",
        "'; DROP TABLE users; -- (45 min)",
    ],
)
def test_a_title_is_text_whatever_it_holds(bob: Client, cast: Cast, title: str) -> None:
    page = followed(bob, send(bob, do="submit", title=title, file=a_pdf()))
    assert page.h1 == title
    assert mine(cast.bob).title == title
    assert not page.all("img")
    for where in ("/me/", "/me/transcript/"):
        assert title in Page.of(bob.get(where)).text


def test_nul_is_left_out(bob: Client, cast: Cast) -> None:
    fields = {"title": "Co\0ding (45 min)", "provider": "\0", "minutes": "4\x005"}
    followed(bob, send(bob, do="submit", file=a_pdf(), **fields))
    found = mine(cast.bob)
    assert (found.title, found.provider, found.minutes) == (
        "Coding (45 min)",
        "",
        45,
    )


@pytest.mark.parametrize("number", ["", "x", "-1", "1.5", "9" * 30, "٣"])
@pytest.mark.parametrize("counter", ["saves", "seen"])
def test_counters_that_no_page_has_are_those_of_an_old_page(
    bob: Client, cast: Cast, counter: str, number: str
) -> None:
    followed(bob, send(bob, file=a_pdf()))
    address = place(mine(cast.bob), "edit/")
    fields = opened(bob, address) | {counter: number}
    answer = again(bob, address, fields, do="submit", title="Other (45 min)")
    assert answer.status_code == 409
    assert mine(cast.bob).state == Activity.State.DRAFT


def test_another_program_in_the_form_changes_nothing_of_a_draft(
    bob: Client, cast: Cast
) -> None:
    followed(bob, send(bob))
    address = place(mine(cast.bob), "edit/")
    followed(bob, send(bob, address, program="another"))
    assert mine(cast.bob).program == "acmss"
