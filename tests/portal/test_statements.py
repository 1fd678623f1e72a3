"""How many statements a page sends: exactly so many, whatever the practice's size."""

from datetime import date

import pytest
from django.test import Client

from ce_credits.models import Activity, ActivityStep
from ce_credits.services import start_draft
from tests.cast import BODY, NOW, TESTER, TODAY, Cast, a_proof, credit, given
from tests.portal.crowd import crowd
from tests.portal.statements import statements

pytestmark = pytest.mark.db
ASSIGNMENTS = "/p/northside/assignments/"
SIZES = pytest.mark.parametrize("size", [10, 1_000])


@SIZES
@pytest.mark.parametrize(
    "query",
    [
        "",
        "?only=renew",
        "?only=due",
        "?only=non",
        "?q=person",
        "?q=pat+person",
        "?only=due&q=person&page=2",
        "?page=9",
        "?q=nobody",
    ],
)
def test_the_assignments_page(alice: Client, cast: Cast, size: int, query: str) -> None:
    crowd(cast.northside, size)
    sent = statements(alice, f"{ASSIGNMENTS}{query}")
    assert len(sent) == (7 if query == "?q=nobody" else 8)


@SIZES
def test_the_practices_home(alice: Client, cast: Cast, size: int) -> None:
    crowd(cast.northside, size)
    given(cast.renewals, cast.northside, cast.bob)
    assert len(statements(alice, "/p/northside/")) == 12


@SIZES
def test_a_member_record(alice: Client, cast: Cast, size: int) -> None:
    crowd(cast.northside, size)
    given(cast.renewals, cast.northside, cast.bob)
    for day in range(1, size // 10):
        credit(cast.bob, "0.5", on=date(2025, 3, 1 + day % 28))
    address = f"/p/northside/members/{cast.bob.pk}/"
    assert len(statements(alice, address)) == 8


@SIZES
def test_ones_own_page(bob: Client, cast: Cast, size: int) -> None:
    crowd(cast.northside, size)
    given(cast.renewals, cast.northside, cast.bob)
    for day in range(1, size // 10):
        credit(cast.bob, "0.5", on=date(2025, 3, 1 + day % 28))
    assert len(statements(bob, "/me/")) == 19


@pytest.mark.parametrize("count", [3, 300])
@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/me/", 19),
        ("/me/transcript/", 11),
        ("/me/ce/new/", 13),
        ("/me/ce/{draft}/edit/", 13),
        ("/me/ce/{activity}/", 15),
        ("/me/ce/{activity}/withdraw/", 4),
    ],
)
def test_a_holder_s_pages(
    bob: Client, cast: Cast, address: str, sent: int, count: int
) -> None:
    given(cast.renewals, cast.northside, cast.bob)
    for number in range(count):
        credit(cast.bob, "0.5", on=date(2025, 1 + number % 10, 1 + number % 28))
    draft = start_draft(
        actor=TESTER, member=cast.bob, program=BODY, typed={"title": "x"}, now=NOW
    )
    for proof in range(min(count, 30)):
        a_proof(draft, content=str(proof))
    activity = credit(cast.bob, "0.5", on=date(2025, 3, 3)).activity
    path = address.format(draft=draft.pk, activity=activity.pk)
    assert len(statements(bob, path)) == sent


@SIZES
def test_the_bodys_members(mona: Client, cast: Cast, size: int) -> None:
    crowd(cast.northside, size)
    for query in ("", "?q=person", "?page=3"):
        assert len(statements(mona, f"/staff/acmss/{query}")) == 5


@SIZES
def test_one_member_of_the_body(mona: Client, cast: Cast, size: int) -> None:
    crowd(cast.northside, size)
    address = f"/staff/acmss/members/{cast.bob.pk}/"
    assert len(statements(mona, address)) == 13


@SIZES
def test_the_reviewers_queue(erin: Client, cast: Cast, size: int) -> None:
    reported(cast, size)
    for query in ("", "?q=webinar", "?kind=webinar&practice=northside", "?page=9"):
        sent = statements(erin, f"/staff/acmss/queue/{query}")
        assert len(sent) == 11, query
    # Where nothing is found, nothing more is read of it but what waits elsewhere: one
    # count for each page that a reviewer may open.
    assert len(statements(erin, "/staff/acmss/queue/?flag=differs")) == 12
    assert len(statements(erin, "/staff/acmss/queue/?state=all")) == 11


@SIZES
def test_one_activity_before_its_reviewer(erin: Client, cast: Cast, size: int) -> None:
    # One between others, whichever way they stand: the proof of the next is looked for.
    # And none of Bob's, who has more of them.
    one = sorted(reported(cast, size)[1:10], key=lambda each: each.pk)[4]
    for query in ("", "?q=webinar", "?state=all"):
        sent = statements(erin, f"/staff/acmss/review/{one.pk}/{query}")
        assert len(sent) == 19, query


def reported(cast: Cast, size: int) -> list[Activity]:
    """Let Bob report a tenth of so many activities, and others the rest."""
    others = crowd(cast.northside, size)
    members = [cast.bob, *others[1:]]
    activities = Activity.objects.bulk_create(
        Activity(
            member=members[place if place % 10 else 0],
            program="acmss",
            kind="webinar",
            title=f"Webinar {place // 2}",
            on=date(2025, 3, 1 + place % 28),
            minutes=45,
            state=Activity.State.SUBMITTED,
            version=1,
            reported_by="tests",
            practice=cast.northside,
            created_at=NOW,
            changed_at=NOW,
            submitted_at=NOW,
        )
        for place in range(size)
    )
    ActivityStep.objects.bulk_create(
        ActivityStep(
            activity=each,
            number=1,
            kind="submitted",
            facts={"minutes": 45, "answer": {"outcome": "awarded", "credits": "1.0"}},
            by="tests",
            on=TODAY,
            at=NOW,
        )
        for each in activities
    )
    return activities
