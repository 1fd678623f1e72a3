"""Reading a pack's notices of a cycle's days, and checking that each has its day."""

from credentials.policy import plans
from credentials.policy.basis import read_basis
from credentials.policy.reading import Table, as_count, as_text, one_of

ANCHORS = ("opens", "ends", "late", "lapses", "grace_ends", "expires")
"""Days of a cycle that a notice may count from."""


def read_notice(table: Table, sources: tuple[str, ...]) -> plans.Notice:
    """Read one notice."""
    notice = plans.Notice(
        code=table.need("code", as_text),
        anchor=table.need("anchor", one_of(ANCHORS)),
        days_before=table.maybe("days_before", as_count) or 0,
        basis=read_basis(table, sources),
    )
    table.close()
    return notice


def check_notices(table: Table, plan: plans.CyclePlan) -> None:
    """Each has a name of its own, and a day on which somebody is told."""
    codes = [each.code for each in plan.notices]
    for code in codes:
        if codes.count(code) > 1:
            table.fail("notices", f'"{code}" occurs twice')
    ends, rules = plan.cycle.ends, plan.application
    last = ends.days_after(rules.opens)
    late, grace = rules.late_until.days_after(ends), plan.grace.until.days_after(ends)
    since_opening = {
        "opens": 0,
        "ends": last,
        "late": last + 1,
        "lapses": last + late + 1,
        "grace_ends": last + grace,
        "expires": last + grace + 1,
    }
    for place, each in enumerate(plan.notices, start=1):
        if each.days_before > since_opening[each.anchor]:
            table.fail(
                f"notices[{place}].days_before",
                "must not lead to before the application opens",
            )
