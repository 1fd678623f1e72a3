"""Staff's reports over REST: the same figures as the page, month by month."""

from collections.abc import Mapping
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import STAFF_STANDING, StaffDoor
from accounts.rest import RestView
from core import public_ids
from core.failures import FieldProblem, Missing, NotUsable
from core.problems import Malformed
from core.rest import LineField, Query
from credentials.policy import programs
from portal.api.days import day_in
from portal.api.staff_report_shapes import (
    DRAW_PREFIX,
    AuditsReport,
    CreditsReport,
    RenewalsReport,
    StandingReport,
)
from portal.queries.reports_asked import AUDITS, CREDITS, RENEWALS, STANDING, Asked
from portal.queries.reports_asked import asked_of as report_asked
from portal.queries.reports_figures import audits_in, reported_in, stood, went

LONGEST = 40
MONTH = "A month such as 2025-11."


def _month(text: str) -> LineField:
    return LineField(required=False, max_length=LONGEST, help_text=text)


# `from` is no name that a class may give.
ReportQuery: type[Query] = type(
    "ReportQuery",
    (Query,),
    {
        "__doc__": "The months of a report, and whose credential.",
        "__module__": __name__,
        "from": _month(f"{MONTH} The first; without it twelve months are told."),
        "through": _month(f"{MONTH} The last; without it this month is."),
        "credential": LineField(
            required=False,
            max_length=LONGEST,
            help_text="The code of a credential; only what its holders did is told.",
        ),
    },
)


class ReportView(RestView):
    """One report of some months."""

    permissions: ClassVar = {"GET": STAFF_STANDING}
    query: ClassVar = ReportQuery
    report: ClassVar[str]

    def wanted(self, door: StaffDoor) -> Asked:
        """Read which months are wanted.

        Raises:
            Malformed: no such months or credential; it names the parameter.
            Missing: the body has no policy, so there is nothing here yet.
        """
        if door.program not in programs():
            raise Missing("Not found.")
        given = {**self.asked, "report": self.report}
        try:
            return report_asked(door.program, given, today=day_in(door.program))
        except NotUsable as error:
            problems = [_in_query(each) for each in error.problems]
            raise Malformed(error.text, problems) from error

    def told(self, asked: Asked, door: StaffDoor, months: list[Any]) -> Response:
        """Answer a report's months."""
        return Response(
            {
                "from": f"{asked.first:%Y-%m}",
                "through": f"{asked.last:%Y-%m}",
                "as_of": day_in(door.program).isoformat(),
                "credential": asked.credential,
                "months": months,
            }
        )


class GoodStandingReport(ReportView):
    """Good standing, month by month."""

    report = STANDING
    operations: ClassVar = {"GET": ("read", "good_standing_report")}

    @extend_schema(summary="Report good standing", responses=StandingReport)
    def get(self, request: Request, door: StaffDoor) -> Response:
        """Count holders of each credential by standing, on the last day of each month.

        Of this month it is today; a day ahead is as if nobody did anything.
        """
        asked = self.wanted(door)
        rows = stood(door.program, asked, today=day_in(door.program))
        months = [
            {
                "month": f"{row.month:%Y-%m}",
                "day": row.day.isoformat(),
                "credential": row.credential,
                "total": row.total,
                "in_good_standing": row.current,
                "standings": _counted("standing", row.counts),
            }
            for row in rows
        ]
        return self.told(asked, door, months)


class RenewalReport(ReportView):
    """Renewals and attrition by month."""

    report = RENEWALS
    operations: ClassVar = {"GET": ("read", "renewals_report")}

    @extend_schema(summary="Report renewals", responses=RenewalsReport)
    def get(self, request: Request, door: StaffDoor) -> Response:
        """Count the terms or cycles that ended in each month by what became of them."""
        asked = self.wanted(door)
        rows = went(door.program, asked, today=day_in(door.program))
        months = [
            {
                "month": f"{row.month:%Y-%m}",
                "ended": row.ended,
                "outcomes": _counted("outcome", row.counts),
                "went_on": row.went_on,
                "did_not_go_on": row.left,
                "attrition_percent": None
                if row.attrition is None
                else str(row.attrition),
            }
            for row in rows
        ]
        return self.told(asked, door, months)


class AuditReport(ReportView):
    """Audits by month and draw."""

    report = AUDITS
    operations: ClassVar = {"GET": ("read", "audits_report")}

    @extend_schema(summary="Report audits", responses=AuditsReport)
    def get(self, request: Request, door: StaffDoor) -> Response:
        """Count audits by the month they were opened in, and by their draw.

        A row without a draw is what staff opened by hand.
        """
        asked = self.wanted(door)
        months = [
            {
                "month": f"{row.month:%Y-%m}",
                "draw": row.draw_id and public_ids.spell(DRAW_PREFIX, row.draw_id),
                "audits": row.cases,
                "answered": row.answered,
                "closed": row.closed,
                "submissions": row.drawn,
                "verified": row.verified,
                "not_accepted": row.not_accepted,
                "undecided": row.undecided,
            }
            for row in audits_in(door.program, asked)
        ]
        return self.told(asked, door, months)


class CreditReport(ReportView):
    """Credits by kind and month."""

    report = CREDITS
    operations: ClassVar = {"GET": ("read", "credits_report")}

    @extend_schema(summary="Report credits", responses=CreditsReport)
    def get(self, request: Request, door: StaffDoor) -> Response:
        """Count what was done in each month and reported, by kind, as of today."""
        asked, today = self.wanted(door), day_in(door.program)
        months = [
            {
                "month": f"{row.month:%Y-%m}",
                "kind": row.kind,
                "reported": row.reported,
                "approved": row.approved,
                "not_accepted": row.not_accepted,
                "needs_information": row.returned,
                "waiting": row.waiting,
                "minutes": row.minutes,
                "credits": f"{row.credits:.2f}",
            }
            for row in reported_in(door.program, asked, today=today)
        ]
        return self.told(asked, door, months)


def _counted(name: str, counts: Mapping[str, int]) -> list[dict[str, object]]:
    return [{name: code, "count": count} for code, count in counts.items()]


def _in_query(problem: FieldProblem) -> FieldProblem:
    return FieldProblem(f"?{problem.field}", problem.text, problem.code)
