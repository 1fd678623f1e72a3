"""Reads the environment strictly, so a wrong value names itself at the start."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import environ
import structlog
from django.core.exceptions import ImproperlyConfigured

from config.logs import without_secrets

env = environ.Env()

# A host's name or number; that of IPv6 stands in brackets, save where it was read out.
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[?[0-9a-f:.]*:[0-9a-f:.]*\]?", re.I)
_ROLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
KEY_WORDS = (
    "SECRET_KEY: set at least 50 random characters, for example from "
    "`python3 -c 'import secrets; print(secrets.token_urlsafe(64))'`."
)
AUDIT_KEY_WORDS = (
    "AUDIT_KEY: set at least 50 random characters, others than SECRET_KEY's."
)


def flag(name: str, *, default: bool) -> bool:
    """Read 0/1, true/false, yes/no, on/off.

    Raises:
        ImproperlyConfigured: for any other word, with the variable's name.
    """
    words = {"1": True, "true": True, "yes": True, "on": True}
    words |= {"0": False, "false": False, "no": False, "off": False, "": default}
    value = env.str(name, default="").strip().lower()
    if value not in words:
        raise ImproperlyConfigured(f"{name}={value!r}: write 1 or 0.")
    return words[value]


def positive(name: str, *, default: int) -> int:
    """Read a whole number above 0.

    Raises:
        ImproperlyConfigured: for anything else, with the variable's name.
    """
    value = env.str(name, default=str(default)).strip()
    if not value.isascii() or not value.isdigit() or int(value) < 1:
        raise ImproperlyConfigured(f"{name}={value!r}: write a whole number above 0.")
    return int(value)


def folder(name: str, *, default: Path) -> Path:
    """Read a folder's absolute path.

    Raises:
        ImproperlyConfigured: for a relative path, or a path that is a file.
    """
    path = Path(env.str(name, default=str(default)) or default)
    if not path.is_absolute() or path.is_file():
        raise ImproperlyConfigured(
            f"{name}={str(path)!r}: write the absolute path of a folder."
        )
    return path


def secret_key(*, demo: bool, debug: bool) -> str:
    """Read SECRET_KEY; only a demo or a developer's machine may serve without one.

    Commands that sign nothing run without a key; `config.wsgi` does not start.
    """
    key = env.str("SECRET_KEY", default="")
    if not key and (demo or debug):
        return "demo-only-key-demo-only-key-demo-only-key-demo-only-key"
    if key and len(key) < 50:
        raise ImproperlyConfigured(KEY_WORDS)
    return key


def audit_key(*, demo: bool, debug: bool) -> str:
    """Read AUDIT_KEY; only a demo or a developer's machine may work without one.

    Commands that write no entry run without a key; `config.wsgi` does not start.
    """
    key = env.str("AUDIT_KEY", default="")
    if not key and (demo or debug):
        return "demo-only-key-of-the-trail-demo-only-key-of-the-trail"
    if key and len(key) < 50:
        raise ImproperlyConfigured(AUDIT_KEY_WORDS)
    return key


def rate(name: str, *, default: str) -> str:
    """Read how often somebody may ask, such as 60/min.

    Raises:
        ImproperlyConfigured: for anything else, with the variable's name.
    """
    value = env.str(name, default="") or default
    if not re.fullmatch(r"[1-9][0-9]*/(sec|second|min|minute|hour|day)", value):
        raise ImproperlyConfigured(
            f"{name}={value!r}: write a number and a time, such as 60/min."
        )
    return value


def address_parts(value: str, words: str) -> SplitResult:
    """Take an address apart.

    Raises:
        ImproperlyConfigured: with these words alone, where a part can't be read: what
            stands in the place of a port may belong to a password.
    """
    with suppress(ValueError):
        parts = urlsplit(value)
        if parts.port != 0:
            return parts
    raise ImproperlyConfigured(words)


def base_url(name: str, *, default: str) -> str:
    """Read the address people type, without a path or a closing slash."""
    value = env.str(name, default=default).rstrip("/")
    words = f"{name}={value!r}: write an address such as https://portal.example."
    parts = address_parts(value, words)
    usable = parts.scheme in {"http", "https"} and _HOST.fullmatch(parts.hostname or "")
    # Whatever else an address may have is no part of where the program is found.
    if not usable or value != f"{parts.scheme}://{parts.netloc}" or "@" in value:
        raise ImproperlyConfigured(words)
    return value


def secure_cookies(base_url: str, *, demo: bool) -> bool:
    """Say whether cookies are bound to this host and to secure connections.

    They are, save in a demonstration over plain http: some browsers would not keep
    them there, not even from localhost.

    Raises:
        ImproperlyConfigured: for plain http anywhere else, where no browser would keep
            them, and passwords would be read on the way.
    """
    parts = urlsplit(base_url)
    if parts.scheme == "https":
        return True
    if demo:
        return False
    if parts.hostname not in LOCAL:
        raise ImproperlyConfigured(
            f"BASE_URL={base_url!r}: write https://. Without it the program serves "
            "localhost, or a demonstration (DEMO=1)."
        )
    return True


def hosts(name: str, *, base_url: str) -> list[str]:
    """Read the host names we answer to; BASE_URL's own is always one of them.

    Raises:
        ImproperlyConfigured: for what is no host's name, with the variable's name.
    """
    names = [each.strip() for each in env.list(name, default=[]) if each.strip()]
    wrong = [each for each in names if not _HOST.fullmatch(each.removeprefix("."))]
    if wrong:
        raise ImproperlyConfigured(
            f"{name}: {wrong[0]!r} is no host. Write names such as portal.example, "
            "without http:// or a port; * is not accepted."
        )
    own = urlsplit(base_url).hostname or "localhost"
    return sorted({own, *names, *(["127.0.0.1"] if own == "localhost" else [])})


def proxy_header() -> tuple[str, str] | None:
    """Trust X-Forwarded-Proto only where a proxy of ours is said to set it."""
    trusted = flag("BEHIND_PROXY", default=False)
    return ("HTTP_X_FORWARDED_PROTO", "https") if trusted else None


def database(data_dir: Path) -> dict[str, Any]:
    """Read DATABASE_URL; without one, SQLite in DATA_DIR.

    DATABASE_ROLE makes every connection work as that PostgreSQL role.
    """
    role = env.str("DATABASE_ROLE", default="")
    if role and not _ROLE.fullmatch(role):
        raise ImproperlyConfigured(
            f"DATABASE_ROLE={role!r}: write a name of letters, digits and _."
        )
    default = f"sqlite:///{data_dir / 'goodstanding.sqlite3'}"
    found: dict[str, Any] = {}
    # What is said below says no part of the address: it may belong to a password.
    with suppress(Exception):
        found = env.db_url_config(env.str("DATABASE_URL", default="") or default)
    if found.get("ENGINE") == "django.db.backends.sqlite3":
        data_dir.mkdir(parents=True, exist_ok=True)
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # A ledger's triggers are to see what REPLACE deletes, too.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA recursive_triggers=ON",
        }
        # An in-memory test database answers parallel requests with errors.
        found["TEST"] = {"NAME": str(data_dir / "test.sqlite3")}
        return found
    usable = found.get("ENGINE") == "django.db.backends.postgresql"
    if not usable or not found.get("NAME"):
        raise ImproperlyConfigured(
            "DATABASE_URL: write postgres://user:password@host:5432/name "
            "or leave it out for SQLite."
        )
    found["CONN_MAX_AGE"] = 60
    found["CONN_HEALTH_CHECKS"] = True
    # Row-level security makes a page's plans long, not slow: compiling one to machine
    # code costs ten times what it saves.
    asked = ["-c jit=off", *([f"-c role={role}"] if role else [])]
    found["OPTIONS"] = {"options": " ".join(asked)}
    return found


def redis_url() -> str:
    """Read REDIS_URL; empty means there is no server."""
    value = env.str("REDIS_URL", default="")
    words = "REDIS_URL: write redis://host:6379/0."
    schemes = {"redis", "rediss", "unix"}
    if value and address_parts(value, words).scheme not in schemes:
        raise ImproperlyConfigured(words)
    return value


def cache(data_dir: Path) -> dict[str, Any]:
    """Choose the cache that every process shares: Redis, else files.

    No page waits longer than a second for it.
    """
    url = redis_url()
    if url:
        return {
            "BACKEND": "core.caching.RedisCache",
            "LOCATION": url,
            "KEY_PREFIX": "goodstanding",
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
        }
    return {
        "BACKEND": "core.caching.FileCache",
        "LOCATION": data_dir / "cache",
    }


def static_storage(*, debug: bool, demo: bool) -> str:
    """Use hashed file names wherever `collectstatic` has run.

    A demo's files travel nowhere: compressing them would only delay its first page.
    """
    if debug:
        return "django.contrib.staticfiles.storage.StaticFilesStorage"
    if demo:
        return "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    return "whitenoise.storage.CompressedManifestStaticFilesStorage"


def logging(*, level: str) -> dict[str, Any]:
    """One line of JSON a log entry, with the request id bound to it."""
    if level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ImproperlyConfigured(
            f"LOG_LEVEL={level!r}: write DEBUG, INFO, WARNING or ERROR."
        )
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.format_exc_info,
        without_secrets,
    ]
    to_write = structlog.stdlib.ProcessorFormatter.wrap_for_formatter
    structlog.configure(
        # What isn't written is not put together either.
        processors=[structlog.stdlib.filter_by_level, *shared, to_write],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processor": structlog.processors.JSONRenderer(),
                "foreign_pre_chain": shared,
            }
        },
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["out"], "level": level},
    }
