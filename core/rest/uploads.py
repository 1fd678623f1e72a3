"""Reading a file that is sent as multipart/form-data: whole, once, and no larger."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import IO, Any, ClassVar

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from rest_framework import serializers
from rest_framework.parsers import BaseParser, DataAndFiles
from rest_framework.request import Request

from core.failures import FieldProblem, NotUsable
from core.problems import Malformed, TooLarge
from core.rest.fields import Worded
from core.uploads import BreaksOff, Watched

# What stands around a file: its part's head, the boundaries, a few words more.
AROUND = 64 * 1024
_CUT = "The body breaks off before its end. Send it whole."


class UploadField(Worded, serializers.FileField):
    """A file; what it is and how large is for whoever looks into it to say."""

    default_error_messages: ClassVar = {
        "required": "Send a file in the part `file`.",
        "invalid": "Send a file here: a part with a file name.",
    }

    def __init__(self, **how: Any) -> None:  # noqa: ANN401
        super().__init__(allow_empty_file=True, **how)

    def to_internal_value(self, data: object) -> UploadedFile:
        """Take a file alone."""
        if not isinstance(data, UploadedFile):
            self.fail("invalid")
        return data


class FormParser(BaseParser):
    """Reads parts of a form, each name once; `core.uploads` sees that it is whole.

    Django stops at 100 files, 1,000 parts, 2 MiB of text, and at the declared length.
    """

    media_type = "multipart/form-data"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> DataAndFiles:
        """Parse a body.

        Raises:
            Malformed: it is no multipart body, has far too many parts, or breaks off.
            TooLarge: its text alone is more than 2 MiB.
            NotUsable: it names a part twice.
        """
        request = (parser_context or {})["request"]._request  # noqa: SLF001
        try:
            data, files = MultiPartParser(
                request.META, Watched(stream), request.upload_handlers, "utf-8"
            ).parse()
        except (BreaksOff, UnreadablePostError) as error:
            raise Malformed(_CUT) from error
        except MultiPartParserError as error:
            text = "Send multipart/form-data with its boundary."
            raise Malformed(text) from error
        except RequestDataTooBig as error:
            raise TooLarge("Send one file, and nothing else of any length.") from error
        except SuspiciousOperation as error:
            raise Malformed("Send one file, in one part.") from error
        for name in {*data, *files}:
            if len(data.getlist(name)) + len(files.getlist(name)) > 1:
                text = "Send this part once."
                raise NotUsable(text, [FieldProblem(name, text, "double")])
        return DataAndFiles(data, files)


def check_length(request: Request, most: int) -> None:
    """Refuse a form by what it says of its length, before any of it is read.

    It is never read further than it says.

    Raises:
        TooLarge: it is longer than a file of `most` bytes and what stands around it.
    """
    said = str(request.META.get("CONTENT_LENGTH") or "0")
    if said.isdecimal() and int(said) > most + AROUND:
        raise TooLarge(f"Send a file of at most {most // 2**20} MB.")


class TakesFile:
    """A REST address whose POST brings one file, beside a few words.

    Looking into a file takes a while, and the same file again does nothing more: what
    is done needs no transaction around all of it.
    """

    parser_classes: Sequence[type[BaseParser]] = (FormParser,)
    in_one_piece: ClassVar[bool] = False
    # Of the file alone.
    most_bytes: ClassVar[int]

    def look_at(self, request: Request) -> None:
        """Refuse a body that is too large before any of it is read."""
        if request.method == "POST":
            check_length(request, self.most_bytes)

    def fingerprint(self, request: Request) -> str:
        """Digest the file, its name and what was sent beside it."""
        found = sha256()
        for name, part in sorted(dict(request.data).items()):
            if name not in request.FILES:
                found.update(repr((name, part)).encode())
        for name, part in sorted(request.FILES.items()):
            found.update(repr((name, part.name)).encode())
            for chunk in part.chunks():
                found.update(chunk)
        return found.hexdigest()
