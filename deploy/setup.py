"""Build the project's virtual environment, or find it ready and touch nothing.

    python3 -m deploy.setup run      what the program needs (requirements.txt)
    python3 -m deploy.setup test     what the tests need too (requirements-dev.txt)

A set is ready when its stamp in `.venv` equals a hash of its requirements, Python's
version and the folder's path. A folder without a right stamp, or with the mark of a
build that did not end, is removed and built anew.
"""

import hashlib
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from deploy.processes import ROOT, OperatorError, main, run, say

VENV = ROOT / ".venv"
PYTHON = str(VENV / "bin" / "python")
REQUIREMENTS = {
    "run": "requirements.txt",
    "test": "requirements-dev.txt",
    # In a folder of its own: deploy.audit.
    "audit": "requirements-audit.txt",
}
# What the tests need holds all that the program needs, at the same versions.
SETS = {"run": ("run",), "test": ("run", "test")}


def stamp(name: str, *, root: Path = ROOT) -> str:
    """Return what a set's stamp must say to be ready on this machine, today."""
    seen = hashlib.sha256()
    seen.update(f"{sys.implementation.cache_tag} {root / '.venv'}\n".encode())
    seen.update((root / REQUIREMENTS[name]).read_bytes())
    return seen.hexdigest()


def stamp_file(name: str, *, venv: Path = VENV) -> Path:
    """Return the file that holds a set's stamp."""
    return venv / f".ready-{name}"


def is_ready(name: str, *, root: Path = ROOT) -> bool:
    """Whether everything a set needs is installed, whole and of today's pins."""
    venv = root / ".venv"
    if (venv / ".building").exists() or not (venv / "bin" / "python").exists():
        return False
    held = stamp_file(name, venv=venv)
    return held.is_file() and held.read_text() == stamp(name, root=root)


def set_up(name: str, *, root: Path = ROOT) -> None:
    """Make a set ready.

    Raises:
        OperatorError: when the folder or the packages could not be made.
    """
    if is_ready(name, root=root):
        return
    venv = root / ".venv"
    outdated = stamp_file(name, venv=venv).exists()
    if outdated or not is_ready("run", root=root):
        if venv.exists():
            say("Removing .venv: it was not finished, or made for other pins.")
            shutil.rmtree(venv)
        say("Building .venv")
        if run([sys.executable, "-m", "venv", venv]) != 0:
            raise OperatorError("Python could not make .venv. Run: sudo make system")
    (venv / ".building").touch()
    install(REQUIREMENTS[name], root=root)
    for part in SETS[name]:
        stamp_file(part, venv=venv).write_text(stamp(part, root=root))
    (venv / ".building").unlink()


def install(requirements: str, *, root: Path) -> None:
    """Install the pins of one file, each held against its hash.

    Raises:
        OperatorError: when pip could not, which says why above.
    """
    say(f"Installing {requirements} (a minute or two, once)")
    command: list[str | Path] = [root / ".venv" / "bin" / "python"]
    command += ["-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    command += ["--no-input", "--require-hashes", "--only-binary=:all:"]
    if run([*command, "-r", root / requirements], cwd=root) != 0:
        raise OperatorError(f"pip could not install {requirements}; it says why above.")


def program(arguments: Sequence[str]) -> int:
    """Make the set named on the command line ready."""
    set_up(arguments[0])
    return 0


if __name__ == "__main__":
    main(program)
