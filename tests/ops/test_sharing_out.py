"""Tests are shared out among workers as the Makefile asks."""

from tests.ops.project import ROOT, text
from tests.sharing_out import TOGETHER


def test_what_stays_together_is_there_and_asked_for() -> None:
    assert "--dist loadgroup" in text("Makefile")
    assert {folder for folder in TOGETHER if not (ROOT / folder).is_dir()} == set()
