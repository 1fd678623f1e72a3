"""The headers of requests and answers, as the API's description tells of them."""

from collections.abc import Sequence
from http import HTTPStatus

from drf_spectacular.utils import OpenApiParameter

from core import idempotency

ETAG = OpenApiParameter(
    "ETag",
    str,
    OpenApiParameter.HEADER,
    response=[str(int(HTTPStatus.OK))],
    description="Names the state it is in, to be sent as If-Match.",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "minLength": 1, "pattern": "^[!-~][ -~]*$"},
    OpenApiParameter.HEADER,
    description="The ETag you read. If it changed since, 412 and nothing is done.",
)


def idempotency_key(*, needed: bool) -> Sequence[OpenApiParameter]:
    """Describe the Idempotency-Key and what is answered to one sent again."""
    return (
        OpenApiParameter(
            idempotency.HEADER,
            {
                "type": "string",
                "minLength": 1,
                "maxLength": idempotency.LONGEST,
                "pattern": "^[ -~]+$",
            },
            OpenApiParameter.HEADER,
            required=needed,
            description="A random text, new for each new request. The same request "
            "with the same key is done once and answered alike for 24 hours.",
        ),
        OpenApiParameter(
            "Idempotent-Replayed",
            str,
            OpenApiParameter.HEADER,
            response=[str(int(each)) for each in (HTTPStatus.OK, HTTPStatus.CREATED)],
            description="`true` where the answer is the first request's.",
        ),
    )
