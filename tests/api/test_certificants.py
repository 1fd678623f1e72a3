"""Registering certificants over REST: once, by managers, telling of no account."""

import pytest

from core.models import OutboxMessage
from credentials.models import Certification
from tests.api.asking import Caller, places, problem
from tests.api.certificants import chief, day, reviewing
from tests.cast import Cast

__all__ = ["chief", "day", "reviewing"]
pytestmark = [pytest.mark.django_db, pytest.mark.db]
PLACE = "certificants"
NIA = {
    "first_name": "Nia",
    "last_name": "Newly",
    "email": "nia@mail.example",
    "code": "CPCS",
    "number": "CPCS-5",
    "earned_on": "2025-10-02",
    "proof": "List of who passed, October",
}


def test_a_manager_registers_somebody_once(chief: Caller, reviewing: Caller) -> None:
    made = chief.post(PLACE, NIA)
    assert made.status_code == 201
    assert made.json()["number"] == "CPCS-5"
    again = chief.post(PLACE, NIA)
    assert again.json() == made.json()
    assert Certification.objects.filter(program="namss").count() == 1
    assert OutboxMessage.objects.filter(kind="registered").count() == 1
    problem(reviewing.post(PLACE, NIA), 403, "forbidden")


def test_what_can_not_be_used_is_named(chief: Caller, cast: Cast) -> None:
    chief.post(PLACE, NIA)
    known = chief.post(PLACE, NIA | {"number": "CPCS-6"})
    assert places(problem(known, 422, "validation-error")) == ["/email"]
    taken = chief.post(PLACE, NIA | {"email": "other@mail.example"})
    assert places(problem(taken, 422, "validation-error")) == ["/number"]
    code = chief.post(PLACE, NIA | {"email": "other@mail.example", "code": "X"})
    assert places(problem(code, 422, "validation-error")) == ["/code"]
