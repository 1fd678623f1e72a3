"""Reports and saved views of staff's, opened to whom they are not for."""

from tests.matrix.mutating import WITH_PUBLIC, Mutant

PAGES, OVER_REST = "portal/views/staff_reports.py", "portal/api/staff_reports.py"
VIEWS, LIST = "portal/api/saved_views.py", "portal/views/application_list.py"
REPORTS = (
    Mutant(
        PAGES,
        "@route(permission=STAFF_STANDING)\ndef reports(",
        f"{WITH_PUBLIC}@route(permission=PUBLIC)\ndef reports(",
        "staff_reports",
    ),
    Mutant(
        OVER_REST,
        "from accounts.access import STAFF_STANDING, StaffDoor",
        "from accounts.access import STAFF_SEE as STAFF_STANDING, StaffDoor",
        "api_report_standing",
    ),
    Mutant(
        LIST,
        "from accounts.access import STAFF_APPLICATIONS, StaffDoor",
        "from accounts.access import STAFF_SEE as STAFF_APPLICATIONS, StaffDoor",
        "staff_applications_view_remove",
    ),
    Mutant(
        VIEWS,
        'permissions: ClassVar = {"DELETE": STAFF_APPLICATIONS}',
        'permissions: ClassVar = {"DELETE": STAFF_DECIDE}',
        "api_application_view",
    ),
    # A view of one list is nothing at the other's address.
    Mutant(
        "portal/models.py",
        "return self.of_body(program).filter(place=place)",
        "return self.of_body(program)",
        "api_application_view",
    ),
)
