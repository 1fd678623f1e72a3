"""Each wall taken away, one at a time: the matrix notices (`make drill`).

What became of each mutant is said at once, and kept: a run that was broken off goes on
where it was, as long as no file of the project has changed.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from compileall import compile_dir
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from py_compile import PycInvalidationMode
from queue import Queue
from threading import Lock
from time import monotonic

import pytest

from tests.matrix.mutants import MUTANTS
from tests.matrix.mutating import ROOT, Mutant

AT_ONCE = 2
SURVIVED = "survived"
SOUND = "nothing taken away"
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "docs")
# What a run of ours must not take over from the one it is part of.
OURS = ("DATABASE_URL", "REDIS_URL", "GOODSTANDING_TESTS", "PYTEST_ADDOPTS")


def test_every_mutant_changes_something() -> None:
    """One whose text is gone would prove nothing."""
    assert len(MUTANTS) == len({str(each) for each in MUTANTS}) >= 30
    for each in MUTANTS:
        compile(each.text(), each.file, "exec")


def test_every_mutant_knows_the_names_it_uses(tmp_path: Path) -> None:
    """One that can't be imported is noticed for that alone, and proves nothing."""
    for number, each in enumerate(MUTANTS):
        (tmp_path / f"mutant_{number}.py").write_text(each.text(), encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache"]
    run = subprocess.run(  # noqa: S603
        [*command, "--select=F821", "--output-format=concise", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


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


@dataclass
class Notes:
    """What became of each mutant, in a file that outlives the run."""

    file: Path
    screen: pytest.CaptureFixture[str]

    def __post_init__(self) -> None:
        self.file.parent.mkdir(exist_ok=True)
        self.file.touch()
        self._one = Lock()

    def known(self) -> dict[str, str]:
        """Give the ends that are known, by mutant."""
        lines = self.file.read_text(encoding="utf-8").splitlines()
        return {each["mutant"]: each["end"] for each in map(json.loads, lines)}

    def keep(self, mutant: str, end: str, seconds: float) -> None:
        """Keep an end and say it."""
        line = {"mutant": mutant, "end": end, "seconds": round(seconds, 1)}
        with self._one, self.screen.disabled():
            with self.file.open("a", encoding="utf-8") as notes:
                notes.write(json.dumps(line, ensure_ascii=False) + "\n")
            print(f"{end} in {seconds:.0f} s: {mutant}", flush=True)  # noqa: T201


@pytest.fixture
def notes(trees: Queue[Path], capsys: pytest.CaptureFixture[str]) -> Notes:
    """Open the notes on the project as it was copied."""
    tree = trees.get()
    found = sha256()
    for file in sorted(tree.rglob("*")):
        if file.is_file() and not {"__pycache__", ".venv"} & set(file.parts):
            found.update(f"{file.relative_to(tree)}".encode() + file.read_bytes())
    trees.put(tree)
    return Notes(ROOT / f".cache/mutants-{found.hexdigest()[:16]}.jsonl", capsys)


def try_out(each: Mutant, trees: Queue[Path], notes: Notes) -> None:
    """Put a mutant in place, ask what should see it, then everything else."""
    tree, began = trees.get(), monotonic()
    file = tree / each.file
    sound = file.read_text(encoding="utf-8")
    try:
        file.write_text(each.text(tree), encoding="utf-8")
        if seen(tree, f"({each.asks}) and not mutant"):
            end = "killed"
        else:
            end = "killed late" if seen(tree, "not mutant") else SURVIVED
    finally:
        file.write_text(sound, encoding="utf-8")
        trees.put(tree)
    notes.keep(str(each), end, monotonic() - began)


def look_at_the_sound(trees: Queue[Path], notes: Notes) -> None:
    """Make sure that the matrix sees nothing where nothing is wrong."""
    tree, began = trees.get(), monotonic()
    red = seen(tree, "not mutant")
    trees.put(tree)
    assert not red, "the matrix is red without any mutant"
    notes.keep(SOUND, "green", monotonic() - began)


@pytest.mark.drill
def test_a_wall_taken_away_is_noticed(trees: Queue[Path], notes: Notes) -> None:
    """At least 95 of 100; survivors are named."""
    known = notes.known()
    left = [each for each in MUTANTS if str(each) not in known]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        first = [] if SOUND in known else [pool.submit(look_at_the_sound, trees, notes)]
        asked = [pool.submit(try_out, each, trees, notes) for each in left]
        try:
            for each in as_completed([*first, *asked]):
                each.result()
        finally:
            # One that went wrong ends the run: nothing after it would prove anything.
            pool.shutdown(wait=False, cancel_futures=True)
    known = notes.known()
    survivors = [str(each) for each in MUTANTS if known[str(each)] == SURVIVED]
    killed = f"killed {len(MUTANTS) - len(survivors)} of {len(MUTANTS)}"
    with notes.screen.disabled():
        print(killed)  # noqa: T201
    assert len(survivors) <= len(MUTANTS) * 0.05, "\n".join([killed, *survivors])
