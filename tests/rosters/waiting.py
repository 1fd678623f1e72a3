"""A roster that waits for its import."""

from accounts.models import Practice, RosterImport
from tests.cast import BODY, NOW


def a_roster(practice: Practice, **values: object) -> RosterImport:
    """A file of one bad row and one good one, that waits for its import."""
    given = {
        "columns": {"first_name": 0, "last_name": 1, "email": 2},
        "cells": [
            [1, ["first_name", "last_name", "email"]],
            [2, ["Nora", "New", f"nora@{practice.slug}.example"]],
            [3, ["", "New", "nobody"]],
        ],
        "rows": [],
        "problems": [{"row": 3, "column": "email", "text": "No.", "code": "x"}],
        "notes": [],
        "row_count": 2,
        "new": 1,
        "changed": 0,
        "bad": 1,
        "state": RosterImport.State.CHECKED,
        "by": "tests",
        "at": NOW,
        "program": BODY,
        "name": "roster.csv",
    }
    return RosterImport.objects.create(practice=practice, **(given | values))
