"""An export is a copy: its file goes after a week, that there was one stays."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir

from django.core.files.storage import default_storage

from core.files import forget
from core.models import ExportJob

KEPT = timedelta(days=7)
# What a worker has begun is over by then, one way or the other.
LEFT = timedelta(days=1)
# Where exports are stored, and how the folders begin in which they are made.
STORED, MADE_IN = "exports", "goodstanding-export-"


def forget_exports(*, now: datetime) -> int:
    """Delete the files whose week is over; return how many.

    The file goes first: whoever is killed in between leaves a job whose file is gone,
    and the next run finds it again.
    """
    over = ExportJob.objects.filter(state=ExportJob.State.READY, expires_at__lte=now)
    forgotten = 0
    for pk, key in list(over.values_list("pk", "file_key")):
        forget(key)
        forgotten += over.filter(pk=pk).update(
            state=ExportJob.State.EXPIRED, file_key=""
        )
    return forgotten


def sweep_exports(*, now: datetime) -> int:
    """Delete what killed workers left a day ago and longer; return how many.

    These are files that no job names, and folders in which files were made.
    """
    before, swept = now - LEFT, 0
    for key in _stored():
        old = default_storage.get_modified_time(key) < before
        if old and not ExportJob.objects.filter(file_key=key).exists():
            forget(key)
            swept += 1
    for folder in Path(gettempdir()).glob(f"{MADE_IN}*"):
        if datetime.fromtimestamp(folder.stat().st_mtime, UTC) < before:
            rmtree(folder, ignore_errors=True)
            swept += 1
    return swept


def _stored() -> Iterator[str]:
    if not default_storage.exists(STORED):
        return
    for part in default_storage.listdir(STORED)[0]:
        for name in default_storage.listdir(f"{STORED}/{part}")[1]:
            yield f"{STORED}/{part}/{name}"
