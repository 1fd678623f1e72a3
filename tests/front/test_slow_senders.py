"""Who sends slowly, or says what is not so, holds up nobody else and breaks nothing."""

import contextlib
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from statistics import quantiles
from threading import Event, Thread

import pytest

from tests.api.asking import FORM
from tests.front.browsing import Caller
from tests.front.serving import Front, trusting

pytestmark = [
    pytest.mark.db,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("front"),
]
# gunicorn has 8 threads for requests: were they held, nobody else would be answered.
SENDERS = 40
TIMES = 25


def head(caller: Caller, length: int) -> bytes:
    """The head of a form that says it has so many bytes."""
    lines = (
        "POST /me/ce/new/ HTTP/1.1",
        f"Host: localhost:{caller.port}",
        f"Cookie: __Host-session={caller.session}",
        f"Content-Type: {FORM}",
        f"Content-Length: {length}",
        "",
        "",
    )
    return "\r\n".join(lines).encode()


def connected(front: Front) -> ssl.SSLSocket:
    """A connection of a program that speaks for itself."""
    plain = socket.create_connection(("localhost", front.port), timeout=20)
    return trusting().wrap_socket(plain, server_hostname="localhost")


@contextlib.contextmanager
def sending_slowly(front: Front, caller: Caller) -> Iterator[list[ssl.SSLSocket]]:
    """Have many connections send a byte a second of what they say is 10 MB."""
    over = Event()
    with contextlib.ExitStack() as stack:
        lines = [stack.enter_context(connected(front)) for _ in range(SENDERS)]
        for line in lines:
            line.sendall(head(caller, 10_000_000) + b"-")

        def drip() -> None:
            while not over.wait(1):
                for line in lines:
                    line.sendall(b"-")

        thread = Thread(target=drip)
        thread.start()
        stack.callback(thread.join)
        stack.callback(over.set)
        yield lines


def p95(caller: Caller) -> float:
    """How long a page takes for all but one in twenty, in seconds."""
    spent = []
    for _ in range(TIMES):
        began = time.perf_counter()
        assert caller.ask("/me/").status == 200
        spent.append(time.perf_counter() - began)
    return quantiles(spent, n=20)[-1]


def test_slow_senders_hold_up_nobody_else(
    front: Front, caller: Callable[[str], Caller]
) -> None:
    bob, charlie = caller("bob"), caller("charlie")
    p95(charlie)
    alone = p95(charlie)
    with sending_slowly(front, bob) as lines:
        time.sleep(1)
        beside = p95(charlie)
        # They are all still at it, and none was answered.
        for line in lines:
            line.settimeout(0.01)
            with pytest.raises(TimeoutError):
                line.recv(1)
    # Threads that were held would have kept everybody waiting until the end.
    assert beside < max(1, 3 * alone), (alone, beside)


@pytest.mark.parametrize(
    ("said", "body"),
    [
        (9, b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--x--\r\n"),
        (0, b"--x--\r\n"),
        (50_000_000, b""),
    ],
    ids=["less than comes", "nothing at all", "more than anybody takes"],
)
def test_a_length_that_is_not_so_is_refused(
    front: Front, caller: Callable[[str], Caller], said: int, body: bytes
) -> None:
    with connected(front) as line:
        line.sendall(head(caller("bob"), said) + body)
        status = int(line.recv(4096).split()[1])
    assert 400 <= status < 500
    assert caller("charlie").ask("/me/").status == 200


def test_who_hangs_up_halfway_leaves_the_others_served(
    front: Front, caller: Callable[[str], Caller]
) -> None:
    before = len(front.log("web"))
    for _ in range(20):
        with connected(front) as line:
            line.sendall(head(caller("bob"), 100_000) + bytes(10_000))
    assert caller("charlie").ask("/me/").status == 200
    assert '"level": "error"' not in front.log("web")[before:]
