"""Proofs that the demonstration's people send in: small PDFs, drawn by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.files.base import ContentFile

from credentials.policy import day_words

# The part of a letter's page that is printed on, in points.
LEFT, FOOT, RIGHT, HEAD = 0, 234, 612, 738
INK = "0.18 0.29 0.49"
# Helvetica's average width, near enough to centre a line.
AVERAGE_WIDTH_PERCENT = 50


@dataclass(frozen=True)
class Line:
    """A line of text: its size in points, its height above the foot, bold or not."""

    text: str
    size: int
    y: int
    bold: bool = False


def certificate_file(
    name: str, *, title: str, on: date, minutes: int
) -> "ContentFile[bytes]":
    """A certificate of completion as a learning network hands it out."""
    content = _page(
        [
            Line("Certificate of Completion", 26, 590, bold=True),
            Line("This certifies that", 12, 545),
            Line(name, 22, 510),
            Line("completed the web-based training", 12, 475),
            Line(title, 16, 440, bold=True),
            Line(f"Date completed: {day_words(on)}", 12, 380),
            Line(f"Contact time: {minutes} minutes", 12, 355),
            Line("Demonstration. Issued to nobody, for nothing.", 10, 320),
        ],
        head="Medicare Learning Network",
    )
    return ContentFile(content, name=f"certificate-{on.isoformat()}.pdf")


def tracking_table(name: str, rows: Sequence[str]) -> "ContentFile[bytes]":
    """A list that a member kept: no certificate."""
    lines = [Line("My CE hours", 22, 640, bold=True), Line(name, 14, 610)]
    lines += [Line(row, 12, 570 - 24 * place) for place, row in enumerate(rows)]
    return ContentFile(_page(lines, head=""), name="my-hours.pdf")


def _page(lines: Sequence[Line], *, head: str) -> bytes:
    drawn = [f"{INK} RG 2 w 54 270 504 432 re S"]
    if head:
        drawn.append(f"{INK} rg 54 654 504 48 re f")
        drawn.append(_text(Line(head, 16, 672, bold=True), x=72, colour="1 1 1"))
    drawn += [_text(line, x=_middle(line), colour="0 0 0") for line in lines]
    return _file("\n".join(drawn))


def _middle(line: Line) -> int:
    width = len(line.text) * line.size * AVERAGE_WIDTH_PERCENT // 100
    return max((LEFT + RIGHT - width) // 2, 60)


def _text(line: Line, *, x: int, colour: str) -> str:
    safe = line.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    font = "F2" if line.bold else "F1"
    return f"BT {colour} rg /{font} {line.size} Tf {x} {line.y} Td ({safe}) Tj ET"


def _file(drawn: str) -> bytes:
    content = drawn.encode("cp1252", "replace")
    fonts = " ".join(
        f"/{code} << /Type /Font /Subtype /Type1 /BaseFont /{name}"
        " /Encoding /WinAnsiEncoding >>"
        for code, name in (("F1", "Helvetica"), ("F2", "Helvetica-Bold"))
    )
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{LEFT} {FOOT} {RIGHT} {HEAD}]"
            f" /Resources << /Font << {fonts} >> >> /Contents 4 0 R >>"
        ).encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    )
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return out + trailer % (len(objects) + 1, start)
