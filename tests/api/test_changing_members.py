"""Members over REST: adding, details, renewal mode, leaving, and asking to join."""

from typing import Any
from uuid import uuid4

import pytest

from accounts.models import Invitation, Member, Sponsorship
from core.models import AuditEntry
from credentials.models import Assignment
from tests.api.asking import Api, mem, problem, secret_of
from tests.cast import BODY, TODAY, Cast, a_member
from tests.consent.asking import packages

pytestmark = pytest.mark.db
NINA = {
    "program": BODY,
    "first_name": "Nina",
    "last_name": "New",
    "email": "nina@mail.example",
}


@pytest.fixture
def nora(cast: Cast) -> Member:
    """Somebody of Northside who has no account."""
    return a_member("Nora North", cast.northside)


def details(api: Api, member: Member) -> tuple[dict[str, Any], str]:
    """Read somebody's details, and what names that state."""
    answer = api.get(f"members/{mem(member.pk)}/details")
    assert answer.status_code == 200
    return answer.json(), answer.headers["ETag"]


def test_adding_takes_a_package_once_a_key(api: Api, cast: Cast) -> None:
    packages(cast.northside)
    key = uuid4().hex
    first = api.post("members", NINA, key=key)
    again = api.post("members", NINA, key=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert first.json()["email"] == NINA["email"]
    nina = Member.objects.get(email=NINA["email"])
    assert Assignment.objects.filter(member=nina).count() == 4
    problem(api.send("POST", "members", b"{}"), 400, "malformed")


def test_without_a_package_nobody_is_added(api: Api, cast: Cast) -> None:
    problem(api.post("members", NINA), 409, "pool-exhausted")
    assert not Member.objects.filter(last_name="New").exists()


def test_the_answer_is_alike_for_somebody_of_another_practice(
    api: Api, cast: Cast
) -> None:
    packages(cast.northside, 4)
    bodies = []
    for email in (cast.charlie.email, "unknown@mail.example"):
        added = api.post("members", NINA | {"email": email}).json()
        asked = api.post("transfers", NINA | {"email": f"x.{email}"}).json()
        bodies.append((sorted(added), added["programs"], sorted(asked)))
    assert bodies[0] == bodies[1]


def test_asking_to_join_moves_nobody(api: Api, cast: Cast) -> None:
    answer = api.post("transfers", NINA | {"email": cast.charlie.email})
    assert answer.status_code == 202
    assert Invitation.objects.get().email == cast.charlie.email
    assert cast.charlie.sponsorships.get().practice == cast.lakeview


def test_details_change_from_the_copy_that_was_read(api: Api, nora: Member) -> None:
    before, etag = details(api, nora)
    tail = f"members/{mem(nora.pk)}/details"
    answer = api.patch(tail, {"phone": "555-0100"}, If_Match=etag)
    assert answer.json() == before | {"phone": "555-0100"}
    stale = api.patch(tail, {"phone": "555-0199"}, If_Match=etag)
    problem(stale, 412, "stale-version")
    nora.refresh_from_db()
    assert nora.phone == "555-0100"
    assert api.patch(tail, {"job_role": "Scribe"}).json()["job_role"] == "Scribe"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"name": "Norah"}, "name"),
        ({"phone": 5}, "phone"),
        ({"phone": "x" * 41}, "phone"),
        ({"email": "nora"}, "email"),
        ({"program": "nobody"}, "program"),
    ],
)
def test_details_that_can_t_be_used_are_named(
    api: Api, nora: Member, sent: dict[str, object], field: str
) -> None:
    answer = api.patch(f"members/{mem(nora.pk)}/details", sent)
    said = problem(answer, 422, "validation-error")
    assert [each["pointer"] for each in said["errors"]] == [f"/{field}"]


def test_the_address_of_an_account_is_its_owner_s(api: Api, cast: Cast) -> None:
    answer = api.patch(f"members/{mem(cast.bob.pk)}/details", {"email": "b@x.example"})
    problem(answer, 422, "validation-error")


def test_the_mode_is_set_and_the_same_again_is_nothing(api: Api, cast: Cast) -> None:
    tail = f"members/{mem(cast.bob.pk)}/renewal-mode"
    said = [api.send("PUT", tail, b'{"mode": "auto"}').json() for _ in range(2)]
    assert [each["changed"] for each in said] == [True, False]
    assert cast.bob.sponsorships.get().renewal_mode == "auto"
    assert AuditEntry.objects.filter(action="renewal_mode.switched").count() == 1
    problem(api.send("PUT", tail, b'{"mode": "none"}'), 422, "validation-error")


def test_a_member_is_removed_with_a_reason(api: Api, nora: Member) -> None:
    tail = f"members/{mem(nora.pk)}/remove"
    problem(api.post(tail, {}), 422, "validation-error")
    answer = api.post(tail, {"reason": "moved away"})
    assert answer.json()["until_on"] == TODAY.isoformat()
    assert Sponsorship.objects.get(member=nora).until_on == TODAY
    problem(api.post(tail, {"reason": "moved away"}), 404, "not-found")


def test_of_several_programs_one_has_to_be_named(
    api: Api, cast: Cast, nora: Member
) -> None:
    Sponsorship.objects.create(
        practice=cast.northside, member=nora, program="another", from_on=TODAY
    )
    tail = f"members/{mem(nora.pk)}/details"
    problem(api.get(tail), 422, "validation-error")
    assert api.get(tail, program=BODY).json()["program"] == BODY


def test_reading_members_is_no_right_to_change_them(
    api: Api, cast: Cast, nora: Member
) -> None:
    reader = Api("northside", secret_of(cast.northside, cast.alice, ["members:read"]))
    assert reader.get(f"members/{mem(nora.pk)}/details").status_code == 200
    for tail in (f"members/{mem(nora.pk)}/remove", "transfers", "members"):
        problem(reader.post(tail, NINA), 403, "forbidden")
