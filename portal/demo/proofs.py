"""The demonstration's certificates of completion: small PDFs that say what they are."""

from collections.abc import Sequence
from datetime import date

from django.core.files.base import ContentFile

from credentials.policy import day_words

# US Letter, one page, one of the fonts that every reader has.
BODIES = (
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F 5 0 R >> >> >>"
    ),
    "<< /Length {length} >>\nstream\n{drawn}\nendstream",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
)
TOP, LEFT, GAP = 640, 72, 22


def certificate_file(
    name: str, *, title: str, on: date, minutes: int
) -> "ContentFile[bytes]":
    """Make the certificate of somebody who completed a training; always the same."""
    lines = (
        (24, "Certificate of completion"),
        (13, "This certifies that"),
        (20, name),
        (13, "completed the training"),
        (15, title),
        (13, f"Date completed: {day_words(on)}"),
        (13, f"Contact time: {minutes} minutes"),
        (10, "Demonstration. Issued to nobody, for nothing."),
    )
    content = _pdf(_drawn(lines))
    return ContentFile(content, name=f"certificate-{on.isoformat()}.pdf")


def _drawn(lines: Sequence[tuple[int, str]]) -> str:
    """Set lines one below the other, in the PDF's own words."""
    parts, top = [], TOP
    for size, text in lines:
        parts.append(f"BT /F {size} Tf {LEFT} {top} Td ({_escaped(text)}) Tj ET")
        top -= size + GAP
    return "\n".join(parts)


def _escaped(text: str) -> str:
    for sign in "\\()":
        text = text.replace(sign, f"\\{sign}")
    return text


def _pdf(drawn: str) -> bytes:
    """Put the objects together, with the table that says where each begins."""
    length = len(drawn.encode("cp1252", "replace"))
    text, places = "%PDF-1.7\n", []
    for number, body in enumerate(BODIES, start=1):
        places.append(len(text))
        filled = body.format(length=length, drawn=drawn) if "{" in body else body
        text += f"{number} 0 obj\n{filled}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(BODIES) + 1
    text += (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(text)}\n%%EOF\n"
    )
    return text.encode("cp1252", "replace")
