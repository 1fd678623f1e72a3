"""What a licence's registration period asks, and what is still missing (M8, M11, M13).

Pure Python: a policy's section and dated credit in, figures with their reasons out.
"""

from renewals.rules.licences.allocating import Share, allocate
from renewals.rules.licences.fewest import Offer, enough, fewest
from renewals.rules.licences.standing import (
    Asked,
    Licensed,
    Part,
    Relicensing,
    relicensing,
    retired_since,
    within_period,
)
from renewals.rules.licences.ways import shortest

__all__ = [
    "Asked",
    "Licensed",
    "Offer",
    "Part",
    "Relicensing",
    "Share",
    "allocate",
    "enough",
    "fewest",
    "relicensing",
    "retired_since",
    "shortest",
    "within_period",
]
