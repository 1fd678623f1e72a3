"""Who runs which tests: several workers side by side, and two runs one after the other.

Which tests stay together when workers share them out (--dist loadgroup) stands here as
folders: pytest-xdist's own mark for that writes a test's id anew, which pytest 9 no
longer lets it do.

With `GOODSTANDING_ONCE`, PostgreSQL's run follows this one and tests again what is
marked for it. Only a part of that is then tested on SQLite as well (decision 0037).
"""

import os
from zlib import crc32

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# What is costly to start is started by one worker: a web server, a browser.
TOGETHER = ("tests/browser/",)
ONCE = os.environ.get("GOODSTANDING_ONCE", "0") != "0"
AGAIN = ("db", "matrix", "race")
# What one database refuses, or one queue brings, says nothing of the other.
ALWAYS = ("tests/db/",)
BOTH_QUEUES = "broker"
# One of so many is tested on SQLite as well; a row of the matrix takes seconds.
PART, PART_OF_MATRIX = 8, 32


class ByFolder(LoadScopeScheduling):
    """Shares out test by test, but a folder of `TOGETHER` as a whole, and first."""

    def _split_scope(self, nodeid: str) -> str:
        return next((each for each in TOGETHER if nodeid.startswith(each)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(
    config: pytest.Config, log: Producer
) -> LoadScopeScheduling | None:
    """Share out by folder where groups are wanted."""
    wanted = config.getvalue("dist") == "loadgroup"
    return ByFolder(config, log) if wanted else None


def is_left(nodeid: str, marks: set[str]) -> bool:
    """Say whether a test is left to the run that follows; the same ones each time."""
    if marks.isdisjoint(AGAIN) or BOTH_QUEUES in marks or nodeid.startswith(ALWAYS):
        return False
    part = PART_OF_MATRIX if "matrix" in marks else PART
    return crc32(nodeid.encode()) % part != 0


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave to PostgreSQL's run what it tests."""
    if not ONCE:
        return
    left = [
        each
        for each in items
        if is_left(each.nodeid, {mark.name for mark in each.iter_markers()})
    ]
    config.hook.pytest_deselected(items=left)
    items[:] = [each for each in items if each not in set(left)]
