"""The checkers look at every app there is."""

import sys
from typing import Any

import pytest

from tests.ops.project import ROOT, apps, pyproject, text

DEPLOY = sorted(path.name for path in (ROOT / "deploy").glob("*.py"))


def linter() -> dict[str, Any]:
    """Return the import linter's settings."""
    found: dict[str, Any] = pyproject()["tool"]["importlinter"]
    return found


def test_the_import_linter_knows_every_app() -> None:
    assert set(linter()["root_packages"]) == {"config", *apps()}


def test_every_app_but_core_keeps_the_order_inside() -> None:
    inside = next(
        contract for contract in linter()["contracts"] if "containers" in contract
    )
    assert set(inside["containers"]) == apps() - {"core"}


def test_every_app_stands_in_the_order_of_apps() -> None:
    order = linter()["contracts"][0]["layers"]
    named = {word.strip("() ") for layer in order for word in layer.split("|")}
    assert named == {"config", "billing", "courses", *apps()}


def test_every_marker_is_explained() -> None:
    markers = pyproject()["tool"]["pytest"]["ini_options"]["markers"]
    named = {line.split(":")[0] for line in markers}
    assert named == {"db", "broker", "matrix", "race", "browser", "drill"}


def test_git_leaves_alone_what_is_built_here() -> None:
    ignored = text(".gitignore").splitlines()
    assert {"/.venv/", "/.cache/", "/.data/", "/.demo/", "/.static/", "/.env"} <= set(
        ignored
    )


@pytest.mark.parametrize("name", DEPLOY)
def test_what_builds_the_venv_needs_none(name: str) -> None:
    lines = text(f"deploy/{name}").splitlines()
    imports = [line for line in lines if line.startswith(("import ", "from "))]
    modules = {line.split()[1].split(".")[0] for line in imports}
    assert modules - set(sys.stdlib_module_names) <= {"deploy"}
