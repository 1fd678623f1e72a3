"""One's own applications over REST: begun, changed, submitted, withdrawn."""

from datetime import date, time
from typing import Any

import pytest

from accounts.models import Member
from billing.models import Order
from core.models import AuditEntry
from renewals.models import Recertification
from tests.api.asking import Caller, places, problem
from tests.api.certificants import BODY, NOV_3, asks, at, day, nora, nora_asks
from tests.api.contract import Answer
from tests.recertifying.living import a_holder, decided, drafted, fresh, pays, sent

__all__ = ["day", "nora", "nora_asks"]
pytestmark = [pytest.mark.django_db, pytest.mark.db]
PLACE = "recert-applications"
COMPLETE = {
    "program": BODY,
    "kind": "recertification",
    "name": "Nora North",
    "declared": True,
}


def begun(caller: Caller, **said: object) -> dict[str, Any]:
    """Begin an application, complete where nothing else is said."""
    answer = caller.post(PLACE, COMPLETE | said)
    assert answer.status_code == 201, answer.content
    made: dict[str, Any] = answer.json()
    return made


def step(caller: Caller, made: dict[str, Any], name: str, **headers: str) -> Answer:
    """Take a step with an application."""
    return caller.send("POST", f"{PLACE}/{made['id']}/{name}", b"{}", **headers)


def the_row() -> Recertification:
    """The one application there is."""
    return Recertification.objects.get()


def test_a_draft_says_what_it_would_come_to_today(nora_asks: Caller) -> None:
    made = begun(nora_asks, name="", declared=False)
    assert made["id"].startswith("app_")
    assert (made["status"], made["submitted"], made["order"]) == ("draft", None, None)
    would = made["if_submitted"]
    assert would["possible"] is True
    assert (would["need"], would["need_approved"]) == ("30.0", "15.0")
    assert (would["have"], would["have_approved"]) == ("30.0", "15.0")
    assert (would["society_member"], would["fee"]["amount"]) == (False, "375.00")
    assert [part["rule"] for part in would["fee"]["parts"]] == ["N6"]
    assert nora_asks.get(f"{PLACE}/{made['id']}").json() == made


def test_what_is_missing_is_said_with_its_rules(day: date) -> None:
    caller = asks(a_holder(credits=20))
    made = begun(caller)
    would = made["if_submitted"]
    assert would["possible"] is False
    assert {each["rule"] for each in would["why_not"]} == {"N3"}
    said = problem(step(caller, made, "submit"), 409, "not-eligible")
    assert said["why"] == would["why_not"]
    assert said["detail"].endswith("Nothing was submitted.")
    assert the_row().state == "draft"


def test_a_name_unlike_the_profile_s_and_no_declaration_are_named(
    nora_asks: Caller,
) -> None:
    made = begun(nora_asks, name="Nora N.", declared=False)
    said = problem(step(nora_asks, made, "submit"), 422, "validation-error")
    assert places(said) == ["/name", "/declared"]
    assert "Nora North" in said["errors"][0]["detail"]


def test_submitted_it_waits_for_its_order_and_is_taken_once_paid(
    nora_asks: Caller,
) -> None:
    made = begun(nora_asks)
    done = step(nora_asks, made, "submit").json()
    assert (done["status"], done["submitted_on"]) == ("awaiting", "2025-11-03")
    order = done["order"]
    assert (order["state"], order["total"], order["rest"]) == (
        "awaiting",
        "375.00",
        "375.00",
    )
    assert order["page"].endswith(f"/me/orders/{the_row().order_id}/")
    facts = done["submitted"]
    assert (facts["need"], facts["have"], facts["rule"]) == ("30.0", "30.0", "N3")
    assert (facts["fee"]["amount"], facts["policy"]) == ("375.00", f"{BODY}@2025-01-01")
    assert done["if_submitted"] is None
    pays(the_row().order, NOV_3)
    paid = nora_asks.get(f"{PLACE}/{made['id']}").json()
    assert (paid["status"], paid["paid_on"]) == ("open", "2025-11-03")
    assert paid["order"]["rest"] == "0.00"
    assert any("Answer due between" in each for each in paid["happening"])


def test_submitting_twice_orders_once(nora_asks: Caller) -> None:
    made = begun(nora_asks)
    first = step(nora_asks, made, "submit", Idempotency_Key="one")
    again = step(nora_asks, made, "submit", Idempotency_Key="one")
    assert again.content == first.content
    assert again.headers["Idempotent-Replayed"] == "true"
    # Without a key as well: what is submitted stays as it is.
    assert step(nora_asks, made, "submit").json() == first.json()
    assert Order.objects.count() == 1
    assert AuditEntry.objects.filter(action="application.submitted").count() == 1


def test_beginning_twice_with_one_key_begins_one(nora_asks: Caller) -> None:
    first = nora_asks.post(PLACE, COMPLETE, key="one")
    again = nora_asks.post(PLACE, COMPLETE, key="one")
    assert again.content == first.content
    said = problem(nora_asks.post(PLACE, COMPLETE), 409, "conflict")
    assert first.json()["id"] in said["detail"]
    assert Recertification.objects.count() == 1


def test_a_draft_is_changed_by_its_copy(nora_asks: Caller) -> None:
    made = begun(nora_asks, name="Nora", declared=False)
    place = f"{PLACE}/{made['id']}"
    copy = nora_asks.get(place).headers["ETag"]
    changed = nora_asks.patch(place, {"declared": True}, If_Match=copy)
    assert changed.status_code == 200
    assert (changed.json()["name"], changed.json()["declared"]) == ("Nora", True)
    assert changed.headers["ETag"] != copy
    # Another tab, with the old copy.
    late = nora_asks.patch(place, {"name": "Nora North"}, If_Match=copy)
    problem(late, 412, "stale-version")
    problem(step(nora_asks, made, "submit", If_Match=copy), 412, "stale-version")
    problem(step(nora_asks, made, "withdraw", If_Match=copy), 412, "stale-version")
    assert (the_row().name, the_row().state) == ("Nora", "draft")
    # Without a copy it is written over, and the same again changes nothing.
    for _ in range(2):
        same = nora_asks.patch(place, {"name": " Nora  North "})
        assert (same.json()["name"], same.json()["version"]) == ("Nora North", 3)


def test_what_is_submitted_or_has_ended_is_not_changed(nora_asks: Caller) -> None:
    made = begun(nora_asks)
    step(nora_asks, made, "submit")
    place = f"{PLACE}/{made['id']}"
    said = problem(nora_asks.patch(place, {"name": "N"}), 409, "not-eligible")
    assert said["detail"] == "It is submitted already. Nothing was changed."
    step(nora_asks, made, "withdraw")
    # One that was begun since is another one.
    other = begun(nora_asks, name="Nora")
    said = problem(nora_asks.patch(place, {"name": "N"}), 409, "not-eligible")
    assert said["detail"] == "It has ended. Nothing was changed."
    assert nora_asks.get(f"{PLACE}/{other['id']}").json()["name"] == "Nora"
    problem(step(nora_asks, made, "submit"), 409, "stale-version")


def test_withdrawn_its_order_is_cancelled_and_it_stays_withdrawn(
    nora_asks: Caller,
) -> None:
    made = begun(nora_asks)
    step(nora_asks, made, "submit")
    for _ in range(2):
        gone = step(nora_asks, made, "withdraw").json()
        assert (gone["status"], gone["decided_on"]) == ("withdrawn", "2025-11-03")
        assert gone["order"]["state"] == "cancelled"
    assert AuditEntry.objects.filter(action="application.withdrawn").count() == 1


def test_what_is_decided_is_not_withdrawn(nora: Member, nora_asks: Caller) -> None:
    row = sent(drafted(nora, NOV_3), NOV_3)
    pays(row.order, NOV_3)
    decided(fresh(row), "approved", NOV_3)
    made = nora_asks.get(PLACE).json()["results"][0]
    assert (made["status"], made["decided_by"]) == ("approved", "Max Manager")
    said = problem(step(nora_asks, made, "withdraw"), 409, "not-eligible")
    assert said["detail"] == "It is decided on already. Nothing was withdrawn."


def test_a_request_for_more_time_costs_nothing_and_is_looked_at_at_once(
    day: date,
) -> None:
    caller = asks(a_holder(credits=16))
    made = begun(caller, kind="extension")
    assert made["if_submitted"]["fee"] is None
    assert made["if_submitted"]["need"] == "15.0"
    done = step(caller, made, "submit").json()
    assert (done["status"], done["order"], done["paid_on"]) == ("open", None, None)
    assert done["submitted"]["fee"] is None


def test_at_five_on_the_last_day_no_more_time_is_asked_for(cast: object) -> None:
    last = date(2025, 12, 1)
    member = a_holder(credits=16)
    with at(last, time(17, 0, 1)):
        said = problem(
            asks(member).post(PLACE, COMPLETE | {"kind": "extension"}),
            409,
            "not-eligible",
        )
    assert "5:00 PM on Dec 1, 2025" in said["detail"]
    assert [each["rule"] for each in said["why"]] == ["N7"]
    with at(last, time(16, 59)):
        assert begun(asks(member), kind="extension")["status"] == "draft"


@pytest.mark.parametrize(
    ("on", "kind", "amount"),
    [
        (date(2025, 12, 1), "recertification", "375.00"),
        (date(2025, 12, 2), "recertification", "425.00"),
        (date(2025, 12, 31), "recertification", "425.00"),
    ],
)
def test_the_fee_is_the_day_s(cast: object, on: date, kind: str, amount: str) -> None:
    member = a_holder()
    with at(on):
        made = begun(asks(member), kind=kind)
    assert made["if_submitted"]["fee"]["amount"] == amount


def test_in_grace_one_applies_for_reinstatement_and_then_no_more(cast: object) -> None:
    member = a_holder()
    with at(date(2026, 1, 1)):
        said = problem(asks(member).post(PLACE, COMPLETE), 409, "not-eligible")
        assert "a reinstatement is what can be applied for" in said["detail"]
    with at(date(2026, 6, 30)):
        made = begun(asks(member), kind="reinstatement")
        assert made["if_submitted"]["possible"] is True
        assert step(asks(member), made, "withdraw").status_code == 200
    with at(date(2026, 7, 1)):
        again = asks(member).post(PLACE, COMPLETE | {"kind": "reinstatement"})
        said = problem(again, 409, "not-eligible")
    assert [each["rule"] for each in said["why"]] == ["N8"]


def test_who_holds_nothing_can_begin_nothing(own: Caller) -> None:
    said = problem(own.post(PLACE, COMPLETE), 409, "not-eligible")
    assert "no certification" in said["detail"]


def test_the_list_is_narrowed_and_ordered(nora: Member, nora_asks: Caller) -> None:
    first = sent(drafted(nora, NOV_3), NOV_3)
    drafted(nora, date(2025, 11, 2), "extension")
    found = nora_asks.get(PLACE, program=BODY).json()
    assert [each["kind"] for each in found["results"]] == [
        "recertification",
        "extension",
    ]
    for query, count in (
        ({"status": "awaiting"}, 1),
        ({"kind": "extension", "status": "draft"}, 1),
        ({"cycle": "2025-12-01"}, 2),
        ({"cycle": "2022-12-01"}, 0),
    ):
        assert nora_asks.get(PLACE, **query).json()["count"] == count
    page = nora_asks.get(PLACE, ordering="submitted_on", page_size=1).json()
    assert page["results"][0]["id"] == f"app_{first.pk.hex}"
    assert "page=2" in page["next"]
    problem(nora_asks.get(PLACE, program="acmss"), 400, "malformed")
    problem(nora_asks.get(PLACE, page=3), 404, "not-found")


def test_nobody_finds_another_s(nora_asks: Caller) -> None:
    made, own = begun(nora_asks), asks(a_holder("Otto Other"))
    place = f"{PLACE}/{made['id']}"
    assert own.get(PLACE).json()["count"] == 0
    problem(own.get(place), 404, "not-found")
    problem(own.patch(place, {"name": "Mine"}), 404, "not-found")
    for name in ("submit", "withdraw"):
        problem(step(own, made, name), 404, "not-found")
    assert fresh(the_row()).state == "draft"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"name": "N" * 202}, "/name"),
        ({"name": 7}, "/name"),
        ({"name": "a\nb"}, "/name"),
        ({"declared": "yes"}, "/declared"),
        ({"kind": "other"}, "/kind"),
        ({"program": "acmss"}, "/program"),
        ({"state": "approved"}, "/state"),
    ],
)
def test_what_can_t_be_used_is_named(
    nora_asks: Caller, body: dict[str, object], pointer: str
) -> None:
    said = problem(nora_asks.post(PLACE, COMPLETE | body), 422, "validation-error")
    assert places(said) == [pointer]
    assert not Recertification.objects.exists()
