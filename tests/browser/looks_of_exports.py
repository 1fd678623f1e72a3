"""Exports: none yet, one refused, and one in each state."""

from tests.browser.look import DANA, Look
from tests.browser.showing import Show, at
from tests.browser.visitor import HARBOR, Visitor
from tests.browser.world import World

PLACE = f"/p/{HARBOR}/exports/"
SOON, PAST, WEEK = "2099-01-01 00:00:00", "2025-11-17 15:00:00", "2098-01-01 00:00:00"
NAMES = (
    *("id", "program", "kind", "params", '"key"', "state", "done", "in_all"),
    *("problem", "attempts", "leased_until", "file_key", "file_name", "file_kind"),
    *("size", "sha256", '"by"', '"at"', "ready_at", "expires_at", "practice_id"),
)
READY = "exports/aa/nobody"
FAILED = "It could not be made. Ask for it again, or for fewer rows at a time."
# Kind, state, done of all, problem, until when a worker has it, the file's key.
JOBS = (
    ("people", "working", 1_250, 5_000, "", SOON, ""),
    ("certificates", "ready", 214, 214, "", "", READY),
    ("activity", "failed", 0, 0, FAILED, "", ""),
    ("orders", "expired", 12, 12, "", "", ""),
)


def statement(place: int) -> str:
    """Write one job of Harbor's down."""
    kind, state, done, of, problem, lease, key = JOBS[place]
    made = bool(key)
    values = (
        f"{place + 1:032x}",
        *("acmss", kind, '{"format": "csv"}', f"{place + 1:064x}", state, done, of),
        *(problem, 1, lease or None, key, f"{kind}.csv" if made else ""),
        *("csv" if made else "", 48_200 if made else 0, "0" * 64 if made else ""),
        *("Dana Whitfield", PAST, PAST if made else None, WEEK if made else None),
    )
    spelled = ", ".join(
        "NULL" if each is None else f"'{each}'" if isinstance(each, str) else str(each)
        for each in values
    )
    return (
        f"INSERT INTO core_exportjob ({', '.join(NAMES)}) "  # noqa: S608
        f"SELECT {spelled}, id FROM accounts_practice WHERE slug = '{HARBOR}'"
    )


def with_jobs(show: Show) -> Show:
    """Let files be on their way, there, not made, and gone."""

    def shown(visitor: Visitor, world: World) -> None:
        for place in range(len(JOBS)):
            world.stage.rows.change(statement(place))
        show(visitor, world)

    return shown


EXPORTING = (
    Look("exports none", "exports", at(PLACE), DANA),
    Look(
        "exports filtered",
        "exports",
        at(f"{PLACE}?kind=people&q=bell"),
        DANA,
    ),
    Look("exports in every state", "exports", with_jobs(at(PLACE)), DANA),
)
NO_PAGES_OF_EXPORTING = {
    "export_now": "a file to be saved",
    "export_file": "a file to be saved",
}
