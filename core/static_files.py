"""Of the packages' thousands of static files, only those that pages ask for.

Hashing and compressing all of them takes minutes; these take seconds.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder

SWAGGER = "drf_spectacular_sidecar/swagger-ui-dist/swagger-ui"
# A style sheet or script brings the map it names, or hashing it fails.
NEEDED = frozenset(
    {
        "bootstrap/css/bootstrap.min.css",
        "bootstrap/css/bootstrap.min.css.map",
        "django_htmx/htmx-2.min.js",
        "fontawesome/webfonts/fa-solid-900.woff2",
        f"{SWAGGER}-bundle.js",
        f"{SWAGGER}-bundle.js.map",
        f"{SWAGGER}.css",
        f"{SWAGGER}.css.map",
    }
)


class NeededFilesFinder(AppDirectoriesFinder):
    """Finds what `NEEDED` lists in the packages' own folders, and nothing else."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        """Give each needed file as its path and the storage that holds it."""
        for path, storage in super().list(ignore_patterns):
            if path in NEEDED:
                yield path, storage

    def find_in_app(self, app: str, path: str) -> str | None:
        """Give one needed file's place on disk, if this package brings it."""
        found: str | None = super().find_in_app(app, path) if path in NEEDED else None
        return found
