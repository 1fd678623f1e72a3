"""Trying it as an ordinary user: root prepares the packages, the user does the rest."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from deploy import try_clean
from deploy.try_clean import PREPARED, USER, Trial
from tests.ops.project import targets


def test_root_and_user_run_the_same_command_as_themselves(tmp_path: Path) -> None:
    as_root, as_user = Trial(tmp_path), Trial(tmp_path, user=USER)
    assert as_root.make("demo")[:2] == ["chroot", str(tmp_path)]
    assert as_user.make("demo")[1] == f"--userspec={USER}:{USER}"
    assert as_root.make("demo")[-3:] == as_user.make("demo")[-3:]
    assert as_root.environment()["HOME"] == "/root"
    assert as_user.environment()["HOME"] == f"/home/{USER}"


def test_root_prepares_packages_and_hands_the_files_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def run(command: Sequence[str], **_: object) -> int:
        asked.append(" ".join(command[2:]))
        return 0

    monkeypatch.setattr(try_clean, "run", run)
    trial = Trial(tmp_path, user=USER)
    trial.prepare(["demo", "test"])
    assert not trial.failed
    assert asked[0].startswith("useradd --create-home")
    assert asked[1].endswith("make -C /srv/goodstanding system system-test")
    # Whatever root left in the tree is the user's before they begin.
    assert asked[2].startswith(f"chown -R {USER}:{USER} ")


def test_what_root_prepares_are_targets() -> None:
    assert set(PREPARED) | set(PREPARED.values()) <= set(targets())


def test_a_step_that_fails_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(try_clean, "run", lambda *_, **__: 1)
    trial = Trial(tmp_path, user=USER)
    trial.prepare(["demo"])
    assert trial.failed
    assert trial.lines[0].startswith("FAILED")
