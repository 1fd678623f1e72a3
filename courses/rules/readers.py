"""Reading what `course.toml` says, as it can be stored."""

import re
from decimal import Decimal

from courses.rules.going import RESERVED
from credentials.policy.reading import Reader, as_positive, as_text

CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_CODE = 60
CENT = Decimal("0.01")


def text_of(most: int) -> Reader[str]:
    """Text of at most so many characters."""

    def read(value: object) -> str:
        text = as_text(value).strip()
        if len(text) > most or "\0" in text:
            raise ValueError(f"must be at most {most} characters")
        return text

    return read


def as_page_code(value: object) -> str:
    """A code that is no word of an address of ours."""
    code = as_code(value)
    if code in RESERVED:
        raise ValueError(f"is none of: {', '.join(sorted(RESERVED))}")
    return code


def as_code(value: object) -> str:
    """Words of small letters and digits, joined by hyphens."""
    text = as_text(value)
    if not CODE.fullmatch(text) or len(text) > LONGEST_CODE:
        raise ValueError("must be small letters, digits and hyphens, at most 60")
    return text


def in_hundredths(read: Reader[Decimal], most: int) -> Reader[Decimal]:
    """An amount below so much, with at most two digits behind its point."""

    def read_it(value: object) -> Decimal:
        found = read(value)
        if found >= most or found != found.quantize(CENT):
            raise ValueError(f"must be below {most:,}, with at most two decimals")
        return found

    return read_it


def positive_to(most: int) -> Reader[int]:
    """A whole number from 1 to so many."""

    def read_it(value: object) -> int:
        found = as_positive(value)
        if found > most:
            raise ValueError(f"must be at most {most}")
        return found

    return read_it
