"""The queue of files: kombu's own, but a message appears whole or not at all.

kombu's opens a file under its last name and then writes it. A worker that looks between
the two finds nothing in it, and ends; the message is gone. Here a file gets its last
name when it is written.
"""

import os
from contextlib import suppress
from pathlib import Path
from time import monotonic_ns
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Writes beside the queue, then moves into it."""

    # kombu hands more than its types say.
    def _put(  # type: ignore[override]
        self, queue: str, payload: dict[str, Any], **kwargs: object
    ) -> None:
        folder = Path(self.data_folder_out)
        # The oldest stands first.
        name = f"{monotonic_ns() // 1_000_000}_{uuid4()}.{queue}.msg"
        half = folder / f".{uuid4().hex}"
        try:
            half.write_text(dumps(payload))
            half.rename(folder / name)
        except OSError as error:
            raise ChannelError(f"Cannot add file {name!r} to the queue") from error

    def _queue_bind(
        self, exchange: str, routing_key: str, pattern: str | None, queue: str
    ) -> None:
        # kombu's types don't know it.
        table: Path = self._exchange_file(exchange)  # type: ignore[attr-defined]
        if not table.exists():
            table.parent.mkdir(exist_ok=True)
            half = table.with_name(f".{uuid4().hex}")
            half.write_text("[]")
            # Whoever was quicker has made the same.
            with suppress(FileExistsError):
                os.link(half, table)
            half.unlink()
        super()._queue_bind(exchange, routing_key, pattern, queue)


class Transport(filesystem.Transport):
    """What Celery is told to use where there is no server."""

    Channel = Channel
