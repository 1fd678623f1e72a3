"""Both commands in a fresh Debian that has only python3 and make.

    make try-clean                     Debian 12, demo and test
    make try-clean SUITE=trixie        another suite
    make try-clean STEPS=demo          one of them, or any other target of the Makefile
    make try-clean AS=user             as an ordinary user, after `sudo make system…`
    make try-clean KEEP=1              leave the folder to look at

It all runs in a mount and process namespace of its own, so that nothing stays mounted
and nobody keeps running, however this ends.
"""

import contextlib
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from deploy.demo import page_comes
from deploy.fresh_root import (
    PATH,
    TREE,
    build,
    carried_environment,
    carry_pip,
    mount_all,
)
from deploy.processes import OperatorError, free_port, main, run, say, start, stop

DEMO_SECONDS = 900
STOP_SECONDS = 30
LAST_LINES = 40
# Who AS=user is: nobody in the fresh root before, with a home and no right beyond it.
USER = "somebody"
# What root prepares for each step of an ordinary user's.
PREPARED = {"demo": "system", "test": "system-test", "test-services": "system-services"}
NAMESPACES = "unshare --mount --propagation=private --pid --fork --kill-child"
ME = [sys.executable, "-B", "-m", "deploy.try_clean"]


class Trial:
    """One fresh root and what its steps showed."""

    def __init__(self, root: Path, *, user: str = "") -> None:
        self.root = root
        self.user = user
        self.lines: list[str] = []
        self.failed = False

    @contextlib.contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Time a step; an `OperatorError` in it is noted and the next one follows."""
        say(f"\n=== {title}")
        began = time.monotonic()
        try:
            yield
            outcome = "ok    "
        except OperatorError as error:
            say(str(error))
            self.failed = True
            outcome = "FAILED"
        self.lines.append(f"{outcome} {time.monotonic() - began:6.1f} s  {title}")

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment of a plain shell in the fresh root."""
        home = f"/home/{self.user}" if self.user else "/root"
        plain = {"PATH": PATH, "HOME": home, "LANG": "C.UTF-8", "TERM": "dumb"}
        return carried_environment(os.environ) | plain | more

    def make(self, *words: str) -> list[str]:
        """Return the command that runs make in the fresh root, as whoever tries it."""
        who = [f"--userspec={self.user}:{self.user}"] if self.user else []
        return ["chroot", *who, str(self.root), "make", "-C", f"/{TREE}", *words]

    def prepare(self, steps: Sequence[str]) -> None:
        """Make the user, hand them the files, and install what root alone may."""
        targets = [PREPARED[name] for name in steps if name in PREPARED]
        with self.step(f"as root: make {' '.join(targets)}"):
            enter = ["chroot", str(self.root)]
            home = ["useradd", "--create-home", "--shell", "/bin/sh", self.user]
            own = ["chown", "-R", f"{self.user}:{self.user}", f"/{TREE}"]
            system = ["env", "HOME=/root", "make", "-C", f"/{TREE}", *targets]
            for command in (home, system, own):
                if run([*enter, *command], env=self.environment()) != 0:
                    raise OperatorError(f"{' '.join(command)} failed.")
            carry_pip(self.root, home=f"/home/{self.user}")

    def demo(self, title: str) -> None:
        """Run the demo to its first page, then stop it as Ctrl-C would."""
        port = free_port()
        log = self.root / "var/log/demo.log"
        with log.open("wb") as sink:
            process = start(
                self.make("demo", f"PORT={port}"), env=self.environment(), log=sink
            )
        try:
            with self.step(f"{title}: to the first page"):
                until = time.monotonic() + DEMO_SECONDS
                while not page_comes(port, f"http://localhost:{port}"):
                    if process.poll() is not None or time.monotonic() > until:
                        raise OperatorError("No page came.")
                    time.sleep(0.2)
                time.sleep(2)
            say("\n".join(log.read_text(errors="replace").splitlines()[-LAST_LINES:]))
            with self.step(f"{title}: Ctrl-C to the end of all its processes"):
                os.killpg(process.pid, signal.SIGINT)
                self.wait_for_nobody(process.pid)
        finally:
            stop(process)

    def wait_for_nobody(self, first: int) -> None:
        """Wait until nothing but ourselves runs in this process namespace."""
        until = time.monotonic() + STOP_SECONDS
        while others := processes_beside(os.getpid()):
            with contextlib.suppress(ChildProcessError):
                os.waitpid(-1, os.WNOHANG)
            if time.monotonic() > until:
                raise OperatorError(f"Still running: {', '.join(others)} ({first}).")
            time.sleep(0.1)

    def target(self, name: str) -> None:
        """Run another target of the Makefile to its end."""
        with self.step(f"make {name}"):
            if run(self.make(name), env=self.environment()) != 0:
                raise OperatorError(f"make {name} failed.")


def processes_beside(own: int) -> list[str]:
    """Return the commands that run in this process namespace beside process `own`."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            if int(path.name) != own and words:
                found.append(words.strip())
    return found


def inside(root: Path) -> int:
    """Build the root and run the steps; we are the first process of a namespace."""
    user = USER if os.environ.get("AS") == "user" else ""
    trial = Trial(root, user=user)
    steps = (os.environ.get("STEPS") or "demo test").split()
    suite = os.environ.get("SUITE") or "bookworm"
    with trial.step(f"debootstrap {suite}"):
        build(root, suite=suite)
        mount_all(root)
    if user and not trial.failed:
        trial.prepare(steps)
    if not trial.failed:
        for name in steps:
            if name == "demo":
                trial.demo("make demo, for the first time")
                trial.demo("make demo, again")
            else:
                trial.target(name)
    who = "an ordinary user" if user else "root"
    say("\n".join(["", f"A fresh {suite}, as {who}:", *trial.lines]))
    return int(trial.failed)


def program(arguments: Sequence[str]) -> int:
    """Make the namespaces and the folder, and remove the folder afterwards."""
    if arguments:
        return inside(Path(arguments[0]))
    if os.geteuid() != 0 or not shutil.which("unshare"):
        raise OperatorError("Only root on Linux can try this. Run: sudo make try-clean")
    root = Path(tempfile.mkdtemp(prefix="goodstanding-", dir="/var/tmp"))
    root.chmod(0o755)
    try:
        return run([*NAMESPACES.split(), "--mount-proc", *ME, root])
    finally:
        if os.environ.get("KEEP"):
            say(f"Left for you: {root}")
        else:
            shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    main(program)
