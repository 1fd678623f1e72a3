"""Collect static files under hashed names, when any of them has changed.

    python -m deploy.static

The files come from `static/` and, as far as they are needed, from the pinned packages,
so their stamp is a hash of the one and of the pins and the choice of the other.
"""

import fcntl
import hashlib
import sys
from collections.abc import Mapping, Sequence

from deploy.processes import ROOT, OperatorError, main, output, run, say
from deploy.setup import PYTHON, REQUIREMENTS

COLLECTED = ROOT / ".static"
STAMP = COLLECTED / ".ready"
# What the packages bring and no page of ours asks for: thousands of files.
IGNORED = (
    "drf_spectacular_sidecar/redoc/*",
    "fontawesome/css/*",
    "fontawesome/js/*",
    "fontawesome/sprites/*",
    "fontawesome/svgs/*",
    "rest_framework/*",
)


def stamp() -> str:
    """Return what the stamp must say when the collected files are today's."""
    seen = hashlib.sha256((ROOT / REQUIREMENTS["run"]).read_bytes())
    seen.update(" ".join(IGNORED).encode())
    seen.update((ROOT / "core/static_files.py").read_bytes())
    for path in sorted((ROOT / "static").rglob("*")):
        if path.is_file():
            seen.update(f"\0{path.relative_to(ROOT)}\0".encode())
            seen.update(path.read_bytes())
    return seen.hexdigest()


def collect(environment: Mapping[str, str]) -> None:
    """Collect static files unless they are collected already, one caller at a time.

    Raises:
        OperatorError: with what the command printed, when it fails.
    """
    COLLECTED.parent.joinpath(".cache").mkdir(exist_ok=True)
    with COLLECTED.parent.joinpath(".cache", "static.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _collect(environment)


def _collect(environment: Mapping[str, str]) -> None:
    wanted = stamp()
    if STAMP.is_file() and STAMP.read_text() == wanted:
        return
    say("Collecting static files")
    STAMP.unlink(missing_ok=True)
    env = dict(environment) | {"STATIC_ROOT": str(COLLECTED)}
    status, text = output(command(PYTHON), env=env)
    if status != 0:
        raise OperatorError(text)
    STAMP.write_text(wanted)


def command(python: str) -> list[str]:
    """Return the command that collects what pages ask for."""
    collect = [python, "manage.py", "collectstatic", "--no-input", "--clear"]
    return collect + [f"--ignore={pattern}" for pattern in IGNORED]


def program(_: Sequence[str]) -> int:
    """Collect into the folder that STATIC_ROOT names, with the Python that runs us."""
    return run(command(sys.executable))


if __name__ == "__main__":
    main(program)
