"""Workers of the project's own, in processes of their own, on the rows of a test."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from celery import Celery
from django.db import connection

from config import queue
from core.models import OutboxMessage
from deploy.processes import start, wait_until
from deploy.setup import PYTHON
from tests.database import WORKER
from tests.mail.office import Act, Office
from tests.ops.redis_server import Server

SECONDS = 60
INHERITED = ("HOME", "LANG", "LC_ALL", "PATH", "TMPDIR")
DELIVER = "notifications.tasks.deliver"
SWEEP = "notifications.tasks.deliver_waiting"
Process = subprocess.Popen[bytes]
Hit = Callable[[Process, signal.Signals], None]


def database() -> dict[str, str]:
    """Tell a process where the test's rows are, and as what it works there."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return {"DATABASE_URL": f"sqlite:///{found['NAME']}"}
    who = ":".join(quote(str(found[each]), safe="") for each in ("USER", "PASSWORD"))
    host = f"{found['HOST'] or 'localhost'}:{found['PORT'] or 5432}"
    url = f"postgres://{who.removesuffix(':')}@{host}/{found['NAME']}"
    return {"DATABASE_URL": url, "DATABASE_ROLE": WORKER}


@dataclass
class Workers:
    """Starts workers, and rings for them.

    `exchange` is EMAIL_TIMEOUT in seconds: three times as long a lost worker's row
    waits, four times as long where the message was handed over. With 0 every wait is
    as long as in production.
    """

    folder: Path
    office: Office
    redis: Server | None = None
    exchange: float = 0.5
    running: list[Process] = field(default_factory=list)
    more: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """What a worker is told, and no more than that."""
        kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
        return {
            **kept,
            "DJANGO_SETTINGS_MODULE": (
                "tests.mail.hurried" if self.exchange else "config.settings"
            ),
            "SECRET_KEY": "key-of-the-mail-tests-" * 3,
            "AUDIT_KEY": "key-of-the-mail-tests-trail-" * 3,
            "BASE_URL": "http://localhost:8000",
            "DATA_DIR": str(self.folder),
            "EMAIL_URL": f"smtp://127.0.0.1:{self.office.port}",
            "REDIS_URL": self.redis.url if self.redis else "",
            "TEST_EXCHANGE": str(self.exchange),
            "PYTHONUNBUFFERED": "1",
            **database(),
            **self.more,
        }

    def start(self, *, at_once: int = 1) -> Process:
        """Start a worker that does so many tasks at once."""
        return self._celery(
            "worker",
            f"--concurrency={at_once}",
            f"--hostname=worker{len(self.running)}@%h",
            "--without-gossip",
            "--without-mingle",
            "--without-heartbeat",
        )

    def start_beat(self) -> Process:
        """Start a beat, which rings every minute."""
        schedule = self.folder / f"schedule{len(self.running)}"
        return self._celery("beat", "--pidfile=", f"--schedule={schedule}")

    def _celery(self, *words: str) -> Process:
        command = [PYTHON, "-m", "celery", "-A", "config", *words, "--loglevel=INFO"]
        with self.log.open("ab") as log:
            started = start(command, log=log, env=self.environment())
        self.running.append(started)
        return started

    def ring(self, task: str, *arguments: str, times: int = 1, name: str = "") -> None:
        """Ask for a task; with a name, several times for the very same one."""
        app = Celery("hand", set_as_current=False)
        try:
            app.conf.update(queue.celery(self.folder))
            for _ in range(times):
                app.send_task(task, args=arguments, task_id=name or None)
        finally:
            app.close()

    def sweep_until_done(self, seconds: float = SECONDS) -> None:
        """Ring as the beat does, quicker, until no message waits.

        Raises:
            AssertionError: it takes too long; with what the workers said.
        """

        def done() -> bool:
            if self.resting():
                return True
            self.ring(SWEEP)
            return wait_until(self.resting, seconds=1)

        assert wait_until(done, seconds=seconds), self.said()

    def resting(self) -> bool:
        """Whether no message waits or is being sent."""
        waiting = ("waiting", "sending")
        return not OutboxMessage.objects.filter(state__in=waiting).exists()

    @property
    def log(self) -> Path:
        """What all workers say."""
        return self.folder / "worker.log"

    def said(self) -> str:
        """Read what the workers have said."""
        return self.log.read_text(errors="replace")

    def stop(self) -> None:
        """Take every worker away."""
        for worker in self.running:
            hit(worker, signal.SIGKILL)
            worker.wait()


def hit(worker: Process, how: signal.Signals) -> None:
    """Send a signal to a worker and all its children."""
    with suppress(ProcessLookupError):
        os.killpg(worker.pid, how)


def children(worker: Process) -> Sequence[int]:
    """The processes in which a worker does its tasks."""
    listed = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text()
    return [int(each) for each in listed.split()]


def hit_child(worker: Process, how: signal.Signals) -> None:
    """Send a signal to the process that does the task, and not to its parent."""
    for pid in children(worker):
        os.kill(pid, how)


def killed_at(
    workers: Workers, message: OutboxMessage, hit: Hit, at: str = "dot"
) -> Process:
    """Have a message sent by a worker that is killed just after an answer.

    It is halted before the answer is written, so that it never reads it.
    """
    worker = workers.start()
    dead: list[float] = []

    def kill() -> None:
        hit(worker, signal.SIGKILL)
        dead.append(time.monotonic())

    halt = Act(at, before=lambda: hit(worker, signal.SIGSTOP), after=kill)
    workers.office.acts = [halt]
    workers.ring(DELIVER, str(message.pk))
    assert wait_until(lambda: bool(dead), seconds=60), workers.said()
    message.refresh_from_db()
    assert message.state == OutboxMessage.State.SENDING
    return worker


@contextmanager
def hired(folder: Path, office: Office, *, redis: bool) -> Iterator[Workers]:
    """Give workers with a queue of their own: a Redis server's, or files."""
    with ExitStack() as stack:
        server = Server(folder) if redis else None
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setenv("REDIS_URL", server.url if server else "")
        if server:
            server.come()
            stack.callback(server.go)
        workers = Workers(folder, office, redis=server)
        stack.callback(workers.stop)
        yield workers
