"""The frozen facts of a certificate: all a layout is told, and all it prints."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Self

from certificates.rules import FOR_GOOD

JsonFact = str | bool | None
_READ: dict[object, Callable[[str], object]] = {
    str: str,
    str | None: str,
    date: date.fromisoformat,
    Decimal | None: Decimal,
}


@dataclass(frozen=True)
class CertificateFacts:
    """What one certificate says, as it was true when it was issued.

    A layout prints these and nothing else, so a PDF made again years later has the
    same bytes. Text is taken as it stands; the caller chooses the words, since no
    rule is known here.
    """

    layout: str
    """The layout's name and version, such as "compliance-1"; never changed later."""
    title: str
    subtitle: str
    issuer: str
    """The certifying body, as printed at the head and beside "Issued by"."""
    seal: str
    """Words on the upper arc of the seal, such as "CMS Compliance"."""
    holder_name: str
    credential_title: str
    practice_name: str | None
    """The sponsoring practice; `None` for somebody who pays alone."""
    statement: str
    """What is certified for the term, a sentence that ends where the term begins."""
    valid_from: date
    valid_until: date
    """The last day, included; `FOR_GOOD` of what was done once, on the first."""
    number: str
    attestation_number: str | None
    """`None` where the body gives none."""
    credential_number: str
    credits_have: Decimal | None
    credits_need: Decimal | None
    """`None` (or zero) where the term asks for no credits, as a first term does."""
    unit: str
    """What a credit is called; empty where the certificate says nothing of credit."""
    waived: bool
    """Staff freed the certificate although credits were missing."""
    issued_on: date
    verify_url: str
    """The public page of this certificate; the QR code holds it."""
    language: str = "en"
    demo: bool = False

    @property
    def for_good(self) -> bool:
        """Whether it is of one day, and never runs out."""
        return self.valid_until == FOR_GOOD

    def to_json(self) -> dict[str, JsonFact]:
        """Every fact by name: dates as YYYY-MM-DD, credits as decimal strings."""
        return {
            name: value if isinstance(value, bool | None) else str(value)
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, JsonFact]) -> Self:
        """Read stored facts back.

        Raises `ValueError` when a name is unknown or missing, or a value is not of
        its kind: frozen facts that do not fit are a fault to look at, not to print.
        """
        kinds = {each.name: each.type for each in fields(cls)}
        if kinds.keys() != stored.keys():
            message = f"Facts differ by {sorted(kinds.keys() ^ stored.keys())}"
            raise ValueError(message)
        typed: dict[str, Any] = {
            name: _typed(name, kinds[name], stored[name]) for name in kinds
        }
        return cls(**typed)


def _typed(name: str, kind: object, value: JsonFact) -> object:
    """A stored value as what the field is declared to be."""
    if value is None and kind in {str | None, Decimal | None}:
        return None
    if isinstance(value, bool) and kind is bool:
        return value
    if isinstance(value, str) and kind in _READ:
        try:
            return _READ[kind](value)
        except (ValueError, InvalidOperation) as fault:
            message = f"The fact {name!r} can't be {value!r}"
            raise ValueError(message) from fault
    message = f"The fact {name!r} can't be {value!r}"
    raise ValueError(message)
