"""The limited child: it gives what it made, and can neither stay nor spread."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from certificates import layouts
from certificates.layouts.paper import render_in_full
from core.limited.frames import pack
from core.pdf import PdfError, PdfLimitError
from core.pdf.isolated import Renderer
from tests.pdf.samples import facts

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def wild() -> Iterator[Renderer]:
    """A renderer that goes wrong when it is told to."""
    renderer = Renderer("tests.pdf.renderers:misbehave")
    yield renderer
    renderer.close()


@pytest.fixture
def who() -> Iterator[Renderer]:
    """A renderer that tells who it is."""
    renderer = Renderer("tests.pdf.renderers:who")
    yield renderer
    renderer.close()


def _pid(renderer: Renderer) -> int:
    told: dict[str, int] = json.loads(renderer.run(b"", seconds=30))
    return told["pid"]


def test_the_child_makes_the_same_bytes() -> None:
    assert layouts.render(facts()) == render_in_full(facts())
    assert layouts.render(facts(), seconds=20) == render_in_full(facts())


def test_a_page_that_cannot_be_made_is_an_error_and_no_more() -> None:
    with pytest.raises(PdfError, match="compliance-9"):
        layouts.render(facts(layout="compliance-9"))
    assert layouts.render(facts()).startswith(b"%PDF")


def test_large_frames_go_both_ways_and_prints_do_not() -> None:
    renderer = Renderer("tests.pdf.renderers:echo")
    frame = os.urandom(3_000_000)
    assert renderer.run(frame, seconds=30) == frame
    assert renderer.run(b"", seconds=30) == b""
    renderer.close()


def test_the_child_stays_warm_and_is_renewed_when_it_is_closed(who: Renderer) -> None:
    first = _pid(who)
    assert _pid(who) == first != os.getpid()
    who.close()
    assert _pid(who) != first


def test_the_child_inherits_no_secret(
    who: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://secret@db/goodstanding")
    told = json.loads(who.run(b"", seconds=30))
    assert not {"DATABASE_URL", "SECRET_KEY"} & told["environment"].keys()


def test_what_the_function_raises_is_told(wild: Renderer) -> None:
    with pytest.raises(PdfError, match=r"ValueError: no such page \\ud800"):
        wild.run(b"raise", seconds=30)
    assert wild.run(b"fine", seconds=30) == b"fine"


@pytest.mark.parametrize(
    ("fault", "said"),
    [(b"exit", "status 3"), (b"spin", "too long|CPU time"), (b"sleep", "too long")],
)
def test_a_child_that_breaks_down_or_hangs_is_ended_and_replaced(
    wild: Renderer, fault: bytes, said: str
) -> None:
    wild.run(b"warm", seconds=3)
    with pytest.raises(PdfLimitError, match=said):
        wild.run(fault, seconds=3)
    assert wild.run(b"again", seconds=30) == b"again"


def test_a_child_whose_parent_is_gone_cannot_go_on_for_ever() -> None:
    child = [sys.executable, "-m", "core.limited.child"]
    limits = ["1", str(1024**3), ""]
    done = subprocess.run(  # noqa: S603
        [*child, "tests.pdf.renderers:misbehave", *limits],
        input=pack(b"spin"),
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGXCPU


def test_memory_is_limited(wild: Renderer) -> None:
    with pytest.raises(PdfLimitError, match="memory"):
        wild.run(b"hog", seconds=30)
    assert wild.run(b"again", seconds=30) == b"again"


def test_a_child_killed_from_outside_is_replaced(who: Renderer) -> None:
    os.kill(_pid(who), 9)
    try:
        _pid(who)
    except PdfLimitError as fault:
        assert "status -9" in str(fault)  # noqa: PT017  (it may be noticed before)
    assert _pid(who)


def test_threads_take_turns(who: Renderer) -> None:
    found: set[int] = set()
    threads = [threading.Thread(target=lambda: found.add(_pid(who))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 1


def test_after_a_fork_each_process_has_its_own_child() -> None:
    program = (
        "from core.pdf.isolated import Renderer\n"
        "import json, os\n"
        "renderer = Renderer('tests.pdf.renderers:who')\n"
        "def pid():\n"
        "    return json.loads(renderer.run(b'', seconds=30))['pid']\n"
        "ours = pid()\n"
        "forked = os.fork()\n"
        "if forked == 0:\n"
        "    assert pid() != ours\n"
        "    renderer.close()\n"
        "    os._exit(0)\n"
        "assert os.waitpid(forked, 0)[1] == 0\n"
        "assert pid() == ours\n"
    )
    subprocess.run(  # noqa: S603
        [sys.executable, "-W", "error", "-c", program], cwd=ROOT, check=True
    )


def test_the_child_ends_with_its_parent() -> None:
    program = (
        "from core.pdf.isolated import Renderer\n"
        "import json, os, signal\n"
        "told = Renderer('tests.pdf.renderers:who').run(b'', seconds=30)\n"
        "print(json.loads(told)['pid'], flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False
    )
    child = int(done.stdout)
    for _ in range(100):
        if not _runs(child):
            return
        time.sleep(0.05)
    pytest.fail("The child has outlived its parent")


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_asking_the_child_loads_no_engine_here() -> None:
    program = "import certificates.layouts, sys; sys.exit('weasyprint' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)  # noqa: S603
