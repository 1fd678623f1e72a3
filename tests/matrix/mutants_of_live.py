"""Live activities and sponsors' approvals that somebody else could see or write."""

from tests.matrix.mutating import Mutant

MODELS = "courses/models/live.py"
APPROVALS_OF = "ce_credits/models/approvals.py"
MANAGE = "from accounts.access import STAFF_CATALOGUE, StaffDoor"
ANY_STAFF = (
    "from accounts.access import STAFF_SEE as STAFF_CATALOGUE\n"
    "from accounts.access import StaffDoor"
)
DECIDE = "from accounts.access import STAFF_APPROVALS, StaffDoor"
ANY_DECIDE = (
    "from accounts.access import STAFF_SEE as STAFF_APPROVALS\n"
    "from accounts.access import StaffDoor"
)
DESK = "staff_live or staff_attendance"
LIVE = (
    # A draft that nobody announced, and what another body holds.
    Mutant(
        MODELS,
        "return self.filter(published_at__isnull=False)",
        "return self.all()",
        "my_live_activity or api_live",
    ),
    Mutant(
        MODELS,
        'drafts with them."""\n        return self.filter(program=program)',
        'drafts with them."""\n        return self.all()',
        DESK,
    ),
    Mutant(
        MODELS,
        '"""The member\'s own."""\n        return self.filter(member=member)',
        '"""The member\'s own."""\n        return self.all()',
        "api_live_registration or api_live_door",
    ),
    Mutant("portal/views/staff_live.py", MANAGE, ANY_STAFF, DESK),
    Mutant("portal/views/staff_live_lists.py", MANAGE, ANY_STAFF, DESK),
    Mutant("portal/api/body_live.py", MANAGE, ANY_STAFF, "api_body_live"),
    Mutant("portal/api/body_live_acting.py", MANAGE, ANY_STAFF, "api_body_live"),
    Mutant(
        "portal/queries/live.py",
        "rows = LiveRegistration.objects.visible_to(member).standing()\n"
        "    found = rows.filter(pk=row_id",
        "rows = LiveRegistration.objects.standing()\n    found = rows.filter(pk=row_id",
        "my_claim_evaluation",
    ),
    # A sponsor's application is nobody else's, and a draft no staff's.
    Mutant(
        APPROVALS_OF,
        "return self.filter(user=user_id)",
        "return self.all()",
        "approval",
    ),
    Mutant(
        APPROVALS_OF,
        "return self.filter(program=program, submitted_at__isnull=False)",
        "return self.filter(program=program)",
        "staff_approval or api_approval",
    ),
    Mutant(
        APPROVALS_OF,
        "return self.filter(program=program, submitted_at__isnull=False)",
        "return self.filter(submitted_at__isnull=False)",
        "staff_approval or api_approval",
    ),
    Mutant(
        APPROVALS_OF,
        "return self.filter(application=application)",
        "return self.all()",
        "approval_list",
    ),
    Mutant("portal/views/staff_approvals.py", DECIDE, ANY_DECIDE, "staff_approval"),
    Mutant("portal/api/body_approvals.py", DECIDE, ANY_DECIDE, "api_approval"),
)
