"""The worked examples that come with the policy pass, each by itself."""

import re
from pathlib import Path

import pytest

from portal.scenarios.running import run_file
from tests.rules.packs_of_tests import invented_book

TESTS = Path(__file__).resolve().parents[1]
FILES = sorted((TESTS / "scenarios").glob("*.toml"))
INVENTED = sorted((TESTS / "rules" / "scenarios").glob("*.toml"))


def test_there_are_examples() -> None:
    assert len(FILES) >= 10
    assert INVENTED


@pytest.mark.parametrize("path", FILES + INVENTED, ids=lambda path: path.stem)
def test_example(path: Path) -> None:
    results = run_file(path, invented_book())
    assert results
    assert [result.line() for result in results if not result.passed] == []


def test_together_they_name_every_rule_that_computes() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in FILES)
    rules = ("A1", "A2", "A4", "A5", "A6", "A7", "A8", "A9", "A10", "A11", "A12")
    cycles = tuple(f"N{number}" for number in range(1, 17))
    licences = ("M5", "M6", "M7", "M8", "M9", "M11", "M12", "M13")
    for rule in (*rules, "A14", "A16", *cycles, *licences, "X6"):
        assert re.search(rf"\b{rule}\b", text), rule


@pytest.mark.parametrize(
    ("old", "new", "want", "got"),
    [
        ("earned = 2.0", "earned = 2.5", "earned = 2.5", "earned = 2.0"),
        ('standing = "due"', 'standing = "late"', '"late"', '"due"'),
        ('certificate = "held"', 'certificate = "none"', '"none"', '"held"'),
        ("2024-11-30]", "2024-12-01]", "2024-12-01]", "2024-11-30]"),
    ],
)
def test_a_wrong_expectation_fails_alone(
    old: str, new: str, want: str, got: str, tmp_path: Path
) -> None:
    text = (TESTS / "scenarios" / "acmss-year.toml").read_text(encoding="utf-8")
    path = tmp_path / "bent.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    failed = [r for r in run_file(path, invented_book()) if not r.passed]
    assert len(failed) == 1
    line = failed[0].line()
    assert line.startswith("FAIL want ")
    assert want in line.split(" got ")[0]
    assert got in line.split(" got ")[1]


def test_an_award_is_awarded_unless_the_outcome_is_named(tmp_path: Path) -> None:
    path = tmp_path / "quiet.toml"
    path.write_text(
        '[[awards]]\nprogram = "acmss"\nactivity = "call"\non = 2025-01-01\n'
        'minutes = 0\nexpect = { rule = "A6" }\n',
        encoding="utf-8",
    )
    (result,) = run_file(path, invented_book())
    assert not result.passed
    assert result.want == 'outcome = "awarded"'
    assert result.got == 'outcome = "refused"'
