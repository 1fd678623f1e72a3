"""How gunicorn serves the project; every value can be set from outside."""

import os
from pathlib import Path

bind = os.environ.get("BIND", "127.0.0.1:8000")
_asked = os.environ.get("WEB_CONCURRENCY", "2")
if not (_asked.isascii() and _asked.isdigit() and int(_asked) > 0):
    raise SystemExit(f"WEB_CONCURRENCY={_asked!r}: write a whole number above 0.")
workers = int(_asked)
# A request mostly waits for the database, so a few of them share a process.
worker_class = "gthread"
threads = 4
# Longer than any page may take; behind it the worker is ended and started anew.
timeout = 60
graceful_timeout = 20
keepalive = 5
# Above what nginx lets through: whatever is too long is told by its own page.
limit_request_line = 8190
limit_request_field_size = 8190
# Ended now and then, so that a slow leak never grows.
max_requests = 5000
max_requests_jitter = 500
# A heartbeat file on a slow disk would look like a worker that hangs.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
# The request log is Django's, with the request id.
accesslog = None
errorlog = "-"
# Nobody steers a running server but by signals.
control_socket_disable = True
