"""What holds for a REST view that says nothing else."""

from collections.abc import Iterable

from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.permissions import BasePermission
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class Denied(BasePermission):
    """Nobody comes in: a view that declares no permission answers 403."""

    def has_permission(self, request: Request, view: object) -> bool:
        """Say no."""
        return False


class AnyAccept(BaseContentNegotiation):
    """An address has one form; the Accept header chooses nothing.

    So an error is problem+json for everybody, also for a client that asked for a PDF.
    """

    def select_parser(
        self, request: Request, parsers: Iterable[BaseParser]
    ) -> BaseParser | None:
        """Choose the parser of the body's Content-Type; None where there is none."""
        sent = (request.content_type or "").partition(";")[0].strip().lower()
        return next((each for each in parsers if each.media_type == sent), None)

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        """Choose the view's first renderer."""
        first = next(iter(renderers))
        return first, first.media_type
