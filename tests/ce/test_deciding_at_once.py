"""Many reviewers decide at one moment: one decision is taken."""

from decimal import Decimal
from functools import partial
from secrets import randbelow

import pytest

from ce_credits.models import Activity, ActivityStep
from ce_credits.services import Ruling, decide
from ce_credits.services.numbered import Step
from core.actor import Actor
from core.failures import Stale
from tests.cast import NOW, TODAY, Cast
from tests.ce.reporting import counts, submitted
from tests.race.hands import at_once

pytestmark = pytest.mark.db


def two_at_once(activity: Activity) -> list[str]:
    """Let eight reviewers approve and reject the version that all of them saw."""

    def act(outcome: str) -> str:
        mine = Activity.objects.get(pk=activity.pk)
        mine.version = activity.version
        mine.state = activity.state
        try:
            decide(
                actor=Actor(outcome),
                activity=mine,
                seen=activity.version,
                ruling=Ruling(outcome, ground="no_proof", words="x"),
                today=TODAY,
                now=NOW,
            )
        except Stale:
            return "stale"
        return "done"

    return at_once([partial(act, each) for each in ["accepted", "rejected"] * 4])


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_many_decisions_at_once_one_is_taken(cast: Cast) -> None:
    activity = submitted(cast.bob, 75)
    heard = two_at_once(activity)
    assert sorted(heard) == ["done", *["stale"] * 7]
    assert activity.steps.count() == 2
    activity.refresh_from_db()
    assert activity.version == 2
    assert counts(cast.bob) == (
        3 if activity.state == Activity.State.REJECTED else Decimal("4.5")
    )


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_number_two_decisions_would_be_taken(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    activity = submitted(cast.bob, 75)

    def unguarded(
        activity: Activity, step: Step, *, seen: int, **changes: object
    ) -> ActivityStep:
        Activity.objects.filter(pk=activity.pk).update(**changes)
        return ActivityStep.objects.create(
            activity=activity,
            number=randbelow(10**9),
            kind=step.kind,
            by=step.actor.label,
            on=step.today,
            at=step.now,
        )

    monkeypatch.setattr("ce_credits.services.deciding.take_step", unguarded)
    assert two_at_once(activity).count("done") > 1
