"""What the certifying bodies ask, as data: policy packs, read and checked.

Pure Python: no Django, no clock, no database. A pack is a TOML file of
`credentials/policies/`; `docs/policy.md` says how one is written.
"""

from credentials.policy.bands import Band, Bands, Outcome
from credentials.policy.basis import Basis
from credentials.policy.book import (
    PACKS,
    PolicyBook,
    load_book,
    load_pack,
    policy_for,
    programs,
    versions_of,
    zone_of,
)
from credentials.policy.errors import PlaceError, PolicyError, UnknownProgram
from credentials.policy.formulas import (
    BandFormula,
    Cap,
    FlatFormula,
    Formula,
    Kind,
    NeverFormula,
    RateFormula,
    Rounding,
    StaffFormula,
)
from credentials.policy.model import (
    Credential,
    Exam,
    Ground,
    Policy,
    PriceOffer,
    Requirement,
    UnitPrice,
)
from credentials.policy.words import (
    credit_words,
    day_words,
    money_words,
    number_words,
    span_words,
)

__all__ = [
    "PACKS",
    "Band",
    "BandFormula",
    "Bands",
    "Basis",
    "Cap",
    "Credential",
    "Exam",
    "FlatFormula",
    "Formula",
    "Ground",
    "Kind",
    "NeverFormula",
    "Outcome",
    "PlaceError",
    "Policy",
    "PolicyBook",
    "PolicyError",
    "PriceOffer",
    "RateFormula",
    "Requirement",
    "Rounding",
    "StaffFormula",
    "UnitPrice",
    "UnknownProgram",
    "credit_words",
    "day_words",
    "load_book",
    "load_pack",
    "money_words",
    "number_words",
    "policy_for",
    "programs",
    "span_words",
    "versions_of",
    "zone_of",
]
