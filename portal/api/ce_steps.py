"""Submitting an activity over REST, and taking one back."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import API_CE_RECORD, OWN, Door
from accounts.rest import RestView
from ce_credits.services import submit, withdraw
from core import clock
from portal.api.ce_asking import Nothing, report_in
from portal.api.ce_found import answer, found_to_write
from portal.api.ce_shapes import ActivityResource, etag_of
from portal.api.days import day_in


class Submitting(RestView):
    """Submitting an activity."""

    operations: ClassVar = {"POST": ("submit", "ce_activity")}
    matched: ClassVar = frozenset({"POST"})
    refusals: ClassVar = {"POST": ("conflict", "not-eligible", "stale-version")}

    @extend_schema(
        summary="Submit a CE activity", request=None, responses=ActivityResource
    )
    def post(self, request: Request, door: Door, activity_id: str) -> Response:
        """Submit an activity with its proof. Its credit counts from today (A9).

        What no rule gives credit for waits until staff decide, and `waiting` says why.
        """
        row = found_to_write(door, activity_id).row
        self.sent(request, Nothing)
        self.check_copy(etag_of(row))
        submit(
            actor=door.actor,
            activity=row,
            seen=row.version,
            report=report_in(row),
            today=day_in(row.program),
            now=clock.now(),
        )
        return answer(door, row.pk)


class Withdrawing(RestView):
    """Taking an activity back."""

    operations: ClassVar = {"POST": ("withdraw", "ce_activity")}
    matched: ClassVar = frozenset({"POST"})
    refusals: ClassVar = {"POST": ("conflict", "not-eligible", "stale-version")}

    @extend_schema(
        summary="Withdraw a CE activity", request=None, responses=ActivityResource
    )
    def post(self, request: Request, door: Door, activity_id: str) -> Response:
        """Take an activity back, unless staff accepted it. It counts nothing then."""
        row = found_to_write(door, activity_id).row
        self.sent(request, Nothing)
        self.check_copy(etag_of(row))
        withdraw(
            actor=door.actor,
            activity=row,
            seen=row.version,
            today=day_in(row.program),
            now=clock.now(),
        )
        return answer(door, row.pk)


class PracticeSubmitting(Submitting):
    """Submitting what the practice reports."""

    permissions: ClassVar = {"POST": API_CE_RECORD}


class MySubmitting(Submitting):
    """Submitting one's own."""

    permissions: ClassVar = {"POST": OWN}


class PracticeWithdrawing(Withdrawing):
    """Taking back what the practice reported."""

    permissions: ClassVar = {"POST": API_CE_RECORD}


class MyWithdrawing(Withdrawing):
    """Taking back one's own."""

    permissions: ClassVar = {"POST": OWN}
