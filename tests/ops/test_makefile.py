"""The Makefile keeps what it and the documents say."""

import re
import sys
from pathlib import Path

import pytest

from tests.ops.project import ROOT, run, targets, text

SHOW = "--eval=show: ; @env"
PROMISED = {
    "demo",
    "setup",
    "test",
    "test-services",
    "drill",
    "bench",
    "lint",
    "pins",
    "audit-deps",
    "system",
    "system-test",
    "system-services",
    "try-clean",
}


def test_every_promised_command_is_there_and_explained() -> None:
    listed = set(re.findall(r"^  make ([a-z-]+)", run("make", "help").stdout, re.M))
    assert listed >= PROMISED
    assert listed <= set(targets())


def test_no_target_can_be_hidden_by_a_file_of_its_name() -> None:
    phony = re.search(r"\.PHONY: ((?:.*\\\n)*.*)", text("Makefile"))
    assert phony is not None
    assert set(targets()) == set(phony[1].replace("\\\n", " ").split())


def test_every_module_a_recipe_runs_exists() -> None:
    named = set(re.findall(r"\$\(BOOT\)\.(\w+)", text("Makefile")))
    assert named
    assert {name for name in named if not (ROOT / f"deploy/{name}.py").is_file()} == (
        set()
    )


def test_documents_name_no_command_that_is_missing() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    assert ROOT / "docs/operations.md" in pages
    named = {
        command
        for page in pages
        for command in re.findall(r"(?:`|^\s*)make ([a-z-]+)", page.read_text(), re.M)
    }
    assert named <= set(targets())


def test_an_older_python_gets_one_sentence() -> None:
    answer = run("make", "demo", "PYTHON=false")
    assert answer.returncode != 0
    sentence, *rest = answer.stderr.splitlines()
    assert sentence == (
        "Goodstanding needs Python 3.11 or newer; false is not here. "
        "Name another: make PYTHON=python3.12 demo"
    )
    assert len(rest) == 1
    assert "Error 1" in rest[0]
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("goal", ["demo", "test", "test-services", "lint", "bench"])
def test_the_packages_come_before_the_set_up(goal: str) -> None:
    system, *rest = targets()[goal].splitlines()
    assert "$(BOOT).system need base" in system
    assert not any(".system" in line for line in rest)


def test_ci_runs_the_three_targets_and_nothing_else() -> None:
    lines = text(".ci/run").splitlines()
    assert lines[0] == "#!/bin/sh"
    assert lines[-1] == "exec make lint test test-services"
    assert (ROOT / ".ci/run").stat().st_mode & 0o111


def test_caches_lie_in_the_project_where_home_cannot_be_written() -> None:
    answer = run(
        "make", SHOW, "show", env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}
    )
    assert f"XDG_CACHE_HOME={ROOT}/.cache" in answer.stdout
    assert f"PIP_CACHE_DIR={ROOT}/.cache/pip" in answer.stdout


def test_a_home_of_ones_own_keeps_its_caches(tmp_path: Path) -> None:
    answer = run(
        "make", SHOW, "show", env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    )
    assert "XDG_CACHE_HOME" not in answer.stdout


def test_a_sentence_for_the_terminal_ends_with_status_1() -> None:
    code = (
        "from deploy.processes import OperatorError, main\n"
        "def program(_):\n    raise OperatorError('Do this instead.')\n"
        "main(program)"
    )
    answer = run(sys.executable, "-c", code)
    assert (answer.returncode, answer.stderr) == (1, "Do this instead.\n")
