"""The queue of files: no message is ever seen half, and none is lost."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from kombu import Connection
from kombu.transport import filesystem

from config import queue
from core.file_queue import Channel, Transport
from tests.race.hands import at_once

pytestmark = pytest.mark.race
MANY = 200


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[type], Any]]:
    """Open a channel of a transport onto the same folder."""
    (tmp_path / "messages").mkdir()
    options = {
        "data_folder_in": str(tmp_path / "messages"),
        "data_folder_out": str(tmp_path / "messages"),
        "control_folder": str(tmp_path / "control"),
    }
    connections: list[Connection] = []

    def open_one(transport: type = Transport) -> Any:  # noqa: ANN401
        found = Connection("filesystem://", transport=transport)
        found.transport_options = options
        connections.append(found)
        return found.channel()

    yield open_one
    for each in connections:
        each.release()


def taken(channel: Channel, until: threading.Event) -> list[int]:
    """Take messages as long as there may be more."""
    found: list[int] = []
    while True:
        last = until.is_set()
        try:
            found.append(channel._get("bells")["number"])  # noqa: SLF001
        except Empty:
            if last:
                return found


def test_nobody_takes_half_a_message(opened: Callable[[], Channel]) -> None:
    done, writing = threading.Event(), threading.Barrier(2)

    def write(first: int) -> list[int]:
        channel = opened()
        for number in range(first, first + MANY):
            # Long enough to be written in more than one go.
            channel._put("bells", {"number": number, "words": "x" * 50_000})  # noqa: SLF001
        if writing.wait(30) == 0:
            done.set()
        return []

    acts = [lambda: write(0), lambda: write(MANY)]
    acts += [lambda: taken(opened(), done)] * 2
    found = sorted(number for each in at_once(acts) for number in each)
    assert found == list(range(2 * MANY))


def test_kombus_own_gives_out_what_is_not_written_yet(
    opened: Callable[[type], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason why there is one of ours; once kombu mends it, this may go."""
    reader = opened(filesystem.Transport)

    def look_between(file: object, flags: int) -> None:
        with pytest.raises(ValueError, match="Expecting value"):
            reader._get("bells")  # noqa: SLF001

    monkeypatch.setattr(filesystem, "lock", look_between)
    opened(filesystem.Transport)._put("bells", {})  # noqa: SLF001


def test_a_message_stands_in_its_own_queue(opened: Callable[[], Channel]) -> None:
    channel = opened()
    channel._put("bells", {"number": 1})  # noqa: SLF001
    channel._put("other", {"number": 2})  # noqa: SLF001

    assert channel._size("bells") == 1  # noqa: SLF001
    assert channel._get("other") == {"number": 2}  # noqa: SLF001


def test_several_workers_that_start_at_once_are_all_told(
    opened: Callable[[], Channel], tmp_path: Path
) -> None:
    channels = [opened() for _ in range(8)]
    binds = [
        partial(channel._queue_bind, "news", "", "", f"queue{place}")  # noqa: SLF001
        for place, channel in enumerate(channels)
    ]
    at_once(binds)
    told = {each.queue for each in channels[0].get_table("news")}
    assert told == {f"queue{place}" for place in range(8)}
    assert [path.name for path in (tmp_path / "control").iterdir()] == ["news.exchange"]


def test_the_project_uses_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REDIS_URL", "")
    assert queue.celery(tmp_path)["broker_transport"] == (
        f"{Transport.__module__}.{Transport.__name__}"
    )
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:6379/0")
    assert "broker_transport" not in queue.celery(tmp_path)
