"""The benchmark keeps working: few terms, one round, on whichever database."""

import re

import pytest
from django.core.management import call_command

from core.models import OutboxMessage

pytestmark = [pytest.mark.db, pytest.mark.django_db(transaction=True)]


def test_it_sweeps_some_terms_and_ends_with_the_ratio(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("bench", "sweep", "--n", "731", "--rounds", "1")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("731 terms, 3 due")
    assert lines[-3].endswith(" statements: 3 notices, 3 digests")
    assert lines[-2] == "a second run inserts 0"
    assert re.fullmatch(
        r"ratio: \d+\.\d\dx the plain SQL \(goal: at most 1\.5x\)", lines[-1]
    )
    # What was only timed was taken back.
    waiting = OutboxMessage.objects.filter(state="waiting")
    kinds = waiting.order_by("kind").values_list("kind", flat=True)
    assert list(kinds) == ["renewal_due"] * 3 + ["renewal_due_administrator"] * 3
