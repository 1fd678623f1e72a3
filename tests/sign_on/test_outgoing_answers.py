"""What a server that we ask may answer, and for how long."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import outgoing
from core.outgoing import NotFetched, fetch, fetch_data
from tests.sign_on.conftest import PUBLIC, Dial
from tests.sign_on.servers import Asked, Said, serving


@pytest.mark.usefixtures("local")
def test_a_redirect_is_not_followed() -> None:
    heard: list[Asked] = []

    def answer(asked: Asked) -> Said:
        heard.append(asked)
        return Said(status=302, headers={"Location": "/elsewhere"})

    with serving(answer) as port, pytest.raises(NotFetched, match="status 302"):
        fetch_data(f"http://127.0.0.1:{port}/")
    assert [each.path for each in heard] == ["/"]


@pytest.mark.usefixtures("local")
@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b'"x"', b"\xff\xfe\xfd", b"[" * 200_000, b'{"a":' * 40_000],
)
def test_what_is_no_json_object_is_said(body: bytes) -> None:
    with (
        serving(lambda asked: Said(body)) as port,
        pytest.raises(NotFetched, match="isn't a JSON object"),
    ):
        fetch_data(f"http://127.0.0.1:{port}/")


@pytest.mark.usefixtures("local")
def test_an_endless_answer_is_left() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b" " * 65536

    with (
        serving(lambda asked: Said(endless())) as port,
        pytest.raises(NotFetched, match="longer than any"),
    ):
        fetch(f"http://127.0.0.1:{port}/")


@pytest.mark.usefixtures("local")
@pytest.mark.parametrize("pause", [0.1, 30], ids=["dripping", "silent"])
def test_an_answer_has_so_much_time_in_all(
    pause: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each single piece comes in time; or none ever does."""
    monkeypatch.setattr(outgoing, "SECONDS", 1)

    def slowly() -> Iterator[bytes]:
        for _ in range(int(3 / pause) or 1):
            time.sleep(pause)
            yield b" "

    with serving(lambda asked: Said(slowly())) as port:
        began = time.monotonic()
        with pytest.raises(NotFetched, match="takes longer"):
            fetch(f"http://127.0.0.1:{port}/")
        assert time.monotonic() - began < 2.5


def test_a_secure_answer_has_so_much_time_in_all_as_well(
    monkeypatch: pytest.MonkeyPatch,
    looked_up: list[list[str]],
    dialled: Dial,
    trusted: Path,
) -> None:
    monkeypatch.setattr(outgoing, "SECONDS", 1)
    looked_up.append([PUBLIC])

    def slowly() -> Iterator[bytes]:
        for _ in range(30):
            time.sleep(0.1)
            yield b" "

    with serving(lambda asked: Said(slowly()), tls=trusted) as port:
        dialled(port)
        began = time.monotonic()
        with pytest.raises(NotFetched, match="takes longer"):
            fetch("https://login.practice.example/")
        assert time.monotonic() - began < 2.5


@pytest.mark.usefixtures("local")
def test_a_server_that_is_not_there_is_said() -> None:
    with serving(lambda asked: Said()) as port:
        pass
    with pytest.raises(NotFetched, match="does not answer"):
        fetch(f"http://127.0.0.1:{port}/")


@pytest.mark.usefixtures("local")
def test_what_is_no_http_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        server.listen()

        def mumble() -> None:
            caller, _ = server.accept()
            caller.recv(1000)
            caller.sendall(b"SSH-2.0-OpenSSH\r\n")
            caller.close()

        threading.Thread(target=mumble, daemon=True).start()
        with pytest.raises(NotFetched, match="broke the connection off"):
            fetch(f"http://127.0.0.1:{port}/")


@pytest.mark.usefixtures("local")
def test_a_server_that_hangs_up_before_a_word_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gone(*_: object, **how: object) -> None:
        raise OSError("Transport endpoint is not connected")

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", gone)
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        pytest.raises(NotFetched, match="broke the connection off"),
    ):
        fetch(f"https://127.0.0.1:{server.getsockname()[1]}/")
