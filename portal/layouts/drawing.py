"""The child's side of every paper here: facts as JSON in, a tagged PDF out."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine, Template

from core.pdf.engine import render_pdf
from core.pdf.text import Face, legible

# A list of 500 people whose names fill half a page each.
MOST_PAGES = 300
SANS = Face(("Noto Sans", "DejaVu Sans", "Droid Sans Fallback", "sans-serif"))
_TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


@lru_cache(maxsize=16)
def _template(name: str) -> Template:
    """A template of ours, in an engine of its own: no setting can change a page."""
    engine = Engine(dirs=[str(_TEMPLATES)], autoescape=True)
    return engine.get_template(f"portal/pdf/{name}")


def _readable(value: Any) -> Any:  # noqa: ANN401  (JSON)
    """Every text of the facts with nothing in it that could not be drawn and read."""
    if isinstance(value, str):
        return legible(value, SANS)
    if isinstance(value, list):
        return [_readable(each) for each in value]
    if isinstance(value, dict):
        return {name: _readable(each) for name, each in value.items()}
    return value


def draw(frame: bytes, name: str, *, style: str = "") -> bytes:
    """Make the PDF of a frame by the layout of a name; several may share a `style`.

    Raises:
        PdfError: it takes more pages than it may.
    """
    facts = json.loads(frame)
    html = _template(f"{name}.html").render(Context(_readable(facts)))
    css = _template(f"{style or name}.css").render(
        Context({"sans": SANS}, autoescape=False)
    )
    mark = hashlib.sha256(frame).hexdigest()[:32].encode()
    return render_pdf(html, css=css, fingerprint=mark, most_pages=MOST_PAGES)
