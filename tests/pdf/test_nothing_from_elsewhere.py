"""No text that people type has a PDF load anything: no file of ours, no connection."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import get_type_hints

import pytest
from weasyprint import HTML  # type: ignore[import-untyped]

from certificates import layouts
from certificates.layouts import CertificateFacts
from portal.layouts import (
    TranscriptFacts,
    TranscriptRow,
    TranscriptTerm,
    render_transcript,
)
from tests.pdf.reading import Paper
from tests.pdf.samples import PLAIN

# Each with a place for an address.
WAYS = (
    '<img src="{}">',
    "<img src={}>",
    "@import url({});",
    "</title></style><style>@import url({});</style>",
    '<link rel="stylesheet" href="{}">',
    '"><p style="background:url({})">',
    "</p><style>@font-face{{font-family:x;src:url({})}}*{{font-family:x}}</style>",
    '<svg><image href="{0}" xlink:href="{0}"/><use href="{0}"/></svg>',
    '<object data="{0}"></object><embed src="{0}"><iframe src="{0}"></iframe>',
    '<a rel="attachment" href="{}">x</a>',
    '<base href="{}">',
    "url({})",
    "{{% include '{}' %}}{{{{ 7|add:'{}' }}}}",
    "<!--<meta http-equiv=refresh content='0;{}'>",
)
# Which layout is used, and in which language, is the program's to say.
OURS = {"layout", "language"}
SECRET = "the word of the house"


@dataclass
class Listener:
    """A port of this machine, and how often somebody came."""

    port: int
    came: list[str] = field(default_factory=list)

    def address(self, scheme: str = "http") -> str:
        """Something to load from there."""
        return f"{scheme}://127.0.0.1:{self.port}/x.png"


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Listen until the end of the test."""
    server = socket.create_server(("127.0.0.1", 0))
    made = Listener(server.getsockname()[1])

    def serve() -> None:
        while True:
            try:
                line, address = server.accept()
            except OSError:
                return
            made.came.append(str(address))
            line.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield made
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(5)


@pytest.fixture
def addresses(listener: Listener, tmp_path: Path) -> list[str]:
    """What a page must not load: a server's, and files of this machine."""
    (tmp_path / "secret.txt").write_text(SECRET)
    files = [f"file://{tmp_path}/secret.txt", "file:///etc/passwd"]
    return [listener.address(), listener.address("ftp"), *files]


def texts_of(kind: type) -> list[str]:
    """The names of a class's fields that hold text."""
    hints = get_type_hints(kind)
    return [
        each.name
        for each in fields(kind)
        if hints[each.name] in {str, str | None} and each.name not in OURS
    ]


def all_of(way: str, addresses: list[str]) -> str:
    """A text that asks for every address in one way."""
    return " ".join(
        way.replace("{}", each)
        .replace("{0}", each)
        .replace("{{", "{")
        .replace("}}", "}")
        for each in addresses
    )


def check(content: bytes, listener: Listener) -> None:
    """Hold a PDF to what it must not have loaded."""
    paper = Paper(content)
    assert SECRET not in paper.text
    assert "root:x:0:0" not in paper.text
    assert listener.came == []
    assert dict(paper.reader.attachments) == {}
    for page in paper.reader.pages:
        assert [image.name for image in page.images] == []
    raw = b"".join(
        each.get_data()
        for each in (page.get_contents() for page in paper.reader.pages)
        if each is not None
    )
    assert SECRET.encode() not in raw + content


def test_the_listener_hears_who_comes(listener: Listener) -> None:
    """The engine alone does load: it is ours that keeps it from doing so."""
    page = f'<img src="{listener.address()}">'
    HTML(string=page).write_pdf()
    assert listener.came


@pytest.mark.parametrize("way", WAYS)
def test_no_text_of_a_certificate_loads_anything(
    listener: Listener, addresses: list[str], way: str
) -> None:
    texts = dict.fromkeys(texts_of(CertificateFacts), all_of(way, addresses))
    # A code holds so much; the address in it is made of the number.
    texts |= {"verify_url": PLAIN.verify_url}
    content = layouts.render(replace(PLAIN, **texts))  # type: ignore[arg-type]
    check(content, listener)
    assert Paper(content).links == [PLAIN.verify_url]


@pytest.mark.parametrize("name", [*texts_of(CertificateFacts), "every"])
def test_each_text_of_a_certificate_may_be_hostile_alone(
    listener: Listener, name: str
) -> None:
    said = f'<img src="{listener.address()}"><style>@import url({listener.address()})'
    names = texts_of(CertificateFacts) if name == "every" else [name]
    changed = replace(PLAIN, **dict.fromkeys(names, said))  # type: ignore[arg-type]
    content = layouts.render(changed)
    check(content, listener)
    assert len(Paper(content).links) == 1


@pytest.mark.parametrize("way", WAYS)
def test_no_text_of_a_transcript_loads_anything(
    listener: Listener, addresses: list[str], way: str
) -> None:
    said = all_of(way, addresses)
    row = TranscriptRow(**dict.fromkeys(texts_of(TranscriptRow), said))
    term = TranscriptTerm(said, said, [row, row])
    texts = dict.fromkeys(texts_of(TranscriptFacts), said) | {"as_of": "2025-11-17"}
    facts = TranscriptFacts(**texts, terms=[term])  # type: ignore[arg-type]
    check(render_transcript(facts, seconds=20), listener)
