"""Tests are shared out among workers as the Makefile asks."""

import pytest

from tests.ops.project import ROOT, run, text
from tests.sharing_out import ALWAYS, TOGETHER, is_left

CASES = [f"tests/ce/test_credit.py::test_{number}" for number in range(800)]


def test_what_stays_together_is_there_and_asked_for() -> None:
    assert "--dist loadgroup" in text("Makefile")
    assert {folder for folder in TOGETHER if not (ROOT / folder).is_dir()} == set()


def test_what_both_databases_must_refuse_is_there() -> None:
    assert {folder for folder in ALWAYS if not (ROOT / folder).is_dir()} == set()


@pytest.mark.parametrize(("mark", "part"), [("db", 8), ("matrix", 32), ("race", 8)])
def test_postgresqls_run_is_left_all_but_a_part_of_what_it_tests(
    mark: str, part: int
) -> None:
    left = [each for each in CASES if is_left(each, {mark})]
    both = len(CASES) - len(left)
    assert 0.7 * len(CASES) / part < both < 1.3 * len(CASES) / part
    assert left == [each for each in CASES if is_left(each, {mark})]


@pytest.mark.parametrize(
    ("folder", "marks"),
    [("ce", set()), ("browser", {"browser"}), ("db", {"db"}), ("ce", {"broker", "db"})],
)
def test_nothing_else_is_left(folder: str, marks: set[str]) -> None:
    cases = [each.replace("/ce/", f"/{folder}/") for each in CASES]
    assert not any(is_left(each, marks) for each in cases)


@pytest.mark.parametrize(
    ("goals", "once"),
    [
        (["test"], "0"),
        (["test-services"], "1"),
        (["lint", "test", "test-services"], "1"),
    ],
)
def test_tests_are_left_to_a_run_that_follows_alone(
    goals: list[str], once: str
) -> None:
    said = run("make", "-n", "PYTHON=true", *goals).stdout
    words = [line for line in said.splitlines() if "GOODSTANDING_ONCE" in line]
    assert all(f"GOODSTANDING_ONCE={once}" in line for line in words)
    assert bool(words) == ("test" in goals)
