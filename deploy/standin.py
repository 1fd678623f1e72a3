"""Answer everybody with one page while the program itself can't."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# Read, so that who sends it hears the answer; of more than that nobody waits for one.
MOST_SENT = 1024 * 1024
AGAIN_SECONDS = 3
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Retry-After": str(AGAIN_SECONDS),
    # Wherever somebody was is gone: they begin at the first page.
    "Refresh": f"{AGAIN_SECONDS}; url=/",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
}


class Standin(ThreadingHTTPServer):
    """Answers on a socket that listens already, and that others have after it."""

    def __init__(self, listener: socket.socket, page: bytes) -> None:
        """Take the socket, which stays its owner's, and the page."""
        super().__init__(listener.getsockname(), _Answer, bind_and_activate=False)
        self.socket.close()
        self.socket = listener.dup()
        self.page = page

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of who hung up: the terminal is for whoever runs the program."""


class _Answer(BaseHTTPRequestHandler):
    server: Standin
    # Whoever opens a connection and says nothing is not waited for.
    timeout = 5

    def _answer(self) -> None:
        length = self.headers.get("Content-Length", "")
        if length.isascii() and length.isdigit():
            self.rfile.read(min(int(length), MOST_SENT))
        self.send_response(503)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.server.page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(self.server.page)

    do_GET = do_HEAD = do_POST = _answer  # noqa: N815  (the library's names)
    do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815  (the library's names)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the library's name)
        """Say nothing, either."""


@contextlib.contextmanager
def standing_in(listener: socket.socket, page: bytes) -> Iterator[None]:
    """Answer 503 and a page to everybody who comes to a listening socket.

    Whoever comes before and after, while nobody takes connections from the socket,
    waits: it listens all the time.
    """
    server = Standin(listener, page)
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.1}
    )
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
