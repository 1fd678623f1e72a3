"""An authenticator app (RFC 6238) of the tests' own, to judge ours by."""

import hmac
import struct
import time
from base64 import b32decode

SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_of(seed: str = SEED, *, steps: int = 0) -> str:
    """Give the code an app shows now, or some half minutes later."""
    step = int(time.time()) // 30 + steps
    key = b32decode(seed.replace(" ", ""))
    mac = hmac.digest(key, struct.pack(">Q", step), "sha1")
    place = mac[-1] & 15
    number = struct.unpack(">I", mac[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
