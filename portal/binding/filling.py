"""Putting papers into a binder: as pages, as a file, as a line of its index."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import file_digest, sha256
from pathlib import Path

import structlog
from django.conf import settings

from core.binding import Binder, Line, Unbindable
from core.failures import Missing
from core.files import stored
from core.spreadsheets import csv_lines
from core.zips import safe_name
from portal.layouts import NoteFacts, RecordFacts, render_binder

HEADINGS = (
    "part",
    "person",
    "what",
    "page",
    "pages",
    "file",
    "bytes",
    "sha256",
    "note",
)
GONE = "The file is not where it was stored. Ask us for help."
UNBOUND = "Its pages could not be bound in. The file itself is in the ZIP."
NOT_MADE = "The certificate's PDF is not made yet. Open it in the portal later."

logger = structlog.get_logger(__name__)
Zipped = tuple[str, bytes | Path]


@dataclass(frozen=True)
class Paper:
    """A file to be bound.

    Args:
        part: "Certificates" and the like, for the index.
        person: whom it is about, or nobody.
        what: what it is, in a few words.
        path: where it lies in the ZIP, without its name's ending.
        key: where the storage has it; empty where it isn't made yet.
        kind: "pdf", "png" or "jpeg".
        ours: whether the program made it.
        sha256: what its row says of its bytes; empty where it says nothing.
    """

    part: str
    person: str
    what: str
    path: str
    key: str
    kind: str
    ours: bool = False
    sha256: str = ""


@dataclass
class Filling:
    """A binder while it is filled; `rows` becomes index.csv, `sums` the manifest.

    Pages are counted from the first one that was laid: what comes in front of them is
    added when it is known. `beat` is called after every paper: some take a while.
    """

    binder: Binder
    as_of: date
    rows: list[tuple[object, ...]] = field(default_factory=list)
    outline: list[Line] = field(default_factory=list)
    sums: list[tuple[str, str]] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    beat: Callable[[], None] = lambda: None

    @property
    def next_page(self) -> int:
        """The page that is laid next."""
        return self.binder.pages + 1

    def head(self, level: int, words: str) -> None:
        """Begin a part of the outline with what is laid next."""
        self.outline.append(Line(level, words, self.next_page))

    def record(self, facts: RecordFacts) -> None:
        """Lay a person's record."""
        page = self.next_page
        content = render_binder(facts, seconds=settings.CERTIFICATE_SECONDS)
        pages = self.binder.lay(content, "ours")
        self.rows.append(("Record", facts.name, "Record", page, pages, "", "", "", ""))
        self.beat()

    def note(self, title: str, lines: Sequence[str]) -> int:
        """Lay a page that says why something isn't there."""
        facts = NoteFacts(title, self.as_of.isoformat(), lines)
        made = render_binder(facts, seconds=settings.CERTIFICATE_SECONDS)
        return self.binder.lay(made, "ours")

    def paper(self, paper: Paper, level: int) -> Iterator[Zipped]:
        """Lay a file's pages, and give the file for the ZIP.

        Of one that can't be bound a page says so; of one that is gone, only that.
        """
        self.head(level, paper.what)
        content = _content(paper)
        if content:
            yield from self.content(paper, content)
        else:
            self.leave_out(paper, GONE if paper.key else NOT_MADE)

    def content(self, paper: Paper, content: bytes) -> Iterator[Zipped]:
        """Lay what was read of a file, and give it for the ZIP."""
        page = self.next_page
        name = f"{paper.path}.{'jpg' if paper.kind == 'jpeg' else paper.kind}"
        digest = sha256(content).hexdigest()
        note = ""
        if paper.sha256 and paper.sha256 != digest:
            note = "Its SHA-256 is not the one noted when it was stored."
            self._trouble(paper, note)
            logger.error("bound file differs", key=paper.key)
        try:
            kind = "ours" if paper.ours else paper.kind
            pages = self.binder.lay(content, kind)
        except Unbindable as fault:
            logger.warning("paper not bound", key=paper.key, error=str(fault))
            note = UNBOUND
            pages = self.note(
                paper.what, [part for part in (paper.person, note) if part]
            )
            self._trouble(paper, note)
        self.sums.append((digest, name))
        self.rows.append(
            (
                paper.part,
                paper.person,
                paper.what,
                page,
                pages,
                name,
                len(content),
                digest,
                note,
            )
        )
        self.beat()
        yield name, content

    def shifted(self, by: int) -> list[Line]:
        """Give the outline with so many pages in front."""
        return [Line(each.level, each.words, each.page + by) for each in self.outline]

    def index_file(self, by: int) -> bytes:
        """Write index.csv, with so many pages in front."""
        rows = [(*row[:3], int(str(row[3])) + by, *row[4:]) for row in self.rows]
        return b"".join(csv_lines([HEADINGS, *rows]))

    def manifest(self) -> bytes:
        """Write the hashes as `sha256sum -c` reads them."""
        return "".join(f"{digest}  {name}\n" for digest, name in self.sums).encode()

    def sum_up(self, name: str, content: bytes | Path) -> Zipped:
        """Note a file's hash, and give it for the ZIP."""
        self.sums.append((_digest(content), name))
        return name, content

    def leave_out(self, paper: Paper, why: str) -> None:
        """Lay a page that says why a file is missing."""
        page = self.next_page
        pages = self.note(paper.what, [part for part in (paper.person, why) if part])
        self._trouble(paper, why)
        self.rows.append(
            (paper.part, paper.person, paper.what, page, pages, "", "", "", why)
        )
        self.beat()

    def _trouble(self, paper: Paper, note: str) -> None:
        """Keep for the cover that something is not as it should be."""
        who = f" ({paper.person})" if paper.person else ""
        self.troubles.append(f"{paper.what}{who}: {note}")


def folder_of(number: int, name: str) -> str:
    """Name a person's folder: the number keeps people of one name apart."""
    return f"people/{number:04} {safe_name(name, 60)}"


def file_of(number: int, name: str) -> str:
    """Name a file within its folder, without its ending."""
    stem, dot, ending = name.rpartition(".")
    bare = stem if dot and len(ending) <= 4 else name
    return f"{number:02} {safe_name(bare, 60)}"


def _content(paper: Paper) -> bytes:
    if not paper.key:
        return b""
    try:
        return stored(paper.key)
    except Missing:
        return b""


def _digest(content: bytes | Path) -> str:
    if isinstance(content, bytes):
        return sha256(content).hexdigest()
    with content.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
