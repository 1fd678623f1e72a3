"""Ids as the API spells them: a prefix that says of what, then the row's id."""

import re
from uuid import UUID

_HEX = re.compile(r"[0-9a-f]{32}")


def spell(prefix: str, row_id: UUID) -> str:
    """Spell a row's id, such as `mem_` and 32 hexadecimal digits."""
    return f"{prefix}_{row_id.hex}"


def read(prefix: str, text: object) -> UUID | None:
    """Read an id; None for anything that names no row of that kind.

    There is one spelling only, so two texts never name the same row.
    """
    if not isinstance(text, str):
        return None
    kind, _, digits = text.partition("_")
    if kind != prefix or not _HEX.fullmatch(digits):
        return None
    return UUID(hex=digits)


def pattern(prefix: str) -> str:
    """Give the regular expression a client may check an id with."""
    return f"^{prefix}_[0-9a-f]{{32}}$"
