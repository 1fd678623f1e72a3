"""A body is added with a file of data: its code occurs in no Python (X1).

Tests and demonstration data may name one; everything else gets it from a pack or a row.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from credentials.policy import programs

ROOT = Path(__file__).resolve().parents[2]
DEMO = re.compile(r"(^|/)demo(/|\.py$|_[a-z_]+\.py$)")
NOT_OURS = {".venv", ".git", ".cache", ".data", "node_modules", "staticfiles"}
ANNOUNCED = {"acmss", "namss", "mms"}


def python_files() -> Iterator[Path]:
    """Every Python file of the project but tests and demonstration data."""
    for path in sorted(ROOT.rglob("*.py")):
        inside = path.relative_to(ROOT)
        if inside.parts[0] == "tests" or NOT_OURS & set(inside.parts):
            continue
        if not DEMO.search(inside.as_posix()):
            yield path


def codes_in(text: str) -> set[str]:
    """Find the body codes in a text, whatever their case, as words of their own."""
    words = "|".join(sorted(ANNOUNCED | set(programs())))
    found = re.findall(rf"(?<![a-z0-9])({words})(?![a-z0-9])", text, re.IGNORECASE)
    return {word.lower() for word in found}


def test_no_body_code_in_python() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): codes
        for path in python_files()
        if (codes := codes_in(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_the_search_sees_the_project() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in python_files()}
    assert "credentials/policy/book.py" in names
    assert not any(name.startswith("tests/") for name in names)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('program == "acmss"', {"acmss"}),
        ("if body_ACMSS:", {"acmss"}),
        ("# as NAMSS asks", {"namss"}),
        ("mms_ce = 1", {"mms"}),
        ("comms = terms", set()),
        ("programs()", set()),
    ],
)
def test_a_sample_of_each(text: str, codes: set[str]) -> None:
    assert codes_in(text) == codes
