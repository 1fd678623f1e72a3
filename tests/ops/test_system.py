"""System packages: which, when, and what is said to somebody who is not root."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from deploy import system
from deploy.processes import OperatorError
from tests.ops.project import text


class Apt:
    """Stands for apt and dpkg: what is installed, what was asked of them."""

    def __init__(self, *installed: str, lists: bool = True) -> None:
        self.installed = set(installed)
        self.lists = lists
        self.asked: list[str] = []

    def output(
        self, command: Sequence[str], *, env: Mapping[str, str] | None = None
    ) -> tuple[int, str]:
        """Answer `dpkg -s` and `fc-list`."""
        if command[0] == "dpkg":
            known = command[-1] in self.installed
            return (0, "Status: install ok installed") if known else (1, "")
        return 0, "\n".join(system.FONTS)

    def run(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        quiet: bool = False,
    ) -> int:
        """Answer `apt-get`; without lists it knows no package."""
        self.asked.append(" ".join(command))
        if command[1] == "update":
            self.lists = True
            return 0
        if not self.lists:
            return 100
        if "--simulate" not in command:
            self.installed |= {word for word in command[2:] if word[0] != "-"}
        return 0


def become(monkeypatch: pytest.MonkeyPatch, apt: Apt, *, uid: int = 0) -> None:
    """Be that user on a Debian with that apt."""
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    monkeypatch.setattr(system, "output", apt.output)
    monkeypatch.setattr(system, "run", apt.run)
    monkeypatch.setattr("shutil.which", lambda name, **_: f"/usr/bin/{name}")
    monkeypatch.delenv("SUDO_UID", raising=False)


def test_the_packages_are_these() -> None:
    base = "python3-venv ca-certificates"
    base += " libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    base += " fonts-dejavu-core fonts-noto-core fonts-droid-fallback fonts-wqy-microhei"
    assert " ".join(system.PACKAGES["base"]) == base
    test = "chromium poppler-utils libzbar0 libatomic1"
    assert " ".join(system.PACKAGES["test"]) == test
    assert system.PACKAGES["services"] == ("postgresql", "redis-server", "nginx-light")


def test_the_image_has_the_same_packages() -> None:
    block = text("Dockerfile").split("--no-install-recommends")[1].split("&&")[0]
    found = block.replace("\\", " ").split()
    assert found == [name for name in system.PACKAGES["base"] if name[:6] != "python"]


def test_root_gets_what_is_missing_without_recommends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    apt = Apt(*system.PACKAGES["base"])
    become(monkeypatch, apt)
    system.need(["base", "test"], goal="test")
    assert apt.installed >= {"chromium", "poppler-utils", "libzbar0"}
    assert all("--no-install-recommends" in line for line in apt.asked)
    assert not any("python3-venv" in line for line in apt.asked)
    assert not any("update" in line for line in apt.asked)


def test_absent_package_lists_are_fetched_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    apt = Apt(lists=False)
    become(monkeypatch, apt)
    system.need(["base"], goal="demo")
    assert [line.split()[1] for line in apt.asked] == ["install", "update", "install"]
    assert "--simulate" in apt.asked[0]


def test_what_is_installed_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    apt = Apt(*system.PACKAGES["base"])
    become(monkeypatch, apt)
    system.need(["base"], goal="demo")
    assert apt.asked == []


def test_a_package_that_cannot_be_had_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    apt = Apt()
    become(monkeypatch, apt)
    monkeypatch.setattr(apt, "run", lambda command, **_: 100)
    become(monkeypatch, apt)
    with pytest.raises(OperatorError, match=r"could not install .*postgresql"):
        system.need(["services"], goal="test-services")


def test_under_sudo_nothing_but_packages_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    apt = Apt()
    become(monkeypatch, apt)
    monkeypatch.setenv("SUDO_UID", "1000")
    with pytest.raises(OperatorError, match="Now run as yourself: make demo"):
        system.need(["base"], goal="demo")
    assert apt.installed == set(system.PACKAGES["base"])


@pytest.mark.parametrize(
    ("sets", "missing", "command"),
    [
        (["base"], "Python's venv", "sudo make system"),
        (["base", "test"], "chromium", "sudo make system-test"),
    ],
)
def test_everybody_else_gets_the_exact_command(
    monkeypatch: pytest.MonkeyPatch, sets: list[str], missing: str, command: str
) -> None:
    apt = Apt()
    become(monkeypatch, apt, uid=1000)
    monkeypatch.setattr(system, "has_library", lambda _: True)
    monkeypatch.setattr(
        "importlib.util.find_spec",
        lambda _: None if missing == "Python's venv" else object(),
    )
    monkeypatch.setattr(system, "browser", lambda: None)
    with pytest.raises(OperatorError) as caught:
        system.need(sets, goal="test")
    assert str(caught.value) == f"Missing here: {missing}. Run: {command}"
    assert apt.asked == []


def test_a_library_that_does_not_load_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    become(monkeypatch, Apt(), uid=1000)
    monkeypatch.setitem(system.LIBRARIES, "base", ("libof-nobody.so.7",))
    with pytest.raises(OperatorError, match=r"libof-nobody\.so\.7.*sudo make system$"):
        system.need(["base"], goal="demo")


def test_a_named_browser_is_asked_for_instead(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "nothing"))
    assert system.browser() is None


def test_the_newest_postgresql_is_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for version in ("9.6", "15", "17"):
        folder = tmp_path / version / "bin"
        folder.mkdir(parents=True)
        (folder / "initdb").touch()
    monkeypatch.setattr(
        system, "POSTGRESQL_FOLDERS", f"{str(tmp_path).lstrip('/')}/*/bin"
    )
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    assert system.postgresql_folder() == tmp_path / "17" / "bin"
