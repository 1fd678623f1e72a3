"""The engine: only its own files, one page, the same bytes, and forms that prove it."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from weasyprint.pdf.fonts import Font  # type: ignore[import-untyped]

from certificates.layouts import paper
from core.pdf import PdfError
from core.pdf.engine import render_pdf
from core.pdf.faults import Unfit
from core.pdf.form import Filling, Form
from tests.pdf.reading import Paper
from tests.pdf.samples import HOSTILE, NAMES, PLAIN, facts

ROOT = Path(__file__).resolve().parents[2]
PAGE = '<html lang="en"><title>T</title><body>{}</body></html>'


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A folder with a picture, beside a file that is nobody's business."""
    own = tmp_path / "layout"
    own.mkdir()
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    (own / "own.svg").write_text(picture)
    (tmp_path / "other.svg").write_text(picture)
    (own / "secret.txt").write_text("root:x:0:0")
    (own / "link.svg").symlink_to(tmp_path / "other.svg")
    return own


def _render(body: str, css: str = "", base: Path | None = None) -> bytes:
    return render_pdf(PAGE.format(body), css=css, fingerprint=b"f", base=base)


def test_a_page_may_load_its_own_files_and_data(secret: Path) -> None:
    data = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>"
    _render(f'<img alt="a" src="own.svg"><img alt="b" src="{data}">', base=secret)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "file://localhost/etc/passwd",
        "../other.svg",
        "%2e%2e/other.svg",
        "link.svg",
        "secret.txt",
        "missing.svg",
        "http://127.0.0.1:1/x.png",
        "https://127.0.0.1:1/x.png",
        "ftp://127.0.0.1/x.png",
        "//127.0.0.1/x.png",
        "gopher://127.0.0.1/",
        "jar:file:///etc/passwd",
    ],
)
@pytest.mark.parametrize(
    "body",
    [
        '<img alt="a" src="{}">',
        '<p style="background: url({})">a</p>',
        '<link rel="stylesheet" href="{}">',
        '<link rel="attachment" href="{}">',
        '<style>@import url("{}");</style>',
        '<svg width="9" height="9"><image href="{}" width="9" height="9"/></svg>',
        '<object data="{}"></object>',
    ],
)
def test_anything_else_ends_the_rendering(
    secret: Path, address: str, body: str
) -> None:
    with pytest.raises(PdfError, match="not its own"):
        _render(body.format(address), base=secret)


def test_without_a_folder_no_file_is_its_own(secret: Path) -> None:
    with pytest.raises(PdfError, match="not its own"):
        _render(f'<img alt="a" src="{(secret / "own.svg").as_uri()}">')
    with pytest.raises(PdfError, match="not its own"):
        _render("", css="@import url('file:///etc/hostname');")


def test_attributes_of_the_page_do_not_style_it() -> None:
    hinted = _render('<p bgcolor="red" align="right">a</p><font size="7">b</font>')
    assert hinted == _render("<p>a</p><font>b</font>")


def test_there_is_one_page() -> None:
    with pytest.raises(PdfError, match="2 pages"):
        _render('<p style="break-after: page">a</p><p>b</p>')


def test_a_document_may_take_as_many_pages_as_it_is_told() -> None:
    pages = "<p style='break-after: page'>x</p>" * 3
    made = render_pdf(PAGE.format(pages), css="", fingerprint=b"f", most_pages=3)
    assert len(Paper(made).reader.pages) == 3
    with pytest.raises(PdfError, match="3 pages, and at most 2 are made"):
        render_pdf(PAGE.format(pages), css="", fingerprint=b"f", most_pages=2)


def test_same_facts_give_the_same_bytes_in_every_process() -> None:
    program = (
        "import hashlib, json, sys\n"
        "from certificates.layouts.paper import render\n"
        "from tests.pdf.samples import facts\n"
        "names = json.loads(sys.stdin.read())\n"
        "made = [render(facts(holder_name=name)) for name in names]\n"
        "print(json.dumps([hashlib.sha256(pdf).hexdigest() for pdf in made]))\n"
    )
    names = [*NAMES[::70], *HOSTILE[4:7]]
    found = []
    # In another order fonts are loaded at other sizes and forms made of other pages.
    for seed, order in (("1", names), ("2", names[::-1]), ("random", names * 2)):
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", program],
            input=json.dumps(order),
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": f"UTC+{len(seed)}"},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        hashes = dict(zip(order, json.loads(done.stdout.splitlines()[-1]), strict=True))
        found.append(hashes)
    assert found[0] == found[1] == found[2]
    here = {
        name: hashlib.sha256(paper.render(facts(holder_name=name))).hexdigest()
        for name in names
    }
    assert here == found[0]


def test_other_facts_give_other_bytes_and_another_identity() -> None:
    one, other = (Paper(paper.render(facts(demo=demo))) for demo in (False, True))
    assert one.content != other.content
    assert one.identity != other.identity


def _equal_laid_out(name: str, at: int) -> None:
    """Fill a name into a form made of other certificates, and lay it out in full."""
    changes = {
        "number": f"CMS-7Q4K-29XD-{1000 + at}",
        "attestation_number": f"ATT-2025-00{1000 + at}",
        "practice_name": f"Clinic {at % 7}",
        "verify_url": f"https://goodstanding.example/verify/CMS-{1000 + at}/",
    }
    for number in ("CMS-1111-1111-1111", "CMS-2222-2222-2222"):
        paper.render(facts(holder_name=name, number=number))
    sheet = paper.Sheet.of(facts(holder_name=name, **changes))
    form = paper.FORMS.for_sheet(sheet)
    assert form is not None or sheet.kind is None
    made = paper.render(sheet.facts)
    assert made == paper.render_in_full(sheet.facts)
    if form:
        assert made == form.fill(sheet.filling, paper.fingerprint(sheet.facts))


@pytest.mark.parametrize("script", range(0, len(NAMES), 16))
def test_filled_in_equals_laid_out_byte_for_byte(script: int) -> None:
    for at in range(script, script + 16, 5):
        _equal_laid_out(NAMES[at], at)


@pytest.mark.parametrize("name", HOSTILE[::4])
def test_hostile_names_filled_in_equal_laid_out(name: str) -> None:
    _equal_laid_out(name, 0)


@pytest.mark.drill
def test_every_name_filled_in_equals_laid_out() -> None:
    for at, name in enumerate((*NAMES, *HOSTILE)):
        _equal_laid_out(name, at)


def _simple(text: str, **more: Any) -> tuple[str, Filling]:  # noqa: ANN401
    page = (
        '<html lang="en"><head><title>T</title>'
        '<meta name="dcterms.created" content="2025-11-17"></head>'
        f'<p data-slot="name" style="white-space: nowrap">{text}</p></html>'
    )
    filling = Filling({"name": text}, {}, {}, "T", "2025-11-17")
    return page, filling


def test_a_form_refuses_what_would_not_stay_on_its_line() -> None:
    form = Form(*_simple("Bob"), css="p { width: 80px }")
    page, filling = _simple("Alice")
    assert form.fill(filling, b"f") == render_pdf(
        page, css="p { width: 80px }", fingerprint=b"f"
    )
    with pytest.raises(Unfit, match="line"):
        form.fill(_simple("Alexandrina Konstantinopolitanskaya")[1], b"f")
    with pytest.raises(Unfit, match="line"):
        form.fill(_simple("Bob\nMarlow")[1], b"f")


@pytest.mark.parametrize(
    ("page", "css"),
    [
        ("<p>no slot</p>", ""),
        ('<p data-slot="name">Bob <b>twice</b></p>', ""),
        ('<p data-slot="name">another text</p>', ""),
        ('<p data-slot="name">Bob</p>', "p { text-indent: 9px }"),
        ('<p data-slot="name">Bob</p>', "p { padding-left: 9px; text-align: right }"),
        (
            '<p data-slot="name">Bob</p>',
            "body { background: linear-gradient(red, blue) }",
        ),
    ],
)
def test_a_page_a_form_cannot_reproduce_makes_none(page: str, css: str) -> None:
    _, filling = _simple("Bob")
    with pytest.raises(Unfit):
        Form(PAGE.format(page), filling, css=css)


def test_a_form_that_paints_otherwise_than_the_layout_is_not_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An engine that changes its ways costs time and never a wrong page."""
    changed = facts(language="en-US")
    monkeypatch.setattr("core.pdf.form.draw_text", lambda *_: None, raising=True)
    made = [paper.render(changed) for _ in range(3)]
    assert made == 3 * [paper.render_in_full(changed)]


def test_fonts_are_loaded_once_for_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    paper.render(PLAIN)
    loaded: list[str] = []
    original = Font.__init__

    def count(font: Any, *arguments: Any) -> None:  # noqa: ANN401
        loaded.append("font")
        original(font, *arguments)

    monkeypatch.setattr(Font, "__init__", count)
    paper.render(facts(holder_name="Another Name"))
    assert loaded == []
