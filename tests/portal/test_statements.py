"""How many statements a page sends: exactly so many, whatever the practice's size.

On PostgreSQL one more names the scope of the transaction.
"""

from datetime import date

import pytest
from django.db import connection
from django.test import Client

from ce_credits.services import start_draft
from tests.cast import BODY, NOW, TESTER, Cast, a_proof, credit, given
from tests.portal.crowd import crowd
from tests.portal.statements import statements

pytestmark = pytest.mark.db
ASSIGNMENTS = "/p/northside/assignments/"
SIZES = pytest.mark.parametrize("size", [10, 1_000])


def expected(count: int) -> int:
    """The count on this database."""
    return count + (connection.vendor == "postgresql")


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
    assert len(sent) == expected(7) <= 8


@SIZES
def test_the_practices_home(alice: Client, cast: Cast, size: int) -> None:
    crowd(cast.northside, size)
    given(cast.renewals, cast.northside, cast.bob)
    assert len(statements(alice, "/p/northside/")) == expected(12)


@SIZES
def test_a_member_record(alice: Client, cast: Cast, size: int) -> None:
    crowd(cast.northside, size)
    given(cast.renewals, cast.northside, cast.bob)
    for day in range(1, size // 10):
        credit(cast.bob, "0.5", on=date(2025, 3, 1 + day % 28))
    address = f"/p/northside/members/{cast.bob.pk}/"
    assert len(statements(alice, address)) == expected(12)


@SIZES
def test_ones_own_page(bob: Client, cast: Cast, size: int) -> None:
    crowd(cast.northside, size)
    given(cast.renewals, cast.northside, cast.bob)
    for day in range(1, size // 10):
        credit(cast.bob, "0.5", on=date(2025, 3, 1 + day % 28))
    assert len(statements(bob, "/me/")) == expected(14)


@pytest.mark.parametrize("count", [3, 300])
@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/me/", 14),
        ("/me/transcript/", 10),
        ("/me/ce/new/", 12),
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
    assert len(statements(bob, path)) == expected(sent)


@SIZES
def test_the_bodys_members(mona: Client, cast: Cast, size: int) -> None:
    crowd(cast.northside, size)
    for query in ("", "?q=person", "?page=3"):
        assert len(statements(mona, f"/staff/acmss/{query}")) == expected(5)


@SIZES
def test_one_member_of_the_body(mona: Client, cast: Cast, size: int) -> None:
    crowd(cast.northside, size)
    address = f"/staff/acmss/members/{cast.bob.pk}/"
    assert len(statements(mona, address)) == expected(12)
