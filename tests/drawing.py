"""How Hypothesis draws here: no stop-watch, because the machines are shared.

The gate draws the same examples each time, so that it says the same of the same tree;
`make drill` sets `GOODSTANDING_SEARCH` and draws new ones.
"""

import os

from hypothesis import HealthCheck, settings

SEARCHES = bool(os.environ.get("GOODSTANDING_SEARCH"))


def draw_the_same() -> None:
    """Load the profile; before any module of tests makes settings of its own."""
    settings.register_profile(
        "suite",
        deadline=None,
        derandomize=not SEARCHES,
        max_examples=1000 if SEARCHES else 100,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("suite")
