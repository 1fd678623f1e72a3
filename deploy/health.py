"""Whether the process of this container works: status 0 or 1.

python -m deploy.health web | worker | beat
"""

import http.client
import os
import platform
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from deploy.processes import main, output

SECONDS = 8
# Beat wakes something every minute and writes that down every three.
BEAT_SECONDS = 600


def web() -> bool:
    """Whether gunicorn answers at /healthz, asked as the proxy would ask."""
    host = urlsplit(os.environ["BASE_URL"]).netloc
    connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=SECONDS)
    try:
        headers = {"Host": host, "X-Forwarded-Proto": "https"}
        connection.request("GET", "/healthz", headers=headers)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False


def worker() -> bool:
    """Whether this container's worker answers over the broker."""
    name = f"celery@{platform.node()}"
    command = ["celery", "-A", "config", "inspect", "ping"]
    return output([*command, "-d", name, "-t", str(SECONDS)])[0] == 0


def beat() -> bool:
    """Whether beat wrote its schedule down lately."""
    files = Path(tempfile.gettempdir()).glob("beat-schedule*")
    written = [path.stat().st_mtime for path in files]
    return time.time() - max(written, default=0.0) < BEAT_SECONDS


CHECKS: dict[str, Callable[[], bool]] = {"web": web, "worker": worker, "beat": beat}


def program(arguments: Sequence[str]) -> int:
    """Look at the process named on the command line."""
    return 0 if CHECKS[arguments[0]]() else 1


if __name__ == "__main__":
    main(program)
