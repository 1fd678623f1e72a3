"""A practice lowers its number: refused below what is in use, whom, confirm (PA6)."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import Member, Sponsorship
from credentials.models import LeftOut, SeatChange
from tests.billing.money import prices
from tests.cast import Cast, a_member, given, seats
from tests.lowering.lower import lower, number
from tests.matrix.asking import checksum
from tests.portal.lowering import (
    LOWER,
    SEATS,
    checked,
    confirming,
    fields,
    follows,
    opened,
)
from tests.portal.pressing import followed
from tests.portal.reading import Page

EIGHT = "8 renewals, 3 free ones are used first, 5 × $85.00 = $425.00."
pytestmark = [pytest.mark.db, pytest.mark.usefixtures("nine")]


@pytest.fixture
def nine(cast: Cast) -> list[Member]:
    """Nine people in use, Bob among them, and three renewals free: twelve in all."""
    prices()
    names = ("Ada", "Cal", "Dee", "Eli", "Fay", "Gus", "Hal", "Ida")
    others = [a_member(f"{name} Ames", cast.northside, mode="auto") for name in names]
    given(cast.membership, cast.northside, *others, today=date(2025, 3, 15))
    seats(cast.northside, cast.renewals, 3)
    return [cast.bob, *others]


def test_the_page_says_what_there_is_and_what_the_next_renewal_comes_to(
    alice: Client,
) -> None:
    page = Page.of(alice.get(SEATS))
    said = page.one("section", **{"aria-labelledby": "next"}).text
    assert said == (
        "At the next renewal 9 people hold a term, 3 renewals are free. 12 renewals, "
        "3 free ones are used first, 9 × $85.00 = $765.00."
    )


def test_the_number_typed_on_the_page_leads_on(alice: Client) -> None:
    page = Page.of(alice.get(SEATS))
    form = page.one("input", name="to")
    assert page.one("form", action=LOWER).attributes["method"] == "get"
    assert form.attributes["inputmode"] == "numeric"
    assert opened(alice, "10").value("to") == "10"


def test_below_what_is_in_use_is_refused_and_asks_whom(alice: Client) -> None:
    before = checksum()
    answer = alice.get(LOWER, {"to": "8"})
    page = Page.of(answer)
    assert answer.status_code == 422
    assert page.problems == ["9 seats are in use. Remove 1 person first."]
    assert "Leave out 1 person" in page.text
    labels = [each.text for each in page.one("fieldset").all("label")]
    assert len(labels) == 9
    assert labels[0] == "Bob Baker, renewal date Nov 3, 2025"
    assert labels[1] == "Ada Ames, renewal date Mar 15, 2026"
    assert not page.all("section", **{"aria-labelledby": "follows"})
    assert checksum() == before


def test_one_person_fewer_is_checked_confirmed_and_shown(
    alice: Client, cast: Cast
) -> None:
    answer = checked(alice, "8", "Ada Ames")
    assert answer.status_code == 200
    assert follows(Page.of(answer)) == [
        "From Mar 15, 2026 on the number is 8, instead of 12.",
        "Ada Ames keeps the term to its last day, Mar 14, 2026, and is not renewed.",
        f"At the next renewal: {EIGHT}",
        "Your 3 free renewals stay: nothing that is paid is taken away.",
        "Alice Adams gets one e-mail about it.",
    ]
    assert not SeatChange.objects.exists()
    page = followed(alice, alice.post(LOWER, confirming(alice, "8", "Ada Ames")))
    assert page.notices == [
        "From Mar 15, 2026 on the number is 8, instead of 12. Left out: Ada Ames."
    ]
    said = page.one("section", **{"aria-labelledby": "next"}).text
    assert "8 people hold a term, 3 renewals are free, 3 of them not to be" in said
    assert "5 × $85.00 = $425.00" in said
    assert said.endswith("Left out Ada Ames , from Mar 15, 2026")
    assert number(cast) == 8


def test_free_seats_alone_need_nobody_to_go(alice: Client) -> None:
    page = opened(alice, "10")
    assert not page.all("fieldset")
    assert follows(page)[0] == "From Mar 15, 2026 on the number is 10, instead of 12."
    sent = confirming(alice, "10")
    assert followed(alice, alice.post(LOWER, sent)).notices
    assert not LeftOut.objects.exists()


def test_another_number_than_was_named_for_is_checked_anew(alice: Client) -> None:
    sent = confirming(alice, "8", "Ada Ames")
    before = checksum()
    answer = alice.post(LOWER, sent | {"to": "10"})
    assert answer.status_code == 409
    assert Page.of(answer).problems == [
        "This is not what you checked. Look at it again, then lower the number."
    ]
    assert checksum() == before


def test_whoever_was_renewed_meanwhile_is_looked_at_anew(
    alice: Client, cast: Cast, nine: list[Member]
) -> None:
    sent = confirming(alice, "8", "Ada Ames")
    given(cast.renewals, cast.northside, nine[1])
    answer = alice.post(LOWER, sent)
    assert answer.status_code == 409
    page = Page.of(answer)
    assert page.problems[0].startswith("This is not what you checked.")
    assert follows(page)[0].startswith("From Mar 15, 2027 on the number is 8")
    assert not SeatChange.objects.exists()


@pytest.mark.parametrize(
    ("to", "names", "said"),
    [
        ("7", ("Ada Ames",), "You chose 1. Choose 2 people to leave out."),
        ("8", ("Ada Ames", "Cal Ames"), "You chose 2. Choose 1 person to leave out."),
        ("7", (), "9 seats are in use. Remove 2 people first."),
    ],
)
def test_too_few_and_too_many_are_said(
    alice: Client, to: str, names: tuple[str, ...], said: str
) -> None:
    before = checksum()
    answer = checked(alice, to, *names)
    assert answer.status_code == 422
    assert Page.of(answer).problems == [said]
    assert checksum() == before


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("12", "The number is 12 already. Enter a smaller one."),
        ("13", "The number is 12. To have more, order them."),
        ("-1", "Enter 0 or more."),
        ("", "Enter a whole number, such as 8."),
        ("eight", "Enter a whole number, such as 8."),
        ("7.5", "Enter a whole number, such as 8."),
        ("9" * 5000, "Enter a whole number, such as 8."),
        ("9" * 30, "The number is 12. To have more, order them."),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_no_smaller_number_is_refused(
    alice: Client, to: str, said: str, method: str
) -> None:
    before = checksum()
    sent = {"to": to, "outcome": "lower", "form_key": uuid4().hex, "seen": "0"}
    answer = getattr(alice, method)(LOWER, sent)
    assert answer.status_code == 422
    assert Page.of(answer).problems == [said]
    assert checksum() == before


def test_a_hidden_character_is_no_number(alice: Client) -> None:
    sent = fields(opened(alice, "8"), "8\x00", outcome="lower")
    answer = alice.post(LOWER, sent)
    assert answer.status_code == 422
    assert Page.of(answer).problems == ["Enter a whole number, such as 8."]


NOBODY = "5c1b2d41-57a5-4461-acd3-7092765190f3"


@pytest.mark.parametrize("out", ["x", "a\x00b", NOBODY, ""])
def test_nobody_of_the_list_is_not_taken(alice: Client, out: str) -> None:
    before = checksum()
    sent = fields(opened(alice, "8"), "8", outcome="lower") | {"leave_out": [out]}
    answer = alice.post(LOWER, sent)
    assert answer.status_code == 422
    assert Page.of(answer).problems
    assert checksum() == before


def test_somebody_elses_member_is_not_taken(alice: Client, cast: Cast) -> None:
    sent = fields(opened(alice, "8"), "8", outcome="lower")
    answer = alice.post(LOWER, sent | {"leave_out": [str(cast.charlie.pk)]})
    assert Page.of(answer).problems == ["Choose from this list anew."]
    assert not SeatChange.objects.exists()


def test_a_form_sent_twice_lowers_once_and_says_so_again(alice: Client) -> None:
    sent = confirming(alice, "8", "Ada Ames")
    first, second = (followed(alice, alice.post(LOWER, sent)) for _ in range(2))
    assert first.notices == second.notices
    assert SeatChange.objects.count() == 1


def test_the_way_back_and_another_choice_is_refused(alice: Client) -> None:
    sent = confirming(alice, "8", "Ada Ames")
    followed(alice, alice.post(LOWER, sent))
    before = checksum()
    for other in ({"to": "10", "leave_out": []}, {"to": "0"}, {"to": "x"}):
        answer = alice.post(LOWER, sent | other)
        assert answer.status_code == 409
        assert "This page was used already." in Page.of(answer).problems[0]
    assert checksum() == before


def test_of_two_tabs_the_second_is_told(alice: Client, cast: Cast) -> None:
    first = confirming(alice, "8", "Ada Ames")
    second = confirming(alice, "7", "Cal Ames", "Dee Ames")
    followed(alice, alice.post(LOWER, first))
    before = checksum()
    answer = alice.post(LOWER, second)
    assert answer.status_code in {409, 422}
    assert checksum() == before
    assert number(cast) == 8


def test_of_two_tabs_with_nobody_named_the_second_is_told(
    alice: Client, cast: Cast
) -> None:
    first, second = confirming(alice, "11"), confirming(alice, "10")
    followed(alice, alice.post(LOWER, first))
    answer = alice.post(LOWER, second)
    assert answer.status_code == 409
    (said,) = Page.of(answer).problems
    assert said.startswith("Somebody lowered the number since you opened this page.")
    assert number(cast) == 11


def test_the_line_the_record_and_the_home_page_say_it(
    alice: Client, cast: Cast
) -> None:
    lower(cast, 8, cast.bob)
    page = Page.of(alice.get("/p/northside/assignments/"))
    (line,) = [each for each in page.lines if each.name == "Bob Baker"]
    assert line.circle == ("M", "Manual renewal, left out from Nov 17, 2025")
    assert "Left out from Nov 17, 2025" in line.text
    record = Page.of(alice.get(f"/p/northside/members/{cast.bob.pk}/"))
    assert record.one("section", **{"aria-labelledby": "mode"}).text == (
        "Renewal mode Left out from Nov 17, 2025: no renewal is used. Switch to "
        "auto-renewal, or assign a renewal, to take them back in. Auto-renewal would "
        "use one of your renewals within minutes. Switch to auto-renewal"
    )
    assert "Left Bob Baker out from Nov 17, 2025" in record.text
    home = Page.of(alice.get("/p/northside/")).text
    assert "Left out from Nov 17, 2025. Has 3.0 of 3.0 CME" in home


def test_the_button_on_the_record_takes_them_back_in(alice: Client, cast: Cast) -> None:
    lower(cast, 8, cast.bob)
    at = f"/p/northside/members/{cast.bob.pk}/"
    alice.post(f"{at}renewal-mode/", {"mode": "auto"})
    page = Page.of(alice.get(at))
    assert (
        "Left out from" not in page.one("section", **{"aria-labelledby": "mode"}).text
    )
    assert "Took Bob Baker back in" in page.text
    assert number(cast) == 9


def test_a_practice_lowers_its_own_number_alone(
    alice: Client, signed_in: Callable[[str], Client], cast: Cast
) -> None:
    sent = confirming(alice, "8", "Ada Ames")
    assert alice.get("/p/lakeview/seats/lower/").status_code == 404
    assert alice.post("/p/lakeview/seats/lower/", sent).status_code == 404
    assert signed_in("frank").post(LOWER, sent).status_code == 404
    assert signed_in("bob").post(LOWER, sent).status_code == 403
    assert not SeatChange.objects.exists()


def test_nobody_in_use_leaves_free_seats_to_give_up(alice: Client, cast: Cast) -> None:
    Sponsorship.objects.filter(practice=cast.northside).update(
        until_on=date(2025, 11, 1)
    )
    page = opened(alice, "0")
    assert follows(page)[:2] == [
        "From Nov 17, 2025 on the number is 0, instead of 3.",
        "At the next renewal: 0 renewals, nothing to pay.",
    ]
