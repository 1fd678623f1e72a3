"""Numbers a certificate carries: short enough to type, safe to read out.

A public number looks like ``CMS-7Q4K-29XD-M3V5``: a prefix, eleven characters of
randomness (55 bits) and one check character. The alphabet has no I, L, O or U, so
nothing in it is mistaken for another character. The check character is a weighted
sum over the field of 32 elements: it catches every single wrong character and every
swap of two characters, in the prefix too.
"""

import re
import unicodedata
from datetime import date

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_BITS = 55
FOR_GOOD = date.max
"""The last day of what never runs out: a course that was taken stays taken."""
_RANDOM_LENGTH = 11
_GROUP = 4
_BODY_LENGTH = _RANDOM_LENGTH + 1
_PREFIX = re.compile(r"[A-Z]{2,6}")
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
# What people type for a character the alphabet leaves out.
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1"})
# A longer text is no number whatever it holds; it is not even looked at.
_LONGEST_INPUT = 64
_FIRST_YEAR, _LAST_YEAR = 1900, 9999


def _double(element: int) -> int:
    """Multiply by x in GF(32), whose modulus is x^5 + x^2 + 1."""
    element <<= 1
    return element ^ 0b100101 if element & 0b100000 else element


def _check(prefix: str, body: str) -> str:
    """The check character of a prefix and its random characters."""
    values = [ord(letter) - ord("A") for letter in prefix]
    values += [_VALUE[character] for character in body]
    total = 0
    for value in values:
        total = _double(total ^ value)
    return ALPHABET[total]


def new_number(prefix: str, bits: int) -> str:
    """Spell 55 random bits as a certificate number.

    ``prefix`` is two to six capital letters; ``bits`` is what
    ``secrets.randbits(RANDOM_BITS)`` gave the caller. Raises ``ValueError`` when
    either is out of its range.
    """
    if not _PREFIX.fullmatch(prefix):
        message = f"A prefix is 2 to 6 letters A-Z, not {prefix!r}"
        raise ValueError(message)
    if not 0 <= bits < 1 << RANDOM_BITS:
        message = f"A number is spelled from {RANDOM_BITS} bits"
        raise ValueError(message)
    shifts = range(5 * (_RANDOM_LENGTH - 1), -1, -5)
    body = "".join(ALPHABET[bits >> shift & 31] for shift in shifts)
    return _spell(prefix, body + _check(prefix, body))


def _spell(prefix: str, body: str) -> str:
    groups = (body[at : at + _GROUP] for at in range(0, _BODY_LENGTH, _GROUP))
    return "-".join((prefix, *groups))


def normalise_number(text: str) -> str | None:
    """Read what a person typed as a certificate number, in its one spelling.

    Capitals, spaces and dashes do not matter, and O, I and L are read as 0, 1 and 1.
    Gives ``None`` for anything that cannot be a number, without saying what is wrong
    with it: an answer must not tell a guess that was near from one that was not.
    """
    if len(text) > _LONGEST_INPUT:
        return None
    typed = "".join(
        character
        for character in unicodedata.normalize("NFKC", text).upper()
        if unicodedata.category(character) not in {"Pd", "Zs", "Cc", "Cf"}
        and character not in "\N{MINUS SIGN}_."
    )
    prefix = typed[:-_BODY_LENGTH]
    body = typed[-_BODY_LENGTH:].translate(_MEANT)
    if not _PREFIX.fullmatch(prefix) or not set(body) <= _VALUE.keys():
        return None
    if _check(prefix, body[:-1]) != body[-1]:
        return None
    return _spell(prefix, body)


def attestation_number(prefix: str, year: int, sequence: int) -> str:
    """The attestation personnel number, such as ``ATT-2025-004417``.

    A plain count within the year, kept with the practice's audit papers: it names,
    it opens nothing. The public page is found by the random number alone. Raises
    ``ValueError`` for a prefix, year or sequence out of its range.
    """
    if not _PREFIX.fullmatch(prefix):
        message = f"A prefix is 2 to 6 letters A-Z, not {prefix!r}"
        raise ValueError(message)
    if not _FIRST_YEAR <= year <= _LAST_YEAR or sequence < 1:
        message = f"No attestation has the year {year} and the sequence {sequence}"
        raise ValueError(message)
    return f"{prefix}-{year}-{sequence:06d}"
