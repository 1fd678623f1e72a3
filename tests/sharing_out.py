"""Which tests stay together when several workers share them out (--dist loadgroup).

pytest-xdist's own mark for that writes a test's id anew, which pytest 9 no longer lets
it do: the groups stand here, as folders.
"""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# What is costly to start is started by one worker: a web server, a browser.
TOGETHER = ("tests/browser/",)


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
