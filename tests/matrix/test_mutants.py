"""Each wall taken away, one at a time: the matrix notices (`make drill`)."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from compileall import compile_dir
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from py_compile import PycInvalidationMode
from queue import Queue

import pytest

from tests.matrix.mutants import MUTANTS
from tests.matrix.mutating import ROOT, Mutant

AT_ONCE = 2
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "docs")
# What a run of ours must not take over from the one it is part of.
OURS = ("DATABASE_URL", "REDIS_URL", "GOODSTANDING_TESTS", "PYTEST_ADDOPTS")


def test_every_mutant_changes_something() -> None:
    """One whose text is gone would prove nothing."""
    assert len(MUTANTS) == len({str(each) for each in MUTANTS}) >= 30
    for each in MUTANTS:
        compile(each.text(), each.file, "exec")


@pytest.fixture
def trees(tmp_path: Path) -> Iterator[Queue[Path]]:
    """Copy the project, so that nothing in it is touched."""
    found: Queue[Path] = Queue()
    for number in range(AT_ONCE):
        tree = tmp_path / f"tree-{number}"
        shutil.copytree(ROOT, tree, ignore=LEFT_OUT, symlinks=True)
        (tree / ".venv").symlink_to((ROOT / ".venv").resolve())
        # Compiled once; a changed file is known by its content, never by its time.
        compile_dir(tree, quiet=2, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
        found.put(tree)
    yield found
    shutil.rmtree(tmp_path, ignore_errors=True)


def seen(tree: Path, asks: str) -> bool:
    """Ask the matrix until it sees something."""
    environment = {name: it for name, it in os.environ.items() if name not in OURS}
    place = tree / ".tests"
    place.mkdir(exist_ok=True)
    # The world is never committed, so its empty tables serve again.
    command = [f"{tree}/.venv/bin/python", "-m", "pytest", "-x", "-q", "-n0"]
    where = ["-p", "no:cacheprovider", "--reuse-db", "--show-capture=no"]
    run = subprocess.run(  # noqa: S603
        [*command, *where, "tests/matrix", "-k", asks],
        cwd=tree,
        env=environment | {"GOODSTANDING_TESTS": str(place)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode in {0, 1}, f"{asks}: {run.stdout}{run.stderr}"
    return run.returncode == 1


def survives(each: Mutant, trees: Queue[Path]) -> bool:
    """Put a mutant in place, ask what should see it, then everything else."""
    tree = trees.get()
    file = tree / each.file
    sound = file.read_text(encoding="utf-8")
    try:
        file.write_text(each.text(tree), encoding="utf-8")
        missed = not seen(tree, f"({each.asks}) and not mutant")
        survived = missed and not seen(tree, "not mutant")
    finally:
        file.write_text(sound, encoding="utf-8")
        trees.put(tree)
    end = "SURVIVED" if survived else "killed late" if missed else "killed"
    sys.stderr.write(f"{end}: {each}\n")
    return survived


@pytest.mark.drill
def test_a_wall_taken_away_is_noticed(trees: Queue[Path]) -> None:
    """At least 95 of 100; survivors are named."""
    sound = trees.get()
    assert not seen(sound, "not mutant"), "the matrix is red without any mutant"
    trees.put(sound)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        ends = list(pool.map(lambda each: survives(each, trees), MUTANTS))
    left = [str(each) for each, survived in zip(MUTANTS, ends, strict=True) if survived]
    sys.stderr.write(f"killed {len(MUTANTS) - len(left)} of {len(MUTANTS)}\n")
    assert len(left) <= len(MUTANTS) * 0.05, "\n".join(["", *left])
