"""Time one subject against its reference: `manage.py bench NAME` on data of its own.

    make bench NAME=certs ARGS="--scripts"

A benchmark `tests/bench/<name>.py` whose reference is PostgreSQL's says so in a line
`DATABASE = "postgresql"`; without DATABASE_URL it then gets a private server. Every
other one gets an empty SQLite file in a temporary folder.
"""

import ast
import contextlib
import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from deploy import static
from deploy.processes import ROOT, OperatorError, main, run
from deploy.services import postgresql
from deploy.setup import PYTHON

BENCHES = ROOT / "tests" / "bench"


def names() -> list[str]:
    """Return the names of all benchmarks: the modules with a `main`."""
    return sorted(path.stem for path in BENCHES.glob("*.py") if has_main(path))


def has_main(path: Path) -> bool:
    """Whether a module is a benchmark and no helper of one."""
    body = ast.parse(path.read_text()).body
    return any(
        isinstance(node, ast.FunctionDef) and node.name == "main" for node in body
    )


def database_of(source: str) -> str:
    """Return the database that a benchmark's source asks for, or ''."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            targets = [part.id for part in node.targets if isinstance(part, ast.Name)]
            if "DATABASE" in targets:
                return str(node.value.value)
    return ""


def check_name(name: str) -> None:
    """Make sure that there is such a benchmark.

    Raises:
        OperatorError: with the names there are.
    """
    if name not in names():
        known = ", ".join(names()) or "none yet"
        raise OperatorError(f"NAME={name}: name a benchmark. There are: {known}.")


def program(arguments: Sequence[str]) -> int:
    """Run the benchmark named on the command line; return its status."""
    name, *options = arguments
    check_name(name)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        env = os.environ | {
            "DATA_DIR": folder,
            "FILES_DIR": f"{folder}/files",
            "EMAIL_URL": f"folder://{folder}/mail",
            "SECRET_KEY": "only-for-timing-" * 4,
            "AUDIT_KEY": "only-for-timing-the-trail-" * 3,
            "LOG_LEVEL": "WARNING",
            "DEBUG": "0",
            "DEMO": "0",
        }
        static.collect(env)
        if not os.environ.get("DATABASE_URL"):
            wanted = database_of((BENCHES / f"{name}.py").read_text())
            if wanted == "postgresql":
                env["DATABASE_URL"] = stack.enter_context(postgresql(durable=True))
            if run([PYTHON, "manage.py", "migrate", "--verbosity=0"], env=env) != 0:
                raise OperatorError("The tables could not be made; see above.")
        return run([PYTHON, "manage.py", "bench", name, *options], env=env)


if __name__ == "__main__":
    main(program)
