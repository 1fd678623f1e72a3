"""The files of the project as tests of this folder read them."""

import re
import subprocess
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]


def text(name: str) -> str:
    """Return a file's text by its path in the project."""
    return (ROOT / name).read_text()


def targets() -> dict[str, str]:
    """Return each target of the Makefile with its recipe."""
    found = re.findall(r"^([a-z-]+):(?!=).*\n((?:\t.*\n)*)", text("Makefile"), re.M)
    return dict(found)


@cache
def compose() -> dict[str, Any]:
    """Return docker-compose.yml as data, its variables left as they stand."""
    data: dict[str, Any] = yaml.safe_load(text("docker-compose.yml"))
    return data


@cache
def pyproject() -> dict[str, Any]:
    """Return pyproject.toml as data."""
    return tomllib.loads(text("pyproject.toml"))


def pins(name: str) -> dict[str, str]:
    """Return the packages of a requirements file with their versions."""
    return dict(re.findall(r"^([a-z0-9-]+)(?:\[[^]]*\])?==(\S+)", text(name), re.M))


def apps() -> set[str]:
    """Return our own apps."""
    return {name for name in settings.INSTALLED_APPS if (ROOT / name).is_dir()}


def run(
    *command: str, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command in the project and catch what it says."""
    return subprocess.run(  # noqa: S603  (commands of ours, never a shell)
        command, cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
