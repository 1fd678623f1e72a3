"""The random lives of `lives.py` reach everything that is compared on them."""

import pytest
from hypothesis import HealthCheck, Phase, find, settings

from renewals.rules import (
    STANDINGS,
    certificate_verdict,
    issued_on,
    standing_on,
    standing_timeline,
)
from tests.rules.lives import Life, lives

SEARCH = settings(
    max_examples=3000,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("standing", STANDINGS)
def test_every_standing_is_reached(standing: str) -> None:
    def reached(life: Life) -> bool:
        timeline = standing_timeline(life.policy, life.terms)
        return len(life.applied) > 1 and any(
            standing_on(timeline, day) == standing for day in life.days
        )

    find(lives(), reached, settings=SEARCH)


@pytest.mark.parametrize("case", ["at once", "later", "waived", "never", "kept"])
def test_every_course_of_a_certificate_is_reached(case: str) -> None:
    find(lives(), lambda life: case in _courses(life), settings=SEARCH)


def _courses(life: Life) -> set[str]:
    """Name what happened to the certificate of a life's last renewal."""
    if len(life.terms) < 2:
        return set()
    last, end = life.terms[-1], life.days[-1]
    since = issued_on(
        life.policy,
        terms=life.terms,
        term=last,
        credits=life.credits,
        certified_on=life.certified_on,
        as_of=end,
    )
    if since is None:
        return {"never"}
    at_the_end = certificate_verdict(
        life.policy,
        terms=life.terms,
        term=last,
        credits=life.credits,
        certified_on=life.certified_on,
        waived_on=None,
        as_of=end,
    )
    found = {"at once" if since == last.applied_on else "later"}
    if at_the_end.state == "held":
        found.add("waived" if last.waived_on else "kept")
    return found
