"""What an activity would give, shown before it is submitted; nothing is saved."""

from datetime import date

import pytest
from django.test import Client

from tests.cast import Cast, a_member, a_user, credit, given
from tests.ce.reporting import decided, submitted
from tests.matrix.asking import checksum
from tests.portal.pressing import followed
from tests.portal.reading import Node, Page
from tests.portal.writing import CHECK, NEW, TYPED, opened, send
from tests.signing import open_session

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("shelf")]


def checked(client: Client, **typed: str) -> Page:
    """Ask what an activity would give, as the page does while one types."""
    answer = client.post(CHECK, opened(client) | TYPED | typed)
    assert answer.status_code == 200
    return Page.of(answer)


def totals(page: Page) -> dict[str, str]:
    """The three totals as they are and as they become."""
    rows: list[Node] = page.one("dl", "gs-pairs").all("div")
    return {row.one("dt").text: row.one("dd").text for row in rows}


BANDS = {
    "30": ("0.5 CME", "30 min → 0.5 CME, band up to 30 min, Index CMS06140727A"),
    "31": (
        "1.0 CME",
        "31 min → 1.0 CME, band over 30 and up to 60 min, Index CMS06140728A",
    ),
    "60": (
        "1.0 CME",
        "60 min → 1.0 CME, band over 30 and up to 60 min, Index CMS06140728A",
    ),
    "61": (
        "1.5 CME",
        "61 min → 1.5 CME, band over 60 and up to 90 min, Index CMS06140729A",
    ),
    "90": (
        "1.5 CME",
        "90 min → 1.5 CME, band over 60 and up to 90 min, Index CMS06140729A",
    ),
    "91": (
        "2.0 CME",
        "91 min → 2.0 CME, band over 90 and up to 120 min, Index CMS06140730A",
    ),
    "120": (
        "2.0 CME",
        "120 min → 2.0 CME, band over 90 and up to 120 min, Index CMS06140730A",
    ),
    "121": (
        "Staff decide",
        (
            "121 min → not computed, over 120 min is outside the published bands. "
            "A staff member will decide."
        ),
    ),
}


@pytest.mark.parametrize("minutes", BANDS)
def test_the_credit_line_is_the_rules_own_a4_a5_a6(
    bob: Client, cast: Cast, minutes: str
) -> None:
    page = checked(bob, minutes=minutes)
    figure, line = BANDS[minutes]
    assert page.one("p", "gs-quote").text == figure
    assert page.all("p", "gs-reason")[0].text.startswith(line)


def test_a_ruling_is_shown_as_one_a5(bob: Client, cast: Cast) -> None:
    note = "Note: The published bands leave exactly 30 min open"
    assert note in checked(bob, minutes="30").text
    assert note not in checked(bob, minutes="31").text
    assert "Note: More than 120 min is in no published band" in (
        checked(bob, minutes="121").text
    )


def test_how_it_was_worked_out_names_rule_policy_source_and_steps(
    bob: Client, cast: Cast
) -> None:
    shown = checked(bob).one("details", "gs-why")
    said = dict(
        zip(
            (each.text for each in shown.all("dt")),
            (each.text for each in shown.all("dd")),
            strict=True,
        )
    )
    assert said["Rule"] == "A4"
    assert said["Policy"] == "ACMSS, in force since Jan 1, 2017"
    assert said["Source"].startswith("Annual CME requirements")
    assert said["Input"] == "MLN web-based training, 45 min, done on Oct 2, 2025"
    assert said["Step A7"] == 'Length read from the title: "45 min".'
    assert said["Index number"] == "CMS06140728A"


def test_asking_saves_nothing(bob: Client, cast: Cast) -> None:
    before = checksum()
    checked(bob)
    checked(bob, minutes="x" * 10_000, title="y" * 10_000, kind="{{7*7}}")
    assert checksum() == before


def test_the_totals_are_as_they_are_and_as_they_become(bob: Client, cast: Cast) -> None:
    given(cast.renewals, cast.northside, cast.bob)
    credit(cast.bob, "1.5", on=date(2025, 11, 17))
    page = checked(bob, on="2025-11-17")
    assert totals(page) == {
        "Completed": "1.5 → becomes 2.5",
        "Applied": "1.5 → becomes 2.5",
        "Still needed": "1.5 → becomes 0.5",
    }
    assert "2.5 of 3.0" in page.one("div", "gs-measure").text
    assert "1.5 now, 1.0 from this. 0.5 still needed by Nov 16, 2026." in page.text
    assert "Counts in your term Nov 17, 2025 to Nov 16, 2026." in page.text


def test_what_staff_decide_changes_no_total_yet_a6(bob: Client, cast: Cast) -> None:
    page = checked(bob, minutes="121")
    assert "Nothing changes until a staff member decides." in page.text
    assert set(totals(page).values()) == {
        "3.0 → becomes 3.0",
        "0.0 → becomes 0.0",
    }


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2025-10-02", "Counts in your term Nov 3, 2024 to Nov 2, 2025."),
        ("2025-11-10", "A day between terms counts in the term before it."),
        (
            "2024-11-02",
            (
                "Nov 2, 2024 is before your first term, which began on Nov 3, 2024. "
                "It counts in no term."
            ),
        ),
        ("2025-11-18", "Nov 18, 2025 is still to come. Enter the day it was done."),
    ],
)
def test_the_day_says_in_which_term_it_counts_a16(
    bob: Client, cast: Cast, on: str, words: str
) -> None:
    assert words in checked(bob, on=on).text


def test_a_day_between_two_terms_counts_in_the_former_a16(
    bob: Client, cast: Cast
) -> None:
    given(cast.renewals, cast.northside, cast.bob)
    page = checked(bob, on="2025-11-10")
    assert "A day between terms counts in the term before it." in page.text
    assert totals(page)["Applied"] == "3.0 → becomes 4.0"


def test_a_day_of_a_term_that_is_over_adds_nothing_now_a16(
    bob: Client, cast: Cast
) -> None:
    given(cast.renewals, cast.northside, cast.bob)
    page = checked(bob, on="2025-10-02")
    assert (
        "Oct 2, 2025 lies in your term Nov 3, 2024 to Nov 2, 2025, which is over."
        in (page.text)
    )
    assert "adds nothing to your present term" in page.text


def test_without_any_term_the_page_says_when_credit_counts(cast: Cast) -> None:
    user = a_user("Nina New")
    a_member("Nina New", cast.northside, user=user)
    client = Client()
    open_session(client, user, second_factor=False)
    page = checked(client)
    assert page.one("p", "gs-quote").text == "1.0 CME"
    assert "You have no term yet." in page.text
    assert not page.all("dl", "gs-pairs")


def test_the_same_title_and_day_is_pointed_out(bob: Client, cast: Cast) -> None:
    submitted(cast.bob, title="MLN:  Coding (45 MIN)", on=date(2025, 10, 2))
    warning = "(45 MIN) for this day already"
    page = checked(bob, title="mln: coding (45 min) ")
    assert warning in page.text
    assert "Submitted" in page.text
    assert warning not in checked(bob, title="mln: coding (45 min)", on="").text
    assert warning not in (
        checked(bob, title="mln: coding (45 min)", on="2025-10-03").text
    )
    assert warning not in checked(bob, title="Coding (45 min)").text


def test_the_same_hour_under_another_title_is_pointed_out(
    bob: Client, cast: Cast
) -> None:
    submitted(cast.bob, title="Coding (45 min)", on=date(2025, 10, 2), minutes=None)
    warning = "You reported as many minutes for this day already: Coding (45 min)"
    for typed in ({"minutes": "45"}, {"title": "Charts (45 min)"}):
        page = checked(bob, **{"title": "Charts", **typed})
        assert warning in page.text
        assert "submit it; staff see both" in page.text
    for typed in ({"minutes": "46"}, {"minutes": ""}, {"on": "2025-10-03"}):
        page = checked(bob, **{"title": "Charts", "minutes": "45", **typed})
        assert warning not in page.text


def test_what_others_reported_is_nobody_s_business(bob: Client, cast: Cast) -> None:
    submitted(cast.charlie, title="Coding", on=date(2025, 10, 2))
    assert "already" not in checked(bob, title="Coding", minutes="45").text


def test_an_activity_is_no_duplicate_of_itself(bob: Client, cast: Cast) -> None:
    activity = submitted(cast.bob, title="Coding", on=date(2025, 10, 2))
    decided(activity, "returned")
    typed = {"title": "Coding", "minutes": "45"}
    assert "already" in checked(bob, **typed).text
    assert "already" not in checked(bob, draft=str(activity.pk), **typed).text


def test_somebody_else_s_activity_in_the_form_changes_nothing(
    bob: Client, cast: Cast
) -> None:
    theirs = submitted(cast.charlie)
    fields = opened(bob) | TYPED
    answers = [
        bob.post(CHECK, fields | {"draft": draft}).content
        for draft in (str(theirs.pk), "", "x")
    ]
    assert answers[0] == answers[1] == answers[2]


def test_without_javascript_check_credit_shows_it(bob: Client, cast: Cast) -> None:
    answer = send(bob, do="check")
    assert answer.headers["Location"].endswith("/edit/#credit")
    page = followed(bob, answer)
    assert page.one("p", "gs-quote").text == "1.0 CME"
    assert page.value("minutes") == "45"


def test_minutes_are_read_from_the_title_and_follow_it_a7(
    bob: Client, cast: Cast
) -> None:
    followed(bob, send(bob, do="check"))
    fields = opened(bob) | {"minutes_read": "45"}
    # The page read 45; the title was corrected since, the minutes were not.
    corrected = TYPED | {"title": "Coding (61 min)", "minutes": "45"}
    page = Page.of(bob.post(CHECK, fields | corrected))
    assert page.one("p", "gs-quote").text == "1.5 CME"
    assert page.one("p", hidden="").attributes["data-gs-minutes"] == "61"
    # Minutes that somebody typed win.
    page = Page.of(bob.post(CHECK, fields | corrected | {"minutes": "30"}))
    assert page.one("p", "gs-quote").text == "0.5 CME"


def test_the_page_loads_htmx_and_no_other_page_does(bob: Client, cast: Cast) -> None:
    def scripts(address: str) -> list[str]:
        page = Page.of(bob.get(address))
        return [each.attributes["src"] for each in page.all("script")]

    assert [each for each in scripts(NEW) if "htmx" in each]
    assert not [each for each in scripts("/me/") if "htmx" in each]
