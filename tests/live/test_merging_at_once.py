"""Two accounts are merged while staff note that one of them was there."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from core.audit import record
from core.failures import Stale
from courses.services import live_attending
from courses.services.merging import BUSY
from tests.cast import Cast
from tests.live.holding import a_live, attended, finds, registered
from tests.merging.merging import merged, proved, second_account

pytestmark = [
    pytest.mark.db,
    pytest.mark.race,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("shelf"),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite lets one write at a time"
    ),
]


def test_the_merge_steps_back_and_then_moves_what_was_noted(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    live, second = a_live(), second_account()
    registered(cast.bob, live)
    other = registered(second, live)
    row = proved(cast.bob, second)
    answers = []

    def merges() -> str:
        try:
            merged(cast, row, cast.bob)
        except Stale as refusal:
            return refusal.text
        finally:
            connection.close()
        return "done"

    def records(**said: Any) -> object:  # noqa: ANN401
        # The attendance is written, and the trail not yet taken.
        with ThreadPoolExecutor(1) as pool:
            answers.append(pool.submit(merges).result(timeout=20))
        return record(**said)

    with monkeypatch.context() as patched:
        patched.setattr(live_attending, "record", records)
        attended(other)
    assert answers == [BUSY]
    merged(cast, row, cast.bob)
    other.refresh_from_db()
    assert other.member == cast.bob
    assert finds(other) == other
