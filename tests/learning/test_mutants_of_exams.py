"""Each rule of exams taken away, one at a time: its tests notice (`make drill`)."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.learning.mutants_of_exams import EXAMS
from tests.matrix.mutating import ROOT, Mutant

LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "docs")
# What a run of ours must not take over from the one it is part of.
OURS = ("DATABASE_URL", "REDIS_URL", "GOODSTANDING_TESTS", "PYTEST_ADDOPTS")


def test_every_mutant_of_an_exam_changes_something() -> None:
    """One whose text is gone would prove nothing."""
    assert len({str(each) for each in EXAMS}) == len(EXAMS)
    for each in EXAMS:
        compile(each.text(), each.file, "exec")
        assert (ROOT / each.asks).is_file()


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Copy the project, so that nothing in it is touched."""
    copy = tmp_path_factory.mktemp("mutants") / "tree"
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT, symlinks=True)
    (copy / ".venv").symlink_to((ROOT / ".venv").resolve())
    yield copy
    shutil.rmtree(copy, ignore_errors=True)


def noticed(tree: Path, asks: str) -> bool:
    """Ask a file's tests until one of them sees something."""
    environment = {name: it for name, it in os.environ.items() if name not in OURS}
    place = tree / ".tests"
    place.mkdir(exist_ok=True)
    command = [f"{tree}/.venv/bin/python", "-B", "-m", "pytest", "-x", "-q", "-n0"]
    where = ["-p", "no:cacheprovider", "--reuse-db", "--show-capture=no"]
    run = subprocess.run(  # noqa: S603
        [*command, *where, asks],
        cwd=tree,
        env=environment | {"GOODSTANDING_TESTS": str(place)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode in {0, 1}, f"{asks}: {run.stdout}{run.stderr}"
    return run.returncode == 1


@pytest.mark.drill
@pytest.mark.parametrize("each", EXAMS, ids=str)
def test_a_rule_taken_away_is_noticed(each: Mutant, tree: Path) -> None:
    """Every one of them; and without any, nothing is."""
    file = tree / each.file
    sound = file.read_text(encoding="utf-8")
    try:
        file.write_text(each.text(tree), encoding="utf-8")
        assert noticed(tree, each.asks), f"survived: {each}"
    finally:
        file.write_text(sound, encoding="utf-8")


@pytest.mark.drill
@pytest.mark.parametrize("asks", sorted({each.asks for each in EXAMS}))
def test_nothing_is_noticed_where_nothing_is_wrong(asks: str, tree: Path) -> None:
    """Tests that are red anyway would notice every mutant."""
    assert not noticed(tree, asks)
