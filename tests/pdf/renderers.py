"""Functions a limited child process is asked to run in the tests."""

import json
import os
import time


def echo(frame: bytes) -> bytes:
    """Give back what came in, and print something that must not come out."""
    print("not an answer")  # noqa: T201
    return frame


def who(frame: bytes) -> bytes:
    """Tell the process and what it inherited."""
    return json.dumps({"pid": os.getpid(), "environment": dict(os.environ)}).encode()


def misbehave(frame: bytes) -> bytes:
    """Do what a frame says: one of the ways a renderer can go wrong."""
    match frame:
        case b"raise":
            message = "no such page \ud800"
            raise ValueError(message)
        case b"exit":
            os._exit(3)
        case b"spin":
            while True:
                pass
        case b"sleep":
            time.sleep(60)
        case b"hog":
            return bytes(8 * 1024**3)
        case _:
            pass
    return frame
