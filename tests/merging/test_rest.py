"""Two accounts over REST: reported, compared, merged and undone."""

import pytest
from django.test import Client

from accounts.models import Duplicate
from core.public_ids import spell
from tests.cast import BODY, Cast
from tests.merging.merging import GROUND, WHY, merged, proved, second_account
from tests.signing import open_session

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today")]
API = "/api/v1"
JSON = "application/json"


def _at(row: Duplicate, act: str = "") -> str:
    return f"{API}/bodies/{BODY}/duplicates/{spell('dup', row.pk)}{act}"


def test_a_holder_reports_and_reads_it(bob: Client, cast: Cast) -> None:
    sent = {"email": "nobody@mail.example", "program": BODY}
    made = bob.post(f"{API}/me/duplicates", sent, JSON)
    assert made.status_code == 201
    listed = bob.get(f"{API}/me/duplicates").json()["results"]
    assert listed == [made.json()]
    wrong = bob.post(f"{API}/me/duplicates", sent | {"email": "bob"}, JSON)
    assert wrong.status_code == 422


def test_a_holder_takes_a_report_back_once(bob: Client, cast: Cast) -> None:
    row = proved(cast.bob, second_account())
    place = f"{API}/me/duplicates/{spell('dup', row.pk)}/withdraw"
    back = bob.post(place, {}, JSON)
    assert (back.status_code, back.json()["state"]) == (200, "ended")
    again = bob.post(place, {}, JSON)
    assert again.json() == back.json()
    nowhere = bob.post(place.replace(spell("dup", row.pk), "dup_1"), {}, JSON)
    assert nowhere.status_code == 404


def test_what_is_merged_is_not_taken_back(bob: Client, cast: Cast) -> None:
    other = second_account()
    row = proved(cast.bob, other)
    merged(cast, row, cast.bob)
    place = f"{API}/me/duplicates/{spell('dup', row.pk)}/withdraw"
    refused = bob.post(place, {}, JSON)
    assert refused.status_code == 409
    assert "merged already" in refused.json()["detail"]


OWN = {
    *("id", "program", "email", "state", "reason"),
    *("asked_at", "expires_at", "proved_at", "merged_at", "ended_at"),
}
STAFFS = OWN | {"member", "other", "kept", "ground"}
COMPARED = STAFFS | {"would_keep", "would_give_up", "in_the_way", "counted_once"}


def test_holder_and_staff_read_one_report_in_one_shape(
    bob: Client, mona: Client, cast: Cast
) -> None:
    row = proved(cast.bob, second_account())
    (own,) = bob.get(f"{API}/me/duplicates").json()["results"]
    (listed,) = mona.get(f"{API}/bodies/{BODY}/duplicates").json()["results"]
    item = mona.get(_at(row)).json()
    assert (set(own), set(listed), set(item)) == (OWN, STAFFS, COMPARED)
    assert own == {name: listed[name] for name in OWN}
    assert listed == {name: item[name] for name in STAFFS}
    shapes = bob.get("/api/schema/").json()["components"]["schemas"]
    for name, fields in (
        ("OwnDuplicateResource", OWN),
        ("DuplicateResource", STAFFS),
        ("ComparedResource", COMPARED),
    ):
        assert set(shapes[name]["required"]) == set(shapes[name]["properties"])
        assert set(shapes[name]["properties"]) == fields


def test_whoever_kept_the_other_account_reads_the_report_there(
    client: Client, cast: Cast
) -> None:
    other = second_account()
    row = proved(cast.bob, other)
    merged(cast, row, other)
    assert other.user is not None
    kept = open_session(client, other.user)
    (own,) = kept.get(f"{API}/me/duplicates").json()["results"]
    assert (own["id"], own["state"]) == (spell("dup", row.pk), "merged")


def test_staff_compare_merge_and_undo(mona: Client, cast: Cast) -> None:
    other = second_account()
    row = proved(cast.bob, other)
    listed = mona.get(f"{API}/bodies/{BODY}/duplicates").json()
    assert listed["results"][0]["state"] == "proved"
    turned = mona.get(_at(row), {"keep": spell("mem", other.pk)}).json()
    assert turned["would_keep"]["member"] == spell("mem", other.pk)
    assert turned["in_the_way"] == []

    sent = {"keep": spell("mem", cast.bob.pk), "ground": GROUND}
    for _ in range(2):
        merged = mona.post(_at(row, "/merge"), sent, JSON)
        assert (merged.status_code, merged.json()["state"]) == (200, "merged")
    undone = mona.post(_at(row, "/undo"), {"reason": WHY}, JSON)
    assert (undone.status_code, undone.json()["reason"]) == (200, WHY)
    again = mona.post(_at(row, "/merge"), sent, JSON)
    assert again.status_code == 409


def test_what_is_in_the_way_is_named_one_by_one(mona: Client, cast: Cast) -> None:
    other = second_account(name="Eve Evans")
    row = proved(cast.bob, other)
    sent = {"keep": spell("mem", cast.bob.pk), "ground": GROUND}
    answer = mona.post(_at(row, "/merge"), sent, JSON)
    assert answer.status_code == 409
    assert "share neither name" in answer.content.decode()
    refused = mona.post(_at(row, "/refusal"), {"reason": WHY}, JSON)
    assert refused.json()["state"] == "refused"


def test_a_stranger_is_not_kept(mona: Client, cast: Cast) -> None:
    row = proved(cast.bob, second_account())
    for keep in (spell("mem", cast.charlie.pk), "mem_" + "0" * 32):
        sent = {"keep": keep, "ground": GROUND}
        assert mona.post(_at(row, "/merge"), sent, JSON).status_code == 422
        assert mona.get(_at(row), {"keep": keep}).status_code == 404
