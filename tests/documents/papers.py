"""Publishing, opening and filing as people do it on the pages."""

from io import BytesIO
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from credentials.models import DocumentVersion
from tests.files.samples import pdf
from tests.portal.reading import Page

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

STAFF = "/staff/acmss/documents/"
PAGE = "/p/northside/documents/"
NEW = f"{STAFF}new/"
OWN = f"{PAGE}own/new/"


def a_pdf(mark: str) -> bytes:
    """A PDF that differs from others by a mark."""
    return pdf(b"(" + mark.encode() + b")")


def upload(content: bytes, name: str = "crosswalk.pdf") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def publish(
    client: Client, content: bytes, *, at: str = NEW, seen: int = 0, **typed: str
) -> "Answer":
    """Send the form that publishes."""
    name = typed.pop("name", "crosswalk.pdf")
    given = {
        "title": "Crosswalk",
        "effective_on": "2025-11-01",
        "changes": "The table of duties is new.",
        "seen": str(seen),
    }
    return client.post(at, {**given, **typed, "file": upload(content, name)})


def published(client: Client, mark: str = "one", **typed: str) -> DocumentVersion:
    """Publish the first version of a document."""
    answer = publish(client, a_pdf(mark), at=NEW, seen=0, **typed)
    assert answer.status_code == 302, problems(answer)
    return DocumentVersion.objects.latest("published_at", "number")


def republished(
    client: Client, version: DocumentVersion, mark: str = "two", **typed: str
) -> DocumentVersion:
    """Publish the next version of its document."""
    at = f"{STAFF}{version.document_id}/publish/"
    answer = publish(client, a_pdf(mark), at=at, seen=version.number, **typed)
    assert answer.status_code == 302, problems(answer)
    return DocumentVersion.objects.get(
        document=version.document_id, number=version.number + 1
    )


def opened(client: Client, version: DocumentVersion, at: str = PAGE) -> "Answer":
    """Press Open."""
    return client.post(f"{at}versions/{version.pk}/open/")


def acknowledged(client: Client, version: DocumentVersion, **typed: str) -> "Answer":
    """Tick and confirm."""
    given = typed or {"read": "on"}
    return client.post(f"{PAGE}versions/{version.pk}/acknowledge/", given)


def filed(client: Client, content: bytes, *, at: str = OWN, **typed: str) -> "Answer":
    """Send the form that files a document of the practice's own."""
    name = typed.pop("name", "protocol.pdf")
    given = {
        "title": "Scribe staffing protocol",
        "kind": "staffing",
        "covers_from": "2025-01-01",
        "covers_until": "",
    }
    return client.post(at, {**given, **typed, "file": upload(content, name)})


def pages(answer: "Answer") -> list[str]:
    """What each page of a PDF that was sent says."""
    content = b"".join(answer) if answer.streaming else answer.content
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def problems(answer: "Answer") -> list[str]:
    """What the summary of errors says."""
    found = Page.of(answer).all("div", "gs-problem")
    return [each.text for summary in found for each in summary.all("li")]
