"""Choose the newest allowed version of every package, and pin it with its hashes.

    make pins

Reads pyproject.toml, writes the requirements files, then asks the
package index whether each pin has a ready-made file for every Python we support.
Addresses stay out of both files: whoever installs chooses the index.
"""

import shutil
import tempfile
from collections.abc import Sequence

from deploy.processes import OperatorError, main, output, run, say
from deploy.setup import REQUIREMENTS

PYTHONS = ("3.11", "3.12", "3.13")
COMPILE = (
    "uv pip compile --quiet --upgrade --universal --python-version 3.11"
    " --generate-hashes --no-annotate --no-header"
)
TRY = "uv pip install --dry-run --no-deps --require-hashes --only-binary :all:"
FILES = {
    REQUIREMENTS["run"]: "pyproject.toml",
    REQUIREMENTS["test"]: "pyproject.toml --group dev -c requirements.txt",
    REQUIREMENTS["audit"]: "--group pyproject.toml:audit",
}


def check_wheels(requirements: str, python: str) -> None:
    """Make sure that each pin has a wheel for this Python on this kind of machine.

    Raises:
        OperatorError: with uv's words about the pin that has none.
    """
    with tempfile.TemporaryDirectory(prefix="goodstanding-") as folder:
        command = (
            "uv pip install --dry-run --no-deps --require-hashes --only-binary :all:"
        )
        options = ["--python-version", python, "--target", folder, "-r", requirements]
        status, text = output([*command.split(), *options])
    if status != 0:
        raise OperatorError(f"{text}\n{requirements} does not install on {python}.")


def program(_: Sequence[str]) -> int:
    """Write both files and hold them against every Python."""
    if not shutil.which("uv"):
        raise OperatorError("Pins are chosen with uv. Install it: pipx install uv")
    for name, options in FILES.items():
        say(f"Choosing {name}")
        if run([*COMPILE.split(), *options.split(), "-o", name]) != 0:
            raise OperatorError(f"{name} was not written; uv says why above.")
        for python in PYTHONS:
            check_wheels(name, python)
    say(f"Every pin has a wheel for Python {', '.join(PYTHONS)}.")
    return 0


if __name__ == "__main__":
    main(program)
