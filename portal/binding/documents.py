"""The documents of an audit binder: the body's, as far as they may be read; the own."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from accounts.models import Practice
from core.failures import NotEligible, Refusal, Stale
from core.files import marked_copy
from credentials.policy import day_words
from credentials.queries import (
    OwnDocument,
    SecureDocumentNow,
    current_secure,
    own_documents,
)
from portal.binding.filling import Filling, Paper, Zipped, file_of
from portal.layouts import IndexLine
from portal.queries.binder_people import Period

BODYS, OWN = "Documents of the certifying body", "Documents of the practice"
CHANGED = (
    "It changed after the binder was asked for, or could not be opened then. "
    "Open it on the page of documents."
)
NONE_PUBLISHED = "The certifying body has published no documents here."


@dataclass(frozen=True)
class Reader:
    """Who asked for the binder: what they opened then, and what marks their copies."""

    versions: Collection[UUID]
    lines: Sequence[str]


def secure_of(practice: Practice, program: str, today: date) -> list[SecureDocumentNow]:
    """List the body's documents in force; in the scope of the caller."""
    found = current_secure(practice, today=today)
    return [each for each in found if each.program == program]


def own_of(practice: Practice, period: Period) -> list[OwnDocument]:
    """List the versions of the practice's own that cover a day of the period."""
    found = own_documents(practice, on_from=period.from_on, on_until=period.until_on)
    return list(found)


def lay_own(
    filling: Filling, documents: list[OwnDocument], lines: list[IndexLine]
) -> Iterator[Zipped]:
    """Lay the practice's own documents, each with a line of the index."""
    for number, each in enumerate(documents, 1):
        words = f"{each.kind}: {each.title}, version {each.version}"
        detail = f"{each.kind}, version {each.version}"
        lines.append(IndexLine(each.title, detail, filling.next_page))
        paper = Paper(
            part=OWN,
            person="",
            what=words,
            path=f"documents/practice/{file_of(number, each.title)}",
            key=each.file.key,
            kind=each.file.kind,
            sha256=each.sha256,
        )
        yield from filling.paper(paper, 1)


def lay_secure(
    filling: Filling,
    documents: Sequence[SecureDocumentNow],
    reader: Reader,
    lines: list[IndexLine],
) -> Iterator[Zipped]:
    """Lay the body's documents, marked with their reader; or say why one is missing.

    `reader` opened those of its versions when the binder was asked for: no others.
    """
    if not documents:
        lines.append(IndexLine(BODYS, "None", filling.next_page))
        filling.note(BODYS, [NONE_PUBLISHED])
    for number, each in enumerate(documents, 1):
        detail = (
            f"Version {each.version}, in force since {day_words(each.effective_on)}"
        )
        lines.append(IndexLine(each.title, detail, filling.next_page))
        path = f"documents/certifying body/{file_of(number, each.title)}"
        paper = Paper(BODYS, "", each.title, path, each.file.key, "pdf")
        filling.head(1, each.title)
        try:
            copy = _copy(each, reader)
        except Refusal as refusal:
            filling.leave_out(paper, refusal.text)
        else:
            yield from filling.content(paper, copy)


def _copy(document: SecureDocumentNow, reader: Reader) -> bytes:
    if not document.readable:
        raise NotEligible(document.why_not)
    if document.version_id not in reader.versions:
        raise Stale(CHANGED)
    return marked_copy(key=document.file.key, lines=reader.lines)
