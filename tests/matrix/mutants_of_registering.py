"""Certificants and decrees that somebody else than a body's managers could make."""

from tests.matrix.mutating import Mutant

CERTIFY = "from accounts.access import STAFF_CERTIFY, StaffDoor"
APPLICATIONS = "from accounts.access import STAFF_APPLICATIONS, StaffDoor"
REGISTERING = (
    Mutant(
        "portal/views/registering.py",
        CERTIFY,
        CERTIFY.replace("STAFF_CERTIFY", "STAFF_SEE as STAFF_CERTIFY"),
        "staff_register",
    ),
    Mutant(
        "portal/api/certificants.py",
        CERTIFY,
        CERTIFY.replace("STAFF_CERTIFY", "STAFF_SEE as STAFF_CERTIFY"),
        "api_certificants",
    ),
    Mutant(
        "portal/views/decrees.py",
        APPLICATIONS,
        APPLICATIONS.replace("STAFF_APPLICATIONS", "STAFF_SEE as STAFF_APPLICATIONS"),
        "staff_decree",
    ),
    Mutant(
        "portal/api/decrees.py",
        APPLICATIONS,
        APPLICATIONS.replace("STAFF_APPLICATIONS", "STAFF_SEE as STAFF_APPLICATIONS"),
        "api_decree",
    ),
)
