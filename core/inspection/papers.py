"""Looking into a PDF: its structure as it stands, without mending anything.

A program that mends a broken file guesses, and the next one guesses otherwise: what is
looked into must be what is shown. So whatever qpdf would have to mend is refused.
"""

import json
import re
import zipfile
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, settings

from core.inspection.actions import REFERENCE, harm, opens_by_itself
from core.inspection.report import Facts, Refused, reporting
from core.inspection.unpacking import EICAR, Unpacking, hold_qpdf_back

MOST_PAGES = 1_000
MOST_OBJECTS = 100_000
HEADER = re.compile(rb"%PDF-[12]\.[0-9]")
# What other programs would take the same bytes for.
MARKUP = re.compile(rb"<(?:script|html|!doctype|svg|body|iframe|\?php)", re.IGNORECASE)
MARKUP_WITHIN = 1024
# Of what qpdf warns: packed data without their check sum, and pages that leave out what
# goes without saying. Some writers do, and every program reads the same from it.
HARMLESS = re.compile(
    "output may still be valid|Resources is missing|MediaBox is undefined"
    "|/Type key should be"
)
HELD_BACK = ("limit exceeded", "std::bad_alloc")
BLANK = b"\x00\t\n\x0c\r \x1a"


@reporting
def look(frame: bytes) -> tuple[Facts, bytes]:
    """Look into a PDF; its only fact is how many `pages` it has.

    Raises `Refused` with the first thing found that keeps it from being stored.
    """
    _is_one_thing(frame)
    hold_qpdf_back()
    try:
        pages = _sound_pages(frame)
    except pikepdf.PasswordError:
        raise Refused("password") from None
    except (pikepdf.PikepdfError, ValueError, TypeError, RuntimeError) as fault:
        raise Refused(_cause(str(fault))) from fault
    return {"pages": pages}, b""


def _cause(said: str = "") -> str:
    """Whether qpdf gave up at a limit, one of its own or the process's, or the file."""
    if settings.qpdf_limit_errors() or any(words in said for words in HELD_BACK):
        return "bomb"
    return "damaged"


def _is_one_thing(data: bytes) -> None:
    """Refuse what begins before the PDF, ends after it or is another file as well."""
    if not HEADER.match(data):
        raise Refused("before" if HEADER.search(data) else "damaged")
    if EICAR in data:
        raise Refused("virus")
    _, end, rest = data.rpartition(b"%%EOF")
    other = zipfile.is_zipfile(BytesIO(data)) or b"Rar!\x1a\x07" in data
    if other or data[257:262] == b"ustar" or MARKUP.search(data[:MARKUP_WITHIN]):
        raise Refused("two-kinds")
    if not end:
        raise Refused("damaged")
    if rest.strip(BLANK):
        raise Refused("two-kinds")


def _sound_pages(data: bytes) -> int:
    """The number of pages of a PDF in which nothing is to be refused."""
    with pikepdf.open(
        BytesIO(data),
        attempt_recovery=False,
        inherit_page_attributes=False,
        conversion_mode="explicit",
    ) as pdf:
        if pdf.is_encrypted or Name.Encrypt in pdf.trailer:
            raise Refused("locked")
        pages = _count(pdf)
        _look_at_all(pdf)
        if not all(HARMLESS.search(str(said)) for said in pdf.get_warnings()):
            raise Refused(_cause())
        _unpack_all(pdf)
    return pages


def _count(pdf: Pdf) -> int:
    """Walk the tree of pages, each place once."""
    seen: set[tuple[int, int]] = set()
    waiting: list[Object | None] = [pdf.Root.get(Name.Pages)]
    pages = 0
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Dictionary) or node.objgen in seen:
            raise Refused("damaged")
        if node.is_indirect:
            seen.add(node.objgen)
        kids = node.get(Name.Kids)
        if isinstance(kids, Array):
            waiting.extend(kids)
            continue
        pages += 1
        if pages > MOST_PAGES:
            raise Refused("pages", MOST_PAGES)
    if not pages:
        raise Refused("damaged")
    return pages


def _look_at_all(pdf: Pdf) -> None:
    """Look at every object the file lists, used or not: it may be used elsewhere."""

    def follow(value: object) -> object:
        for _ in range(10):
            if not isinstance(value, str) or not REFERENCE.fullmatch(value):
                return value
            number, generation, _ = value.split()
            value = _plain(pdf.get_object(int(number), int(generation)))
        raise Refused("damaged")

    objects = pdf.objects
    if len(objects) > MOST_OBJECTS:
        raise Refused("bomb")
    for found in (pdf.trailer, *objects):
        if code := harm(_plain(found), follow):
            raise Refused(code)
    if opens_by_itself(_plain(pdf.Root.get(Name.OpenAction)), follow):
        raise Refused("automatic")


def _unpack_all(pdf: Pdf) -> None:
    unpacking = Unpacking(pdf)
    for found in pdf.objects:
        if isinstance(found, Stream):
            if Name.F in found:
                raise Refused("external")
            unpacking.count(found)


def _plain(found: Object | None) -> object:
    """An object as plain values (see `actions`), references left as they are."""
    if found is None:
        return None
    return json.loads(found.to_json(dereference=True, schema_version=2))
