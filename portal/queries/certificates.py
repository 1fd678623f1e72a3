"""A practice's certificates: the list with its filters, and all of them as a ZIP."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from accounts.models import Practice
from certificates.models import Certificate, CertificateEvent
from core.failures import Missing
from core.files import stored
from core.scope import Scope, scoped
from core.spreadsheets import csv_lines
from credentials.policy import day_words
from portal.queries.holding import certificate_tag
from portal.queries.narrowing import MEMBER_NAME, Narrowed, Option, every_word
from portal.queries.paging import Pager, pager_of
from portal.queries.shown import Tag

PAGE_SIZE = 100
BATCH = 100
STATES = (
    ("", "All"),
    ("valid", "Valid"),
    ("expired", "Expired"),
    ("ended", "Revoked or superseded"),
)
HEADINGS = (
    "number",
    "attestation_number",
    "holder",
    "valid_from",
    "valid_until",
    "state",
    "file",
    "sha256",
)
NOT_THERE = "not ready yet: open it in the portal"
BARRED = "superseded before anybody opened it: there is no PDF"


@dataclass(frozen=True)
class Asked(Narrowed):
    """The filters; an empty one is no filter."""

    q: str = ""
    state: str = ""


@dataclass(frozen=True)
class Row:
    """One certificate of the list."""

    holder: str
    number: str
    attestation: str
    term_text: str
    tag: Tag
    pdf_url: str
    verify_url: str


@dataclass(frozen=True)
class CertificatesPage:
    """All the template shows."""

    practice_name: str
    verdict: str
    q: str
    states: Sequence[Option]
    rows: Sequence[Row]
    zip_url: str
    page_obj: Pager


def certificates_page(
    practice: Practice, program: str, asked: Asked, *, number: int, today: date
) -> CertificatesPage:
    """List what was issued to the practice's people, the newest first.

    Those who left are among them: a practice keeps what was issued on its account.
    """
    found = wanted(practice, program, asked, today)
    pager = pager_of(number, found.count(), PAGE_SIZE, asked.pairs)
    shown = found[pager.start : pager.start + PAGE_SIZE]
    file = reverse("certificates_zip", args=[practice.slug])
    return CertificatesPage(
        practice_name=practice.name,
        verdict=_verdict(pager.total, narrowed=bool(asked.pairs)),
        q=asked.q,
        states=[Option(code, word, code == asked.state) for code, word in STATES],
        rows=[_row(practice, certificate, today) for certificate in shown],
        zip_url=f"{file}?{urlencode({'program': program, **asked.pairs})}",
        page_obj=pager,
    )


def wanted(
    practice: Practice, program: str, asked: Asked, today: date
) -> "QuerySet[Certificate]":
    """Keep what the filters keep, the newest first."""
    ended = Exists(CertificateEvent.objects.filter(certificate=OuterRef("pk")))
    keep = {
        "valid": ~ended & Q(valid_until__gte=today),
        "expired": ~ended & Q(valid_until__lt=today),
        "ended": Q(ended),
    }.get(asked.state, Q())
    keep &= every_word(asked.q, *MEMBER_NAME, "number", "attestation_number")
    return (
        Certificate.objects.of(practice)
        .filter(keep, program=program)
        .prefetch_related("events")
        .order_by("-valid_from", "member__last_name", "member__first_name", "number")
    )


def archive(
    found: "QuerySet[Certificate]",
    scope: Scope,
    *,
    today: date,
    opening: Callable[[Iterable[UUID]], Collection[UUID]],
) -> Iterator[tuple[str, bytes]]:
    """Give the files of a ZIP: each certificate's PDF, and a manifest of them all.

    A file is read after the page's own transaction is over, so each batch opens the
    scope anew.

    Args:
        found: which certificates.
        scope: whose rows are read.
        today: the day the manifest's states are of.
        opening: writes down who opens certificates, and gives those that may be.
    """
    rows: list[Sequence[object]] = [HEADINGS]
    with scoped(scope):
        ids = list(found.values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        with scoped(scope):
            batch = {each.pk: each for each in found.filter(pk__in=ids[start:][:BATCH])}
            given = opening(pk for pk, each in batch.items() if _is_made(each))
        for pk in ids[start : start + BATCH]:
            barred = _is_made(batch[pk]) and pk not in given
            content = b"" if barred else _content(batch[pk])
            none = BARRED if barred else NOT_THERE
            name = f"certificates/{batch[pk].number}.pdf" if content else none
            rows.append(_listed(batch[pk], today, name, content))
            if content:
                yield name, content
    yield "manifest.csv", b"".join(csv_lines(rows))


def _is_made(certificate: Certificate) -> bool:
    return certificate.paper == Certificate.Paper.READY


def _content(certificate: Certificate) -> bytes:
    """Read a PDF; nothing where it is not made yet, or not where it should be."""
    if not _is_made(certificate):
        return b""
    try:
        return stored(certificate.file_key)
    except Missing:
        return b""


def _listed(
    certificate: Certificate, today: date, name: str, content: bytes
) -> Sequence[object]:
    return (
        certificate.number,
        certificate.attestation_number or "",
        certificate.facts["holder_name"],
        certificate.valid_from,
        certificate.valid_until,
        f"{certificate_tag(certificate, today).word} on {today}",
        name,
        sha256(content).hexdigest() if content else "",
    )


def _row(practice: Practice, certificate: Certificate, today: date) -> Row:
    return Row(
        holder=str(certificate.facts["holder_name"]),
        number=certificate.number,
        attestation=certificate.attestation_number or "",
        term_text=f"{day_words(certificate.valid_from)} to "
        f"{day_words(certificate.valid_until)}",
        tag=certificate_tag(certificate, today),
        pdf_url=reverse("practice_certificate", args=[practice.slug, certificate.pk]),
        verify_url=reverse("verify", kwargs={"number": certificate.number}),
    )


def _verdict(count: int, *, narrowed: bool) -> str:
    if not count:
        return "No certificate matches." if narrowed else "None issued yet."
    said = "1 certificate" if count == 1 else f"{count:,} certificates"
    return f"{said} {'found' if narrowed else 'issued to your people'}."
