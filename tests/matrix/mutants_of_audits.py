"""Doors, rows and own records of audits, opened one at a time."""

from tests.matrix.mutating import Mutant

CASES, DRAWS = "portal/queries/audits.py", "portal/queries/audit_draws.py"
OWN, MODELS = "portal/queries/own_audits.py", "ce_credits/models/audits.py"
REST, DRAWING = "portal/api/audits.py", "portal/api/audit_draws.py"
ANSWERING, ACTING = "portal/api/own_audits.py", "portal/api/recert_acting.py"
AUDITS = (
    Mutant(
        MODELS,
        '"""The member\'s own."""\n        return self.filter(member=member)',
        '"""The member\'s own."""\n        return self.all()',
        "my_audit",
    ),
    Mutant(
        OWN,
        "AuditCase.objects.visible_to(member).filter(pk=case_id)",
        "AuditCase.objects.filter(pk=case_id)",
        "my_audit",
    ),
    Mutant(
        CASES,
        "AuditCase.objects.of_program(program).filter(pk=case_id)",
        "AuditCase.objects.filter(pk=case_id)",
        "staff_audit or api_audit",
    ),
    Mutant(
        DRAWS,
        "AuditDraw.objects.filter(program=program, pk=draw_id)",
        "AuditDraw.objects.filter(pk=draw_id)",
        "staff_audit_drawn or api_audit_draw",
    ),
    Mutant(
        REST,
        "from accounts.access import STAFF_AUDITS, StaffDoor",
        "from accounts.access import STAFF_SEE as STAFF_AUDITS, StaffDoor",
        "api_audit",
    ),
    Mutant(
        DRAWING,
        "from accounts.access import STAFF_AUDITS, StaffDoor",
        "from accounts.access import STAFF_SEE as STAFF_AUDITS, StaffDoor",
        "api_audit",
    ),
    Mutant(
        ACTING,
        "    STAFF_AUDITS,\n",
        "    STAFF_SEE as STAFF_AUDITS,\n",
        "api_application_audit",
    ),
    Mutant(
        REST,
        'items = case.items.select_related("case__member", "activity__member")',
        'items = AuditItem.objects.select_related("case__member", "activity__member")',
        "api_audit_decision",
    ),
    Mutant(
        ANSWERING,
        'items = case.items.select_related("case", "activity__member")',
        'items = AuditItem.objects.select_related("case", "activity__member")',
        "api_my_audit_proofs",
    ),
    Mutant(
        REST,
        "people = Member.objects.of_program(door.program)",
        "people = Member.objects.all()",
        "api_audits",
    ),
)
