"""The assignments page, and what it asks and says before and after a press."""

from tests.browser.look import DANA, Look
from tests.browser.showing import (
    ASSIGNMENTS,
    Show,
    a_garbled_choice,
    at,
    choosing,
    following,
    pressing,
    unticking,
)

SEVEN = (
    "Nadia Abdi",
    "Tom Bell",
    "Carla Benítez",
    "Jonah Brandt",
    "Amelia Chow",
    "Luis Delgado",
    "Ravi Ganesan",
)
SPECIALTY = choosing(*SEVEN[:2], tile="Specialty Certification")


def undoing(name: str) -> Show:
    """Assign somebody a course, then go to where it is undone."""
    return following("Undo", choosing(name, tile="HIPAA for Scribes"))


ASSIGNING = (
    Look("assignments", "assignments", at(ASSIGNMENTS), DANA),
    Look("assignments chosen", "assignments", choosing(*SEVEN[:3]), DANA),
    Look("assignments searched", "assignments", at(f"{ASSIGNMENTS}?q=zzz"), DANA),
    Look("assignments due", "assignments", at(f"{ASSIGNMENTS}?only=due"), DANA),
    Look("assignments nobody", "assignments", choosing(tile="Renewals"), DANA, 422),
    Look(
        "assignments short",
        "assignments",
        choosing(*SEVEN, tile="Renewals"),
        DANA,
        409,
    ),
    Look(
        "assignments check",
        "assignments",
        choosing("Tom Bell", "Hannah Fischer", tile="Renewals"),
        DANA,
    ),
    Look("assignments specialty", "assignments", SPECIALTY, DANA),
    Look(
        "assignments specialty none",
        "assignments",
        pressing("Assign to 2", SPECIALTY),
        DANA,
        422,
    ),
    Look(
        "assignments ce course",
        "assignments",
        choosing(*SEVEN[:2], tile="Continuing Education"),
        DANA,
    ),
    Look("assignments garbled", "assignments", a_garbled_choice, DANA, 422),
    Look("assignments table", "assignments", at(f"{ASSIGNMENTS}?view=table"), DANA),
    Look(
        "member added empty",
        "assignments",
        pressing("Add member", at(ASSIGNMENTS)),
        DANA,
        422,
    ),
    Look("undo", "undo_assignment", undoing("Ravi Ganesan"), DANA),
    Look(
        "undo renewal",
        "undo_assignment",
        following("Undo", choosing("Luis Delgado", tile="Renewals")),
        DANA,
    ),
    Look(
        "undo nobody",
        "undo_assignment",
        pressing("Undo", unticking("Joy Mbeki", undoing("Joy Mbeki"))),
        DANA,
        422,
    ),
)
