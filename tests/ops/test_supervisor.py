"""Processes that run together: who ends is heard and started again; all end at once."""

import os
import signal
from pathlib import Path

import pytest

from deploy import supervisor
from deploy.processes import OperatorError, wait_until
from deploy.supervisor import MOST_RESTARTS, Family

TALK = "for n in $(seq 99); do echo line $n; done; exit 3"


def family(logs: Path, **scripts: str) -> Family:
    """Return a family of shell scripts."""
    commands = {name: ["sh", "-c", script] for name, script in scripts.items()}
    return Family(commands, env=os.environ, logs=logs)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start again without the pause."""
    monkeypatch.setattr(supervisor, "RESTART_SECONDS", 0)


def test_one_that_dies_shows_its_last_lines(tmp_path: Path) -> None:
    one = family(tmp_path / "logs", worker=TALK)
    one.start()
    one.processes["worker"].wait()
    with pytest.raises(OperatorError) as caught:
        one.check()
    assert "line 99\n" in str(caught.value)
    assert "line 50\n" not in str(caught.value)
    assert "worker ended with status 3" in str(caught.value)


def test_one_that_was_killed_is_started_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    two = family(tmp_path, web="exec sleep 600", worker="exec sleep 600")
    two.start()
    killed, other = two.processes["worker"], two.processes["web"]
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    two.look_after()
    assert "worker ended with status -9" in capsys.readouterr().out
    assert two.processes["worker"].pid != killed.pid
    assert two.processes["web"] is other
    two.check()
    two.stop()
    assert all(process.poll() is not None for process in two.processes.values())


def test_one_that_keeps_dying_ends_it_all(tmp_path: Path) -> None:
    one = family(tmp_path, worker="echo out of paper; exit 1")
    one.start()
    for _ in range(MOST_RESTARTS):
        one.processes["worker"].wait()
        one.look_after()
    one.processes["worker"].wait()
    with pytest.raises(OperatorError, match="out of paper"):
        one.look_after()


def test_one_that_ran_for_long_is_forgiven(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "HEALTHY_SECONDS", -1)
    one = family(tmp_path, worker="exit 1")
    one.start()
    for _ in range(MOST_RESTARTS + 2):
        one.processes["worker"].wait()
        one.look_after()
    one.stop()


def test_stopping_asks_all_at_the_same_time(tmp_path: Path) -> None:
    note = "trap 'echo bye; exit' TERM; echo ready; while :; do sleep 0.05; done"
    two = family(tmp_path, web=note, worker=note)
    two.start()

    def said() -> list[str]:
        return [two.log(name).read_text() for name in two.commands]

    assert wait_until(lambda: said() == ["ready\n"] * 2, seconds=10)
    two.stop()
    assert said() == ["ready\nbye\n"] * 2
