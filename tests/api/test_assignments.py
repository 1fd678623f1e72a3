"""Assigning over REST: everybody named, or nobody; and what is said of a refusal."""

from datetime import date

import pytest

from accounts.models import Sponsorship
from core.models import AuditEntry
from credentials.models import Assignment, Product, SeatEntry, Window
from tests.api.asking import Api, mem, places, problem, without_request_id
from tests.cast import BODY, OTHER_BODY, Cast, a_member, certify, seats


@pytest.fixture
def three(cast: Cast) -> int:
    """Three renewals for Northside."""
    seats(cast.northside, cast.renewals, 3)
    return 3


@pytest.mark.usefixtures("three")
def test_one_member_is_renewed(api: Api, cast: Cast) -> None:
    body = {"product": "renewals", "member": mem(cast.bob.pk)}
    answer = api.post("assignments", body)
    assert answer.status_code == 201
    batch = answer.json()
    assert batch["product"] == "renewals"
    assert batch["program"] == BODY
    assert batch["assigned_by"] == "API token Payroll"
    (made,) = batch["assignments"]
    assert made["member"] == mem(cast.bob.pk)
    assert made["member_name"] == "Bob Baker"
    assert made["assigned_on"] == "2025-11-17"
    # Late, so it begins on the day it is applied (A1).
    assert made["renewal_date"] == "2026-11-17"
    assert made["term"]["first_on"] == "2025-11-17"
    assert made["term"]["certificate"]["state"] == "issued"
    assert made["term"]["certificate"]["have"] == "3.0"
    pool = api.get("seats").json()["results"][0]
    assert (pool["product"], pool["available"]) == ("renewals", 2)
    read = api.get(f"assignments/{made['id']}").json()
    assert read.items() <= made.items()


@pytest.mark.usefixtures("three")
def test_several_members_are_assigned_in_one_batch(api: Api, cast: Cast) -> None:
    seats(cast.northside, cast.membership, 2)
    crowd = [a_member(f"{name} New", cast.northside) for name in ("Ada", "Ben")]
    items = [{"member": mem(member.pk)} for member in crowd]
    answer = api.post("assignments", {"product": "membership", "items": items})
    assert answer.status_code == 201
    batch = answer.json()
    assert [each["member_name"] for each in batch["assignments"]] == [
        "Ada New",
        "Ben New",
    ]
    assert {each["batch"] for each in batch["assignments"]} == {batch["id"]}
    held = batch["assignments"][0]["term"]["certificate"]
    assert held["state"] == "held"
    assert any(reason["rule"] == "A14" for reason in held["why"])


@pytest.mark.usefixtures("three")
def test_an_assignment_is_in_the_trail_under_the_token(api: Api, cast: Cast) -> None:
    api.post("assignments", {"product": "renewals", "member": mem(cast.bob.pk)})
    entry = AuditEntry.objects.get(action="product.assigned", token__isnull=False)
    assert entry.token is not None
    assert entry.token.name == "Payroll"
    assert entry.user is None
    assert entry.practice == cast.northside


def test_too_few_seats_assign_nobody_and_say_how_many_there_are(
    api: Api, cast: Cast, three: int
) -> None:
    crowd = [a_member(f"M{place} Many", cast.northside) for place in range(5)]
    for member in crowd:
        certify(member)
    before = Assignment.objects.count(), SeatEntry.objects.count()
    items = [{"member": mem(member.pk)} for member in crowd]
    answer = api.post("assignments", {"product": "renewals", "items": items})
    said = problem(answer, 409, "pool-exhausted")
    assert said["available"] == three
    assert said["detail"].startswith("You selected 5 people but 3 renewals are")
    assert said["instance"] == api.path("assignments")
    assert places(said) == ["/items"]
    assert (Assignment.objects.count(), SeatEntry.objects.count()) == before


@pytest.mark.usefixtures("three")
def test_one_who_can_t_be_renewed_keeps_everybody_from_it(api: Api, cast: Cast) -> None:
    nora = a_member("Nora North", cast.northside)
    before = Window.objects.count()
    items = [{"member": mem(member.pk)} for member in (cast.bob, nora)]
    answer = api.post("assignments", {"product": "renewals", "items": items})
    assert "Nora North" in problem(answer, 409, "not-eligible")["detail"]
    assert Window.objects.count() == before


@pytest.mark.usefixtures("three")
def test_somebody_who_left_is_named(api: Api, cast: Cast) -> None:
    Sponsorship.objects.filter(member=cast.bob).update(until_on=date(2025, 11, 1))
    body = {"product": "renewals", "member": mem(cast.bob.pk)}
    said = problem(api.post("assignments", body), 409, "not-eligible")
    assert "Bob Baker left Northside on Nov 1, 2025" in said["detail"]


@pytest.mark.usefixtures("three")
def test_a_foreign_member_is_answered_like_a_missing_or_mistyped_one(
    api: Api, cast: Cast
) -> None:
    single, listed = [], []
    for wrong in (mem(cast.charlie.pk), "mem_" + "0" * 32, "mem_1", "bob", ""):
        answer = api.post("assignments", {"product": "renewals", "member": wrong})
        assert places(problem(answer, 404, "not-found")) == ["/member"]
        single.append(without_request_id(answer))
        items = [{"member": mem(cast.bob.pk)}, {"member": wrong}]
        answer = api.post("assignments", {"product": "renewals", "items": items})
        assert places(problem(answer, 404, "not-found")) == ["/items/1/member"]
        listed.append(without_request_id(answer))
    assert single.count(single[0]) == len(single)
    assert listed.count(listed[0]) == len(listed)
    assert not Assignment.objects.filter(product=cast.renewals).exists()


@pytest.mark.usefixtures("three")
def test_a_product_that_isn_t_there_is_not_found(api: Api, cast: Cast) -> None:
    body = {"product": "gold", "member": mem(cast.bob.pk)}
    assert places(problem(api.post("assignments", body), 404, "not-found")) == [
        "/product"
    ]


BOB = "the id of Bob"
BAD_BODIES: list[tuple[object, list[str]]] = [
    ({}, ["/product"]),
    ({"product": "renewals"}, ["/items"]),
    ({"member": BOB}, ["/product"]),
    ({"product": "renewals", "member": BOB, "items": [{"member": BOB}]}, ["/items"]),
    ({"product": "renewals", "member": BOB, "seats": 5}, ["/seats"]),
    ({"product": "renewals", "member": BOB, "practice": "lakeview"}, ["/practice"]),
    ({"product": "renewals", "items": [{"member": BOB, "a/b": 1}]}, ["/items/0/a~1b"]),
    ({"product": "renewals", "items": [{}]}, ["/items/0/member"]),
    ({"product": "renewals", "items": [BOB]}, ["/items/0"]),
    ({"product": "renewals", "items": []}, ["/items"]),
    ({"product": "renewals", "items": {}}, ["/items"]),
    ({"product": "renewals", "items": "all"}, ["/items"]),
    ({"product": "renewals", "items": None}, ["/items"]),
    ({"product": "renewals", "items": [{"member": BOB}] * 2}, ["/items/1/member"]),
    ({"product": "renewals", "items": [{"member": BOB}] * 101}, ["/items"]),
    ({"product": "renewals", "member": None}, ["/member"]),
    ({"product": "renewals", "member": 5}, ["/member"]),
    ({"product": "renewals", "member": [BOB]}, ["/member"]),
    ({"product": "", "member": BOB}, ["/product"]),
    ({"product": 7, "member": BOB}, ["/product"]),
    ({"product": True, "member": BOB}, ["/product"]),
    ({"product": "renewals\x00", "member": BOB}, ["/product"]),
    ({"product": "r" * 41, "member": BOB}, ["/product"]),
    ({"product": "renewals", "program": "nobody", "member": BOB}, ["/program"]),
    ([], [""]),
    ("renewals", [""]),
    (None, [""]),
]


@pytest.mark.usefixtures("three")
def test_a_body_that_can_t_be_used_is_422_and_points_at_the_place(
    api: Api, cast: Cast
) -> None:
    before = Assignment.objects.count()
    for body, expected in BAD_BODIES:
        answer = api.post("assignments", _with_bob(body, mem(cast.bob.pk)))
        said = problem(answer, 422, "validation-error")
        assert sorted(places(said)) == expected, body
    assert Assignment.objects.count() == before


def _with_bob(body: object, bob: str) -> object:
    if isinstance(body, dict):
        return {name: _with_bob(inner, bob) for name, inner in body.items()}
    if isinstance(body, list):
        return [_with_bob(inner, bob) for inner in body]
    return bob if body == BOB else body


@pytest.mark.usefixtures("three")
def test_a_code_that_two_bodies_use_asks_which(api: Api, cast: Cast) -> None:
    words = {"label": "Renewals", "noun": "renewal", "nouns": "renewals", "order": 1}
    Product.objects.create(
        program=OTHER_BODY, code="renewals", kind=Product.Kind.RENEWAL, **words
    )
    body = {"product": "renewals", "member": mem(cast.bob.pk)}
    said = problem(api.post("assignments", body), 422, "validation-error")
    assert places(said) == ["/program"]
    assert api.post("assignments", body | {"program": BODY}).status_code == 201


@pytest.mark.usefixtures("three")
def test_assignments_are_filtered_and_ordered(api: Api, cast: Cast) -> None:
    bob = mem(cast.bob.pk)
    api.post("assignments", {"product": "renewals", "member": bob})
    found = api.get("assignments").json()
    assert [row["product"] for row in found["results"]] == ["renewals", "membership"]
    back = api.get("assignments", ordering="assigned_at").json()["results"]
    assert back == found["results"][::-1]
    for query, count in (
        ({"product": "renewals"}, 1),
        ({"product": "gold"}, 0),
        ({"member": bob}, 2),
        ({"member": mem(cast.charlie.pk)}, 0),
        ({"state": "active"}, 2),
        ({"state": "undone"}, 0),
        ({"program": BODY}, 2),
    ):
        assert api.get("assignments", **query).json()["count"] == count, query


def test_a_foreign_assignment_is_answered_like_a_missing_one(
    api: Api, cast: Cast
) -> None:
    foreign = Assignment.objects.get(member=cast.charlie)
    ids = (f"asn_{foreign.pk.hex}", "asn_" + "0" * 32, f"mem_{foreign.pk.hex}", "x")
    answers = [without_request_id(api.get(f"assignments/{each}")) for each in ids]
    assert answers[0][0] == 404
    assert answers.count(answers[0]) == len(answers)


@pytest.mark.usefixtures("three")
def test_reading_a_body_that_fails_leaves_the_seats(api: Api, cast: Cast) -> None:
    for raw, status, slug in (
        (b"{", 400, "malformed"),
        (b'{"product": "renewals", "product": "renewals"}', 400, "malformed"),
        (b'{"product": NaN}', 400, "malformed"),
        (b'{"product": Infinity}', 400, "malformed"),
        (b'{"product": "\xff"}', 400, "malformed"),
        (b'\xef\xbb\xbf{"product": "renewals"}', 400, "malformed"),
        (rb'{"product": "\ud800"}', 400, "malformed"),
        (rb'{"\udfff": 1}', 400, "malformed"),
        (b"[" * 10_000 + b"]" * 10_000, 400, "malformed"),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, 400, "malformed"),
        (b'{"a": ' + b"9" * 5_000 + b"}", 400, "malformed"),
        (b'{"a": "' + b"x" * (256 * 1024) + b'"}', 413, "too-large"),
        (b"[" * 1_000_000, 413, "too-large"),
        (b"renewals", 400, "malformed"),
        (b" ", 400, "malformed"),
    ):
        problem(api.post("assignments", {}, raw=raw), status, slug)
    assert api.get("seats").json()["results"][0]["used"] == 0


def test_a_specialty_is_named_by_its_code(api: Api, cast: Cast) -> None:
    specialty = Product.objects.get(code="specialty")
    seats(cast.northside, specialty, 2)
    body = {"product": "specialty", "member": mem(cast.bob.pk)}
    for wrong in ({}, {"choice": "surgery"}, {"choice": "Dermatology"}):
        said = problem(api.post("assignments", body | wrong), 422, "validation-error")
        assert places(said) == ["/choice"]
    answer = api.post("assignments", body | {"choice": "dermatology"})
    assert answer.status_code == 201
    (made,) = answer.json()["assignments"]
    assert (made["choice"], made["choice_name"]) == ("dermatology", "Dermatology")
    assert (made["state"], made["result"], made["term"]) == ("assigned", "", None)
    again = api.post("assignments", body | {"choice": "dermatology"})
    assert "already" in problem(again, 409, "not-eligible")["detail"]
    plain = {"product": "renewals", "choice": "oncology", "member": mem(cast.bob.pk)}
    said = problem(api.post("assignments", plain), 422, "validation-error")
    assert places(said) == ["/choice"]


def test_an_assignment_is_undone_once(api: Api, cast: Cast) -> None:
    hipaa = Product.objects.get(code="hipaa")
    seats(cast.northside, hipaa, 1)
    body = {"product": "hipaa", "member": mem(cast.bob.pk)}
    (made,) = api.post("assignments", body).json()["assignments"]
    address = f"assignments/{made['id']}"
    for _ in range(2):
        answer = api.send("DELETE", address, b"")
        assert answer.status_code == 200
        assert answer.json()["state"] == "undone"
    assert api.get(address).json()["state"] == "undone"
    assert SeatEntry.objects.filter(key__startswith="undo:").count() == 1
    foreign = Assignment.objects.get(member=cast.charlie)
    answer = api.send("DELETE", f"assignments/asn_{foreign.pk.hex}", b"")
    problem(answer, 404, "not-found")
