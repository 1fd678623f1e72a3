"""The virtual environment: ready by its stamp, never by its folder."""

import shutil
from pathlib import Path

import pytest

from deploy import setup
from deploy.processes import OperatorError


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of nothing but requirements; venv and pip are only pretended."""
    for name in setup.REQUIREMENTS.values():
        (tmp_path / name).write_text("django==5.2\n")
    monkeypatch.setattr(setup, "run", lambda command, **_: pretend(tmp_path, command))
    return tmp_path


def pretend(checkout: Path, command: list[object]) -> int:
    """Do what venv and pip would leave, and note what was asked."""
    words = [str(word) for word in command]
    with (checkout / "asked").open("a") as asked:
        asked.write(f"{' '.join(words)}\n")
    if "venv" in words:
        python = checkout / ".venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.touch()
    return 0


def asked(checkout: Path) -> list[str]:
    """Return what has been run since the last look."""
    path = checkout / "asked"
    lines = path.read_text().splitlines() if path.exists() else []
    path.unlink(missing_ok=True)
    return lines


def test_a_second_run_starts_nothing(checkout: Path) -> None:
    setup.set_up("run", root=checkout)
    first = asked(checkout)
    assert [("-m venv" in line, "requirements.txt" in line) for line in first] == [
        (True, False),
        (False, True),
    ]
    assert "--require-hashes" in first[1]
    setup.set_up("run", root=checkout)
    assert asked(checkout) == []


def test_a_half_made_folder_is_built_anew(checkout: Path) -> None:
    left = checkout / ".venv" / "bin" / "left-behind"
    left.parent.mkdir(parents=True)
    left.touch()
    (left.parent / "python").touch()
    setup.set_up("run", root=checkout)
    assert not left.exists()
    assert setup.is_ready("run", root=checkout)


def test_an_installation_that_did_not_end_is_built_anew(checkout: Path) -> None:
    setup.set_up("run", root=checkout)
    asked(checkout)
    (checkout / ".venv" / ".building").touch()
    setup.set_up("run", root=checkout)
    assert len(asked(checkout)) == 2
    assert not (checkout / ".venv" / ".building").exists()


def test_a_failing_pip_leaves_nothing_that_looks_ready(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_network(command: list[object], **_: object) -> int:
        pretend(checkout, command)
        return int("pip" in command)

    with monkeypatch.context() as patch:
        patch.setattr(setup, "run", no_network)
        with pytest.raises(OperatorError, match=r"could not install requirements\.txt"):
            setup.set_up("run", root=checkout)
    assert not setup.is_ready("run", root=checkout)
    setup.set_up("run", root=checkout)
    assert setup.is_ready("run", root=checkout)


def test_what_tests_need_comes_on_top_of_what_runs(checkout: Path) -> None:
    setup.set_up("run", root=checkout)
    asked(checkout)
    setup.set_up("test", root=checkout)
    assert len(asked(checkout)) == 1
    assert setup.is_ready("run", root=checkout)
    assert setup.is_ready("test", root=checkout)


@pytest.mark.parametrize("name", ["run", "test"])
def test_other_pins_build_it_anew(checkout: Path, name: str) -> None:
    setup.set_up(name, root=checkout)
    asked(checkout)
    (checkout / setup.REQUIREMENTS[name]).write_text("django==5.3\n")
    assert not setup.is_ready(name, root=checkout)
    setup.set_up(name, root=checkout)
    assert "-m venv" in asked(checkout)[0]


def test_another_python_builds_it_anew(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup.set_up("run", root=checkout)
    monkeypatch.setattr("sys.implementation.cache_tag", "cpython-399")
    assert not setup.is_ready("run", root=checkout)


def test_a_moved_checkout_is_not_ready(checkout: Path, tmp_path: Path) -> None:
    setup.set_up("run", root=checkout)
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(checkout, elsewhere, ignore=shutil.ignore_patterns("elsewhere"))
    assert not setup.is_ready("run", root=elsewhere)


def test_a_python_without_venv_names_the_command(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "run", lambda *_, **__: 1)
    with pytest.raises(OperatorError, match="sudo make system"):
        setup.set_up("run", root=checkout)
