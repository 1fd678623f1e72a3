"""Taking a file in: held to its size and name here, looked into by a child."""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal

import structlog
from django.core.files import File

from core.files.naming import check_ending
from core.files.refusals import SENTENCES, FileRefused
from core.files.scanning import scan
from core.inspection.report import parted
from core.limited.faults import Busy, Failed, Stopped
from core.limited.runner import Runner

# "PDF, PNG, JPEG, at most 10 MB each": what the pages say before an upload. It holds a
# scan of some twenty pages or a telephone's photo, and bounds what a child is handed.
MOST_BYTES = 10 * 1024 * 1024
MOST_TEXT = 20_000

Kind = Literal["pdf", "png", "jpeg"]
MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
)
# A PDF that begins later is one all the same, and gets a better answer.
PDF_BEGINS_WITHIN = 1024
# What else people choose, by mistake or not: only to name it, and what helps.
SAVE, CHOOSE = (
    "Save it as a PDF, PNG or JPEG, then choose it again.",
    "Choose a PDF, PNG or JPEG instead.",
)
OTHER = (
    (re.compile(rb"GIF8[79]a"), "a GIF picture", SAVE),
    (re.compile(rb"II\*\x00|MM\x00\*"), "a TIFF picture", SAVE),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "a WebP picture", SAVE),
    (
        re.compile(rb"....ftyp(?:hei[cx]|hevc|m[is]f1)", re.DOTALL),
        "a HEIC picture",
        SAVE,
    ),
    (re.compile(rb"BM....\x00\x00\x00\x00", re.DOTALL), "a BMP picture", SAVE),
    (re.compile(rb"\s*(?:<\?xml.{0,500})?<svg", re.DOTALL | re.I), "a drawing", SAVE),
    (re.compile(rb"\s*<(?:!doctype html|html)", re.IGNORECASE), "a web page", SAVE),
    (re.compile(rb"PK\x03\x04.{0,4000}?word/", re.DOTALL), "a Word document", SAVE),
    (re.compile(rb"PK\x03\x04"), "a ZIP archive or an Office document", SAVE),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "an Office document", SAVE),
    (re.compile(rb"MZ|\x7fELF|#!"), "a program", CHOOSE),
    (re.compile(rb"%!PS"), "a PostScript file", SAVE),
    (re.compile(rb"\x1f\x8b|7z\xbc\xaf|Rar!"), "an archive", CHOOSE),
)

# Seconds of wall time, which a start on a busy machine needs, and of waiting for the
# files of others. The CPU time is far less, and counted in whole seconds: a PDF that
# unpacks to all it may takes two to three.
SECONDS = 15
PATIENCE = 10
FOR_TEXT = 5
MEMORY = 512 * 1024 * 1024
logger = structlog.get_logger(__name__)


def opener(target: str, *, cpu_seconds: int) -> Runner:
    """A runner for strangers' files: every file meets a child of its own."""
    return Runner(target, memory=MEMORY, frames=1, cpu_seconds=cpu_seconds, alone=True)


_papers = opener("core.inspection.papers:look", cpu_seconds=4)
_reading = opener("core.inspection.reading:read", cpu_seconds=1)
_pictures = opener("core.inspection.pictures:look", cpu_seconds=3)


@dataclass(frozen=True)
class LookedInto:
    """A file in which nothing was found.

    Args:
        kind: by its content.
        content: what is to be stored: a PDF as it was sent, a picture drawn anew.
        sha256: of the bytes as sent, in hex: the same file is found again by it.
        stored_sha256: of `content`.
        pages: how many; a picture has one.
        text: what a PDF's first pages say, for filling a form in; "" when unknown.
    """

    kind: Kind
    content: bytes
    sha256: str
    stored_sha256: str
    pages: int
    text: str


def look_into(upload: "File[Any]") -> LookedInto:
    """Look into a file that was sent, as it stands, in a limited child process.

    Neither its name nor its declared type decides what it is. Nothing is stored.

    Raises:
        FileRefused: it is not taken; the sentence says why and what to do.
    """
    data = _read(upload)
    kind = _kind(data)
    check_ending(upload.name or "", kind)
    pages, drawn = _inspected(data, kind)
    scan(data)
    content = data if kind == "pdf" else drawn
    return LookedInto(
        kind=kind,
        content=content,
        sha256=sha256(data).hexdigest(),
        stored_sha256=sha256(content).hexdigest(),
        pages=pages,
        text=_text(data) if kind == "pdf" else "",
    )


def _read(upload: "File[Any]") -> bytes:
    """The whole content, if it is neither nothing nor too much: one byte more is read.

    What the sender said of its size is not asked.
    """
    upload.seek(0)
    data: bytes = upload.read(MOST_BYTES + 1)
    if not data:
        raise FileRefused.because("empty")
    if len(data) > MOST_BYTES:
        raise FileRefused.because("large")
    return data


def _kind(data: bytes) -> Kind:
    for magic, kind in MAGIC:
        if data.startswith(magic):
            return kind
    beginning = data[:PDF_BEGINS_WITHIN]
    if b"%PDF-" in beginning:
        raise FileRefused.because("before")
    for pattern, name, remedy in OTHER:
        if pattern.match(data[:8192]):
            raise FileRefused.saying(f"This file is {name}. {remedy}", "kind")
    raise FileRefused.because("kind")


def _inspected(data: bytes, kind: Kind) -> tuple[int, bytes]:
    """What the child found; anything but a whole answer refuses the file."""
    runner = _papers if kind == "pdf" else _pictures
    try:
        facts, content = parted(runner.run(data, seconds=SECONDS, patience=PATIENCE))
    except Busy as fault:
        raise FileRefused.because("busy") from fault
    except Stopped as fault:
        logger.warning("A file's inspection was stopped", kind=kind, why=str(fault))
        raise FileRefused.because(_of("heavy", kind)) from fault
    except (Failed, ValueError) as fault:
        logger.warning("A file's inspection failed", kind=kind, why=str(fault))
        raise FileRefused.because(_of("damaged", kind)) from fault
    if "refused" in facts:
        figure = facts.get("figure")
        known = figure if isinstance(figure, int) else 0
        raise FileRefused.because(_of(facts["refused"], kind), known)
    return _believed(facts, content, kind)


def _of(code: object, kind: Kind) -> str:
    """The reason as it is put for a kind; one that nobody knows is damage."""
    known = code if isinstance(code, str) and code in SENTENCES else "damaged"
    of_pictures = f"{known}-picture"
    return of_pictures if kind != "pdf" and of_pictures in SENTENCES else known


def _believed(facts: dict[str, Any], content: bytes, kind: Kind) -> tuple[int, bytes]:
    """An answer of the expected form: what a child says is a stranger's word too."""
    pages = facts.get("pages")
    sound = isinstance(pages, int) and pages > 0
    if kind != "pdf":
        magic = next(magic for magic, of in MAGIC if of == kind)
        sound = sound and content.startswith(magic) and len(content) <= MOST_BYTES
    if not isinstance(pages, int) or not sound:
        logger.error("A file's inspection gave no sound answer", kind=kind)
        raise FileRefused.because(_of("damaged", kind))
    return pages, content


def _text(data: bytes) -> str:
    """What a PDF's first pages say.

    A file that is fine to keep may be slow or impossible to read: that costs the text,
    never the file.
    """
    try:
        facts, _ = parted(_reading.run(data, seconds=FOR_TEXT, patience=FOR_TEXT))
    except (Failed, ValueError) as fault:
        logger.info("A file's text was not read", why=str(fault))
        return ""
    text = facts.get("text")
    return text[:MOST_TEXT].replace("\0", "") if isinstance(text, str) else ""
