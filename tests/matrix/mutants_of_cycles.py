"""Applications that would be shown to, or decided on by, somebody they are not for."""

from tests.matrix.mutating import WITH_PUBLIC, Mutant

ROWS = "renewals/models/cycles.py"
OWN = "portal/queries/recertify.py"
DESK = "portal/queries/applications.py"
STAFF_PAGES = "portal/views/applications.py"
MEMBER = "nothing_of_another and member"
WITHDRAWS = "recertify_withdraw"
CYCLES = (
    Mutant(
        ROWS,
        '"""The member\'s own."""\n        return self.filter(member=member)',
        '"""The member\'s own."""\n        return self.all()',
        WITHDRAWS,
    ),
    Mutant(
        OWN,
        "mine = Recertification.objects.visible_to(member)\n    if program:",
        "mine = Recertification.objects.all()\n    if program:",
        WITHDRAWS,
    ),
    Mutant(
        OWN,
        "mine = Recertification.objects.visible_to(member).filter(",
        "mine = Recertification.objects.filter(",
        f"{MEMBER} or recertify",
    ),
    Mutant(
        OWN,
        "    if program:\n        mine = mine.filter(program=program)\n",
        "",
        WITHDRAWS,
    ),
    Mutant(
        ROWS,
        '"""A body\'s."""\n        return self.filter(program=program)',
        '"""A body\'s."""\n        return self.all()',
        "staff_application",
    ),
    Mutant(
        DESK,
        "rows = Recertification.objects.of_program(program).sent()",
        "rows = Recertification.objects.sent()",
        "staff_application",
    ),
    Mutant(
        DESK,
        "rows = Recertification.objects.of_program(program).sent()",
        "rows = Recertification.objects.of_program(program)",
        "staff_application",
    ),
    Mutant(
        STAFF_PAGES,
        "member = member_of(door.program, member_id)",
        "member = Member.objects.get(pk=member_id)",
        "staff_society",
    ),
    Mutant(
        "accounts/access.py",
        'Permission("staff.applications", Kind.STAFF, manager=True)',
        'Permission("staff.applications", Kind.STAFF)',
        "staff_application",
    ),
    Mutant(
        "portal/views/application_list.py",
        '@route(permission=STAFF_APPLICATIONS, methods=("GET", "POST"))\ndef listed(',
        WITH_PUBLIC + '@route(permission=PUBLIC, methods=("GET", "POST"))\ndef listed(',
        "staff_applications",
    ),
    Mutant(
        "portal/queries/decrees.py",
        "found = Decree.objects.filter(program=program, pk=decree_id).first()",
        "found = Decree.objects.filter(pk=decree_id).first()",
        "staff_decree",
    ),
    Mutant(
        "renewals/services/recertifying_ends.py",
        "    refuse_own_record(actor, application.member)\n",
        "",
        "own_record",
    ),
    Mutant(
        "credentials/services/society.py",
        "    refuse_own_record(actor, member)\n    mine = SocietyMembership.objects."
        "filter(member=member, program=program)\n    running = mine.filter(",
        "    mine = SocietyMembership.objects."
        "filter(member=member, program=program)\n    running = mine.filter(",
        "own_record",
    ),
)
