"""What a page may load: its own data and the files of its layout, nothing else."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint.urls import (  # type: ignore[import-untyped]
    FatalURLFetchingError,
    URLFetcher,
    URLFetcherResponse,
)

from core.pdf.faults import PdfError

_TYPES = {
    ".css": "text/css",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
}


class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
    """Gives `data:` addresses and files below one folder; stops at anything else.

    A page of ours never names another address, so one that does is an intrusion: the
    whole rendering ends (`FatalURLFetchingError`), it does not go on without the
    picture. Redirects are never followed, as nothing is asked of a network.
    """

    refusal: str | None = None

    def __init__(self, folder: Path | None) -> None:
        super().__init__(
            timeout=1, allowed_protocols=frozenset({"data"}), allow_redirects=False
        )
        self._folder = folder.resolve() if folder else None

    def fetch(
        self, url: str, headers: dict[str, str] | None = None
    ) -> URLFetcherResponse:
        """Answer one address, or end the rendering."""
        if url[:5].lower() == "data:":
            return super().fetch(url, headers)
        path = self._own_file(url)
        return URLFetcherResponse(
            url, path.read_bytes(), {"Content-Type": _TYPES[path.suffix]}
        )

    def _own_file(self, url: str) -> Path:
        parts = urlsplit(url)
        if parts.scheme.lower() == "file" and not parts.netloc and self._folder:
            path = Path(unquote(parts.path)).resolve()
            if (
                path.is_relative_to(self._folder)
                and path.suffix in _TYPES
                and path.is_file()
            ):
                return path
        self.refusal = f"A page asked for {url[:200]!r}, which is not its own"
        raise FatalURLFetchingError(self.refusal)

    def raise_refusal(self) -> None:
        """End with `PdfError` if anything was refused: drawing an SVG hides it."""
        if self.refusal:
            raise PdfError(self.refusal)
