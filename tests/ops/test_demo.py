"""The demo's runner: what it refuses, what it hands its processes, how it ends."""

import re
import socket
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from deploy import demo, setup, static
from deploy.processes import ROOT, OperatorError, free_port, start, stop
from deploy.supervisor import Family

PAGE = """
import http.server, sys
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        known = self.headers["Host"] == "portal.example:8443"
        self.send_response(200 if known else 400)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Page).serve_forever()
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the demo's data in a folder of the test."""
    monkeypatch.setattr(demo, "DATA", tmp_path / "demo")
    monkeypatch.setattr(demo, "LOGS", tmp_path / "demo" / "logs")
    (tmp_path / "demo").mkdir()
    return tmp_path / "demo"


@pytest.mark.parametrize("value", ["0", "80", "65536", "-1", "http", "8000 ", "٨٠٠٠"])
def test_a_port_nobody_can_take_is_refused_by_name(value: str) -> None:
    with pytest.raises(OperatorError, match=r"^PORT="):
        demo.wanted_port({"PORT": value})


def test_the_port_is_8000_unless_said_otherwise() -> None:
    assert demo.wanted_port({}) == 8000
    assert demo.wanted_port({"PORT": "9001"}) == 9001


def test_a_taken_port_is_named_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(OperatorError) as caught:
            demo.check_port(port)
    words, other = str(caught.value).split(" PORT=")
    assert words == f"Port {port} is taken. Choose another: make demo"
    assert int(other) > port


def test_a_second_demo_of_one_folder_is_refused() -> None:
    with (
        demo.only_one(),
        pytest.raises(OperatorError, match="runs already"),
        demo.only_one(),
    ):
        pytest.fail("two at once")


def test_starting_over_leaves_nothing_but_the_lock(folder: Path) -> None:
    (folder / "files").mkdir()
    (folder / "files" / "one.pdf").touch()
    (folder / "goodstanding.sqlite3").touch()
    with demo.only_one():
        demo.start_over()
    left = {path.name for path in folder.iterdir()}
    assert left == {"lock", demo.MARK}, "the mark stays until the story is told"


def test_servers_pass_through_and_mail_stays_here(folder: Path) -> None:
    env = demo.settings(
        8000,
        {
            "DATABASE_URL": "postgres://db",
            "REDIS_URL": "redis://queue",
            "EMAIL_URL": "smtp://real.example",
            "DEBUG": "1",
        },
    )
    assert env["DATABASE_URL"] == "postgres://db"
    assert env["REDIS_URL"] == "redis://queue"
    assert env["EMAIL_URL"] == f"folder://{folder}/mail"
    assert (env["DEMO"], env["DEBUG"]) == ("1", "0")
    assert env["BASE_URL"] == "http://localhost:8000"


@pytest.mark.parametrize("name", ["SECRET_KEY", "AUDIT_KEY"])
def test_each_folder_has_keys_of_its_own(folder: Path, name: str) -> None:
    key, place = demo.settings(8000, {})[name], name.lower().replace("_", "-")
    assert len(key) >= 50
    assert demo.settings(8000, {})[name] == key
    assert (folder / place).stat().st_mode & 0o077 == 0
    (folder / place).unlink()
    assert demo.settings(8000, {})[name] != key


def test_the_demo_s_keys_differ(folder: Path) -> None:
    told = demo.settings(8000, {})
    assert told["SECRET_KEY"] != told["AUDIT_KEY"]


def test_it_runs_web_worker_and_beat() -> None:
    commands = demo.commands("127.0.0.1:8123")
    assert list(commands) == ["web", "worker", "beat"]
    assert "127.0.0.1:8123" in commands["web"]
    assert all(command[0] == setup.PYTHON for command in commands.values())


@pytest.fixture
def port() -> Iterator[int]:
    """A port where a page answers to one address."""
    number = free_port()
    process = start([sys.executable, "-c", PAGE, str(number)])
    yield number
    stop(process)


def test_the_page_is_asked_for_by_its_address(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    nobody = Family({}, env={}, logs=demo.LOGS)
    demo.wait_for_page(port, "https://portal.example:8443", nobody)
    assert not demo.page_comes(port, "http://localhost")


def test_static_files_are_collected_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collected = tmp_path / "static"
    collected.mkdir()
    ran: list[object] = []

    def manage(command: list[str], **how: object) -> tuple[int, str]:
        ran.append(command)
        return 0, ""

    monkeypatch.setattr(static, "COLLECTED", collected)
    monkeypatch.setattr(static, "STAMP", collected / ".ready")
    monkeypatch.setattr(static, "output", manage)
    static.collect({})
    static.collect({})
    assert len(ran) == 1
    monkeypatch.setattr(static, "stamp", lambda: "another style sheet")
    static.collect({})
    assert len(ran) == 2


def test_no_page_asks_for_what_is_not_collected() -> None:
    pages = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static").rglob("*.css")]
    asked = {
        name
        for page in pages
        for name in re.findall(
            r"""(?:% static |url\()["']?([^"')]+)""", page.read_text()
        )
    }
    assert asked
    ignored = [name for name in asked for glob in static.IGNORED if fnmatch(name, glob)]
    assert ignored == []
