"""Recovery codes: made at random, kept as hashes, each worth one sign-in."""

import secrets
from collections.abc import Sequence

from accounts.rules import hash_of

COUNT = 10
# Twenty digits are 66 bits: as a hash they stay unguessable, unlike a password.
DIGITS, GROUP = 20, 5


def new_codes() -> Sequence[str]:
    """Make ten codes, in groups of five digits as they are shown."""
    return [_spelled(_digits()) for _ in range(COUNT)]


def hash_of_code(code: str) -> str:
    """Give what is kept of a code, however its groups were typed."""
    return hash_of("".join(each for each in code if each.isalnum()))


def _digits() -> str:
    return "".join(secrets.choice("0123456789") for _ in range(DIGITS))


def _spelled(digits: str) -> str:
    return " ".join(digits[at : at + GROUP] for at in range(0, DIGITS, GROUP))
