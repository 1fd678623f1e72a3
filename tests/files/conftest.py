"""What the tests of files share."""

import os
from io import BytesIO
from pathlib import Path
from resource import struct_rusage

import pytest
from django.core.files import File

from tests.files.samples import Sample


def sent(sample: Sample) -> "File[bytes]":
    """A sample as it is handed over, its name as raw as it can be."""
    return File(BytesIO(sample.make()), sample.name)


def seconds(usage: struct_rusage) -> float:
    """CPU time in seconds."""
    return usage.ru_utime + usage.ru_stime


def stored(shelf: Path) -> set[str]:
    """The files on disk, by their paths on the shelf."""
    files = (path for path in shelf.rglob("*") if path.is_file())
    return {str(path.relative_to(shelf)) for path in files}


@pytest.fixture
def spent(monkeypatch: pytest.MonkeyPatch) -> list[struct_rusage]:
    """What each child process that ends has used."""
    usages: list[struct_rusage] = []

    def wait(pid: int, options: int) -> tuple[int, int]:
        ended, status, usage = os.wait4(pid, options)
        if ended:
            usages.append(usage)
        return ended, status

    monkeypatch.setattr(os, "waitpid", wait)
    return usages
