"""Starting the provider beside the project's own processes, and ending it."""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from deploy.processes import OperatorError, free_port, start, wait_until

DESCRIPTION = "/.well-known/openid-configuration"
START_SECONDS = 60


@contextmanager
def an_identity_provider(callback: str, addresses: Sequence[str]) -> Iterator[str]:
    """Run it; give the address it calls itself by.

    Args:
        callback: the address it may send people back to.
        addresses: who has an account there.
    """
    folder = Path(tempfile.mkdtemp(prefix="goodstanding-identity-"))
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    (folder / "key.pem").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    port = free_port()
    program = [sys.executable, "-B", "-m", "tests.identity.serve", str(port), callback]
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.identity.settings",
        "IDENTITY_FOLDER": str(folder),
    }
    log = folder / "identity.log"
    with log.open("ab") as told:
        process = start([*program, *addresses], log=told, env=env)
    try:
        wait_until(
            lambda: _describes_itself(port) or process.poll() is not None,
            seconds=START_SECONDS,
        )
        if not _describes_itself(port):
            raise OperatorError(log.read_text())
        yield f"http://127.0.0.1:{port}"
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _describes_itself(port: int) -> bool:
    way = HTTPConnection("127.0.0.1", port, timeout=5)
    with suppress(OSError):
        way.request("GET", DESCRIPTION)
        return way.getresponse().status == 200
    return False
