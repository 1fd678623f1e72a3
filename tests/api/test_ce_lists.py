"""Lists of activities: who sees which, filters, pages, and how many statements."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Practice, Sponsorship
from ce_credits.models import Activity, ActivityStep, CreditAward, Proof
from tests.api.asking import Api, Caller, mem, places, problem, secret_of, tail_of
from tests.api.reporting import begun, proved, submitted
from tests.cast import BODY, NOW, Cast, a_member, credit
from tests.portal.statements import AROUND

pytestmark = pytest.mark.db
Signed = Callable[[str], Client]


def titles(caller: Caller, **query: str | int) -> list[str]:
    """The titles of a list's first page, in its order."""
    answer = caller.get("ce-activities", **query)
    assert answer.status_code == 200, answer.content
    return [row["title"] for row in answer.json()["results"]]


def test_each_door_opens_on_its_own(
    api: Api, own: Caller, body: Caller, cast: Cast
) -> None:
    begun(api, cast, title="Begun by the practice")
    begun(own, cast, title="Begun by Bob")
    submitted(own, cast, title="Submitted by Bob")
    first = "Webinar of 2025-05-05"
    assert set(titles(api)) == {"Begun by the practice", "Submitted by Bob", first}
    assert set(titles(own)) == {
        "Begun by the practice",
        "Begun by Bob",
        "Submitted by Bob",
        first,
    }
    # The body's staff see Charlie's as well, and nobody's drafts.
    assert sorted(titles(body)) == ["Submitted by Bob", first, first]
    lakeview = Api("lakeview", secret_of(cast.lakeview, cast.frank))
    assert titles(lakeview) == [first]


def test_a_practice_goes_on_seeing_what_it_saw(
    api: Api, own: Caller, cast: Cast
) -> None:
    while_there = submitted(own, cast, title="While there")
    proved(while_there)
    Sponsorship.objects.filter(member=cast.bob).update(until_on=date(2025, 11, 17))
    Sponsorship.objects.create(
        practice=cast.lakeview,
        member=cast.bob,
        program=BODY,
        from_on=date(2025, 11, 18),
        renewal_mode="manual",
    )
    afterwards = submitted(own, cast, title="Afterwards")
    assert titles(api) == ["While there"]
    problem(api.get(tail_of(afterwards)), 404, "not-found")
    lakeview = Api("lakeview", secret_of(cast.lakeview, cast.frank))
    assert {"While there", "Afterwards"} <= set(titles(lakeview))
    # Its file is for the practice that stood for him then.
    assert api.get(tail_of(while_there)).json()["proofs"]
    assert not lakeview.get(tail_of(while_there)).json()["proofs"]


def test_lists_are_filtered(api: Api, own: Caller, body: Caller, cast: Cast) -> None:
    gus = a_member("Gus Gray", cast.northside)
    credit(gus, "1.0", on=date(2024, 3, 1))
    submitted(own, cast, title="Coding for clinics", on="2025-10-02")
    begun(api, cast, title="Draft")
    assert titles(api, status="submitted") == ["Coding for clinics"]
    assert titles(api, status="draft") == ["Draft"]
    assert titles(api, member=mem(gus.pk)) == ["Webinar of 2024-03-01"]
    assert titles(api, member=mem(cast.charlie.pk)) == []
    assert titles(api, year=2024) == ["Webinar of 2024-03-01"]
    assert titles(api, on_after="2025-10-01") == ["Coding for clinics"]
    assert titles(api, on_after="2025-10-02") == []
    assert titles(api, on_before="2024-03-02") == ["Webinar of 2024-03-01"]
    assert titles(api, on_before="2024-03-01") == []
    assert titles(api, q="coding CLINICS") == ["Coding for clinics"]
    assert titles(api, q="gray") == ["Webinar of 2024-03-01"]
    assert titles(api, q="mln") == ["Coding for clinics"]
    assert titles(api, program=BODY, q="50%") == []
    assert titles(own, program=BODY, status="accepted") == ["Webinar of 2025-05-05"]
    assert titles(body, member=mem(gus.pk)) == ["Webinar of 2024-03-01"]


def test_lists_are_ordered(api: Api, own: Caller, cast: Cast) -> None:
    submitted(own, cast, title="Later", on="2025-10-03")
    submitted(own, cast, title="Earlier", on="2025-10-02")
    begun(own, cast, title="No day", on=None)
    first = "Webinar of 2025-05-05"
    assert titles(own, ordering="on") == [first, "Earlier", "Later", "No day"]
    assert titles(own, ordering="-on") == ["Later", "Earlier", first, "No day"]
    assert titles(own, ordering="created_at")[0] == first
    assert titles(own)[-1] == first
    assert titles(own, ordering="submitted_at")[-1] == "No day"


@pytest.mark.parametrize(
    "query",
    [
        {"page_size": "0"},
        {"page_size": "101"},
        {"page_size": "-1"},
        {"page_size": "1e9"},
        {"page": "0"},
        {"page": "abc"},
        {"status": "approved"},
        {"status": ""},
        {"program": "another"},
        {"member": "bob"},
        {"member": "ce_" + "0" * 32},
        {"year": "25.5"},
        {"year": "0"},
        {"year": "10000"},
        {"on_after": "2025-02-31"},
        {"on_before": "yesterday"},
        {"ordering": "licence_number"},
        {"ordering": "member__user__password"},
        {"q": "a\0b"},
        {"q": "q" * 101},
        {"practice": "lakeview"},
        {"state": "draft"},
        {"member__email": "x"},
    ],
)
def test_a_filter_that_isn_t_known_is_refused(api: Api, query: dict[str, str]) -> None:
    said = problem(api.get("ce-activities", **query), 400, "malformed")
    assert places(said) == list(query)


def test_whose_list_it_is_can_t_be_asked_of_another(
    own: Caller, body: Caller, cast: Cast
) -> None:
    problem(own.get("ce-activities", member=mem(cast.bob.pk)), 400, "malformed")
    problem(body.get("ce-activities", program=BODY), 400, "malformed")


def test_pages_lead_to_each_other(api: Api, cast: Cast) -> None:
    many(cast.northside, 30)
    first = api.get("ce-activities", page_size=20).json()
    assert first["count"] == 31
    assert (len(first["results"]), first["previous"]) == (20, None)
    assert "page=2" in first["next"]
    second = api.get("ce-activities", page_size=20, page=2).json()
    assert (len(second["results"]), second["next"]) == (11, None)
    ids = {row["id"] for page in (first, second) for row in page["results"]}
    assert len(ids) == 31
    problem(api.get("ce-activities", page=99), 404, "not-found")


def many(practice: Practice, size: int) -> None:
    """Submitted activities with all that belongs to them, shared by three members."""
    people = [a_member(f"Pat{number} Person", practice) for number in range(3)]
    rows = Activity.objects.bulk_create(
        Activity(
            member=people[number % 3],
            program=BODY,
            kind="webinar",
            title=f"Webinar {number:04d}",
            on=date(2025, 1, 1) + timedelta(days=number % 300),
            minutes=45,
            state=Activity.State.SUBMITTED,
            version=1,
            reported_by="tests",
            practice=practice,
            created_at=NOW,
            changed_at=NOW,
            submitted_at=NOW,
        )
        for number in range(size)
    )
    ActivityStep.objects.bulk_create(_step(row) for row in rows)
    CreditAward.objects.bulk_create(_award(row) for row in rows)
    Proof.objects.bulk_create(
        Proof(
            activity=row,
            file_key=f"proofs/{row.pk.hex}",
            kind="pdf",
            name="certificate.pdf",
            sha256=row.pk.hex * 2,
            stored_sha256=row.pk.hex * 2,
            size=9,
            pages=1,
            added_by="tests",
            added_at=NOW,
        )
        for row in rows
    )


def _step(row: Activity) -> ActivityStep:
    return ActivityStep(
        activity=row,
        number=1,
        kind="submitted",
        by="tests",
        on=NOW.date(),
        at=NOW,
        facts={"answer": {"outcome": "awarded"}},
    )


def _award(row: Activity) -> CreditAward:
    return CreditAward(
        activity=row,
        sequence=1,
        on=row.day,
        kind=row.kind,
        credits=1,
        unit="CME",
        rule="A4",
        policy="acmss@2017-01-01",
        explanation="45 min",
        reasons=[],
        counts_from=NOW.date(),
        decided_by="tests",
        decided_at=NOW,
    )


def sent(caller: Caller, tail: str, **query: str | int) -> list[str]:
    """The statements that a request sends to read rows."""
    with CaptureQueriesContext(connection) as captured:
        answer = caller.get(tail, **query)
    assert answer.status_code == 200
    found: list[str] = [query["sql"] for query in captured.captured_queries]
    return [sql for sql in found if not sql.startswith((*AROUND, "SELECT set_config"))]


LISTS: list[tuple[str, str, dict[str, Any], int]] = [
    # A token: itself, that it was used; then total and page, rows, four kinds more.
    ("api", "ce-activities", {"page_size": 100}, 8),
    ("api", "ce-activities", {"page_size": 100, "q": "webinar", "year": 2025}, 8),
    ("api", "catalogue", {"page_size": 100}, 3),
    # A session: itself, the person, who they are here.
    ("own", "ce-activities", {"page_size": 100}, 9),
    ("own", "terms", {"page_size": 100}, 9),
    ("body", "ce-activities", {"page_size": 100, "ordering": "submitted_at"}, 9),
]


@pytest.mark.parametrize("size", [10, 1_000])
@pytest.mark.parametrize(("door", "tail", "query", "exactly"), LISTS)
def test_a_list_takes_so_many_statements_whatever_its_size(
    request: pytest.FixtureRequest,
    cast: Cast,
    size: int,
    door: str,
    tail: str,
    query: dict[str, Any],
    exactly: int,
) -> None:
    caller: Caller = request.getfixturevalue(door)
    many(cast.northside, size)
    Activity.objects.filter(title__endswith="5").update(member=cast.bob)
    found = sent(caller, tail, **query)
    assert len(found) == exactly, "\n".join(found)
