"""The proof beside a decision: which file, which page, how large, what it says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from ce_credits.models import Activity, Proof
from ce_credits.queries import same_title
from core.failures import Missing
from credentials.policy import day_words

ZOOMS = (100, 150, 200)
# A page at 100 % is drawn for screens of twice the density.
DRAWN, FULL = 1200, 600


@dataclass(frozen=True)
class Looking:
    """What of the proof is looked at, as the address says: file, page, zoom."""

    proof: UUID | None = None
    page: int = 1
    zoom: int = 100


@dataclass(frozen=True)
class Way:
    """A link; without an address it leads nowhere from here."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Sheet:
    """One page of a file, as a picture."""

    name: str
    page: int
    pages: int
    size_text: str
    picture_url: str
    width: int
    fits: bool
    download_url: str
    previous_url: str
    next_url: str
    zooms: Sequence[Way]
    mark: str


@dataclass(frozen=True)
class Compared:
    """One fact as reported and as the file says it; `word` says how they relate."""

    label: str
    reported: str
    read: str
    word: str

    @property
    def differs(self) -> bool:
        """Whether the file says otherwise."""
        return self.word == "Differs"


@dataclass(frozen=True)
class Shelf:
    """The files of an activity, and the page that is open."""

    files: Sequence[Way]
    sheet: Sheet | None
    said: Mapping[str, Any]


def shelf_of(activity: Activity, looking: Looking, kept: Mapping[str, str]) -> Shelf:
    """Open a page of an activity's proof; `kept` is what the address keeps besides."""
    proofs = list(activity.proofs.sent())
    if not proofs:
        return Shelf((), None, {})
    shown = next((each for each in proofs if each.pk == looking.proof), proofs[0])
    pairs = {**kept, "proof": str(shown.pk)}
    return Shelf(
        files=[
            Way(_name(each), _url({**kept, "proof": str(each.pk)}), each == shown)
            for each in proofs
        ],
        sheet=_sheet(activity.program, shown, looking, pairs),
        said=shown.said,
    )


def first_picture(program: str, activity_id: UUID | None) -> str:
    """Where the page stands that somebody sees first who opens an activity's review.

    Args:
        activity_id: an activity of the body; None gives no address.
    """
    proofs = Proof.objects.of_program(program).filter(activity=activity_id)
    first = proofs.sent().first() if activity_id else None
    if first is None:
        return ""
    return _sheet(program, first, Looking(), {}).picture_url


def _name(proof: Proof) -> str:
    return f"{proof.name} (taken away since)" if proof.removed_at else proof.name


def _sheet(
    program: str, proof: Proof, looking: Looking, pairs: Mapping[str, str]
) -> Sheet:
    page = min(max(looking.page, 1), proof.pages)
    zoom = looking.zoom if looking.zoom in ZOOMS else ZOOMS[0]
    place = {"program": program, "proof_id": proof.pk}
    picture = reverse("staff_proof_page", kwargs={**place, "page": page})

    def turned(to: int) -> str:
        within = 1 <= to <= proof.pages
        return _url({**pairs, "page": to, "zoom": zoom}) if within else ""

    return Sheet(
        name=proof.name,
        page=page,
        pages=proof.pages,
        size_text=size_words(proof.size),
        picture_url=f"{picture}?width={DRAWN * zoom // 100}",
        width=FULL * zoom // 100,
        fits=zoom == ZOOMS[0],
        download_url=reverse("staff_proof", kwargs=place),
        previous_url=turned(page - 1),
        next_url=turned(page + 1),
        zooms=[
            Way(f"{size} %", _url({**pairs, "page": page, "zoom": size}), size == zoom)
            for size in ZOOMS
        ],
        mark=f"{proof.sha256[:4]}…{proof.sha256[-4:]}",
    )


def _url(pairs: Mapping[str, object]) -> str:
    return f"?{urlencode(pairs)}#proof"


def size_words(size: int) -> str:
    """Write a file's size: 188 KB, 2.4 MB."""
    if size < 1_000_000:
        return f"{max(size // 1000, 1)} KB"
    tenths = size // 100_000
    return f"{tenths // 10}.{tenths % 10} MB"


def compared(
    *,
    title: str,
    on: date,
    minutes: int | None,
    said: Mapping[str, Any],
) -> list[Compared]:
    """Hold what was reported against what the file itself says."""
    read_on, read = _day(said.get("on")), minutes_said(said)
    return [
        _row("Title", title, str(said.get("title") or ""), alike=_like_title),
        _row("Done on", day_words(on), day_words(read_on) if read_on else ""),
        _row(
            "Minutes",
            str(minutes) if minutes else "",
            str(read) if read else "",
        ),
    ]


def minutes_said(said: Mapping[str, Any]) -> int | None:
    """The length a file says; None where it says none that can be read."""
    text = str(said.get("minutes") or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def _like_title(one: str, other: str) -> bool:
    # A certificate often adds the length to the title, or leaves it out.
    bare = [text.partition("(")[0] for text in (one, other)]
    return same_title(one, other) or same_title(*bare)


def _row(
    label: str,
    reported: str,
    read: str,
    alike: Callable[[str, str], bool] = str.__eq__,
) -> Compared:
    if not read:
        return Compared(label, reported, "", "Not read")
    word = "Same" if alike(reported, read) else "Differs"
    return Compared(label, reported, read, word)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def proof_of(program: str, proof_id: UUID) -> Proof:
    """Find a file that was sent to the body.

    Raises:
        Missing: there is no such file for its staff.
    """
    found = Proof.objects.of_program(program).filter(pk=proof_id).first()
    if found is None:
        raise Missing("Not found.")
    return found
