"""Each file meets a child of its own, ended at its limits; the caller goes on."""

import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from resource import struct_rusage

import pytest
from django.core.files import File

from core.files import FileRefused, intake, look_into
from core.inspection.report import parted
from core.limited.faults import Busy, Stopped
from core.limited.runner import Runner
from tests.files.bad_files import png
from tests.files.bad_pdfs import flate_bomb
from tests.files.conftest import seconds
from tests.files.odd_and_good import GOOD, scan
from tests.files.other_files import lzw_zeros, objects
from tests.files.samples import MIB, pdf, photo, picture, stream, zeros

ROOT = Path(__file__).resolve().parents[2]


def child(function: str, **limits: int) -> Runner:
    """A runner like that of strangers' files."""
    limits = {"memory": 512 * MIB, "frames": 1, "cpu_seconds": 1} | limits
    return Runner(f"tests.files.children:{function}", alone=True, **limits)


def given(content: bytes, name: str = "a.pdf") -> "File[bytes]":
    """A file to look into."""
    return File(BytesIO(content), name)


def children() -> set[str]:
    """The processes that are this one's children, dead ones too."""
    found: set[str] = set()
    for task in Path("/proc/self/task").iterdir():
        found |= set((task / "children").read_text().split())
    return found


@pytest.fixture
def before() -> Iterator[set[str]]:
    """The children there are before the test; it leaves no other."""
    there = children()
    yield there
    assert children() <= there


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize("function", ["spin", "hog"])
def test_a_child_that_goes_too_far_is_ended_and_the_next_file_is_taken(
    function: str, monkeypatch: pytest.MonkeyPatch, spent: list[struct_rusage]
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(intake, "_papers", child(function))
        with pytest.raises(FileRefused, match="too long or too much memory") as refused:
            look_into(given(pdf()))
        assert refused.value.problems[0].code == "heavy"
    assert seconds(spent[-1]) < 3
    assert look_into(given(pdf())).text == "Proof"


@pytest.mark.usefixtures("before")
def test_a_child_that_hangs_is_ended_by_the_clock() -> None:
    started = time.monotonic()
    with pytest.raises(Stopped, match="too long"):
        child("hang").run(b"", seconds=1)
    assert time.monotonic() - started < 5


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize("function", ["lie", "confuse", "babble"])
def test_a_child_that_was_taken_over_is_not_believed(
    function: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "_pictures", child(function))
    with pytest.raises(FileRefused, match="damaged or not complete") as refused:
        look_into(given(picture(), "a.png"))
    assert refused.value.problems[0].code == "damaged-picture"


def test_a_reason_without_its_figure_still_makes_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(intake, "_papers", child("boast"))
    with pytest.raises(FileRefused, match="This PDF has more than 0 pages"):
        look_into(given(pdf()))


@pytest.mark.usefixtures("before")
def test_no_two_files_meet_the_same_child() -> None:
    runner = child("who")
    told = [json.loads(runner.run(b"", seconds=20)) for _ in range(2)]
    assert told[0]["pid"] != told[1]["pid"]
    assert told[0]["memory"] == 512 * MIB
    assert told[0]["processes"] == told[0]["core"] == 0


@pytest.mark.usefixtures("before")
def test_threads_take_turns() -> None:
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda: found.append(look_into(given(pdf())).text))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["Proof"] * 4


def test_whoever_waits_too_long_for_others_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runner = child("sleep")
    other = threading.Thread(target=lambda: runner.run(b"", seconds=20))
    other.start()
    time.sleep(0.2)
    with pytest.raises(Busy):
        runner.run(b"", seconds=20, patience=0.1)
    monkeypatch.setattr(intake, "_papers", runner)
    monkeypatch.setattr(intake, "PATIENCE", 0.1)
    with pytest.raises(FileRefused, match="in a minute"):
        look_into(given(pdf()))
    other.join()


@pytest.mark.parametrize(
    ("module", "loaded"),
    [
        ("core.files", {"django"}),
        ("core.inspection.papers", {"pikepdf"}),
        ("core.inspection.reading", {"pypdf", "PIL"}),
        ("core.inspection.pictures", {"PIL"}),
        ("core.inspection.drawing", {"PIL", "pypdfium2"}),
    ],
)
def test_openers_are_loaded_in_the_child_alone_and_nothing_else_there(
    module: str, loaded: set[str]
) -> None:
    names = {"django", "pikepdf", "PIL", "pypdf", "pypdfium2"}
    program = f"import sys, {module}; print(*{names} & sys.modules.keys())"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True
    )
    assert set(done.stdout.decode().split()) == loaded


def test_the_worst_files_stay_far_below_the_limits(tmp_path: Path) -> None:
    """Measured from a small process: a child's peak counts what it was forked from."""
    worst = {
        "flate.pdf": flate_bomb(),
        "lzw.pdf": pdf(stream(lzw_zeros(200), b"/Filter/LZWDecode")),
        "objects.pdf": objects(99_000),
        "nested.pdf": pdf(b"[" * 200_000 + b"]" * 200_000),
        "vast.png": png(40_000, 40_000, zeros(5001 * 40_000)),
        "largest.jpg": photo((7300, 5470)),
    }
    for name, content in worst.items():
        (tmp_path / name).write_bytes(content)
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "tests.files.measuring", *map(str, tmp_path.iterdir())],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    measured = json.loads(done.stdout)
    assert measured.keys() == worst.keys()
    for name, (cpu, mebibytes, _) in measured.items():
        assert cpu < 5, (name, measured)
        assert mebibytes < 512, (name, measured)


@pytest.mark.parametrize(
    ("target", "good"),
    [
        ("papers", [pdf(), scan(), *[each.make() for each in GOOD[:5]]]),
        ("pictures", [picture("JPEG"), picture("PNG")]),
    ],
    ids=["papers", "pictures"],
)
def test_whatever_is_broken_gets_an_answer(target: str, good: list[bytes]) -> None:
    chance = random.Random(target)  # noqa: S311
    runner = Runner(
        f"core.inspection.{target}:look", memory=512 * MIB, frames=10**6, alone=True
    )
    refused = 0
    for _ in range(250):
        data = bytearray(chance.choice(good))
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.2:
            del data[chance.randrange(8, len(data)) :]
        facts, _ = parted(runner.run(bytes(data), seconds=20))
        refused += "refused" in facts
        assert facts.keys() in ({"refused", "figure"}, {"pages"})
    runner.close()
    assert refused > 50


def test_after_a_fork_files_are_looked_into_by_both_sides() -> None:
    program = (
        "import os\n"
        "from core.limited.runner import Runner\n"
        "runner = Runner('tests.files.children:who', memory=2**29, frames=1)\n"
        "runner.run(b'', seconds=20)\n"
        "forked = os.fork()\n"
        "runner.run(b'', seconds=20)\n"
        "forked or os._exit(0)\n"
        "assert os.waitpid(forked, 0)[1] == 0\n"
    )
    subprocess.run(  # noqa: S603
        [sys.executable, "-W", "error", "-c", program], cwd=ROOT, check=True
    )
