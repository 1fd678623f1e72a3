"""Where cookies are bound to the host and to secure connections."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.test_environment import start

PLAINLY = ("http://portal.example", "http://10.0.0.1:8000")


@pytest.mark.parametrize("value", PLAINLY)
def test_plain_http_serves_localhost_and_demonstrations_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, value: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^BASE_URL\b"):
        start(monkeypatch, tmp_path, BASE_URL=value)
    start(monkeypatch, tmp_path, BASE_URL=value, DEMO="1")


@pytest.mark.parametrize(
    ("base", "demo", "bound"),
    [
        ("https://portal.example", "0", True),
        ("https://portal.example", "1", True),
        ("http://localhost:8000", "0", True),
        ("http://localhost:8000", "1", False),
    ],
)
def test_cookies_are_bound_to_host_and_secure_connections(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    base: str,
    demo: str,
    *,
    bound: bool,
) -> None:
    found = start(monkeypatch, tmp_path, BASE_URL=base, DEMO=demo)
    for name in ("SESSION", "CSRF"):
        assert found[f"{name}_COOKIE_NAME"].startswith("__Host-") is bound
        assert found[f"{name}_COOKIE_SECURE"] is bound
        assert found[f"{name}_COOKIE_HTTPONLY"] is True
        assert found.get(f"{name}_COOKIE_SAMESITE", "Lax") == "Lax"
        assert found.get(f"{name}_COOKIE_DOMAIN") is None
        assert found.get(f"{name}_COOKIE_PATH", "/") == "/"
    assert found["KNOWN_BROWSER_COOKIE_NAME"].startswith("__Host-") is bound
