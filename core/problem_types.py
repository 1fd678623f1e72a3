"""Every kind of problem the API answers; each has a page at `/problems/<slug>/`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ProblemType:
    """A kind of problem.

    Args:
        slug: names it for good, in the problem's `type` and in its page's address.
        status: the HTTP status it comes with.
        title: the same words every time it happens.
        detail: what is said where nothing more exact is known.
        meaning: what happened, for the person who wrote the client.
        remedy: what to do about it.
        more: members beyond those every problem has, as an example shows them.
        if_match: the status where the request named its copy with If-Match; else 0.
    """

    slug: str
    status: int
    title: str
    detail: str
    meaning: str
    remedy: str
    more: Mapping[str, Any] = field(default_factory=dict)
    if_match: int = 0

    @property
    def path(self) -> str:
        """The address of its page, which is the problem's `type`."""
        return f"/problems/{self.slug}"

    @property
    def example(self) -> dict[str, Any]:
        """Show what such a problem looks like."""
        return {
            "type": self.path,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": "/api/v1/practices/northside/assignments",
            "request_id": "0b6f2f3a-5c1d-4c2e-9a7d-1f0e8b6c4a2d",
            **self.more,
        }


_ALL = (
    ProblemType(
        "malformed",
        400,
        "The request can't be read",
        "We couldn't read that request.",
        "The address, a header or the body is not in the form this API reads: "
        "an unknown query parameter, a page beyond its limits, JSON that breaks off, "
        "names one thing twice or is not UTF-8. Nothing was done.",
        "Mend what `detail` and `errors` name, then send it again.",
        {
            "errors": [
                {
                    "parameter": "page_size",
                    "code": "max_value",
                    "detail": "Send at most 100.",
                }
            ]
        },
    ),
    ProblemType(
        "not-authenticated",
        401,
        "Sign in or send a token",
        "Send a token of this practice in the Authorization header.",
        "The request carries no token, or one that is unknown, revoked or expired. "
        "The answer is the same for all of them.",
        "Send `Authorization: Bearer` with a token from the practice's API page. "
        "A token in the address is never read.",
    ),
    ProblemType(
        "forbidden",
        403,
        "Not included",
        "Your role here doesn't include this.",
        "You are known here, but your role, or the scopes of your token, "
        "don't include this.",
        "Ask an administrator of the practice for a token with the scope that "
        "`detail` names.",
    ),
    ProblemType(
        "not-found",
        404,
        "Not found",
        "Not found.",
        "There is no such thing, or it is not yours to see. The answer is the same, "
        "so that nobody can find out by asking.",
        "Check the practice in the address and the id.",
    ),
    ProblemType(
        "method-not-allowed",
        405,
        "Method not answered here",
        "This address doesn't answer that method.",
        "The address exists but doesn't answer this method. "
        "The Allow header lists the ones it does.",
        "Look the operation up in the API's description.",
    ),
    ProblemType(
        "conflict",
        409,
        "This can't be done now",
        "This can't be done as things stand.",
        "The request is fine, but the state of things doesn't allow it. "
        "Nothing was done.",
        "Read what `detail` says stands in the way.",
    ),
    ProblemType(
        "pool-exhausted",
        409,
        "Not enough available to assign",
        "Too few are available to assign.",
        "More people were named than the practice has seats for. An assignment is "
        "all or nothing: nobody was assigned, no seat was taken.",
        "`available` says how many there are. Name fewer people, or ask the "
        "certifying body for more seats.",
        {
            "errors": [
                {
                    "pointer": "/items",
                    "code": "insufficient",
                    "detail": "You selected 5 people but 3 renewals are available.",
                }
            ],
            "available": 3,
        },
    ),
    ProblemType(
        "not-eligible",
        409,
        "Not possible under the rules",
        "A rule says no.",
        "A rule of the certifying body says no for somebody named, for example "
        "because they have left the practice. Nothing was done.",
        "Take the person that `detail` names out of the request.",
    ),
    ProblemType(
        "not-ready",
        409,
        "Still being prepared",
        "The certificate's PDF is being prepared.",
        "The certificate is issued, its PDF is still being made.",
        "Ask again after the seconds in the Retry-After header.",
        {"retry_after": 5},
    ),
    ProblemType(
        "stale-version",
        409,
        "Changed meanwhile",
        "It changed since you read it.",
        "The thing changed after you read it. Nothing was done. "
        "The status is 412 where the request named its copy with If-Match.",
        "Read it again, decide again, then send the request again.",
        if_match=412,
    ),
    ProblemType(
        "idempotency-in-progress",
        409,
        "The first request is still running",
        "A request with this Idempotency-Key is still running.",
        "An earlier request with the same Idempotency-Key has not been answered yet.",
        "Wait the seconds in the Retry-After header, then send the same request with "
        "the same key: you get the first one's answer.",
        {"retry_after": 1},
    ),
    ProblemType(
        "too-large",
        413,
        "The body is too large",
        "The body is larger than this API reads.",
        "The body is larger than the API reads. Nothing was done.",
        "Send fewer items at a time.",
    ),
    ProblemType(
        "unsupported-media-type",
        415,
        "Another Content-Type is needed",
        "Send the body in the Content-Type this address reads.",
        "The body's Content-Type is not one this address reads.",
        "Send `Content-Type: application/json`; where a file is sent, "
        "`multipart/form-data` with its boundary.",
    ),
    ProblemType(
        "validation-error",
        422,
        "Some fields need another value",
        "Some fields need another value.",
        "The body is JSON, but a field is missing, unknown or can't have this value. "
        "Nothing was done.",
        "Each entry of `errors` points at a field and says what it needs.",
        {
            "errors": [
                {
                    "pointer": "/items/2/member",
                    "code": "unknown",
                    "detail": "No member of this practice has this id.",
                }
            ]
        },
    ),
    ProblemType(
        "file-rejected",
        422,
        "The file can't be taken",
        "The file can't be taken.",
        "A file was looked into and is not kept: it is no PDF, PNG or JPEG, its name "
        "says something else than its content is, it is broken, locked or too large, "
        "or it holds what could do harm (scripts, enclosed files). Nothing was done.",
        "Read what `detail` says about the file, mend it, then send it again.",
        {
            "errors": [
                {
                    "pointer": "/file",
                    "code": "password",
                    "detail": "This PDF is protected by a password. "
                    "Save a copy without one, then choose it again.",
                }
            ]
        },
    ),
    ProblemType(
        "no-room",
        409,
        "No room for another file",
        "As many files are kept as may be.",
        "The person keeps as many files, or as much, as one may, or their practice "
        "does. Nothing was done.",
        "Ask staff of the certifying body to make room.",
        {
            "errors": [
                {
                    "pointer": "/file",
                    "code": "quota",
                    "detail": "One person may keep 200 files and 200 MB here, and with "
                    "this file it would be more. Write to staff to make room.",
                }
            ]
        },
    ),
    ProblemType(
        "idempotency-key-reused",
        422,
        "The key belongs to another request",
        "This Idempotency-Key came with another body before.",
        "The same Idempotency-Key came before with another body. Nothing was done.",
        "Make a new key for each new request; keep it for repeats of that request.",
    ),
    ProblemType(
        "rate-limited",
        429,
        "Too many requests",
        "Too many requests. Wait a minute, then try again.",
        "More requests came than are answered in a minute.",
        "Wait the seconds in the Retry-After header. The RateLimit header tells on "
        "every answer how many requests are left.",
        {"retry_after": 42},
    ),
    ProblemType(
        "server-error",
        500,
        "Something went wrong on our side",
        "Something went wrong on our side.",
        "The request met a fault of ours. What it had begun was taken back.",
        "Send it again with the same Idempotency-Key. If it stays, tell us the "
        "`request_id`.",
    ),
)

PROBLEM_TYPES: Mapping[str, ProblemType] = {kind.slug: kind for kind in _ALL}
# What a status means where nothing more exact was said.
BY_STATUS: Mapping[int, ProblemType] = {
    status: PROBLEM_TYPES[slug]
    for status, slug in {
        400: "malformed",
        401: "not-authenticated",
        403: "forbidden",
        404: "not-found",
        405: "method-not-allowed",
        409: "conflict",
        413: "too-large",
        415: "unsupported-media-type",
        422: "validation-error",
        429: "rate-limited",
        500: "server-error",
    }.items()
}
