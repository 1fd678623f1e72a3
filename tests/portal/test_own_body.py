"""Somebody who holds a three-year credential alone: their pages are about it."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from ce_credits.models import Activity
from tests.cast import Cast, a_member, a_user
from tests.cycles import BODY, certify, noon
from tests.portal.reading import Page
from tests.portal.writing import NEW, opened
from tests.signing import open_session

pytestmark = pytest.mark.db
DAY = date(2025, 3, 3)


@pytest.fixture
def lena(cast: Cast) -> Client:
    """Lena, in no practice, certified by the body of three years."""
    member = a_member("Lena Ortiz", None, user=a_user("Lena Ortiz"))
    certify(member, "CPCS", date(2023, 5, 10))
    certify(member, "CPMSM", date(2024, 6, 30))
    assert member.user is not None
    return open_session(Client(), member.user)


def test_the_menu_leads_to_the_form_of_her_own_body(lena: Client) -> None:
    with time_machine.travel(noon(DAY), tick=True):
        page = Page.of(lena.get(NEW))
        assert page.one("input", name="program").attributes["value"] == BODY
        assert "Your cycle: May 10, 2023 to Dec 1, 2026." in page.text
        typed = opened(lena, NEW) | {"title": "A talk", "on": "2025-02-02"}
        lena.post(NEW, typed | {"do": "save", "kind": "approved_education"})
    mine = Activity.objects.filter(member__last_name="Ortiz")
    assert [each.program for each in mine] == [BODY]


def test_her_transcript_stays_with_her_body_however_it_is_narrowed(
    lena: Client,
) -> None:
    with time_machine.travel(noon(DAY), tick=True):
        page = Page.of(lena.get("/me/transcript/"))
        assert "National Association Medical Staff Services" in page.text
        assert "Lena Ortiz, CPCS and CPMSM" in page.text
        # What the form of the filters sends, and every way on, names the body.
        assert page.one("input", name="program").attributes["value"] == BODY
        ways = [
            each.attributes["href"]
            for each in page.one("main").all("a")
            if "transcript" in each.attributes["href"]
            or "/ce/new" in each.attributes["href"]
        ]
        assert len(ways) >= 2
        assert all(f"program={BODY}" in way for way in ways)
        narrowed = Page.of(lena.get(f"/me/transcript/?program={BODY}&status=approved"))
        assert "National Association Medical Staff Services" in narrowed.text
        show_all = f"/me/transcript/?program={BODY}"
        assert narrowed.one("main").all("a", href=show_all)


def test_a_program_that_does_not_exist_is_not_found(lena: Client) -> None:
    assert lena.get("/me/transcript/?program=nobody").status_code == 404
    assert lena.get(f"{NEW}?program=nobody").status_code == 404
