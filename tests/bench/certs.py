"""Certificates: plain WeasyPrint and ours, on the same pages.

The reference does what one writes first: the page with its style sheet inside, handed
to `HTML(string=…).write_pdf()`, with the same PDF/UA variant and nothing kept between
two certificates. Its page is ready when the clock starts; ours starts at the facts.
Every certificate is new to both: other name, numbers and code. The plain names are in
Latin script as most are; `--scripts` takes names of all scripts in turn.
"""

import random
from argparse import ArgumentParser
from collections.abc import Sequence
from functools import partial

from weasyprint import HTML  # type: ignore[import-untyped]

from certificates.layouts import CertificateFacts, paper
from tests.bench.turns import in_turn
from tests.pdf.samples import NAMES, facts

# A long-running worker has met the kinds of page it makes.
_WARM = 6
_GIVEN = "Ada Ben Chloé Dana Erin Farah Goran Hana Ivo June Kofi Lena Maya Noor Olu"
_FAMILY = "Abbott Bell Castillo Dvořák Ekström Fofanah Gallagher Hu Ito Jansen Katz"


def _certificates(count: int, *, scripts: bool) -> list[CertificateFacts]:
    """Certificates of one practice and month, no two alike; the same every run."""
    chance = random.Random(20251117)  # noqa: S311  (names, not secrets)
    made = []
    for at in range(count):
        name = f"{chance.choice(_GIVEN.split())} {chance.choice(_FAMILY.split())}"
        number = f"CMS-{chance.randrange(1000, 9999)}-29XD-{1000 + at}"
        changes = {
            "holder_name": chance.choice(NAMES) if scripts else name,
            "number": number,
            "attestation_number": f"ATT-2025-{at:06d}",
            "credential_number": f"CMSS-{chance.randrange(10**6):06d}",
            "verify_url": f"https://goodstanding.example/verify/{number}/",
        }
        made.append(facts(**changes))
    return made


def _plain(page: str) -> bytes:
    pdf: bytes = HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
    return pdf


def main(argv: Sequence[str]) -> None:
    """Print both medians and, last, the ratio."""
    parser = ArgumentParser(prog="bench certs", description=__doc__)
    parser.add_argument("--n", type=int, default=40, help="certificates (40)")
    parser.add_argument("--scripts", action="store_true", help="names in all scripts")
    options = parser.parse_args(argv)
    sheet = f"<style>{paper.style('compliance-1')}</style></head>"
    made = _certificates(options.n + _WARM, scripts=options.scripts)
    for each in made[:_WARM]:
        paper.render(each)
    items = made[_WARM:]
    pages = {each: paper.render_html(each).replace("</head>", sheet) for each in items}
    ways = {"forms": paper.render, "full layout": paper.render_in_full}
    timings = {
        name: in_turn(lambda each: _plain(pages[each]), partial(way), items)
        for name, way in reversed(ways.items())
    }
    for name, timing in timings.items():
        print(  # noqa: T201
            f"{name}: plain {timing.reference:.1f} ms, ours {timing.ours:.1f} ms, "
            f"{timing.ratio:.1f}x of {len(items)} certificates (median CPU time)"
        )
    print(f"ratio: {timings['forms'].ratio:.1f}x")  # noqa: T201
