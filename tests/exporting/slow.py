"""The project's settings for a worker that can be killed while it makes a file."""

from datetime import timedelta

from config.settings import *  # noqa: F403

EXPORT_LEASE = timedelta(seconds=3)
EXPORTERS = "tests.exporting.slowly.TABLE"
