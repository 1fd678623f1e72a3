"""What makes a PDF of objects: tree of pages, lines below them, outline and table."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
# As many leaves as one node of the tree of pages has.
BRANCHES = 64
# A line below a page: its height, and how it is lettered. Helvetica's digits and
# letters are about half as wide as high.
STRIP, MARGIN, SIZE, LETTER = 24, 36.0, 8.0, 0.5


@dataclass(frozen=True)
class Line:
    """A line of the outline: its level (from 0), its words and its page (from 1)."""

    level: int
    words: str
    page: int


@dataclass(frozen=True)
class Sheet:
    """A page that is written: its number, that of the line below it, and its width."""

    number: int
    line: int
    wide: float


@dataclass
class _Item:
    number: int
    line: Line
    below: list["_Item"] = field(default_factory=list)


class Objects:
    """The objects of a file by their numbers, and where each of them lies."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        # Number 0 is nobody's.
        self.offsets = array("Q", [0])
        file.write(HEAD)

    @property
    def free(self) -> int:
        """The first number that nobody has."""
        return len(self.offsets)

    def keep(self) -> int:
        """Keep a number for an object that is written later."""
        self.offsets.append(0)
        return len(self.offsets) - 1

    def write(self, number: int, *pieces: bytes) -> None:
        """Write an object under a number that was kept."""
        self.offsets[number] = self.file.tell()
        self.file.write(b"%d 0 obj\n" % number)
        self.file.writelines(pieces)
        self.file.write(b"\nendobj\n")

    def add(self, *pieces: bytes) -> int:
        """Write an object under the next number, and give it."""
        number = self.keep()
        self.write(number, *pieces)
        return number

    def close(self, root: int, info: int, mark: str) -> None:
        """Write the table, which says where everything is, and end the file."""
        begin, count = self.file.tell(), len(self.offsets)
        self.file.write(b"xref\n0 %d\n0000000000 65535 f \n" % count)
        self.file.writelines(b"%010d 00000 n \n" % at for at in self.offsets[1:])
        self.file.write(
            b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]>>\n"
            b"startxref\n%d\n%%%%EOF\n"
            % (count, root, info, mark.encode(), mark.encode(), begin)
        )


def text(words: str) -> bytes:
    """Spell a text in any script."""
    return b"<FEFF%b>" % words.encode("utf-16-be", "replace").hex().encode()


def day(at: datetime) -> bytes:
    """Spell an instant, UTC."""
    return f"(D:{at:%Y%m%d%H%M%S}Z)".encode()


def refer(numbers: Sequence[int]) -> bytes:
    """Refer to objects, one after the other."""
    return b" ".join(b"%d 0 R" % number for number in numbers)


def write_lines(objects: Objects, sheets: Sequence[Sheet], strip: int) -> None:
    """Write the line below each page: the picture `strip`, and which page it is."""
    font = objects.add(
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    )
    for at, sheet in enumerate(sheets, 1):
        words = f"Page {at} of {len(sheets)}"
        start = sheet.wide - MARGIN - len(words) * SIZE * LETTER
        drawn = (
            f"1 g 0 0 {sheet.wide:.2f} {STRIP} re f /Strip Do 0.31 0.36 0.44 rg "
            f"BT /Words {SIZE} Tf {start:.2f} 9 Td ({words}) Tj ET"
        ).encode()
        objects.write(
            sheet.line,
            b"<</Type/XObject/Subtype/Form/BBox[0 0 %.2f %d]" % (sheet.wide, STRIP),
            b"/Resources<</Font<</Words %d 0 R>>/XObject<</Strip %d 0 R>>>>"
            % (font, strip),
            b"/Length %d>>\nstream\n%b\nendstream" % (len(drawn), drawn),
        )


def write_tree(objects: Objects, papers: Sequence[tuple[int, Sequence[Sheet]]]) -> int:
    """Write the tree of pages; each paper has its own node. Give the root's number."""
    root = objects.keep()
    nodes: list[tuple[int, list[int], int]] = [
        (node, [sheet.number for sheet in sheets], len(sheets))
        for node, sheets in papers
    ]
    while len(nodes) > BRANCHES:
        above = []
        for start in range(0, len(nodes), BRANCHES):
            some, number = nodes[start : start + BRANCHES], objects.keep()
            _write_nodes(objects, some, number)
            count = sum(each[2] for each in some)
            above.append((number, [each[0] for each in some], count))
        nodes = above
    _write_nodes(objects, nodes, root)
    kids, count = refer([each[0] for each in nodes]), sum(each[2] for each in nodes)
    objects.write(root, b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, count))
    return root


def _write_nodes(
    objects: Objects, nodes: Sequence[tuple[int, list[int], int]], parent: int
) -> None:
    for number, kids, count in nodes:
        objects.write(
            number,
            b"<</Type/Pages/Parent %d 0 R/Kids[%b]/Count %d>>"
            % (parent, refer(kids), count),
        )


def write_outline(
    objects: Objects, lines: Sequence[Line], sheets: Sequence[Sheet]
) -> int:
    """Write the outline, closed below its first level; give its number."""
    root = objects.keep()
    tops: list[_Item] = []
    above: list[_Item] = []
    for line in lines:
        item = _Item(objects.keep(), line)
        del above[line.level :]
        (above[-1].below if above else tops).append(item)
        above.append(item)
    for spelled, number in _items(tops, root, sheets):
        objects.write(number, spelled)
    ends = b"/First %d 0 R/Last %d 0 R" % _ends(tops) if tops else b""
    objects.write(root, b"<</Type/Outlines%b/Count %d>>" % (ends, len(tops)))
    return root


def _ends(items: Sequence[_Item]) -> tuple[int, int]:
    return items[0].number, items[-1].number


def _items(
    items: Sequence[_Item], parent: int, sheets: Sequence[Sheet]
) -> Iterator[tuple[bytes, int]]:
    for at, item in enumerate(items):
        there = sheets[item.line.page - 1].number
        spelled = b"<</Title%b/Parent %d 0 R/Dest[%d 0 R/Fit]" % (
            text(item.line.words),
            parent,
            there,
        )
        if at:
            spelled += b"/Prev %d 0 R" % items[at - 1].number
        if at + 1 < len(items):
            spelled += b"/Next %d 0 R" % items[at + 1].number
        if item.below:
            spelled += b"/First %d 0 R/Last %d 0 R" % _ends(item.below)
            spelled += b"/Count -%d" % len(item.below)
        yield spelled + b">>", item.number
        yield from _items(item.below, item.number, sheets)
