"""Stripe's far side as a real server on this machine: its API, its page to pay on."""

import html
import json
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit
from uuid import uuid4

from tests.billing.stripe_far import FORMER, KEY, SECRET, Answered, Far

__all__ = ["FORMER", "KEY", "SECRET", "Far", "far_side"]
PARTS = re.compile(r"\[([^\]]*)\]")
PAGE = """<!doctype html><html lang="en"><title>Pay</title><main><h1>{name}</h1>
<p>{cents} {currency}</p><form method="post"><button>Pay</button></form>
<a href="{away}">Back</a></main></html>"""


def nested(text: str) -> dict[str, Any]:
    """Read `a[b][0]=c` as the API does."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        head, _, _ = name.partition("[")
        place, *rest = [head, *PARTS.findall(name)]
        inner = found
        for each in rest:
            inner = inner.setdefault(place, {})
            place = each
        inner[place] = value
    return found


class _Handler(BaseHTTPRequestHandler):
    far: Far

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def do_GET(self) -> None:
        """Show the page to pay on, or answer the API."""
        parts = urlsplit(self.path)
        if parts.path.startswith("/c/pay/"):
            self._show(self.far.sessions[parts.path.rpartition("/")[2]])
            return
        sent = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self._answer("GET", parts.path, sent)

    def do_POST(self) -> None:
        """Take a payment or a card, or answer the API."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        path = urlsplit(self.path).path
        if path.startswith("/c/pay/"):
            self._take(path.rpartition("/")[2])
            return
        self._answer("POST", path, nested(body))

    def _take(self, session_id: str) -> None:
        setup = self.far.sessions[session_id].get("mode") == "setup"
        paid = (self.far.store if setup else self.far.pay)(session_id)
        if self.far.hooks and self.far.tells:
            self.far.tell("checkout.session.completed", paid)
        self.send_response(303)
        self.send_header("Location", paid["success_url"])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _show(self, found: Mapping[str, Any]) -> None:
        text = PAGE.format(
            name=html.escape(found["name"]),
            cents=found["amount_total"],
            currency=found["currency"],
            away=html.escape(found["cancel_url"]),
        )
        self._write(200, text.encode(), "text/html; charset=utf-8")

    def _answer(self, method: str, path: str, sent: dict[str, Any]) -> None:
        try:
            if self.headers.get("Authorization") != f"Bearer {KEY}":
                raise Answered(401, "invalid_request_error", "Invalid API Key provided")
            if self.far.trouble == "slow":
                time.sleep(self.far.slow)
            key = self.headers.get("Idempotency-Key") or uuid4().hex
            status, said = 200, self.far.answer(method, path, sent, key)
        except Answered as refused:
            status, said = refused.status, {"error": refused.error}
        except ConnectionAbortedError:
            self.close_connection = True
            return
        if self.far.answers_lost and method == "POST":
            self.far.answers_lost -= 1
            self.close_connection = True
            return
        self._write(status, json.dumps(said).encode(), "application/json")

    def _write(self, status: int, body: bytes, kind: str) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Request-Id", f"req_{uuid4().hex[:14]}")
            self.send_header("Content-Security-Policy", "default-src 'none'")
            self.end_headers()
            self.wfile.write(body)
        except BrokenPipeError:
            self.close_connection = True


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True


@contextmanager
def far_side() -> Iterator[Far]:
    """Run the far side on a free port."""
    far = Far()
    handler = type("Handler", (_Handler,), {"far": far})
    with _Server(("127.0.0.1", 0), handler) as server:
        far.base = f"http://localhost:{server.server_port}"
        thread = threading.Thread(
            target=server.serve_forever, args=(0.02,), daemon=True
        )
        thread.start()
        try:
            yield far
        finally:
            server.shutdown()
            thread.join()
