"""How a body approves the activities of outside sponsors (M12, N10).

A pack says which kinds of activity a sponsor may have approved, what beside the
programme is asked, how long before the activity one must apply, for which grounds staff
refuse, and how the code begins that an approved activity is given.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from credentials.policy.basis import Basis, read_basis
from credentials.policy.formulas import Kind
from credentials.policy.grounds import Ground, read_grounds
from credentials.policy.reading import (
    Table,
    as_positive,
    as_text,
    list_of,
    one_of,
)

# What a body may ask beside the programme and its minutes.
ASKED = ("speakers", "disclosures", "evaluation")
PREFIX = re.compile(r"[A-Z][A-Z0-9-]{0,19}")


@dataclass(frozen=True, slots=True)
class ApprovalRules:
    """How an outside sponsor's activity is approved.

    `days_before` is how many days before its first day one must apply; None where no
    rule says so. `asks` are those of `ASKED` that an application has to say.
    """

    basis: Basis
    kinds: tuple[str, ...]
    asks: tuple[str, ...]
    code_prefix: str
    grounds: tuple[Ground, ...]
    days_before: int | None = None

    def code_of(self, number: int) -> str:
        """Spell the code of the body's so manieth approved activity."""
        return f"{self.code_prefix}-{number:04d}"

    def ground(self, code: str) -> Ground | None:
        """Find a ground for refusing by its code."""
        return next((each for each in self.grounds if each.code == code), None)


def read_approval(
    table: Table, sources: tuple[str, ...], kinds: Sequence[Kind]
) -> ApprovalRules | None:
    """Read `[approval]`; None where the body approves no sponsor's activities."""
    if not table.has("approval"):
        return None
    inner = table.table("approval")
    # Credit is stated from minutes, so that a kind has to be measured in them.
    timed = [kind.code for kind in kinds if "minutes" in kind.inputs]
    found = ApprovalRules(
        kinds=inner.need("kinds", list_of(one_of(timed))),
        asks=inner.need("asks", list_of(one_of(ASKED))),
        code_prefix=inner.need("code_prefix", as_prefix),
        days_before=inner.maybe("days_before", as_positive),
        grounds=read_grounds(inner, sources),
        basis=read_basis(inner, sources),
    )
    if not found.kinds:
        inner.fail("kinds", "must name at least one kind of activity")
    if not found.grounds:
        inner.fail("grounds", "must give at least one ground for refusing")
    inner.close()
    return found


def as_prefix(value: object) -> str:
    """Read how codes begin: capitals, figures and hyphens, at most 20."""
    text = as_text(value)
    if not PREFIX.fullmatch(text):
        raise ValueError(f"{text!r} must be capitals, figures and hyphens, at most 20")
    return text
