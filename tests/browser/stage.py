"""The project's own processes, in demonstration mode, with data of their own.

A stage tells the demonstration's story once and copies it back between tests, which
costs a moment where telling it anew costs seconds. Without DATABASE_URL the rows lie in
SQLite; with one, in a database that the stage makes on that server and drops.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

from redis import Redis

from deploy import demo, static
from deploy.processes import OperatorError, free_port, output, start, wait_until
from deploy.setup import PYTHON
from tests.billing.stripe_fake import KEY, SECRET, Far, far_side
from tests.browser.letters import read
from tests.browser.rows import Rows, rows_in

START_SECONDS = 90
REST_SECONDS = 60
# What the processes take over from whoever runs the tests; all else is said below.
INHERITED = ("HOME", "LANG", "LC_ALL", "PATH", "TMPDIR", "XDG_CACHE_HOME")


def own_queue(redis_url: str) -> str:
    """Name another of a Redis server's databases: other tests ring bells in one."""
    return urlsplit(redis_url)._replace(path="/9").geturl() if redis_url else ""


class Stage:
    """Web and worker on a free port, and the story they stand in."""

    def __init__(self, folder: Path, rows: Rows, far: Far) -> None:
        """Take a folder, a database and a card provider; nothing runs yet."""
        self.folder = folder
        self.rows = rows
        self.far = far
        self.port = free_port()
        self.base = f"http://localhost:{self.port}"
        self.mail_folder = folder / "mail"
        far.hooks = f"{self.base}/payments/stripe/events/"
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._usual = True

    def environment(self, **more: str) -> dict[str, str]:
        """Return what the processes are told, and no more than that."""
        kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
        return kept | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DEMO": "1",
            "SECRET_KEY": "key-of-the-browser-tests-" * 3,
            "AUDIT_KEY": "key-of-the-browser-tests-trail-" * 3,
            "BASE_URL": self.base,
            "DATA_DIR": str(self.folder),
            "FILES_DIR": str(self.folder / "files"),
            "STATIC_ROOT": str(static.COLLECTED),
            "EMAIL_URL": f"folder://{self.mail_folder}",
            "MAIL_RETRY_SECONDS": "1",
            "OUTGOING_LOCALHOST": "1",
            "DEMO_START_OVER": str(self.folder / "start-over"),
            "STRIPE_SECRET_KEY": KEY,
            "STRIPE_WEBHOOK_SECRET": SECRET,
            "STRIPE_API_BASE": self.far.base,
            "LOG_LEVEL": "WARNING",
            "PYTHONUNBUFFERED": "1",
            "REDIS_URL": own_queue(os.environ.get("REDIS_URL", "")),
            **self.rows.played,
            **more,
        }

    def tell_story(self) -> None:
        """Make the tables and the demonstration's people, and keep a copy of them."""
        # Bells rung meanwhile would only keep the worker from the tests' work.
        telling = self.folder / "telling"
        env = self.environment(
            REDIS_URL="", DATA_DIR=str(telling), FILES_DIR=str(telling / "files")
        )
        env |= self.rows.told
        static.collect(env)
        for command in (["migrate", "--no-input", "--verbosity=0"], ["demo"]):
            status, text = output([PYTHON, "manage.py", *command], env=env)
            if status != 0:
                raise OperatorError(text)
        self.rows.keep()
        self._lay_out_files()

    def _lay_out_files(self) -> None:
        """Put back what people of the story sent in, and nothing else."""
        shutil.rmtree(self.folder / "files", ignore_errors=True)
        told = self.folder / "telling" / "files"
        if told.exists():
            shutil.copytree(told, self.folder / "files")

    def start(self) -> None:
        """Start web and worker, and wait for the first page."""
        self._start("web")
        self.start_worker()
        wait_until(
            lambda: self._page_comes() or self._ended("web"), seconds=START_SECONDS
        )
        if not self._page_comes():
            raise OperatorError(self.log("web"))

    def start_worker(self, **environment: str) -> None:
        """Start a worker, told more than usual where a test wants that."""
        self._start("worker", **environment)
        self._usual = not environment

    def kill_worker(self) -> None:
        """Take the worker and its children away as a lost machine would."""
        self._kill("worker")

    def lose_web(self) -> None:
        """Take the web away as a lost machine would, and start another."""
        self._kill("web")
        self._start("web")
        if not wait_until(self._page_comes, seconds=START_SECONDS):
            raise OperatorError(self.log("web"))

    def stop(self) -> None:
        """End everything; whatever it still had to do is thrown away anyhow."""
        for name in list(self._processes):
            self._kill(name)

    def _kill(self, name: str) -> None:
        process = self._processes.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def reset(self) -> None:
        """Go back to the story's beginning; a worker that was taken away comes back."""
        if "worker" in self._processes and not self._may_stay():
            self.kill_worker()
        self.rows.restore()
        if "worker" not in self._processes:
            self._forget_bells()
        self.forget_limits()
        shutil.rmtree(self.folder / "mail", ignore_errors=True)
        self._lay_out_files()
        if "worker" not in self._processes:
            self.start_worker()

    def _forget_bells(self) -> None:
        """Leave to the next worker nothing that was asked for in another story."""
        if url := own_queue(os.environ.get("REDIS_URL", "")):
            with contextlib.closing(Redis.from_url(url)) as queue:
                queue.flushdb()

    def _may_stay(self) -> bool:
        usual = self._usual and not self.rows.abrupt
        return usual and self._comes_to_rest()

    def settle(self) -> None:
        """Wait until the worker has nothing left to do."""
        if not self._comes_to_rest():
            raise AssertionError(f"Work is left over.\n{self.log('worker')}")

    def _comes_to_rest(self) -> bool:
        return wait_until(
            lambda: self.rows.idle() or self._ended("worker"), seconds=REST_SECONDS
        ) and not self._ended("worker")

    def forget_limits(self) -> None:
        """Let everybody ask as often as if they had not asked yet."""
        shutil.rmtree(self.folder / "cache", ignore_errors=True)

    def letters(self) -> list[EmailMessage]:
        """Read what was mailed in this story, in any order."""
        return [read(path.read_bytes()) for path in self.mail_folder.glob("[!.]*.eml")]

    def log(self, name: str) -> str:
        """Read what a process has said."""
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def _start(self, name: str, **environment: str) -> None:
        command = demo.commands(f"127.0.0.1:{self.port}")[name]
        with (self.folder / f"{name}.log").open("ab") as log:
            self._processes[name] = start(
                command,
                log=log,
                env=self.environment(**self.rows.role(name), **environment),
            )

    def _ended(self, name: str) -> bool:
        return self._processes[name].poll() is not None

    def _page_comes(self) -> bool:
        return demo.page_comes(self.port, self.base)


@contextlib.contextmanager
def staged() -> Iterator[Stage]:
    """Give a running stage, and leave nothing of it behind."""
    with contextlib.ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="goodstanding-stage-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        rows, far = (
            stack.enter_context(rows_in(folder)),
            stack.enter_context(far_side()),
        )
        stage = Stage(folder, rows, far)
        stack.callback(stage.stop)
        stage.tell_story()
        stage.start()
        yield stage
