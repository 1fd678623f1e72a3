"""Packs and rules stand alone: no Django, no clock, no file but the packs."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PURE = (
    "billing/rules",
    "credentials/policy",
    "ce_credits/rules",
    "renewals/rules",
    "courses/rules",
)
# How days and money read stands in core, for everybody, and is as pure.
OURS = (
    "billing.rules",
    "core.words",
    "credentials.policy",
    "credentials.rules",
    "ce_credits.rules",
    "renewals.rules",
    "courses.rules",
)
# Text in, text out: what makes a course's page of Markdown, and makes it harmless.
LIBRARIES = {"courses/rules/pages.py": ("markdown_it", "nh3")}
CLOCKS = {"today", "now", "utcnow", "fromtimestamp"}


def pure_files() -> list[Path]:
    found = [path for folder in PURE for path in sorted((ROOT / folder).rglob("*.py"))]
    alone = [ROOT / "core" / "words.py", ROOT / "credentials" / "rules.py"]
    return [*alone, *found]


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            yield node.module or ""


@pytest.mark.parametrize("path", pure_files(), ids=lambda p: p.stem)
def test_they_import_the_standard_library_and_each_other(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    more = LIBRARIES.get(path.relative_to(ROOT).as_posix(), ())
    for name in imported(tree):
        standard = name.split(".")[0] in sys.stdlib_module_names and name != "time"
        assert standard or name.startswith((*OURS, *more)), f"{path}: {name}"


@pytest.mark.parametrize("path", pure_files(), ids=lambda p: p.stem)
def test_they_ask_no_clock_and_know_no_float(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            assert node.attr not in CLOCKS, f"{path}: .{node.attr}"
        if isinstance(node, ast.Constant):
            assert not isinstance(node.value, float), f"{path}: {node.value}"


def test_they_load_without_django() -> None:
    code = (
        "import sys, billing.rules, credentials.policy, credentials.rules;"
        "import ce_credits.rules, renewals.rules, courses.rules;"
        "credentials.policy.programs();"
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)  # noqa: S603 - our own interpreter
    assert done.returncode == 0
