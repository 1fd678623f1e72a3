"""Doors and rows of applications over REST, opened one at a time."""

from tests.matrix.mutating import Mutant

LISTS = "portal/queries/recert_behind.py"
DECIDING = "portal/api/recert_deciding.py"
SOCIETY = "portal/api/society.py"
CYCLES_OVER_REST = (
    Mutant(
        LISTS,
        "return Recertification.objects.visible_to(door.member)",
        "return Recertification.objects.all()",
        "nothing_of_another and member",
    ),
    Mutant(
        LISTS,
        "return Recertification.objects.of_program(door.program).sent()",
        "return Recertification.objects.all().sent()",
        "api_body_applications",
    ),
    Mutant(
        DECIDING,
        'permissions: ClassVar = {"POST": STAFF_APPLICATIONS}',
        'permissions: ClassVar = {"POST": STAFF_SEE}',
        "api_application_decision",
    ),
    Mutant(
        SOCIETY,
        "from accounts.access import STAFF_CERTIFY, StaffDoor",
        "from accounts.access import STAFF_SEE as STAFF_CERTIFY, StaffDoor",
        "api_society",
    ),
    Mutant(
        SOCIETY,
        'return member_of(door.program, id_in_address("mem", member_id))',
        'return Member.objects.get(pk=id_in_address("mem", member_id))',
        "api_society",
    ),
)
