"""`make screenshots` starts: what it imports needs no Django that is ready."""

import subprocess
import sys

from deploy.processes import ROOT


def test_the_pictures_are_listed_before_django_is_ready() -> None:
    subprocess.run(
        (sys.executable, "-c", "from tests.screenshots import LOOKS; assert LOOKS"),
        cwd=ROOT,
        check=True,
    )
