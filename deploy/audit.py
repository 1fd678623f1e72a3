"""Ask whether a pinned package is known to be bad; say so when nobody could tell.

    python3 -m deploy.audit     0: looked, and clean   1: found   2: could not look
    make audit-deps             the same; make turns every status but 0 into 2

The tool lives in a folder of its own, from pins of its own. It reports nothing wrong
where its service answered nothing, so it is first asked about a version that is known
to be bad, and every pin must come back in its answer.
"""

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deploy.processes import ROOT, OperatorError, main, output, run, say
from deploy.setup import REQUIREMENTS

CLEAN, FOUND, BLIND = 0, 1, 2
VENV = ROOT / ".cache" / "audit"
PIN = re.compile(r"^([a-z0-9-]+)(?:\[[^]]*\])?==([^\s;\\]+)", re.MULTILINE)
# Bad since 2023 and for ever (CVE-2023-36053, among others).
KNOWN_BAD = {"django": "4.2.1"}
# One version of a file of pins to what the tool wrote about it; None: nothing.
Ask = Callable[[Path], "str | None"]


@dataclass
class Answer:
    """What the tool said of some pins."""

    bad: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)


def pins(text: str) -> dict[str, str]:
    """Return each pinned package with its version."""
    return dict(PIN.findall(text))


def read(written: str | None, asked: Mapping[str, str]) -> Answer:
    """Read the tool's JSON; a pin that is not in it was not looked up."""
    try:
        told = json.loads(written or "")["dependencies"]
        lines = {str(each["name"]).lower().replace("_", "-"): each for each in told}
    except (ValueError, KeyError, TypeError):
        return Answer(unseen=sorted(asked))
    answer = Answer()
    for name, version in sorted(asked.items()):
        line = lines.get(name, {"skip_reason": "not in the answer"})
        if "vulns" not in line or line.get("version") != version:
            answer.unseen.append(name)
        elif line["vulns"]:
            ids = ", ".join(str(each["id"]) for each in line["vulns"])
            answer.bad.append(f"{name} {version}: {ids}")
    return answer


def judge(ask: Ask, files: Sequence[Path], folder: Path) -> int:
    """Ask about the known bad version, then about every file; say what came out."""
    bait = folder / "known-bad.txt"
    bait.write_text("".join(f"{name}=={of}\n" for name, of in KNOWN_BAD.items()))
    if not read(ask(bait), KNOWN_BAD).bad:
        say("Could not look: nothing wrong was told of a version known to be bad.")
        return BLIND
    status = CLEAN
    for path in files:
        asked = pins(path.read_text())
        answer = read(ask(path), asked)
        for line in answer.bad:
            say(f"Found in {path.name}: {line}")
        if answer.unseen:
            say(f"Could not look up in {path.name}: {', '.join(answer.unseen)}")
        if not answer.bad and not answer.unseen:
            say(f"Looked and clean: {path.name}, {len(asked)} packages")
        worst = FOUND if answer.bad else BLIND if answer.unseen else CLEAN
        status = FOUND if FOUND in {status, worst} else max(status, worst)
    return status


def tool() -> Path:
    """Give the tool, installed from its own pins where it is not yet.

    Raises:
        OperatorError: it could not be installed.
    """
    program, stamp = VENV / "bin" / "pip-audit", VENV / ".ready"
    wanted = (ROOT / REQUIREMENTS["audit"]).read_text()
    if stamp.is_file() and stamp.read_text() == wanted and program.exists():
        return program
    shutil.rmtree(VENV, ignore_errors=True)
    say("Installing the tool")
    install: list[str | Path] = [
        VENV / "bin" / "python",
        "-m",
        "pip",
        "install",
        "-qq",
        "--no-input",
    ]
    install += ["--require-hashes", "--only-binary=:all:"]
    made = run([sys.executable, "-m", "venv", VENV]) == 0
    if not made or run([*install, "-r", ROOT / REQUIREMENTS["audit"]]) != 0:
        raise OperatorError("Could not look: the tool was not installed, see above.")
    stamp.write_text(wanted)
    return program


def asking(program: Path, folder: Path) -> Ask:
    """Give what asks the tool about one file."""

    def ask(path: Path) -> str | None:
        written = folder / f"{path.stem}.json"
        command: list[str | Path] = [
            program,
            "--no-deps",
            "--disable-pip",
            "--progress-spinner",
            "off",
        ]
        _, said = output([*command, "-f", "json", "-o", written, "-r", path])
        if not written.is_file():
            say(said)
            return None
        return written.read_text()

    return ask


def program(_: Sequence[str]) -> int:
    """Look at everything that is pinned."""
    files = [ROOT / name for name in REQUIREMENTS.values()]
    with tempfile.TemporaryDirectory(prefix="goodstanding-") as name:
        folder = Path(name)
        try:
            return judge(asking(tool(), folder), files, folder)
        except OperatorError as problem:
            say(str(problem))
            return BLIND


if __name__ == "__main__":
    main(program)
