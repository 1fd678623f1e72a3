"""Keep a few long-running processes together: start, look after, end."""

import contextlib
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from deploy.processes import OperatorError, say, start, stop

LAST_LINES = 25
RESTART_SECONDS = 5
MOST_RESTARTS = 3
# Whoever ran this long has got over its troubles.
HEALTHY_SECONDS = 60


class Family:
    """Processes that run together, each with a log of its own in `logs`."""

    def __init__(
        self,
        commands: Mapping[str, Sequence[str]],
        *,
        env: Mapping[str, str],
        logs: Path,
        fds: Mapping[str, Sequence[int]] | None = None,
    ) -> None:
        """Take a command for each name, and which open files of ours it is handed."""
        self.commands = commands
        self.env = env
        self.logs = logs
        self.fds = fds or {}
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.restarts = dict.fromkeys(commands, 0)
        self.started = dict.fromkeys(commands, 0.0)

    def start(self) -> None:
        """Start every process; their logs begin anew."""
        self.logs.mkdir(exist_ok=True)
        for name in self.commands:
            self.log(name).write_bytes(b"")
            self.start_one(name)

    def start_one(self, name: str) -> None:
        """Start one process and add to its log."""
        with self.log(name).open("ab") as log:
            self.processes[name] = start(
                self.commands[name], log=log, env=self.env, fds=self.fds.get(name, ())
            )
        self.started[name] = time.monotonic()

    def log(self, name: str) -> Path:
        """Return the file that a process writes to."""
        return self.logs / f"{name}.log"

    def check(self) -> None:
        """Make sure that all processes run.

        Raises:
            OperatorError: with the last lines of one that ended.
        """
        for name, process in self.processes.items():
            if process.poll() is not None:
                raise OperatorError(self.last_words(name))

    def last_words(self, name: str) -> str:
        """Return how a process ended and what it wrote last."""
        lines = self.log(name).read_text(errors="replace").splitlines()
        status = self.processes[name].returncode
        return "\n".join(
            [
                *lines[-LAST_LINES:],
                "",
                f"{name} ended with status {status}; its last lines stand above.",
            ]
        )

    def look_after(self) -> None:
        """Start a process that ended again, after a while in which one may look.

        Raises:
            OperatorError: when one keeps ending.
        """
        for name, process in list(self.processes.items()):
            if process.poll() is None:
                continue
            if time.monotonic() - self.started[name] > HEALTHY_SECONDS:
                self.restarts[name] = 0
            if self.restarts[name] >= MOST_RESTARTS:
                raise OperatorError(self.last_words(name))
            self.restarts[name] += 1
            say(f"{self.last_words(name)}\nIt starts again in {RESTART_SECONDS} s.")
            time.sleep(RESTART_SECONDS)
            stop(process)
            self.start_one(name)

    def stop(self) -> None:
        """End all processes, asked at the same time."""
        for process in self.processes.values():
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
        for process in self.processes.values():
            stop(process)
