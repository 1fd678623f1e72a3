"""Over REST an activity says what else may be the same, reported twice (A16)."""

import pytest

from tests.api.asking import Api, Caller, mem, tail_of
from tests.api.reporting import begun, proved, submitted
from tests.cast import Cast, a_member

pytestmark = pytest.mark.db


@pytest.mark.parametrize("door", ["api", "own"])
def test_the_same_hour_under_another_title_is_told_before_and_after(
    request: pytest.FixtureRequest, cast: Cast, door: str
) -> None:
    caller: Caller = request.getfixturevalue(door)
    first = submitted(caller, cast)
    assert first["alike"] == []
    hour = {"id": first["id"], "title": first["title"], "by": "hour"}
    second = begun(caller, cast, title="Charting")
    assert second["alike"] == [hour]
    assert begun(caller, cast, title="Charting", minutes=46)["alike"] == []
    assert begun(caller, cast, title=first["title"])["alike"][0]["by"] == "title"
    proved(second)
    done = caller.post(tail_of(second, "submit"), {}).json()
    assert (done["status"], done["alike"]) == ("submitted", [hour])
    again = caller.get(tail_of(first)).json()
    assert [each["id"] for each in again["alike"]] == [second["id"]]


def test_of_the_sessions_of_a_conference_none_is_told_of_another(
    own: Caller, cast: Cast
) -> None:
    for title in ("Pain and opioids", "Stroke update"):
        submitted(own, cast, title=title)
    third = begun(own, cast, title="Sleep in the elderly")
    assert third["alike"] == []
    proved(third)
    assert own.post(tail_of(third, "submit"), {}).status_code == 200
    (again,) = begun(own, cast, title="Update on stroke")["alike"]
    assert (again["title"], again["by"]) == ("Stroke update", "hour")


def test_what_somebody_else_reported_is_like_nothing_of_ones_own(
    own: Caller, api: Api, cast: Cast
) -> None:
    other = a_member("Nora Nice", cast.northside)
    submitted(api, cast, member=mem(other.pk))
    assert submitted(own, cast)["alike"] == []
