"""Reading forms with files: whole or not at all, their names as they were sent."""

from collections.abc import Mapping
from io import BufferedIOBase
from typing import IO, Any

from django.core.files.uploadhandler import FileUploadHandler
from django.http import QueryDict
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.utils.datastructures import MultiValueDict
from django.utils.http import parse_header_parameters

# Where the mark that closes a form is looked for: the last of it.
AT_THE_END = 64 * 1024
NUL = "\0"


class Watched(BufferedIOBase):
    """A body as it is read: how much came, and how it ended."""

    def __init__(self, body: IO[bytes]) -> None:
        self.body, self.length, self.end = body, 0, b""

    def read(self, size: int | None = -1, /) -> bytes:
        """Read on, and take note."""
        found = self.body.read(-1 if size is None else size)
        self.length += len(found)
        self.end = (self.end + found)[-AT_THE_END:]
        return found

    def is_whole(self, meta: Mapping[str, Any]) -> bool:
        """Say whether as much came as was said, up to the mark that closes the form."""
        _, said = parse_header_parameters(str(meta.get("CONTENT_TYPE", "")))
        closed = f"--{said.get('boundary', '')}--".encode() in self.end
        return closed and self.length == int(meta.get("CONTENT_LENGTH") or 0)


class NamesAsSent(MultiPartParser):
    """Django's parser, which cleans files' names; here one with a NUL can be told."""

    def sanitize_file_name(self, file_name: str) -> str | None:
        """Clean a name; where a NUL was taken out of it, one stands in front."""
        clean = super().sanitize_file_name(file_name)
        return f"{NUL}{clean}" if clean and NUL in file_name else clean


class BreaksOff(MultiPartParserError):  # noqa: N818  (a sentence, as its use reads)
    """Less of a form came than was said, or it was never closed."""


class WholeForms(FileUploadHandler):
    """Reads a form with the handlers behind it, and refuses one that breaks off.

    Django would take what came of a file for the file.
    """

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],  # noqa: N803
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> tuple[QueryDict, MultiValueDict[str, Any]]:
        """Read the whole form.

        Raises:
            BreaksOff: it does; Django answers 400, as to whatever else is no form.
        """
        assert self.request is not None
        others = [each for each in self.request.upload_handlers if each is not self]
        body = Watched(input_data)
        parsed = NamesAsSent(META, body, others, encoding).parse()
        if not body.is_whole(META):
            raise BreaksOff
        return parsed
