"""An estimate, an invoice, a credit note or a receipt on paper."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from core.pdf.isolated import Renderer

_renderer = Renderer("portal.layouts.bill_page:render_frame")


@dataclass(frozen=True)
class BillLine:
    """One line, in words."""

    label: str
    quantity: str
    unit: str
    amount: str
    why: str


@dataclass(frozen=True)
class BillFacts:
    """All such a paper prints; the same facts give the same bytes.

    Args:
        kind: what it is, such as "Invoice".
        number: names it; empty for an estimate.
        seller: the body.
        payer: whom it is for; empty where nobody is known.
        as_of: its day, YYYY-MM-DD.
        facts: what stands above the lines, each with its name.
        lines: none on a receipt.
        total_label: what the sum is called.
        total: the sum.
        notes: sentences below it.
        demo: whether all names are invented.
    """

    kind: str
    number: str
    seller: str
    payer: str
    as_of: str
    facts: Sequence[tuple[str, str]]
    lines: Sequence[BillLine]
    total_label: str
    total: str
    notes: Sequence[str]
    demo: bool = False


def render(facts: BillFacts, *, seconds: int) -> bytes:
    """Make the PDF, in at most so many seconds.

    Raises:
        PdfError: it can't be made; its kind `PdfLimitError` where it was stopped.
    """
    return _renderer.run(json.dumps(asdict(facts)).encode(), seconds=seconds)
