"""The rows of staff's reports, and of the filters they keep under a name."""

from collections.abc import Mapping
from typing import Any

from tests.matrix.expectations import Row, Word, get, sends, shows, write
from tests.matrix.world import World

BODY = {"body": "program"}
OF_CYCLES, IN_CYCLES = {"program": "program of cycles"}, {"body": "program of cycles"}
VIEW = {"view_id": "view of the body over REST"}


def _queue(world: World) -> Mapping[str, Any]:
    return {"name": "Old ones", "filters": "kind=webinar&age=14"}


def _applications(world: World) -> Mapping[str, Any]:
    return {"name": "Overdue", "filters": "mark=overdue"}


def _nothing(world: World) -> Mapping[str, Any]:
    return {}


SHOW = {"GET": get()}
GONE = {"DELETE": write(204, _nothing)}
STAFF_REPORTS = {
    "staff_reports": shows(Word.MANAGER),
    "staff_reports_csv": shows(Word.MANAGER),
    "staff_reports_xlsx": shows(Word.MANAGER),
    "api_report_standing": Row(Word.MANAGER, SHOW, BODY),
    "api_report_renewals": Row(Word.MANAGER, SHOW, BODY),
    "api_report_audits": Row(Word.MANAGER, SHOW, BODY),
    "api_report_credits": Row(Word.MANAGER, SHOW, BODY),
    "staff_applications_view_remove": Row(
        Word.MANAGER,
        {"POST": write(302, sends())},
        OF_CYCLES | {"view_id": "view of applications"},
    ),
    "api_views": Row(Word.STAFF, {**SHOW, "POST": write(201, _queue)}, BODY),
    "api_view": Row(Word.STAFF, GONE, BODY | VIEW),
    "api_application_views": Row(
        Word.MANAGER, {**SHOW, "POST": write(201, _applications)}, IN_CYCLES
    ),
    "api_application_view": Row(
        Word.MANAGER,
        GONE,
        IN_CYCLES | {"view_id": "view of applications over REST"},
    ),
}
