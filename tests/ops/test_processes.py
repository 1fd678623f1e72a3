"""No process outlives the one that started it; a port is what people reach by it."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deploy.processes import ROOT, free_port, port_is_free, start, stop, wait_until

PARENT = """
import sys, time
from deploy.processes import start
child = start([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
time.sleep(600)
"""


def is_alive(pid: int) -> bool:
    """Whether a process runs, other than as a zombie."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child")
def test_children_end_when_their_parent_is_killed() -> None:
    with subprocess.Popen(  # noqa: S603  (a parent of our own)
        [sys.executable, "-c", PARENT], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert is_alive(child)
        parent.send_signal(signal.SIGKILL)
    assert wait_until(lambda: not is_alive(child), seconds=10)


def test_stopping_takes_the_whole_group(tmp_path: Path) -> None:
    deaf = "trap '' TERM; sleep 600 & echo $! > pid; wait; sleep 600"
    process = start(["sh", "-c", deaf], cwd=tmp_path)
    noted = tmp_path / "pid"
    assert wait_until(lambda: noted.is_file() and bool(noted.read_text()), seconds=10)
    stop(process, seconds=0.2)
    assert process.poll() is not None
    assert wait_until(lambda: not is_alive(int(noted.read_text())), seconds=10)


def test_stopping_what_has_ended_is_no_error() -> None:
    process = start(["true"])
    process.wait()
    stop(process)


def test_a_port_somebody_listens_on_is_not_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert not port_is_free(server.getsockname()[1])


def test_a_port_that_others_answer_as_localhost_is_not_free() -> None:
    try:
        server = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("no IPv6 here")
    with server:
        names = {item[4][0] for item in socket.getaddrinfo("localhost", 80)}
        assert port_is_free(server.getsockname()[1]) is ("::1" not in names)


def test_a_free_port_is_free() -> None:
    assert port_is_free(free_port())


def test_waiting_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    began = time.monotonic()
    assert not wait_until(lambda: False, seconds=0.05)
    assert time.monotonic() - began < 5
