"""From the facts of a certificate to its PDF: one US Letter page, always the same.

`render_html` is the page and `render` its PDF. Pages of one kind are laid out once
and filled in from then on (`core.pdf.form`), which gives the same bytes in a tenth of
the time; a page that does not fit a form is rendered in full.

Signing comes later and needs no change here: a PAdES signature is appended to these
bytes, which stay as they are. `SIGNATURE_BOX` is the room a visible mark may take.
"""

import hashlib
import json
import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path
from typing import TypeVar

import segno
from django.template import Context, Engine, Template

from certificates.layouts.bands import BANDS, FACES, FILLED, LABEL
from certificates.layouts.facts import CertificateFacts
from certificates.layouts.fitting import Fitted, fit_all
from certificates.layouts.seal import seal
from certificates.layouts.words import month, texts
from core.pdf.engine import LOCK, render_pdf
from core.pdf.faults import Unfit
from core.pdf.form import Filling, Form, Runs, figure_path

SIGNATURE_BOX = (166.5, 38.0, 540.0, 60.0)
"""Left, bottom, right, top in PDF points: the white strip below the check's text."""

Kind = tuple[object, ...]
V = TypeVar("V")

_TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
_KEPT_KINDS = 64
_LOG = logging.getLogger(__name__)


@lru_cache(maxsize=8)
def _template(name: str) -> Template:
    """A template of ours, in an engine of its own: no setting can change a page."""
    engine = Engine(dirs=[str(_TEMPLATES)], autoescape=True)
    return engine.get_template(f"certificates/pdf/{name}")


@lru_cache(maxsize=8)
def style(layout: str) -> str:
    """The style sheet of a layout, with the faces its texts are measured in."""
    return _template(f"{layout}.css").render(Context(FACES, autoescape=False))


def code(url: str) -> tuple[int, Runs]:
    """The QR code of an address: its side in modules and its runs of dark ones.

    Level M and a fixed mask: the same address always gives the same picture, and
    seven other masks need not be weighed.
    """
    matrix = segno.make_qr(url, error="m", mask=2, boost_error=False).matrix
    runs = []
    for y, row in enumerate(matrix):
        x = 0
        for dark, group in groupby(row):
            length = len(tuple(group))
            if dark:
                runs.append((x, y, length))
            x += length
    return len(matrix), runs


@dataclass(frozen=True)
class Sheet:
    """One certificate, worded, fitted and ready to be printed."""

    facts: CertificateFacts
    fitted: Mapping[str, Fitted]
    side: int
    runs: Runs

    @classmethod
    def of(cls, facts: CertificateFacts) -> "Sheet":
        """Word the facts and fit them into the page."""
        return cls(facts, fit_all(texts(facts), BANDS), *code(facts.verify_url))

    @property
    def title(self) -> str:
        """What a reader's window and a screen reader call the document."""
        named = ("title", "holder_name", "number")
        return ", ".join(self.fitted[slot].text for slot in named)

    @cached_property
    def filled(self) -> dict[str, Fitted]:
        """The texts that a form leaves open."""
        return {
            slot: fitted
            for slot, fitted in self.fitted.items()
            if slot in FILLED and fitted.text
        }

    @property
    def kind(self) -> Kind | None:
        """What pages that share a form have in common; `None` for one that can't."""
        if any(fitted.lines > 1 for fitted in self.filled.values()):
            return None
        facts = self.facts
        fixed = (fitted for slot, fitted in self.fitted.items() if slot not in FILLED)
        return (
            facts.layout,
            facts.language,
            facts.demo,
            self.seal_words,
            self.side,
            *(fitted.attributes for fitted in self.filled.values()),
            *fixed,
        )

    @property
    def seal_words(self) -> tuple[str, str]:
        """The upper and the lower line of the seal."""
        facts = self.facts
        first = month(facts.valid_from)
        if facts.for_good:
            return facts.seal, first
        return facts.seal, f"{first} to {month(facts.valid_until)}"

    @property
    def html(self) -> str:
        """The page: every text escaped, legible and fitted."""
        facts = self.facts
        context = {
            **self.fitted,
            "language": facts.language,
            "document_title": self.title,
            "created": facts.issued_on.isoformat(),
            "demo": facts.demo,
            "verify_url": facts.verify_url,
            "seal": seal(*self.seal_words, LABEL),
            "code": {"side": str(self.side), "path": figure_path(self.runs)},
        }
        return _template(f"{facts.layout}.html").render(Context(context))

    @property
    def filling(self) -> Filling:
        """What this certificate fills into a form of its kind."""
        return Filling(
            texts={slot: fitted.text for slot, fitted in self.filled.items()},
            figures={"code": self.runs},
            links={"address": self.facts.verify_url},
            title=self.title,
            created=self.facts.issued_on.isoformat(),
        )


def fingerprint(facts: CertificateFacts) -> bytes:
    """An identifier of the facts, the same for the same facts: the PDF's ID."""
    frozen = json.dumps(facts.to_json(), sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(frozen.encode()).hexdigest()[:32].encode()


class Forms:
    """The forms of the kinds of page met before, the least recent dropped first.

    Making a form costs as much as two pages, so the first page of a kind is rendered
    in full and the second makes the form. `None` is a kind no form can be made of.
    """

    def __init__(self) -> None:
        self._met: OrderedDict[Kind, None] = OrderedDict()
        self._forms: OrderedDict[Kind, Form | None] = OrderedDict()

    def for_sheet(self, sheet: Sheet) -> Form | None:
        """The form to fill in with a page, if there is one by now."""
        kind = sheet.kind
        if kind is None:
            return None
        with LOCK:
            if kind not in self._forms:
                if kind not in self._met:
                    _keep(self._met, kind, None)
                    return None
                _keep(self._forms, kind, _form(sheet))
            self._forms.move_to_end(kind)
            return self._forms[kind]


def _keep(kept: "OrderedDict[Kind, V]", kind: Kind, value: V) -> None:
    kept[kind] = value
    if len(kept) > _KEPT_KINDS:
        kept.popitem(last=False)


def _form(sheet: Sheet) -> Form | None:
    try:
        return Form(sheet.html, sheet.filling, css=style(sheet.facts.layout))
    except Unfit as why:
        _LOG.info("Certificates of this kind are rendered in full: %s", why)
        return None


FORMS = Forms()


def render_in_full(facts: CertificateFacts) -> bytes:
    """The PDF of a certificate by way of a full layout: what `render` must equal."""
    return _in_full(Sheet.of(facts))


def _in_full(sheet: Sheet) -> bytes:
    facts = sheet.facts
    return render_pdf(
        sheet.html, css=style(facts.layout), fingerprint=fingerprint(facts)
    )


def render(facts: CertificateFacts) -> bytes:
    """The PDF of a certificate, in this process. Raises `PdfError`."""
    sheet = Sheet.of(facts)
    form = FORMS.for_sheet(sheet)
    if form is None:
        return _in_full(sheet)
    try:
        return form.fill(sheet.filling, fingerprint(facts))
    except Unfit:
        return _in_full(sheet)


def render_html(facts: CertificateFacts) -> str:
    """The page of a certificate before it becomes a PDF."""
    return Sheet.of(facts).html


def render_frame(frame: bytes) -> bytes:
    """Facts as JSON in, a PDF out: what the isolated renderer is asked to do."""
    return render(CertificateFacts.from_json(json.loads(frame)))
