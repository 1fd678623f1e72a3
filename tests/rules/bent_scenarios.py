"""Scenarios bent on purpose: run one, and see its error name file, key and reason."""

from pathlib import Path

import pytest

from portal.scenarios.running import run_file
from portal.scenarios.words import ScenarioError
from tests.rules.packs_of_tests import invented_book


def run(text: str, folder: Path) -> None:
    """Run a scenario from its text."""
    path = folder / "bad.toml"
    path.write_text(text, encoding="utf-8")
    run_file(path, invented_book())


def expect(text: str, old: str, new: str, key: str, reason: str, folder: Path) -> None:
    """Bend a text that runs, and see the error name the file, the key, the reason."""
    with pytest.raises(ScenarioError) as caught:
        run(text.replace(old, new, 1), folder)
    fault = caught.value
    assert fault.file.endswith("bad.toml")
    assert fault.place.endswith(key)
    assert reason in fault.reason
    assert fault.file in str(fault)
