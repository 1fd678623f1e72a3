"""Staff decide over REST: accepted, not accepted, returned, and never twice at once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Member, StaffRole
from ce_credits.models import Activity, ActivityStep
from core.models import AuditEntry
from tests.api.asking import Api, Caller, places, problem, tail_of
from tests.api.reporting import begun, row_of, submitted
from tests.cast import BODY, NOW, OTHER_BODY, Cast

pytestmark = pytest.mark.db
ACCEPT = {"version": 1, "outcome": "accepted"}
REJECT = {"version": 1, "outcome": "rejected", "ground": "product_training"}


def decided(body: Caller, made: dict[str, Any], **said: object) -> dict[str, Any]:
    """Decide on what an answer is about, and give what it is then."""
    answer = body.post(tail_of(made, "decision"), said)
    assert answer.status_code == 200, answer.content
    done: dict[str, Any] = answer.json()
    return done


def test_staff_see_what_was_reported_and_accept_it(
    body: Caller, api: Api, cast: Cast
) -> None:
    made = submitted(api, cast)
    seen = body.get(tail_of(made)).json()
    assert seen == made
    done = decided(body, made, **ACCEPT)
    assert (done["status"], done["version"]) == ("accepted", 2)
    # The credit it had stays the credit it has.
    assert done["credit"] == made["credit"]
    assert done["history"][1]["by"] == "Erin Ellis"
    assert api.get(tail_of(made)).json() == done


def test_what_is_not_accepted_says_why_wherever_it_is_read(
    body: Caller, api: Api, own: Caller, cast: Cast
) -> None:
    made = submitted(api, cast)
    done = decided(body, made, **REJECT, words="It sells one product.")
    assert done["status"] == "rejected"
    assert done["credit"]["amount"] == "0.0"
    assert done["credit"]["rule"] == "A9"
    assert done["credit"]["band"] is None
    assert "It sells one product" in done["credit"]["explanation"]
    step = done["history"][1]
    assert step["ground"] == {
        "code": "product_training",
        "text": "product-specific training",
    }
    assert step["words"] == "It sells one product."
    for caller in (api, own):
        assert caller.get(tail_of(made)).json() == done


def test_a_returned_activity_is_mended_and_submitted_again(
    body: Caller, api: Api, cast: Cast
) -> None:
    made = submitted(api, cast)
    done = decided(body, made, version=1, outcome="returned", words="Page 2, please.")
    assert done["credit"]["amount"] == "0.0"
    changed = api.patch(tail_of(made), {"minutes": 90}).json()
    assert (changed["minutes"], changed["title"]) == (90, made["title"])
    # Staff go on seeing what was submitted.
    assert body.get(tail_of(made)).json()["minutes"] == 45
    again = api.post(tail_of(made, "submit"), {}).json()
    assert (again["version"], again["credit"]["amount"]) == (3, "1.5")
    assert body.get(tail_of(made)).json() == again


def test_staff_determine_what_no_rule_gives(body: Caller, api: Api, cast: Cast) -> None:
    made = submitted(api, cast, minutes=135)
    no_credits = body.post(tail_of(made, "decision"), ACCEPT)
    assert places(problem(no_credits, 422, "validation-error")) == ["/credits"]
    no_words = body.post(tail_of(made, "decision"), {**ACCEPT, "credits": "2.5"})
    assert places(problem(no_words, 422, "validation-error")) == ["/words"]
    done = decided(body, made, **ACCEPT, credits="2.5", words="Without breaks.")
    credit = done["credit"]
    assert (credit["amount"], credit["rule"], credit["band"]) == ("2.5", "A6", None)
    assert done["waiting"] is None


def test_minutes_that_the_proof_shows_move_the_credit(
    body: Caller, api: Api, cast: Cast
) -> None:
    made = submitted(api, cast, minutes=45)
    done = decided(body, made, **ACCEPT, minutes=30, words="The paper says 30.")
    assert (done["minutes"], done["credit"]["amount"]) == (30, "0.5")


def test_a_decision_on_an_old_version_is_refused(
    body: Caller, api: Api, cast: Cast
) -> None:
    made = submitted(api, cast)
    decided(body, made, **ACCEPT)
    for version in (0, 1, 3, 2**31 - 2):
        late = body.post(tail_of(made, "decision"), {**REJECT, "version": version})
        problem(late, 409, "stale-version")
    assert row_of(made).state == Activity.State.ACCEPTED
    assert ActivityStep.objects.filter(activity=row_of(made)).count() == 2


def test_a_decision_after_withdrawal_is_refused(
    body: Caller, api: Api, cast: Cast
) -> None:
    made = submitted(api, cast)
    api.post(tail_of(made, "withdraw"), {})
    for version in (1, 2):
        late = body.post(tail_of(made, "decision"), {**ACCEPT, "version": version})
        said = problem(late, 409, "stale-version")
        assert "withdrew" in said["detail"]
    assert row_of(made).state == Activity.State.WITHDRAWN


def test_what_is_accepted_is_not_changed_or_withdrawn_by_who_reported_it(
    body: Caller, api: Api, cast: Cast
) -> None:
    made = submitted(api, cast)
    decided(body, made, **ACCEPT)
    problem(api.patch(tail_of(made), {"minutes": 90}), 409, "conflict")
    problem(api.post(tail_of(made, "withdraw"), {}), 409, "conflict")
    problem(api.post(tail_of(made, "submit"), {}), 409, "conflict")


def test_nobody_decides_on_their_own(
    own: Caller, cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    made = submitted(own, cast)
    StaffRole.objects.create(user=cast.user("bob"), program=BODY, role="reviewer")
    bob = Caller(f"/api/v1/bodies/{BODY}", {}, signed_in("bob"))
    problem(bob.post(tail_of(made, "decision"), ACCEPT), 409, "not-eligible")
    assert row_of(made).state == Activity.State.SUBMITTED


def test_what_nobody_submitted_is_not_there_for_staff(
    body: Caller, api: Api, own: Caller, cast: Cast
) -> None:
    for caller in (api, own):
        made = begun(caller, cast)
        problem(body.get(tail_of(made)), 404, "not-found")
        problem(body.post(tail_of(made, "decision"), ACCEPT), 404, "not-found")
        caller.post(tail_of(made, "withdraw"), {})
        problem(body.get(tail_of(made)), 404, "not-found")
        problem(body.post(tail_of(made, "decision"), ACCEPT), 404, "not-found")
    assert "draft" not in {row["status"] for row in listed(body)}
    assert body.get("ce-activities", status="draft").json()["count"] == 0


def listed(caller: Caller) -> list[dict[str, Any]]:
    """The first page of a list."""
    found: list[dict[str, Any]] = caller.get("ce-activities").json()["results"]
    return found


def test_another_body_s_activity_is_not_there(body: Caller, cast: Cast) -> None:
    member = Member.objects.create(first_name="Otto", last_name="Other")
    other = Activity.objects.create(
        member=member,
        program=OTHER_BODY,
        kind="course",
        title="Elsewhere",
        on=NOW.date(),
        state=Activity.State.SUBMITTED,
        reported_by="tests",
        created_at=NOW,
        changed_at=NOW,
        submitted_at=NOW,
    )
    tail = f"ce-activities/ce_{other.pk.hex}"
    problem(body.get(tail), 404, "not-found")
    problem(body.post(f"{tail}/decision", ACCEPT), 404, "not-found")
    assert "Elsewhere" not in {row["title"] for row in listed(body)}


BAD_DECISIONS: list[tuple[object, list[str]]] = [
    ({}, ["/outcome", "/version"]),
    ({"outcome": "accepted"}, ["/version"]),
    ({"version": 1}, ["/outcome"]),
    ({**ACCEPT, "outcome": "approved"}, ["/outcome"]),
    ({**ACCEPT, "outcome": "draft"}, ["/outcome"]),
    ({**ACCEPT, "outcome": None}, ["/outcome"]),
    ({**ACCEPT, "version": "1"}, ["/version"]),
    ({**ACCEPT, "version": True}, ["/version"]),
    ({**ACCEPT, "version": 1.5}, ["/version"]),
    ({**ACCEPT, "version": -1}, ["/version"]),
    ({**ACCEPT, "version": 2**31}, ["/version"]),
    ({**ACCEPT, "credits": 2.0}, ["/credits"]),
    ({**ACCEPT, "credits": "2,0"}, ["/credits"]),
    ({**ACCEPT, "credits": "-1"}, ["/credits"]),
    ({**ACCEPT, "credits": "1e3"}, ["/credits"]),
    ({**ACCEPT, "credits": "NaN"}, ["/credits"]),
    ({**ACCEPT, "credits": "0.333"}, ["/credits"]),
    ({**ACCEPT, "credits": "99999"}, ["/credits"]),
    ({**ACCEPT, "credits": "2.0", "words": "why"}, ["/credits"]),
    ({**ACCEPT, "minutes": 0}, ["/minutes"]),
    ({**ACCEPT, "minutes": "45"}, ["/minutes"]),
    ({**ACCEPT, "minutes": 50}, ["/words"]),
    ({**ACCEPT, "status": "accepted"}, ["/status"]),
    ({**ACCEPT, "decided_by": "Mona Moss"}, ["/decided_by"]),
    ({**ACCEPT, "words": "a\0b"}, ["/words"]),
    ({**ACCEPT, "words": "w" * 10_001}, ["/words"]),
    ({**REJECT, "ground": ""}, ["/ground"]),
    ({**REJECT, "ground": "no such ground"}, ["/ground"]),
    ({**REJECT, "ground": "nosuch"}, ["/ground"]),
    ({**REJECT, "ground": "other"}, ["/words"]),
    ({**ACCEPT, "outcome": "rejected"}, ["/ground"]),
    ({**ACCEPT, "outcome": "returned"}, ["/words"]),
    ({**ACCEPT, "outcome": "returned", "words": "  "}, ["/words"]),
    ([], [""]),
]


def test_a_decision_that_can_t_be_used_is_422_and_changes_nothing(
    body: Caller, api: Api, cast: Cast
) -> None:
    made = submitted(api, cast)
    trail = AuditEntry.objects.count()
    for sent, expected in BAD_DECISIONS:
        answer = body.post(tail_of(made, "decision"), sent)
        said = problem(answer, 422, "validation-error")
        assert sorted(places(said)) == expected, sent
    assert api.get(tail_of(made)).json() == made
    assert AuditEntry.objects.count() == trail
