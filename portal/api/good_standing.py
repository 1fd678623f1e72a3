"""The good-standing report over REST: a list in, one dated file and its hash out."""

from http import HTTPStatus
from typing import ClassVar

import structlog
from django.http import HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import PUBLIC, Door
from accounts.rest import RestView
from core import clock
from core.failures import Missing
from core.pdf import PdfError
from core.problems import NotReady, RateLimited
from core.rest import LineField, ListOf, Strict, WordField, instant
from core.throttle import VerifyThrottle, too_many_lines
from credentials.models import GivenReport
from credentials.queries import given_report
from portal.api.days import hours
from portal.copies import report_answer, report_of
from portal.queries.good_standing import LONGEST, MOST_LINES, Line
from portal.services import made_of

Kind = GivenReport.Kind
UNMADE = (
    "The PDF can't be made right now. Ask for CSV, for fewer items at once, or again "
    "in a minute."
)
AGAIN = 60
logger = structlog.get_logger(__name__)


def _part(help_text: str) -> LineField:
    return LineField(
        required=False, allow_blank=True, max_length=LONGEST, help_text=help_text
    )


class PersonAsked(Strict):
    """Whom it is about: number and last name, or both names and the credential."""

    number = _part("The certification number; the last name must stand beside it.")
    last_name = _part("The whole last name. Capitals and accents don't matter.")
    first_name = _part("The whole first name, where there is no number.")
    credential = _part("Its code or title, where there is no number.")


class NewGoodStanding(Strict):
    """A list of people."""

    items = ListOf(
        child=PersonAsked(),
        min_length=1,
        max_length=MOST_LINES,
        help_text=f"At most {MOST_LINES}; answered in this order.",
    )
    format = WordField(tuple(Kind.values), default=Kind.CSV.value)


class GivenFile(serializers.Serializer):
    """A file that was given out: nothing of what it says."""

    sha256 = serializers.CharField()
    rows_sha256 = serializers.CharField(help_text="What a PDF prints of its rows.")
    format = serializers.ChoiceField(choices=Kind.values)
    lines = serializers.IntegerField()
    found = serializers.IntegerField()
    as_of = serializers.DateTimeField()


class GoodStanding(RestView):
    """The good-standing report of a list."""

    permissions: ClassVar = {"POST": PUBLIC}
    authentication_classes = ()
    throttle_classes = (VerifyThrottle,)
    refusals: ClassVar = {"POST": ("not-ready",)}
    keyed: ClassVar = False

    @extend_schema(
        operation_id="report_good_standing",
        summary="Check a list of people",
        request=NewGoodStanding,
        examples=[
            OpenApiExample(
                "By number and by name",
                {
                    "items": [
                        {"number": "CPCS-123456789", "last_name": "North"},
                        {
                            "last_name": "North",
                            "first_name": "Nora",
                            "credential": "CPCS",
                        },
                    ]
                },
                request_only=True,
            )
        ],
        responses={
            (HTTPStatus.OK, "text/csv"): OpenApiTypes.BINARY,
            (HTTPStatus.OK, "application/pdf"): OpenApiTypes.BINARY,
        },
    )
    def post(self, request: Request, door: Door) -> HttpResponseBase:
        """Answer up to 500 people with one dated file.

        Its SHA-256 comes in `Repr-Digest` and, in hexadecimal, in `X-File-SHA256`.
        Who is not found, or not named whole, has a row that says so. Sent again, it
        asks again.
        """
        asked = self.sent(request, NewGoodStanding)
        lines = [Line(**each) for each in asked["items"]]
        seconds = int(too_many_lines(request._request, len(lines)))  # noqa: SLF001
        if seconds:
            raise RateLimited(
                f"This address has asked about as many people as it may. Wait "
                f"{seconds} seconds.",
                extra={"retry_after": seconds},
            )
        check = request.build_absolute_uri(reverse("report_check"))
        _, rows = report_of(
            lines, kind=asked["format"], check=check, moments=hours(), now=clock.now()
        )
        try:
            return report_answer(made_of(rows=rows))
        except PdfError as error:
            logger.error("report not made", error=str(error))
            raise NotReady(UNMADE, extra={"retry_after": AGAIN}) from error


class GivenFiles(RestView):
    """Whether a file was given out here."""

    permissions: ClassVar = {"GET": PUBLIC}
    authentication_classes = ()
    throttle_classes = (VerifyThrottle,)
    refusals: ClassVar = {"GET": ("not-found",)}

    @extend_schema(
        operation_id="check_report",
        summary="Check whether a report is ours",
        responses=GivenFile,
    )
    def get(self, request: Request, door: Door, sha256: str) -> Response:
        """Find a report by its file's SHA-256 in hexadecimal."""
        plain = sha256.lower()
        known = len(plain) == 64 and plain.isascii() and plain.isalnum()
        found = given_report(plain) if known else None
        if found is None:
            raise Missing("Not found.")
        return Response(
            {
                "sha256": found.sha256,
                "rows_sha256": found.rows_sha256,
                "format": found.kind,
                "lines": found.lines,
                "found": found.found,
                "as_of": instant(found.as_of),
            }
        )
