"""Live activities as a pack holds them (M4, M12): letter, deadline, codes, seats."""

from dataclasses import dataclass

from credentials.policy.basis import Basis, read_basis
from credentials.policy.reading import Table, as_positive

# Guessing a code takes its symbols, not only the limits on how often one may.
FEWEST_CODE, FEWEST_DOOR = 10, 5


@dataclass(frozen=True, slots=True)
class LiveRules:
    """How the body's live activities end in credit.

    The letter with the code is written `letter_from` to `letter_to` business days
    after the last session. `evaluate_days` are calendar days after it, until which the
    evaluation is taken where staff set no other day. `code_symbols` and `door_symbols`
    are how long the two codes are, `most_seats` is the largest room.
    """

    basis: Basis
    letter_from: int
    letter_to: int
    evaluate_days: int
    code_symbols: int
    door_symbols: int
    most_seats: int


def read_live(table: Table, sources: tuple[str, ...]) -> LiveRules | None:
    """Read `[courses.live]`; None where the body has no live activities here."""
    if not table.has("live"):
        return None
    inner = table.table("live")
    found = LiveRules(
        letter_from=inner.need("letter_from", as_positive),
        letter_to=inner.need("letter_to", as_positive),
        evaluate_days=inner.need("evaluate_days", as_positive),
        code_symbols=inner.need("code_symbols", as_positive),
        door_symbols=inner.need("door_symbols", as_positive),
        most_seats=inner.need("most_seats", as_positive),
        basis=read_basis(inner, sources),
    )
    if found.letter_to < found.letter_from:
        inner.fail("letter_to", "must not be before letter_from")
    if found.code_symbols < FEWEST_CODE:
        inner.fail("code_symbols", f"must be at least {FEWEST_CODE}")
    if found.door_symbols < FEWEST_DOOR:
        inner.fail("door_symbols", f"must be at least {FEWEST_DOOR}")
    inner.close()
    return found
