"""The rows of a practice's members, and of the practice itself."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.details import details_of, practice_details, version_of
from tests.matrix.expectations import Row, Word, get, sends, shows, write
from tests.matrix.world import World


def _details(world: World) -> Mapping[str, Any]:
    held = world.cast.northside.sponsorships.select_related("member").get(
        member_id=UUID(world.things["person"].own), until_on=None
    )
    return {"phone": "714 555 0100", "seen": version_of(details_of(held))}


def _roster(world: World) -> Mapping[str, Any]:
    text = b"first_name,last_name,email\nNora,New,nora@mail.example\n"
    return {"file": SimpleUploadedFile("roster.csv", text)}


def _practice(world: World) -> Mapping[str, Any]:
    seen = version_of(practice_details(world.cast.northside))
    return {"name": "Northside Clinic", "seen": seen}


RECORDS = {
    "certificates": shows(Word.PRACTICE),
    "certificates_zip": Row(Word.PRACTICE, {"GET": get(noted=True)}),
    "renewals": shows(Word.PRACTICE),
    "reports": shows(Word.PRACTICE),
    "reports_csv": shows(Word.PRACTICE),
    "reports_xlsx": shows(Word.PRACTICE),
    "member_edit": Row(
        Word.PRACTICE,
        {"GET": get(), "POST": write(302, _details)},
        {"member_id": "person"},
    ),
    "member_record": shows(Word.PRACTICE, member_id="person"),
    "member_remove": Row(
        Word.PRACTICE,
        {"GET": get(), "POST": write(302, sends(reason="Moved away"))},
        {"member_id": "person"},
    ),
    "members_import": Row(Word.PRACTICE, {"GET": get(), "POST": write(302, _roster)}),
    "members_import_bad": shows(Word.PRACTICE, roster_id="roster"),
    "members_import_file": Row(
        Word.PRACTICE,
        {"GET": get(), "POST": write(302, sends(do="import", whole="0"))},
        {"roster_id": "roster"},
    ),
    "members_import_template": shows(Word.PRACTICE),
    "practice_details": Row(
        Word.PRACTICE, {"GET": get(), "POST": write(302, _practice)}
    ),
}
