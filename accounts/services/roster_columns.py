"""Which column of a roster is what: by its name, or as somebody chose."""

import re
from collections.abc import Mapping, Sequence
from unicodedata import normalize

FIELDS: Mapping[str, str] = {
    "first_name": "First name",
    "last_name": "Last name",
    "email": "E-mail",
    "role": "Job role",
    "renewal_mode": "Renewal mode",
    "renewal_date": "Renewal date",
    "external_id": "External id",
}
NEEDED = ("first_name", "last_name", "email")
# How spreadsheets of other programs call them, without signs between the words.
NAMES: Mapping[str, Sequence[str]] = {
    "first_name": ("firstname", "givenname", "forename", "first"),
    "last_name": ("lastname", "surname", "familyname", "last"),
    "email": ("email", "emailaddress", "mail", "workemail", "mailaddress"),
    "role": ("role", "jobrole", "jobtitle", "position", "title"),
    "renewal_mode": ("renewalmode", "renewal", "autorenewal"),
    "renewal_date": ("renewaldate", "renewson", "expires", "expirationdate"),
    "external_id": ("externalid", "employeeid", "employeenumber", "staffid", "id"),
}


def match_columns(heads: Sequence[str]) -> dict[str, int]:
    """Find each field's column by its name; the likelier name wins, then the first."""
    plain = [_plain(head) for head in heads]
    matched: dict[str, int] = {}
    for field, names in NAMES.items():
        for name in names:
            if name in plain:
                matched[field] = plain.index(name)
                break
    return matched


def missing_columns(matched: Mapping[str, int]) -> list[str]:
    """Name the needed fields without a column, as they read on screen."""
    return [FIELDS[field] for field in NEEDED if field not in matched]


def taken_twice(matched: Mapping[str, int]) -> list[str]:
    """Name the fields whose column another field before them has as well."""
    columns = list(matched.values())
    return [
        FIELDS[field]
        for place, (field, column) in enumerate(matched.items())
        if column in columns[:place]
    ]


def values_of(cells: Sequence[str], matched: Mapping[str, int]) -> dict[str, str]:
    """Read a row's fields; what has no column, or no cell, is empty."""
    return {
        field: cells[matched[field]]
        if field in matched and matched[field] < len(cells)
        else ""
        for field in FIELDS
    }


def _plain(head: str) -> str:
    return re.sub(r"[^a-z0-9]", "", normalize("NFKC", head).casefold())
