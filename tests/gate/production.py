"""The settings as production has them, read from the settings' own file."""

import os
import runpy
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pytest_django import Settings

from tests.ops.project import ROOT

HOST = "portal.example"
# What the machine says of itself, not of the project.
SYSTEM = ("HOME", "LANG", "LC_ALL", "PATH", "TMPDIR")
OF_HTTPS = ("SECURE_", "SESSION_COOKIE_", "CSRF_COOKIE_")


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return what a production process is told, and nothing else of this one's."""
    own = {name: os.environ[name] for name in SYSTEM if name in os.environ}
    return own | {
        "SECRET_KEY": "a-key-of-production-"
        + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
        "BASE_URL": f"https://{HOST}",
        "BEHIND_PROXY": "1",
        "DATABASE_URL": "postgres://goodstanding_web:password@127.0.0.1:1/goodstanding",
        "EMAIL_URL": "smtp+tls://user:password@mail.example:587",
        "DEFAULT_FROM_EMAIL": "Goodstanding <no-reply@portal.example>",
        "DATA_DIR": str(folder / "data"),
        "STATIC_ROOT": str(folder / "static"),
        **more,
    }


def production(folder: Path, **more: str) -> Mapping[str, Any]:
    """Read the settings' file as a production process would."""
    with patch.dict(os.environ, environment(folder, **more), clear=True):
        return runpy.run_path(str(ROOT / "config" / "settings.py"))


def be_behind_https(settings: Settings, folder: Path) -> None:
    """Have cookies and headers as production has them, at production's address."""
    for name, value in production(folder).items():
        if name.startswith(OF_HTTPS):
            setattr(settings, name, value)
    settings.ALLOWED_HOSTS = [HOST]
