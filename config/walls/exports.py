"""The walls of files that were asked for."""

from collections.abc import Mapping, Sequence

from config.walls.conditions import BODY, OUR_PRACTICE, practice, staff, sweep
from core.walls import Rule

EXPORTS: Mapping[str, Sequence[Rule]] = {
    # No member reads what a practice asked for, and no body what a practice did.
    "core_exportjob": (
        practice(OUR_PRACTICE),
        staff(f"practice_id IS NULL AND {BODY}"),
        *sweep(),
    ),
}
