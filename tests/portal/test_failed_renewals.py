"""An auto-renewal that failed stands with the jobs until somebody renewed by hand."""

import pytest
from django.test import Client

from accounts.models import Sponsorship
from portal.queries import failed_renewals
from renewals.models import RenewalAttempt
from tests.cast import BODY, OTHER_BODY, TODAY, Cast, given, seats
from tests.portal.letters import JOBS
from tests.portal.reading import Node, Page
from tests.portal.statements import statements
from tests.reminding.conftest import quiet
from tests.reminding.people import ending, sweep

__all__ = ["quiet"]

pytestmark = pytest.mark.db


@pytest.fixture
def broken(quiet: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """A portal in which a fault stops every auto-renewal."""

    def break_down(**asked: object) -> None:
        raise LookupError("no such product")

    seats(quiet.northside, quiet.renewals, 5)
    monkeypatch.setattr("renewals.services.renewing.assign", break_down)
    return quiet


def fail(cast: Cast, *names: str) -> None:
    """Let the auto-renewals of these people fail today."""
    for name in names:
        ending(name, cast.northside, TODAY, mode="auto")
    sweep(TODAY)


def listed(client: Client) -> Node:
    """The list of failed auto-renewals."""
    return Page.of(client.get(JOBS)).one("section", **{"aria-labelledby": "renewals"})


def test_it_stands_there_with_its_error_and_who_renews(
    erin: Client, broken: Cast
) -> None:
    fail(broken, "Eve Ellis")
    page = Page.of(erin.get(JOBS))
    assert "1 auto-renewal failed." in page.text
    attempt = RenewalAttempt.objects.get()
    assert page.links["Eve Ellis"] == f"/staff/acmss/members/{attempt.member_id}/"
    assert listed(erin).text == (
        "Auto-renewals that failed Eve Ellis Renewal date Nov 17, 2025. "
        "LookupError('no such product') "
        "Northside renews them by hand: it is not tried again."
    )


def test_where_none_failed_that_is_said(erin: Client, quiet: Cast) -> None:
    # Without a seat nothing failed: the practice was told.
    fail(quiet, "Eve Ellis")
    assert RenewalAttempt.objects.get().outcome == "no_seat"
    assert listed(erin).text == "Auto-renewals that failed None."


def test_somebody_renewed_by_hand_since_is_done(erin: Client, broken: Cast) -> None:
    fail(broken, "Eve Ellis", "Gil Gray")
    eve = RenewalAttempt.objects.get(member__last_name="Ellis").member
    given(broken.renewals, broken.northside, eve, today=TODAY)
    said = listed(erin).text
    assert "Eve Ellis" not in said
    assert "Gil Gray" in said


def test_somebody_who_left_the_practice_is_not_its_to_renew(
    erin: Client, broken: Cast
) -> None:
    fail(broken, "Eve Ellis")
    member = RenewalAttempt.objects.get().member
    Sponsorship.objects.filter(member=member).update(until_on=TODAY)
    assert listed(erin).text == "Auto-renewals that failed None."


def test_another_bodys_are_not_shown(broken: Cast) -> None:
    fail(broken, "Eve Ellis")
    assert failed_renewals.count_failed_renewals(OTHER_BODY) == 0
    assert failed_renewals.failed_renewals(OTHER_BODY) == []
    assert failed_renewals.count_failed_renewals(BODY) == 1


def test_a_long_list_is_cut_and_asks_no_more_of_the_database(
    erin: Client, broken: Cast
) -> None:
    fail(broken, "Eve Ellis")
    few = len(statements(erin, JOBS))
    fail(broken, *(f"Pat Number{place}" for place in range(22)))
    assert len(statements(erin, JOBS)) == few
    page = Page.of(erin.get(JOBS))
    assert "23 auto-renewals failed." in page.text
    assert "And 3 more." in page.text
