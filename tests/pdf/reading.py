"""Reads a certificate back with tools that had no part in making it."""

import re
import subprocess
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

from PIL import Image
from pypdf import PdfReader
from pyzbar import pyzbar  # type: ignore[import-untyped]

_SHOWN = re.compile(rb"\[(.*?)\] TJ")
_FONT = re.compile(rb"/(\S+) \S+ Tf")
_GLYPHS = re.compile(rb"<([0-9a-f]*)>")


def _run(*command: str, content: bytes) -> bytes:
    return subprocess.run(  # noqa: S603
        command, input=content, capture_output=True, check=True
    ).stdout


@dataclass(frozen=True)
class Paper:
    """A PDF, as others read it."""

    content: bytes

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(BytesIO(self.content), strict=True)

    @property
    def root(self) -> Any:  # noqa: ANN401
        """The document's catalogue."""
        return self.reader.trailer["/Root"]

    @property
    def identity(self) -> str:
        """The first half of the document's ID."""
        identity: Any = self.reader.trailer["/ID"]
        return str(identity[0])

    @property
    def links(self) -> list[str]:
        """Where the page's links lead."""
        found: Any = self.reader.pages[0]["/Annots"]
        return [str(link.get_object()["/A"]["/URI"]) for link in found]

    @cached_property
    def text(self) -> str:
        """What poppler's pdftotext finds, every run of white space as one space."""
        found = _run("pdftotext", "-", "-", content=self.content)
        return " ".join(found.decode().split())

    @cached_property
    def spoken(self) -> str:
        """The same in the order of the page's painting, which is its reading order."""
        found = _run(
            "pdftotext", "-raw", "-enc", "UTF-8", "-", "-", content=self.content
        )
        return " ".join(found.decode().split())

    def picture(self, dpi: int = 96, *, grey: bool = False) -> Image.Image:
        """The first page as poppler paints it."""
        colours = ("-gray",) if grey else ()
        options = ("-r", str(dpi), "-png", "-singlefile", *colours)
        found = _run("pdftoppm", *options, "-", content=self.content)
        return Image.open(BytesIO(found)).convert("RGB")

    def codes(self, dpi: int = 150, *, grey: bool = False) -> list[str]:
        """What zbar reads off the page."""
        return [
            code.data.decode() for code in pyzbar.decode(self.picture(dpi, grey=grey))
        ]

    @property
    def glyphs(self) -> dict[str, set[int]]:
        """The glyph numbers each font of the page is asked to paint."""
        used: dict[str, set[int]] = {}
        painted = self.reader.pages[0].get_contents()
        assert painted is not None
        font = ""
        for line in painted.get_data().split(b"\n"):
            if chosen := _FONT.fullmatch(line):
                font = chosen[1].decode()
            if shown := _SHOWN.fullmatch(line):
                for digits in _GLYPHS.findall(shown[1]):
                    assert len(digits) % 4 == 0
                    used.setdefault(font, set()).update(
                        int(digits[at : at + 4], 16) for at in range(0, len(digits), 4)
                    )
        return used

    @property
    def fonts(self) -> dict[str, Any]:
        """The page's fonts by the names its painting uses."""
        resources: Any = self.reader.pages[0]["/Resources"]
        return {
            name.removeprefix("/"): font.get_object()
            for name, font in resources["/Font"].items()
        }

    @property
    def tags(self) -> list[tuple[str, str]]:
        """The structure tree from top to bottom: tags with their alternative texts."""
        found: list[tuple[str, str]] = []

        def walk(node: Any) -> None:  # noqa: ANN401
            node = node.get_object()
            if isinstance(node, list):
                for kid in node:
                    walk(kid)
            elif isinstance(node, dict):
                if "/S" in node:
                    found.append((node["/S"][1:], str(node.get("/Alt", ""))))
                if "/K" in node:
                    walk(node["/K"])

        walk(self.root["/StructTreeRoot"])
        return found
