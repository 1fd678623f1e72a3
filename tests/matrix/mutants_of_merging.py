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
    # A link opens for whoever reported the account, and for nobody else.
    Mutant(
        MODELS,
        '"""The member\'s own."""\n        return self.filter(member=member)',
        '"""The member\'s own."""\n        return self.all()',
        "my_duplicate_proof",
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
