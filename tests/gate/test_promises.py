"""Whatever docs/security.md promises is proved by a test that is there and runs."""

import ast
import re
from pathlib import Path

import pytest

from tests.ops.project import ROOT, text

PROMISE = re.compile(r"^- (?P<says>.+) — (?P<path>tests/\S+\.py)::(?P<test>test_\w+)$")
SECTIONS = (
    "Tenants",
    "Signing in",
    "Single sign-on",
    "Tokens and the API",
    "The trail",
    "Money",
    "Applications in a cycle",
    "Education that reports itself",
    "The good-standing report",
    "Audits",
    "Two accounts of one person",
    "Files",
    "Courses",
    "Headers, errors, secrets",
    "The gate outside",
)


def parts() -> dict[str, list[str]]:
    """Return each section's lines, by its heading."""
    found = re.split(r"^## (.+)$", text("docs/security.md"), flags=re.M)[1:]
    return {
        name: [line for line in body.splitlines() if line]
        for name, body in zip(found[::2], found[1::2], strict=True)
    }


PROMISES = [(name, line) for name in SECTIONS for line in parts().get(name, ())]


def functions_in(path: Path) -> set[str]:
    """Return the tests a file has, where pytest would collect them."""
    tree = ast.parse(path.read_text())
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_each_subject_promises_something() -> None:
    assert list(parts()) == [*SECTIONS, "Not yet"]
    assert all(parts()[name] for name in SECTIONS)


@pytest.mark.parametrize("name", SECTIONS)
def test_each_promise_names_a_test_that_exists(name: str) -> None:
    lost = []
    for line in parts()[name]:
        match = PROMISE.fullmatch(line)
        if match is None:
            lost.append(f"no promise: {line}")
        elif not (ROOT / match["path"]).is_file():
            lost.append(f"no file: {match['path']}")
        elif match["test"] not in functions_in(ROOT / match["path"]):
            lost.append(f"no test: {match['path']}::{match['test']}")
    assert lost == []


def test_no_test_named_is_left_out_of_the_suite() -> None:
    """No long run and no skip without a condition stands for a promise."""
    left_out = []
    for _, line in PROMISES:
        match = PROMISE.fullmatch(line)
        assert match is not None
        source = (ROOT / match["path"]).read_text()
        before = source.split(f"def {match['test']}(")[0].rsplit("\n\n\n", 1)[-1]
        module = re.findall(r"^pytestmark = .*?(?=\n\S|\Z)", source, re.M | re.S)
        marks = before + "".join(module)
        if re.search(r"mark\.(?:drill|skip\b|xfail)", marks):
            left_out.append(match["test"])
        if not Path(match["path"]).name.startswith("test_"):
            left_out.append(match["path"])
    assert left_out == []


def test_nothing_is_promised_twice() -> None:
    lines = [line for _, line in PROMISES]
    assert len(lines) == len(set(lines))
