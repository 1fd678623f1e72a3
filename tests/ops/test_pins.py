"""Every package is pinned and hashed, and nothing says where it comes from."""

import re

import pytest

from deploy.pins import FILES, PYTHONS
from deploy.setup import REQUIREMENTS
from tests.ops.project import pins, pyproject, text

NAME = re.compile(r"[A-Za-z0-9._-]+")


def names(requirements: list[str]) -> set[str]:
    """Return the packages of a list in pyproject.toml, spelled as pins are."""
    found = [NAME.match(line) for line in requirements]
    return {re.sub(r"[._]", "-", match[0]).lower() for match in found if match}


@pytest.mark.parametrize("name", list(FILES))
def test_every_pin_is_hashed_and_no_address_is_named(name: str) -> None:
    assert "://" not in text(name)
    assert "--index" not in text(name)
    entries = re.split(r"\n(?=[a-z0-9])", text(name).strip())
    assert len(entries) == len(pins(name))
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_what_we_ask_for_is_pinned() -> None:
    project = pyproject()
    asked = names(project["project"]["dependencies"])
    assert asked <= set(pins(REQUIREMENTS["run"]))
    dev = names(project["dependency-groups"]["dev"])
    assert dev <= set(pins(REQUIREMENTS["test"]))


def test_tests_run_on_the_same_versions() -> None:
    run, test = (pins(REQUIREMENTS[name]) for name in ("run", "test"))
    assert run.items() <= test.items()


def test_every_supported_python_is_asked_about() -> None:
    assert pyproject()["project"]["requires-python"] == f">={PYTHONS[0]}"
    assert PYTHONS == ("3.11", "3.12", "3.13")
