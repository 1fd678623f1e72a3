"""What the tests have a limited child do."""

import json
import os
import resource
import time

LIMITS = {
    "memory": resource.RLIMIT_AS,
    "processes": resource.RLIMIT_NPROC,
    "core": resource.RLIMIT_CORE,
}


def who(frame: bytes) -> bytes:
    """Tell the process and its limits."""
    limits = {name: resource.getrlimit(limit)[1] for name, limit in LIMITS.items()}
    return json.dumps(limits | {"pid": os.getpid()}).encode()


def spin(frame: bytes) -> bytes:
    """Never come to an end."""
    while True:
        pass


def sleep(frame: bytes) -> bytes:
    """Take a second."""
    time.sleep(1)
    return frame


def hang(frame: bytes) -> bytes:
    """Wait for something that never comes."""
    time.sleep(600)
    return frame


def hog(frame: bytes) -> bytes:
    """Ask for a gigabyte."""
    return bytes(1024**3)


def lie(frame: bytes) -> bytes:
    """Answer whatever one was handed, as a child would that was taken over."""
    return b'{"pages": 1, "text": ""}\n<script>'


def confuse(frame: bytes) -> bytes:
    """Answer what no child would."""
    return b'{"refused": "no such code", "figure": "{0.__class__}"}\n'


def babble(frame: bytes) -> bytes:
    """Answer with a reason of the wrong type."""
    return b'{"refused": ["pages"], "figure": {}}\n'


def boast(frame: bytes) -> bytes:
    """Answer with a reason that needs a figure, and none."""
    return b'{"refused": "pages", "figure": "{0.__class__}"}\n'
