"""Two accounts that somebody else could reach."""

from tests.matrix.mutating import Mutant

MODELS = "accounts/models/merging.py"
MERGING = (
    Mutant(
        MODELS,
        "return self.filter(program=program).exclude(other=None)",
        "return self.exclude(other=None)",
        "staff_duplicate",
    ),
    # Who reads what somebody else reported opens their link as well.
    Mutant(
        MODELS,
        "return self.filter(Q(member=member) | Q(kept=member))",
        "return self.all()",
        "my_duplicate",
    ),
    Mutant(
        "portal/views/merging.py",
        "from accounts.access import OWN_RECORD, STAFF_MERGE, StaffDoor",
        "from accounts.access import OWN_RECORD, StaffDoor\n"
        "from accounts.access import STAFF_SEE as STAFF_MERGE",
        "staff_duplicate",
    ),
    Mutant(
        "portal/api/duplicates.py",
        "from accounts.access import OWN, STAFF_MERGE, OwnDoor, StaffDoor",
        "from accounts.access import OWN, OwnDoor, StaffDoor\n"
        "from accounts.access import STAFF_SEE as STAFF_MERGE",
        "api_duplicate",
    ),
)
