"""Forms of documents: what a body publishes, and what a practice files itself."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from core.plain_forms import PlainForm
from credentials.models import DocumentVersion, OwnDocumentVersion
from portal.forms.reasons import reason_field
from portal.forms.staff import Day, asked

Data = QueryDict | None
if TYPE_CHECKING:
    Files = MultiValueDict[str, UploadedFile[Any]] | None
DAYS = ("%Y-%m-%d",)
NO_DAY = "There is no such day. Enter one such as 2025-11-17."
# A slip of a digit is told; no paper of ours is older or newer.
OLDEST, NEWEST = date(1970, 1, 1), date(2100, 12, 31)
BOUNDS = (MinValueValidator(OLDEST), MaxValueValidator(NEWEST))


def file_field(label: str, hint: str, accept: str) -> forms.FileField:
    """A file; what is in it is the services' to judge."""
    choose = f"Choose a {label}."
    return forms.FileField(
        label=label[:1].upper() + label[1:],
        help_text=hint,
        max_length=200,
        allow_empty_file=True,
        error_messages={
            "required": choose,
            "missing": choose,
            "invalid": choose,
            "max_length": "The file's name is too long. Shorten it.",
        },
        widget=forms.FileInput(attrs={"accept": accept}),
    )


def day_field(label: str, missing: str = "", hint: str = "") -> forms.DateField:
    """A day; may be left out where `missing` says nothing."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=bool(missing),
        widget=Day(format=DAYS[0]),
        input_formats=DAYS,
        validators=BOUNDS,
        error_messages={
            "invalid": NO_DAY,
            "required": missing or NO_DAY,
            "min_value": f"Enter a day from {OLDEST.year} on.",
            "max_value": f"Enter a day until {NEWEST.year}.",
        },
    )


class PublishForm(PlainForm):
    """A version of a body's document."""

    title = forms.CharField(
        label="Title",
        max_length=200,
        error_messages={"required": "Enter the document's title."},
    )
    effective_on = day_field(
        "Effective from",
        "Enter the day from which it is current.",
        "From this day on it is the current version.",
    )
    changes = forms.CharField(
        label="What changed",
        help_text="Administrators read this in their letter and on their page.",
        max_length=1000,
        error_messages={"required": "Write what changed, or that it is new."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    file = file_field("PDF file", "PDF, at most 10 MB, without a password.", ".pdf")
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=99_999)

    def __init__(
        self,
        data: Data = None,
        files: "Files" = None,
        *,
        newest: DocumentVersion | None = None,
        today: date | None = None,
    ) -> None:
        """Begin from the newest version where there is one."""
        super().__init__(
            data,
            files,
            initial={
                "title": newest.title if newest else "",
                "effective_on": today,
                "seen": newest.number if newest else 0,
            },
        )


class WithdrawForm(PlainForm):
    """Why a version is withdrawn."""

    reason = reason_field(
        "Why it is withdrawn",
        "Practices read this beside the version.",
        "Write why. The reason stays with the version.",
    )


class FilingForm(PlainForm):
    """A practice's own document, or a new version of one."""

    title = forms.CharField(
        label="Title",
        max_length=200,
        error_messages={"required": "Enter the document's title."},
    )
    kind = forms.ChoiceField(
        label="Kind",
        choices=OwnDocumentVersion.Kind.choices,
        error_messages=asked("Choose a kind."),
    )
    covers_from = day_field("Covers from (optional)")
    covers_until = day_field(
        "Covers until (optional)", hint="Leave it empty while it holds."
    )
    file = file_field("PDF, PNG or JPEG file", "At most 10 MB.", ".pdf,.png,.jpg,.jpeg")

    def __init__(
        self,
        data: Data = None,
        files: "Files" = None,
        *,
        newest: OwnDocumentVersion | None = None,
    ) -> None:
        """Begin from the newest version where there is one."""
        initial = (
            {
                "title": newest.title,
                "kind": newest.kind,
                "covers_from": newest.covers_from,
                "covers_until": newest.covers_until,
            }
            if newest
            else {}
        )
        super().__init__(data, files, initial=initial)


class SetAsideForm(PlainForm):
    """Why a practice removes a document of its own."""

    reason = reason_field(
        "Why it is removed",
        "Kept in the activity log.",
        "Write why it is removed.",
    )
