"""Staff read applications over REST; managers approve or refuse, once."""

from datetime import date

import pytest

from accounts.models import Member, User
from renewals.models import Recertification
from tests.api.asking import Caller, mem, places, problem
from tests.api.certificants import (
    NOV_3,
    chief,
    day,
    nora,
    nora_asks,
    reviewing,
)
from tests.cast import BODY as BODY_OF_TERMS
from tests.cast import NOW, Cast
from tests.recertifying.living import (
    a_holder,
    applied,
    drafted,
    fresh,
    pays,
    stands,
)

__all__ = ["chief", "day", "nora", "nora_asks", "reviewing"]
pytestmark = [pytest.mark.django_db, pytest.mark.db]
PLACE = "recert-applications"
APPROVE = {"outcome": "approved"}
REFUSE = {"outcome": "refused", "reason": "No proof of the conference."}


@pytest.fixture
def open_one(nora: Member) -> Recertification:
    """Nora's application, paid and under review."""
    row = applied(nora, NOV_3)
    pays(row.order, NOV_3)
    return fresh(row)


def place_of(row: Recertification, *more: str) -> str:
    """The tail of an application's address."""
    return "/".join((PLACE, f"app_{row.pk.hex}", *more))


def test_a_manager_reads_what_was_submitted_and_approves_it(
    chief: Caller, nora_asks: Caller, open_one: Recertification
) -> None:
    (seen,) = chief.get(PLACE, status="open").json()["results"]
    assert (seen["member_name"], seen["submitted"]["have"]) == ("Nora North", "30.0")
    assert f"/staff/namss/orders/{open_one.order_id}/" in seen["order"]["page"]
    assert chief.get(place_of(open_one)).json() == seen
    said = APPROVE | {"version": seen["version"]}
    done = chief.post(place_of(open_one, "decision"), said)
    assert done.status_code == 200
    assert (done.json()["status"], done.json()["decided_on"]) == (
        "approved",
        "2025-11-03",
    )
    assert stands(open_one.member, date(2026, 3, 1)) == "good"
    mine = nora_asks.get(place_of(open_one)).json()
    assert (mine["status"], mine["decided_by"]) == ("approved", "Max Manager")


def test_refusing_asks_why_and_the_applicant_reads_it(
    chief: Caller, nora_asks: Caller, open_one: Recertification
) -> None:
    place, version = place_of(open_one, "decision"), {"version": open_one.version}
    bare = chief.post(place, {"outcome": "refused", **version})
    assert places(problem(bare, 422, "validation-error")) == ["/reason"]
    assert chief.post(place, REFUSE | version).status_code == 200
    mine = nora_asks.get(place_of(open_one)).json()
    assert (mine["status"], mine["reason"]) == ("refused", REFUSE["reason"])
    assert f"The reason: {REFUSE['reason']}" in mine["happening"]


def test_an_old_version_and_a_second_decision_decide_nothing(
    chief: Caller, open_one: Recertification
) -> None:
    place, version = place_of(open_one, "decision"), {"version": open_one.version}
    old = {"version": open_one.version - 1}
    problem(chief.post(place, REFUSE | old), 409, "stale-version")
    assert fresh(open_one).state == "open"
    first = chief.post(place, APPROVE | version, key="one")
    again = chief.post(place, APPROVE | version, key="one")
    assert (first.status_code, again.content) == (200, first.content)
    said = problem(chief.post(place, REFUSE | version), 409, "stale-version")
    assert said["detail"] == "It is approved. Nothing was decided."
    assert fresh(open_one).state == "approved"


def test_a_reviewer_reads_and_decides_nothing(
    reviewing: Caller, open_one: Recertification
) -> None:
    assert reviewing.get(PLACE).json()["count"] == 1
    assert reviewing.get(place_of(open_one)).status_code == 200
    said = APPROVE | {"version": open_one.version}
    answer = reviewing.post(place_of(open_one, "decision"), said)
    problem(answer, 403, "forbidden")
    assert fresh(open_one).state == "open"


def test_nobody_decides_on_their_own(chief: Caller, day: date) -> None:
    member = a_holder("Mia Member")
    Member.objects.filter(pk=member.pk).update(
        user=User.objects.get(name="Max Manager")
    )
    member.refresh_from_db()
    row = applied(member, NOV_3)
    pays(row.order, NOV_3)
    said = APPROVE | {"version": fresh(row).version}
    problem(chief.post(place_of(row, "decision"), said), 409, "not-eligible")
    assert fresh(row).state == "open"


def test_what_is_being_written_is_not_staff_s_to_see(
    chief: Caller, nora: Member
) -> None:
    row = drafted(nora, NOV_3)
    assert chief.get(PLACE).json()["count"] == 0
    problem(chief.get(place_of(row)), 404, "not-found")
    said = APPROVE | {"version": 1}
    problem(chief.post(place_of(row, "decision"), said), 404, "not-found")


def test_what_waits_for_its_payment_is_not_decided_on(
    chief: Caller, nora: Member
) -> None:
    row = applied(nora, NOV_3)
    said = APPROVE | {"version": row.version}
    answer = chief.post(place_of(row, "decision"), said)
    detail = problem(answer, 409, "stale-version")["detail"]
    assert detail == "It is awaiting payment. Nothing was decided."


def test_the_list_is_narrowed(chief: Caller, open_one: Recertification) -> None:
    other = applied(a_holder("Otto Other"), NOV_3)
    for query, found in (
        ({"status": "open"}, [open_one]),
        ({"status": "awaiting"}, [other]),
        ({"q": "nora north"}, [open_one]),
        ({"q": "nobody"}, []),
        ({"member": mem(other.member_id)}, [other]),
        ({"kind": "extension"}, []),
        ({"cycle": "2025-12-01"}, [open_one, other]),
    ):
        rows = chief.get(PLACE, **query).json()["results"]
        assert {each["id"] for each in rows} == {f"app_{e.pk.hex}" for e in found}
    problem(chief.get(PLACE, status="new"), 400, "malformed")


def test_what_another_body_has_is_not_listed(
    chief: Caller, open_one: Recertification
) -> None:
    other = Recertification.objects.create(
        member=open_one.member,
        program="another",
        kind="extension",
        state="open",
        cycle_last_on=NOV_3,
        declared=True,
        submitted_on=NOV_3,
        created_at=NOW,
        changed_at=NOW,
    )
    assert chief.get(PLACE).json()["count"] == 1
    problem(chief.get(place_of(other)), 404, "not-found")


def test_a_body_of_terms_has_none(body: Caller) -> None:
    assert BODY_OF_TERMS in body.base
    problem(body.get(PLACE), 404, "not-found")
    problem(body.get(f"{PLACE}/app_{'0' * 32}"), 404, "not-found")


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"version": 1}, "/outcome"),
        ({"version": 1, "outcome": "open"}, "/outcome"),
        ({"outcome": "approved"}, "/version"),
        ({"version": "1", "outcome": "approved"}, "/version"),
        ({"version": 1, "outcome": "refused", "reason": "x" * 401}, "/reason"),
        ({"version": 1, "outcome": "approved", "ground": "x"}, "/ground"),
    ],
)
def test_a_decision_that_can_t_be_used_names_the_field(
    chief: Caller,
    open_one: Recertification,
    said: dict[str, object],
    pointer: str,
) -> None:
    answer = chief.post(place_of(open_one, "decision"), said)
    assert places(problem(answer, 422, "validation-error")) == [pointer]
    assert fresh(open_one).state == "open"


def test_another_body_s_staff_find_nothing(
    body: Caller, cast: Cast, open_one: Recertification
) -> None:
    other = Caller("/api/v1/bodies/namss", {}, body.browser)
    problem(other.get(PLACE), 404, "not-found")


def test_the_checklist_and_the_days_of_the_answer_are_read(
    chief: Caller, reviewing: Caller, nora_asks: Caller, open_one: Recertification
) -> None:
    found = reviewing.get(place_of(open_one, "checklist")).json()
    lines = {each["code"]: each for each in found["checks"]}
    assert found["as_of"] == "2025-11-03"
    assert lines["credits"]["figure"] == "30.0 of 30.0"
    assert (lines["fee"]["found"], lines["fee"]["rule"]) == ("ok", "N6")
    assert [each["credits"] for each in found["activities"]] == ["15.0", "15.0"]
    for asks in (chief, nora_asks):
        seen = asks.get(place_of(open_one)).json()
        days = (seen["answer_from"], seen["answer_until"])
        assert days == ("2025-11-24", "2025-12-01")


def test_held_it_is_not_approved_and_only_staff_read_why(
    chief: Caller, reviewing: Caller, nora_asks: Caller, open_one: Recertification
) -> None:
    why = {"reason": "Drawn for an audit"}
    said = why | {"version": open_one.version}
    problem(reviewing.post(place_of(open_one, "hold"), said), 403, "forbidden")
    seen = chief.post(place_of(open_one, "hold"), said).json()
    assert seen["hold"] == {"on": "2025-11-03", "by": "Max Manager", **why}
    assert "hold" not in nora_asks.get(place_of(open_one)).json()
    verdict = APPROVE | {"version": seen["version"]}
    problem(chief.post(place_of(open_one, "decision"), verdict), 409, "not-eligible")
    lifted = {"version": seen["version"], "reason": "All verified"}
    seen = chief.post(place_of(open_one, "release"), lifted).json()
    assert seen["hold"] is None
    verdict = APPROVE | {"version": seen["version"]}
    assert chief.post(place_of(open_one, "decision"), verdict).status_code == 200


def test_something_is_asked_and_answered(
    chief: Caller, nora_asks: Caller, open_one: Recertification
) -> None:
    answer = place_of(open_one, "answer")
    problem(nora_asks.post(answer, {"answer": "Yes"}), 409, "stale-version")
    said = {"version": open_one.version, "words": "The proof of May 2?"}
    seen = chief.post(place_of(open_one, "questions"), said).json()
    assert seen["needs_information"]
    done = nora_asks.post(answer, {"answer": "It is there now."}).json()
    assert not done["needs_information"]
    assert done["questions"] == [
        {
            "words": "The proof of May 2?",
            "asked_on": "2025-11-03",
            "answer": "It is there now.",
            "answered_on": "2025-11-03",
        }
    ]
    bare = chief.post(place_of(open_one, "questions"), said | {"words": ""})
    assert places(problem(bare, 422, "validation-error")) == ["/words"]
