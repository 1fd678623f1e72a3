"""Layouts: how a certificate looks, given its frozen facts.

`render` makes the PDF in a limited child process; `paper` is what runs there, and the
one to call where there is nothing to protect (benchmarks, tests).
"""

import json

from certificates.layouts.facts import CertificateFacts
from core.pdf.isolated import Renderer

__all__ = ["CertificateFacts", "render"]

_renderer = Renderer("certificates.layouts.paper:render_frame")


def render(facts: CertificateFacts, *, seconds: int = 30) -> bytes:
    """Make the PDF of a certificate, the same bytes for the same facts every time.

    `seconds` is the longest it may take. Raises `PdfError` when it can't be made, and
    its kind `PdfLimitError` when it was stopped.
    """
    return _renderer.run(json.dumps(facts.to_json()).encode(), seconds=seconds)
