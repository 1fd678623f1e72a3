"""Reading what a body of cycles certifies with: certificates and badges (N14)."""

from credentials.policy import plans
from credentials.policy.basis import Basis
from credentials.policy.reading import Table, as_positive, as_text, list_of


def read_certificate(table: Table, basis: Basis) -> plans.CycleCertificate:
    """Read the certificate of a cycle."""
    return plans.CycleCertificate(
        basis=basis,
        title=table.need("title", as_text),
        subtitle=table.maybe("subtitle", as_text) or "",
        seal=table.maybe("seal", as_text) or "",
        number_prefix=table.need("number_prefix", as_text),
        earned=table.need("earned", as_text),
        recertified=table.need("recertified", as_text),
        business_days=table.need("business_days", as_positive),
    )


def read_badge(table: Table, basis: Basis) -> plans.BadgeRules:
    """Read what a badge stands for."""
    criteria = table.need("criteria", list_of(as_text))
    if not criteria:
        table.fail("criteria", "must say what a badge stands for")
    return plans.BadgeRules(basis=basis, criteria=criteria)
