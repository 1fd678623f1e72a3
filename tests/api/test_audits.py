"""Audits over REST: staff draw, decide and close; a holder answers item by item."""

from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Member
from ce_credits.models import AuditCase, AuditDraw
from core.models import OutboxMessage
from renewals.models import Recertification
from tests.api.asking import Caller, mem, places, problem
from tests.api.certificants import NOV_3, chief, day, nora, nora_asks, reviewing
from tests.files.samples import pdf
from tests.recertifying.living import a_holder, applied, fresh, pays

__all__ = ["chief", "day", "nora", "nora_asks", "reviewing"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.db,
    pytest.mark.usefixtures("shelf"),
]
DRAWS = "audit-draws"
SAMPLE = {
    "of": "submissions",
    "from_on": "2025-01-01",
    "until_on": "2025-11-03",
    "percent": 100,
}
APPLICATIONS = SAMPLE | {"of": "applications"}


@pytest.fixture
def open_one(nora: Member) -> Recertification:
    """Nora's application, paid and under review."""
    row = applied(nora, NOV_3)
    pays(row.order, NOV_3)
    return fresh(row)


def drawn(chief: Caller, **values: object) -> dict[str, Any]:
    """A draw of applications."""
    answer = chief.post(DRAWS, APPLICATIONS | values)
    assert answer.status_code == 201, answer.content
    found: dict[str, Any] = answer.json()
    return found


def the_audit(caller: Caller) -> dict[str, Any]:
    """The one audit that somebody reads of."""
    (found,) = caller.get("audits").json()["results"]
    return dict(found)


def test_a_preview_says_how_many_and_keeps_nothing(
    chief: Caller, open_one: Recertification
) -> None:
    answer = chief.post("audit-previews", APPLICATIONS)
    assert answer.json() == {
        "population": 1,
        "left_out": 0,
        "size": 1,
        "due_on": "2025-12-03",
    }
    assert not AuditDraw.objects.exists()


def test_drawn_answered_with_proof_refused_and_closed(
    chief: Caller, nora_asks: Caller, open_one: Recertification
) -> None:
    draw = drawn(chief)
    assert draw["strata"] == {"recertification CPCS": 1}
    assert (draw["drawn"], draw["reproduced"]) == ([f"app_{open_one.pk.hex}"], True)
    assert chief.get(f"{DRAWS}/{draw['id']}").json() == draw
    mine = the_audit(nora_asks)
    first, second = mine["items"]
    place = f"audits/{mine['id']}"
    added = nora_asks.upload(f"{place}/items/{first['id']}/proofs", pdf())
    assert added.status_code == 201
    file = f"{place}/items/{first['id']}/proofs/{added.json()['id']}"
    assert nora_asks.get(file).getvalue() == pdf()
    problem(nora_asks.post(f"{place}/send", {}), 422, "validation-error")
    kept = nora_asks.patch(
        place, {"items": [{"item": second["id"], "words": "My own table"}]}
    )
    assert kept.json()["items"][1]["words"] == "My own table"
    # Until it is sent, staff read nothing of it.
    seen = chief.get(place).json()
    assert [(each["words"], each["proofs"]) for each in seen["items"]] == [("", [])] * 2
    assert nora_asks.post(f"{place}/send", {}).json()["status"] == "answered"
    problem(nora_asks.delete(file), 409, "conflict")
    seen = chief.get(place).json()
    assert seen["items"][0]["proofs"][0]["id"] == added.json()["id"]
    for each, found in zip(seen["items"], ("verified", "not_accepted"), strict=True):
        said = {
            "version": chief.get(place).json()["version"],
            "activity_version": each["activity_version"],
            "outcome": found,
        }
        if found == "not_accepted":
            bare = chief.post(f"{place}/items/{each['id']}/decision", said)
            assert places(problem(bare, 422, "validation-error")) == ["/ground"]
            said["ground"] = "tracking_table"
        done = chief.post(f"{place}/items/{each['id']}/decision", said)
        assert done.status_code == 200, done.content
    assert_closes(chief, place, open_one)
    mine = the_audit(nora_asks)
    assert [each["outcome"] for each in mine["items"]] == ["verified", "not_accepted"]
    assert mine["items"][1]["ground"] == "tracking_table"


def assert_closes(chief: Caller, place: str, open_one: Recertification) -> None:
    """Close an audit, once for its key; the application it held is released."""
    end = {"version": chief.get(place).json()["version"]}
    problem(chief.post(f"{place}/close", {"version": 0}), 409, "stale-version")
    assert fresh(open_one).held_on is not None
    closed = chief.post(f"{place}/close", end, key="once")
    again = chief.post(f"{place}/close", end, key="once")
    assert (closed.json()["status"], again.content) == ("closed", closed.content)
    assert fresh(open_one).held_on is None


def test_a_draw_needs_a_key_and_the_same_key_draws_once(
    chief: Caller, open_one: Recertification
) -> None:
    raw = b'{"of": "applications", "from_on": "2025-01-01"}'
    problem(chief.send("POST", DRAWS, raw), 400, "malformed")
    first = chief.post(DRAWS, APPLICATIONS, key="one")
    again = chief.post(DRAWS, APPLICATIONS, key="one")
    assert (first.status_code, again.content) == (201, first.content)
    assert AuditCase.objects.count() == 1
    assert OutboxMessage.objects.filter(kind="audit_selected").count() == 1


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"percent": 0}, "/percent"),
        ({"percent": 101}, "/percent"),
        ({"percent": None}, "/number"),
        ({"number": 1}, "/percent"),
        ({"kinds": ["cheese"]}, "/kinds"),
        ({"until_on": "2025-01-01"}, "/from_on"),
        ({"due_on": "2025-11-03"}, "/due_on"),
        ({"instead_of": f"adr_{uuid4().hex}"}, "/instead_of"),
    ],
)
def test_what_is_no_sample_is_refused_at_its_field(
    chief: Caller, open_one: Recertification, values: dict[str, object], place: str
) -> None:
    refused = chief.post(DRAWS, APPLICATIONS | values)
    assert place in places(problem(refused, 422, "validation-error"))
    assert not AuditDraw.objects.exists()


def test_the_list_reads_no_population(
    chief: Caller,
    open_one: Recertification,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    draw = drawn(chief)
    with django_assert_max_num_queries(40) as asked:
        (listed,) = chief.get(DRAWS).json()["results"]
    assert set(draw) - set(listed) == {"strata", "drawn", "reproduced"}
    assert listed.items() <= draw.items()
    read = [each["sql"] for each in asked.captured_queries]
    listing = [sql for sql in read if "ce_credits_auditdraw" in sql]
    assert listing
    assert not [sql for sql in listing if '"population"' in sql or '"drawn"' in sql]


def test_a_redraw_says_why_and_names_the_draw_before(
    chief: Caller, open_one: Recertification
) -> None:
    first = drawn(chief)
    row = applied(a_holder("Olga Olsen"), NOV_3)
    pays(row.order, NOV_3)
    again = APPLICATIONS | {"instead_of": first["id"]}
    assert places(problem(chief.post(DRAWS, again), 422, "validation-error")) == [
        "/reason"
    ]
    second = drawn(chief, instead_of=first["id"], reason="The seed was known")
    assert second["instead_of"] == first["id"]
    assert second["drawn"] == [f"app_{row.pk.hex}"]
    other = SAMPLE | {"instead_of": first["id"], "reason": "So"}
    assert places(problem(chief.post(DRAWS, other), 422, "validation-error")) == ["/of"]


def test_one_by_hand_names_a_member_of_the_body_and_their_own_submissions(
    chief: Caller, nora: Member
) -> None:
    mine = f"ce_{nora.activities.first().pk.hex}"  # type: ignore[union-attr]
    said = {"member": mem(nora.pk), "activities": [mine], "reason": "A complaint"}
    for name, other in (("member", f"mem_{uuid4().hex}"), ("activities", [])):
        refused = chief.post("audits", said | {name: other})
        assert places(problem(refused, 422, "validation-error")) == [f"/{name}"]
    opened = chief.post("audits", said)
    assert opened.status_code == 201
    assert (opened.json()["due_on"], opened.json()["reason"]) == (
        "2025-12-03",
        "A complaint",
    )
    problem(chief.post("audits", said), 409, "stale-version")
    assert chief.get("audits", status="waiting").json()["count"] == 1
    assert chief.get("audits", member=mem(nora.pk)).json()["count"] == 1
    assert chief.get("audits", status="closed").json()["count"] == 0


def test_an_application_is_audited_by_hand_and_then_held(
    chief: Caller, open_one: Recertification
) -> None:
    place = f"recert-applications/app_{open_one.pk.hex}/audit"
    said = {"version": open_one.version, "reason": "A complaint"}
    done = chief.post(place, said)
    assert done.json()["hold"]["reason"] == "Audit: A complaint"
    problem(chief.post(place, said), 409, "stale-version")
    assert the_audit(chief)["applications"] == [f"app_{open_one.pk.hex}"]


def test_reviewers_read_no_audits_and_a_holder_no_others(
    chief: Caller, reviewing: Caller, nora_asks: Caller, open_one: Recertification
) -> None:
    for place in ("audits", DRAWS):
        problem(reviewing.get(place), 403, "forbidden")
    row = applied(a_holder("Olga Olsen"), NOV_3)
    pays(row.order, NOV_3)
    drawn(chief)
    olga = AuditCase.objects.get(member__last_name="Olsen")
    problem(nora_asks.get(f"audits/aud_{olga.pk.hex}"), 404, "not-found")
    item = olga.items.all()[0]
    mine = the_audit(nora_asks)
    words = {"items": [{"item": f"aui_{item.pk.hex}", "words": "Mine"}]}
    refused = nora_asks.patch(f"audits/{mine['id']}", words)
    assert places(problem(refused, 422, "validation-error")) == ["/items/0/item"]
