"""A fresh Debian gets what this machine needs to reach packages, and nothing else."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from deploy import fresh_root, try_clean
from deploy.processes import OperatorError

SOURCES = "deb https://mirror.example/debian bookworm main\n"


def test_only_what_reaches_packages_is_carried() -> None:
    here = {
        "https_proxy": "http://proxy.example",
        "NO_PROXY": "localhost",
        "PIP_INDEX_URL": "https://index.example",
        "SSL_CERT_FILE": "/etc/ssl/own.pem",
        "DATABASE_URL": "postgres://production",
        "SECRET_KEY": "secret",
        "HOME": "/home/somebody",
    }
    assert set(fresh_root.carried_environment(here)) == {
        "https_proxy",
        "NO_PROXY",
        "PIP_INDEX_URL",
        "SSL_CERT_FILE",
    }


def test_an_index_on_this_machine_is_brought_with_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "index" / "simple"
    index.mkdir(parents=True)
    settings = tmp_path / "pip.conf"
    settings.write_text(f"[global]\nextra-index-url = file://{index}\n")
    monkeypatch.setattr(fresh_root, "pip_settings", lambda: iter([settings]))
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    assert fresh_root.local_indexes() == {index.parent}


def test_the_archive_is_the_one_apt_uses(monkeypatch: pytest.MonkeyPatch) -> None:
    here, _ = fresh_root.archive()

    def apt(command: Sequence[str]) -> tuple[int, str]:
        lines = [
            f"https://updates.example/ {here}-updates",
            f"https://mirror.example/debian/ {here}",
        ]
        return 0, "\n".join(lines)

    monkeypatch.setattr(fresh_root, "output", apt)
    assert fresh_root.archive() == (here, ["https://mirror.example/debian/"])


def test_without_apt_debootstrap_chooses_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fresh_root, "output", lambda _: (1, "not here"))
    assert fresh_root.archive()[1] == []


def test_sources_are_carried_for_the_wanted_suite(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "etc/apt/apt.conf.d").mkdir(parents=True)
    monkeypatch.setattr(fresh_root, "output", lambda _: (0, APT_SETTINGS))

    def carry(path: Path, root: Path) -> None:
        target = root / path.relative_to("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(SOURCES)

    monkeypatch.setattr(fresh_root, "copy", carry)
    fresh_root.carry_apt(tmp_path, here="bookworm", suite="trixie")
    kept = (tmp_path / "etc/apt/apt.conf.d/99carried").read_text()
    assert kept == 'Acquire::http::Proxy "http://proxy.example";\n'
    carried = [*tmp_path.glob("etc/apt/sources.list*/*.*")]
    assert all("trixie" in path.read_text() for path in carried)


APT_SETTINGS = """APT::Install-Recommends "1";
Acquire::http::Proxy "http://proxy.example";
Acquire::Languages:: "none";
"""


@pytest.mark.skipif(shutil.which("git") is None, reason="what is tracked, git knows")
def test_only_tracked_files_are_tried(tmp_path: Path) -> None:
    fresh_root.copy_tree(tmp_path)
    tree = tmp_path / fresh_root.TREE
    assert (tree / "Makefile").is_file()
    assert (tree / ".ci/run").stat().st_mode & 0o111
    assert not (tree / ".venv").exists()


def test_nobody_but_root_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(OperatorError, match="sudo make try-clean"):
        try_clean.program([])


def test_a_step_that_fails_is_noted_and_the_next_one_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    trial = try_clean.Trial(tmp_path)

    def break_it() -> None:
        raise OperatorError("It broke.")

    with trial.step("first"):
        break_it()
    with trial.step("second"):
        pass
    assert [line.split()[0] for line in trial.lines] == ["FAILED", "ok"]
    assert trial.failed
    assert "It broke." in capsys.readouterr().out


def test_what_runs_beside_us_is_seen() -> None:
    assert any("pytest" in words for words in try_clean.processes_beside(0))
