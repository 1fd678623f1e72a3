"""Layout "compliance-1": the faces it is set in and the room of every text.

The style sheet of the same name holds the places; the faces are handed to it from
here, so that a text is measured in the face it is printed in. All of them come with
Debian's fonts-noto-core, fonts-dejavu-core, fonts-droid-fallback (Han, kana) and
fonts-wqy-microhei (Hangul); a script none of the named families covers is looked for in
every other font installed.
"""

from certificates.layouts.fitting import Band
from core.pdf.text import Face

_SCRIPTS = (
    "Noto Naskh Arabic",
    "Noto Serif Hebrew",
    "Noto Serif Devanagari",
    "Noto Serif Thai",
    "Noto Serif Bengali",
    "Noto Serif Tamil",
    "Noto Serif Georgian",
    "Noto Serif Armenian",
    "Noto Serif Ethiopic",
    "Droid Sans Fallback",
    "WenQuanYi Micro Hei",
    "DejaVu Serif",
    "serif",
)
SERIF = Face(("Noto Serif", *_SCRIPTS))
STRONG = Face(SERIF.families, 700)
DISPLAY = Face(("Noto Serif Display", *SERIF.families))
SANS = Face(("Noto Sans", "sans-serif"))
LABEL = Face(SANS.families, 700)
MONO = Face(("DejaVu Sans Mono", "monospace"))
FACES = {"serif": SERIF, "display": DISPLAY, "sans": SANS, "mono": MONO}

_LINE = Band(SERIF, 624, 24, 16, 11, 0.5)
_RIGHT = Band(SERIF, 200, 24, 16, 10, 0.5)
_CODE = Band(MONO, 240, 24, 16, 10, 0.5)
BANDS = {
    "issuer": Band(LABEL, 480, 24, 13, 9, 0.5),
    "title": Band(DISPLAY, 624, 64, 47, 28),
    "subtitle": _LINE,
    "holder_name": Band(DISPLAY, 610, 76, 56, 32, 2),
    "credential_title": _LINE,
    "practice_name": _LINE,
    "statement": Band(SERIF, 624, 52, 16, 16),
    "term": Band(STRONG, 624, 34, 23, 16),
    "attestation_number": _CODE,
    "number": _CODE,
    "credential_number": _CODE,
    "education": _RIGHT,
    "issued_on": _RIGHT,
    "issued_by": _RIGHT,
    "address": Band(SANS, 498, 20, 13, 9, 0.5),
}
# What differs from one certificate to the next of the same kind: a page laid out once
# is filled in with these. The other texts are part of the page.
FILLED = frozenset(
    {
        "holder_name",
        "practice_name",
        "term",
        "attestation_number",
        "number",
        "credential_number",
        "education",
        "issued_on",
        "address",
    }
)
