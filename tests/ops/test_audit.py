"""An audit of packages that could not look says so; it is never a false green."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from deploy import audit
from deploy.audit import BLIND, CLEAN, FOUND, KNOWN_BAD, judge, pins
from deploy.processes import OperatorError
from deploy.setup import REQUIREMENTS
from tests.ops.project import text

HASH = " \\\n    --hash=sha256:" + "0" * 64 + "\n"
PINNED = {"celery": "5.7.0", "redis": "6.0.0"}
FLAW = {"id": "CVE-2023-36053", "fix_versions": []}
Told = list[dict[str, object]]


def line(name: str, version: str, *flaws: object) -> dict[str, object]:
    """What the tool says of a package it looked up."""
    return {"name": name, "version": version, "vulns": list(flaws)}


def skipped(name: str) -> dict[str, object]:
    """What it says of one it could not look up; its own status is then 0."""
    return {"name": name, "skip_reason": "Dependency not found"}


BAIT: Told = [line(name, of, FLAW) for name, of in KNOWN_BAD.items()]
GOOD: Told = [line(name, of) for name, of in PINNED.items()]


def audited(tmp_path: Path, answers: Mapping[str, Told | str | None]) -> int:
    """Judge one file of pins by a tool that answers like this."""
    path = tmp_path / "requirements.txt"
    path.write_text("".join(f"{name}=={of}{HASH}" for name, of in PINNED.items()))

    def ask(file: Path) -> str | None:
        told = answers[file.name]
        if told is None or isinstance(told, str):
            return told
        return json.dumps({"dependencies": told, "fixes": []})

    return judge(ask, [path], tmp_path)


@pytest.mark.parametrize(
    ("bait", "told", "status", "said"),
    [
        (BAIT, GOOD, CLEAN, "Looked and clean: requirements.txt, 2 packages"),
        (
            BAIT,
            [GOOD[0], line("redis", "6.0.0", FLAW)],
            FOUND,
            "redis 6.0.0: CVE-2023-36053",
        ),
        (BAIT, [GOOD[0], skipped("redis")], BLIND, "Could not look up"),
        (BAIT, [GOOD[0]], BLIND, "redis"),
        (BAIT, [GOOD[0], line("redis", "5.0.0")], BLIND, "redis"),
        (BAIT, None, BLIND, "celery, redis"),
        (BAIT, "no JSON", BLIND, "celery, redis"),
        (BAIT, "[]", BLIND, "celery, redis"),
        (
            BAIT,
            [skipped("celery"), line("redis", "6.0.0", FLAW)],
            FOUND,
            "Could not look up in requirements.txt: celery",
        ),
        ([line("django", "4.2.1")], GOOD, BLIND, "known to be bad"),
        ([skipped("django")], GOOD, BLIND, "known to be bad"),
        (None, GOOD, BLIND, "known to be bad"),
    ],
)
def test_the_status_says_what_was_seen(
    bait: Told | None,
    told: Told | str | None,
    status: int,
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    answers = {"known-bad.txt": bait, "requirements.txt": told}
    assert audited(tmp_path, answers) == status
    assert said in capsys.readouterr().out


def test_every_pin_of_ours_is_asked_about() -> None:
    for name in REQUIREMENTS.values():
        lines = re.findall(r"^[^\s#-].*", text(name), re.M)
        assert len(pins(text(name))) == len(lines) >= 20


def test_a_tool_that_cannot_be_had_is_no_clean_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def none() -> Path:
        raise OperatorError("Could not look: no tool.")

    monkeypatch.setattr(audit, "tool", none)
    assert audit.program([]) == BLIND
    assert "Could not look: no tool." in capsys.readouterr().out


def test_no_registry_is_named() -> None:
    assert "://" not in Path(str(audit.__file__)).read_text()
