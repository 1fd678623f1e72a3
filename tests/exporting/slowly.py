"""A builder that waits in the middle of its file."""

import time
from pathlib import Path

from django.conf import settings

from core.exporting import Exporter, Made, Work


def slowly(*, work: Work) -> Made:
    """Begin a file, say so, and go on when somebody says so."""
    place = Path(settings.DATA_DIR)
    path = work.folder / "file"
    path.write_text("half")
    work.progress(1, 2)
    with (place / "begun").open("a") as begun:
        begun.write("x")
    while not (place / "go-on").exists():
        time.sleep(0.05)
    path.write_text("whole")
    return Made(path, "words.csv", "csv")


TABLE = {"words": Exporter("Words", slowly)}
