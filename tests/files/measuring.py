"""What the child spends on each of some files: `python -m tests.files.measuring FILE…`.

Prints, for each file's name, CPU seconds, peak memory in MiB and seconds passed.
"""

import json
import os
import sys
import time
from pathlib import Path

from core.limited.faults import Failed
from core.limited.runner import Runner

MEMORY = 512 * 1024 * 1024


def main(paths: list[Path]) -> None:
    """Measure each file, with the limits files have."""
    spent: list[tuple[float, float]] = []

    def wait(pid: int, options: int) -> tuple[int, int]:
        ended, status, usage = os.wait4(pid, options)
        if ended:
            cpu = usage.ru_utime + usage.ru_stime
            spent.append((round(cpu, 3), usage.ru_maxrss // 1024))
        return ended, status

    os.waitpid = wait
    found = {}
    for path in paths:
        target = "papers" if path.suffix == ".pdf" else "pictures"
        runner = Runner(
            f"core.inspection.{target}:look",
            memory=MEMORY,
            frames=1,
            cpu_seconds=3,
            alone=True,
        )
        began = time.monotonic()
        try:
            runner.run(path.read_bytes(), seconds=20)
        except Failed as fault:
            sys.stderr.write(f"{path.name}: {fault}\n")
        found[path.name] = (*spent[-1], round(time.monotonic() - began, 3))
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
