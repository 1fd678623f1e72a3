"""The demo starts over while it runs: all are told so meanwhile, nobody is cut off."""

import http.client
import socket
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from deploy import demo, static
from deploy.processes import OperatorError, free_port, port_is_free
from deploy.standin import HEADERS, standing_in
from portal.views.demo import STARTING_OVER

WEB = """
import http.server, socket, sys
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
server = http.server.HTTPServer(("", 0), Page, bind_and_activate=False)
server.socket = socket.socket(fileno=int(sys.argv[1].removeprefix("fd://")))
server.serve_forever()
"""
PAGE = b"<h1>Starting over</h1>"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the demo's data in a folder of the test."""
    monkeypatch.setattr(demo, "DATA", tmp_path / "demo")
    monkeypatch.setattr(demo, "LOGS", tmp_path / "demo" / "logs")
    (tmp_path / "demo").mkdir()
    return tmp_path / "demo"


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A socket that listens, as gunicorn leaves it: whoever reads does not wait."""
    with socket.create_server(("127.0.0.1", 0)) as made:
        made.settimeout(0)
        yield made


def asked(
    port: int, method: str = "GET", body: bytes | None = None
) -> tuple[int, dict[str, str], bytes]:
    """Ask for a page: its status, its headers, its text."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, "/p/harbor-family-medicine/", body)
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_whoever_asks_meanwhile_is_told(listener: socket.socket, method: str) -> None:
    with standing_in(listener, PAGE):
        sent = b"x" * 300_000 if method == "POST" else None
        status, headers, text = asked(listener.getsockname()[1], method, sent)
    assert (status, text) == (503, PAGE)
    assert headers.items() >= HEADERS.items()
    assert headers["Refresh"] == "3; url=/"


def test_a_head_is_answered_without_the_page(listener: socket.socket) -> None:
    with standing_in(listener, PAGE):
        status, headers, text = asked(listener.getsockname()[1], "HEAD")
    assert (status, text, headers["Content-Length"]) == (503, b"", str(len(PAGE)))


def test_whoever_comes_between_two_waits_for_the_second(
    listener: socket.socket,
) -> None:
    port = listener.getsockname()[1]
    with standing_in(listener, PAGE):
        asked(port)
    early = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    early.request("GET", "/")
    with standing_in(listener, PAGE):
        assert early.getresponse().status == 503
    early.close()


def test_the_same_page_comes_before_from_the_program_itself() -> None:
    assert HEADERS.items() >= STARTING_OVER.items()


class Told:
    """What the demo had managed; at each start somebody asks to start over, twice."""

    def __init__(self, port: int, folder: Path, *, most: int) -> None:
        """Take where people ask, and at which time the story can't be told."""
        self.port, self.mark, self.most = port, folder / demo.MARK, most
        self.commands: list[str] = []
        self.meanwhile: list[int] = []
        self.keys: list[str] = []

    def __call__(self, env: Mapping[str, str], *arguments: str) -> str:
        """Stand in for `manage`."""
        self.commands.append(" ".join(arguments))
        if arguments == ("demo", "--logins"):
            self.keys.append(env["SECRET_KEY"])
            assert not self.mark.exists()
            self.mark.touch()
            self.mark.touch()
        if arguments == ("demo", "--reset"):
            self.meanwhile.append(asked(self.port)[0])
            assert self.mark.exists()
            if len(self.meanwhile) == self.most:
                raise OperatorError("The story can't be told.")
        return ""


@pytest.fixture
def told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Told:
    """The demo with a web of one page, whose second new story can't be told."""
    found = Told(free_port(), folder, most=2)
    web = [sys.executable, "-c", WEB]
    monkeypatch.setattr(demo, "manage", found)
    monkeypatch.setattr(demo, "commands", lambda bind: {"web": [*web, bind]})
    monkeypatch.setattr(static, "collect", lambda env: None)
    return found


def test_asked_to_it_throws_all_away_and_runs_anew(
    told: Told, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "goodstanding.sqlite3").touch()
    with pytest.raises(OperatorError, match="can't be told"):
        demo.serve(told.port, demo.settings(told.port, {}))
    assert told.commands == ["demo --logins", "demo --reset"] * 2
    assert told.meanwhile == [503, 503]
    assert not (folder / "goodstanding.sqlite3").exists()
    assert told.keys[0] != told.keys[1]
    assert capsys.readouterr().out.count("Starting over, as a page asked") == 2
    assert port_is_free(told.port)


def test_what_was_broken_off_is_done_at_the_next_start(
    told: Told, folder: Path
) -> None:
    with pytest.raises(OperatorError):
        demo.serve(told.port, demo.settings(told.port, {}))
    assert (folder / demo.MARK).exists()
    told.meanwhile.clear()
    with demo.listen(told.port) as listener, standing_in(listener, PAGE):
        assert demo.wants_reset({})
        demo.prepare(told.port, reset=True)
    assert not demo.wants_reset({})


@pytest.mark.parametrize(
    ("value", "wanted"), [("", False), ("0", False), ("1", True), ("yes", True)]
)
def test_the_word_reset_throws_away_too(value: str, *, wanted: bool) -> None:
    assert demo.wants_reset({"RESET": value}) is wanted


def test_a_port_that_somebody_took_meanwhile_is_named() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as other,
        pytest.raises(OperatorError, match="is taken"),
    ):
        demo.listen(other.getsockname()[1])
