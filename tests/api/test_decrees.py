"""More time by decree over REST: previewed, decreed, given by a worker."""

from datetime import date

import pytest

from accounts.models import Member
from renewals.tasks import give_decrees
from tests.api.asking import Caller, places, problem
from tests.api.certificants import chief, day, nora
from tests.decreeing.decreeing import STORM, number_of
from tests.recertifying.living import stands

__all__ = ["chief", "day", "nora"]
pytestmark = [pytest.mark.django_db, pytest.mark.db]
PREVIEW = "decree-previews"


def test_it_is_previewed_decreed_and_read(chief: Caller, nora: Member) -> None:
    said = {"reason": STORM, "numbers": [number_of(nora), "NONE"], "months": 3}
    found = chief.post(PREVIEW, said).json()
    assert found["gives"][0]["until_on"] == "2026-03-01"
    assert found["left_out"] == [
        {"line": 2, "who": "NONE", "why": "Nobody of the body has this number."}
    ]
    made = chief.post("decrees", said | {"seen": found["seen"]})
    assert made.status_code == 202
    give_decrees()
    one = chief.get(f"decrees/{made.json()['id']}").json()
    assert (one["people"], one["given"], one["number"]) == (1, 1, 1)
    assert chief.get("decrees").json()["results"] == [one]
    assert stands(nora, date(2026, 3, 1)) == "extended"


def test_what_was_not_previewed_is_not_decreed(chief: Caller, nora: Member) -> None:
    said = {"reason": STORM, "numbers": [number_of(nora)], "months": 3, "seen": "x"}
    assert chief.post("decrees", said).status_code == 409


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"reason": STORM, "months": 3}, "/cycle_last_on"),
        ({"reason": STORM, "numbers": ["x"]}, "/until_on"),
        ({"reason": " ", "numbers": ["x"], "months": 3}, "/reason"),
        ({"reason": STORM, "numbers": ["x"], "months": 25}, "/months"),
        ({"reason": STORM, "numbers": "x", "months": 3}, "/numbers"),
    ],
)
def test_what_is_wrong_names_its_field(
    chief: Caller, nora: Member, said: dict[str, object], pointer: str
) -> None:
    found = problem(chief.post(PREVIEW, said), 422, "validation-error")
    assert places(found) == [pointer]
