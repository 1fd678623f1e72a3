"""The project's settings with what tests need: own folders, no demonstration."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

OURS = "GOODSTANDING_TESTS"


def _remove(place: str, made_by: int) -> None:
    if os.getpid() == made_by:
        shutil.rmtree(place, ignore_errors=True)


if OURS not in os.environ:
    # Two runs at a time keep out of each other's way; what a run starts shares its own.
    os.environ[OURS] = tempfile.mkdtemp(prefix="goodstanding-tests-")
    atexit.register(_remove, os.environ[OURS], os.getpid())
_place = Path(os.environ[OURS])
_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")

os.environ.setdefault("SECRET_KEY", "key-of-the-tests-" * 4)
os.environ.setdefault("AUDIT_KEY", "key-of-the-tests-trail-" * 4)
# One test may be refused more often than anybody is in an hour.
os.environ.setdefault("DENIED_RATE", "100000/hour")
os.environ["DEMO"] = "0"
os.environ["BASE_URL"] = "http://localhost:8000"
os.environ["DATA_DIR"] = str(_place / _worker)
os.environ["STATIC_ROOT"] = str(_place / "static")
(_place / "static").mkdir(parents=True, exist_ok=True)
os.environ["EMAIL_URL"] = f"folder://{_place / _worker / 'mail'}"
os.environ.setdefault("LOG_LEVEL", "ERROR")

from config.settings import *  # noqa: E402, F403
from config.settings import CACHES, STORAGES, TEMPLATES  # noqa: E402

if str(CACHES["default"]["LOCATION"]).startswith("redis"):
    # A run's processes empty their caches while the others count in theirs.
    _number = 10 + int(_worker.removeprefix("gw")) % 6 if _worker != "main" else 10
    CACHES["default"]["LOCATION"] = (
        urlsplit(CACHES["default"]["LOCATION"])._replace(path=f"/{_number}").geturl()
    )

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""
# Argon2 is meant to be slow; the tests sign in some thousand times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = False
