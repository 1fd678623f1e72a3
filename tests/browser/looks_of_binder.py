"""Audit binders: what one would hold, one that is made, and each state of one."""

from tests.browser.look import DANA, Look
from tests.browser.looks_of_exports import FAILED, NAMES, PAST, READY, SOON, WEEK
from tests.browser.showing import Show, at, pressing
from tests.browser.visitor import HARBOR, Visitor
from tests.browser.world import World

PLACE = f"/p/{HARBOR}/binder/"
NOBODY = '{{"from_on": "2019-11-17", "until_on": "2025-11-17", "members": [{}]}}'
FILE = ("audit-binder.zip", "zip", 48_200_000, "0" * 64)
# State, people done, why it was not made, until when a worker has it, the file's key.
WORKING = ("working", 7, "", SOON, "")
THERE = (
    ("ready", 24, "", "", f"{READY}1"),
    ("failed", 0, FAILED, "", ""),
    ("expired", 24, "", "", ""),
)


def statement(place: int, job: tuple[str, int, str, str, str]) -> str:
    """Write one binder of Harbor's down."""
    state, done, problem, lease, key = job
    made, people = bool(key), ", ".join(['""'] * 24)
    values = (
        f"{place + 1:032x}",
        *("acmss", "audit_binder", NOBODY.format(people), f"{place + 1:064x}"),
        *(state, done, 24, problem, 1, lease or None, key),
        *(
            ("audit-binder.zip", "zip", 48_200_000, "0" * 64)
            if made
            else ("", "", 0, "")
        ),
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


def with_binders(*jobs: tuple[str, int, str, str, str]) -> Show:
    """Let binders be in these states."""

    def shown(visitor: Visitor, world: World) -> None:
        for place, job in enumerate(jobs, 100 + len(jobs)):
            world.stage.rows.change(statement(place, job))
        visitor.go(PLACE)

    return shown


BINDERS = (
    Look("binder", "binder", at(PLACE), DANA),
    Look("binder nobody", "binder", at(f"{PLACE}?q=nobody"), DANA),
    Look("binder wrong days", "binder", at(f"{PLACE}?until_on=2031-01-01"), DANA, 422),
    Look("binder of today", "binder", pressing("Show the list", at(PLACE)), DANA),
    Look("binder in every state", "binder", with_binders(*THERE), DANA),
    Look("binder being made", "binder", with_binders(WORKING), DANA),
)
NO_PAGES_OF_BINDERS = {"binder_pdf": "a file to be saved"}
