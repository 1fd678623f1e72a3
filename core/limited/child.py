"""The child process that works.

`python -m core.limited.child package.module:function LIMITS` (see `main`) takes frames
on standard input, hands each to the function and answers with a frame on standard
output. Nothing it was given by mistake can be reached from here: it is started without
the parent's environment, and it gives up what it may use of the machine before it
loads anything.
"""

import logging
import os
import resource
import sys
from importlib import import_module
from typing import BinaryIO

from core.limited.frames import DONE, FAILED, SPENT, pack, read_frame

_OPEN_FILES = 256


def _give_up_the_rest(memory: int, *, alone: bool) -> None:
    """Limit memory and open files for good, and leave no core dump behind."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if alone:
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def _allow_seconds(seconds: int) -> None:
    """Allow so much CPU time from now on; the kernel ends the process after that."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(usage.ru_utime + usage.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def _answers() -> BinaryIO:
    """Keep standard output for answers: what anything prints goes to the errors."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def main(target: str, seconds: int, memory: int, *, alone: bool) -> None:
    """Serve frames until the parent is gone or a frame takes more than is allowed.

    `seconds` of CPU time for each frame, `memory` in bytes of address space; who is
    `alone` starts neither threads nor processes (root may all the same).
    """
    answers = _answers()
    _give_up_the_rest(memory, alone=alone)
    _allow_seconds(seconds)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    module, _, name = target.partition(":")
    function = getattr(import_module(module), name)
    while (frame := read_frame(sys.stdin.buffer)) is not None:
        _allow_seconds(seconds)
        try:
            answer = DONE + function(frame)
        except MemoryError:
            # Whatever ran out of memory may be half made: the next frame gets a
            # process of its own.
            answers.write(pack(SPENT))
            return
        except Exception as fault:  # the parent is told, whatever it is
            answer = FAILED + f"{type(fault).__name__}: {fault}".encode(
                errors="backslashreplace"
            )
        answers.write(pack(answer))
        answers.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), alone=sys.argv[4] == "alone")
