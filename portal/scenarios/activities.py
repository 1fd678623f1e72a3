"""Reading an activity out of a scenario: the kind, and exactly the inputs it asks."""

from datetime import date

from ce_credits.rules import ActivityInput
from credentials.policy import Kind, Policy, PolicyBook, UnknownProgram
from credentials.policy.reading import Table, as_anything, as_text
from portal.scenarios.words import INPUTS


def read_program(table: Table, book: PolicyBook) -> str:
    """Read the program's code; it must have a pack."""
    program = table.need("program", as_text)
    try:
        book.versions(program)
    except UnknownProgram as fault:
        table.fail("program", str(fault))
    return program


def read_activity(
    table: Table, policy: Policy, *, on: date, profession: str | None = None
) -> ActivityInput:
    """Read the kind and its inputs; any input the kind does not ask is an error.

    The length of time is taken as it stands: whether it can count is a rule's matter.
    `profession` is what the person is.
    """
    code = table.need("activity", as_text)
    kind = policy.kind(code)
    if kind is None:
        have = ", ".join(each.code for each in policy.kinds)
        table.fail(
            "activity", f'"{code}" is no kind of {policy.version} (have: {have})'
        )
    _check_inputs(table, kind)
    return ActivityInput(
        kind=code,
        on=on,
        minutes=table.maybe("minutes", as_anything),
        hours=table.maybe("hours", as_anything),
        title=table.maybe("title", as_string),
        positions=table.maybe("positions", as_anything),
        level=table.maybe("level", as_string),
        housekeeping_minutes=table.maybe("housekeeping_minutes", as_anything),
        academic_credits=table.maybe("academic_credits", as_anything),
        paid=table.maybe("paid", as_anything),
        stated_credits=table.maybe("stated_credits", as_anything),
        profession=profession,
        topics=table.maybe("topics", as_anything),
        website=table.maybe("website", as_anything),
    )


def as_string(value: object) -> str:
    """Text, also empty: a name may be missing, and a rule then says so."""
    if not isinstance(value, str):
        raise ValueError("must be text")
    return value


def _check_inputs(table: Table, kind: Kind) -> None:
    for key in INPUTS:
        if table.has(key) and key not in kind.inputs | {"title"}:
            table.fail(key, f'"{kind.code}" does not ask for this')
    if table.has("minutes") and table.has("hours"):
        table.fail("hours", "says the same as minutes; keep one")
