"""Who is in the society, over REST: managers read and record it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from accounts.models import Member
from credentials.models import SocietyMembership
from tests.api.asking import Caller, mem, places, problem
from tests.api.certificants import chief, day, nora, nora_asks, reviewing

__all__ = ["chief", "day", "nora", "nora_asks", "reviewing"]
pytestmark = [pytest.mark.django_db, pytest.mark.db]


def place_of(member: Member, *more: str) -> str:
    """The tail of a member's memberships."""
    return "/".join(("members", mem(member.pk), "society-memberships", *more))


def test_a_membership_is_recorded_read_and_ended(
    chief: Caller, nora_asks: Caller, nora: Member
) -> None:
    made = chief.post(place_of(nora), {"from_on": "2025-11-01"})
    assert made.status_code == 201
    shown = made.json()
    assert (shown["from_on"], shown["until_on"]) == ("2025-11-01", None)
    assert shown["recorded_by"] == "Max Manager"
    # The same again is the same one.
    assert chief.post(place_of(nora), {"from_on": "2025-11-01"}).json() == shown
    assert chief.get(place_of(nora)).json()["results"] == [shown]
    # Whoever joins first applies at the members' fee.
    begun = nora_asks.post(
        "recert-applications", {"program": "namss", "kind": "recertification"}
    ).json()
    assert begun["if_submitted"]["society_member"] is True
    assert begun["if_submitted"]["fee"]["amount"] == "200.00"
    ended = chief.post(place_of(nora, "end"), {"until_on": "2025-12-31"}).json()
    assert ended == shown | {"until_on": "2025-12-31"}


@pytest.mark.parametrize(
    ("tail", "said", "pointer"),
    [
        ((), {"from_on": "2025-11-04"}, "/from_on"),
        ((), {"from_on": "1.11.2025"}, "/from_on"),
        ((), {}, "/from_on"),
        (("end",), {"until_on": "2025-12-31"}, "/until_on"),
    ],
)
def test_what_can_t_be_recorded_names_the_day(
    chief: Caller,
    nora: Member,
    tail: tuple[str, ...],
    said: dict[str, str],
    pointer: str,
) -> None:
    answer = chief.post(place_of(nora, *tail), said)
    assert places(problem(answer, 422, "validation-error")) == [pointer]
    assert not SocietyMembership.objects.exists()


def test_a_reviewer_reads_and_records_nothing(reviewing: Caller, nora: Member) -> None:
    problem(reviewing.get(place_of(nora)), 403, "forbidden")
    answer = reviewing.post(place_of(nora), {"from_on": "2025-11-01"})
    problem(answer, 403, "forbidden")
    ended = reviewing.post(place_of(nora, "end"), {"until_on": "2025-11-01"})
    problem(ended, 403, "forbidden")
    assert not SocietyMembership.objects.exists()


def test_a_stranger_to_the_body_is_not_found(chief: Caller, day: date) -> None:
    problem(chief.get(f"members/mem_{'0' * 32}/society-memberships"), 404, "not-found")


def test_a_body_of_terms_has_no_society(
    signed_in: Callable[[str], Client], nora: Member
) -> None:
    body = Caller("/api/v1/bodies/acmss", {}, signed_in("mona"))
    problem(body.get(place_of(nora)), 404, "not-found")
    said = {"from_on": "2025-11-01"}
    problem(body.post(place_of(nora), said), 404, "not-found")
