"""Forms of staff who write courses."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from core.failures import Refusal, Stale
from core.plain_forms import PlainForm
from core.showing import show_on
from courses.models import Course, CourseFile, CourseVersion, Page
from courses.queries import facts_of
from courses.queries.written import seen_facts, seen_page, seen_version
from courses.rules import CourseFacts
from courses.rules.readers import CODE, LONGEST_CODE
from courses.services import PageFacts
from credentials.models import Product
from credentials.policy import Policy
from portal.forms.documents import day_field, file_field

Data = QueryDict | None
CHAPTER = re.compile(r"^(?:(\d{1,2}):)?(\d{1,2}):(\d{2})\s+(\S.*)$")
TILES = (Product.Kind.MANUAL, Product.Kind.COURSE)


def _text(label: str, most: int, hint: str = "", *, needed: bool = True) -> Any:  # noqa: ANN401
    return forms.CharField(
        label=label, max_length=most, help_text=hint, required=needed
    )


def _area(label: str, most: int, rows: int, hint: str = "") -> Any:  # noqa: ANN401
    return forms.CharField(
        label=label,
        max_length=most,
        help_text=hint,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def seen_field() -> forms.CharField:
    """What was there when the form was opened, as a hash."""
    return forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


def _address(hint: str) -> forms.RegexField:
    return forms.RegexField(
        rf"^{CODE.pattern}\Z",
        label="Address",
        max_length=LONGEST_CODE,
        help_text=hint,
        error_messages={"invalid": "Use small letters, digits and hyphens."},
    )


def _price(label: str, hint: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=hint,
        min_value=0,
        max_digits=8,
        decimal_places=2,
        initial=Decimal(0),
    )


def show_meanwhile(form: PlainForm, refusal: Refusal, there: str) -> None:
    """Say what was refused; of a change meanwhile, so that saving again is meant.

    Args:
        form: as it was sent.
        refusal: of the service.
        there: what is there now, as a hash.
    """
    show_on(form, refusal)
    if isinstance(refusal, Stale):
        assert isinstance(form.data, QueryDict)
        sent = form.data.copy()
        sent["seen"] = there
        form.data = sent


class CourseForm(PlainForm):
    """A course's facts; what can't be is the service's to say."""

    title = _text("Title", 200)
    slug = _address("Small letters, digits and hyphens, such as hipaa-for-scribes.")
    kind = forms.ChoiceField(label="Kind", choices=Course.Kind.choices)
    product = forms.ChoiceField(
        label="Opened by", required=False, help_text="The product that is assigned."
    )
    summary = _area("Summary", 1000, 3, "Two sentences, shown in the catalogue.")
    provider = _text("Provider", 200)
    joint_provider = _text("Jointly provided with (optional)", 200, needed=False)
    credit_kind = forms.ChoiceField(label="Kind of credit", required=False)
    credit = forms.DecimalField(
        label="Credit (optional)",
        required=False,
        min_value=Decimal("0.01"),
        max_digits=6,
        decimal_places=2,
    )
    topics = forms.MultipleChoiceField(
        label="Topics",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    member_price = _price("Price for members", "0: it is free.")
    nonmember_price = _price("Price for others")
    released_on = day_field("Opens on", "Enter the day from which it can be begun.")
    expires_on = day_field("Can be read until (optional)")
    seen = seen_field()

    def __init__(
        self, data: Data = None, *, policy: Policy, course: Course | None = None
    ) -> None:
        """Offer what the body's policy and products have; begin from what is so now."""
        initial = None
        if course is not None:
            held = facts_of(course)
            fields = CourseFacts.__dataclass_fields__
            initial = {each: getattr(held, each) for each in fields}
            initial["seen"] = seen_facts(course)
        super().__init__(data, initial=initial)
        topics = policy.courses.topics if policy.courses else ()
        self.fields["topics"].choices = [(each.code, each.title) for each in topics]  # type: ignore[attr-defined]
        if not topics:
            del self.fields["topics"]
        kinds = [("", "No credit"), *((each.code, each.label) for each in policy.kinds)]
        self.fields["credit_kind"].choices = kinds  # type: ignore[attr-defined]
        tiles = Product.objects.filter(program=policy.program, kind__in=TILES)
        opened = [("", "Nothing: it is found in the catalogue")]
        opened += tiles.values_list("code", "label")
        self.fields["product"].choices = opened  # type: ignore[attr-defined]

    @property
    def facts(self) -> CourseFacts:
        """What was sent."""
        said = dict(self.cleaned_data)
        del said["seen"]
        said["topics"] = tuple(said.get("topics", ()))
        return CourseFacts(**said)


class VersionForm(PlainForm):
    """What a draft is about."""

    objectives = _area(
        "Objectives", 3000, 4, "What one knows afterwards: one on each line."
    )
    must_watch = forms.BooleanField(
        label="A video counts only once it was played, not skipped", required=False
    )
    seen = seen_field()

    def __init__(self, data: Data = None, *, version: CourseVersion) -> None:
        """Begin from what the draft says now."""
        held = {
            "objectives": "\n".join(version.objectives),
            "must_watch": version.must_watch,
            "seen": seen_version(version),
        }
        super().__init__(data, initial=held)

    @property
    def said(self) -> dict[str, Any]:
        """What was sent, as the service takes it."""
        lines = (each.strip() for each in self.cleaned_data["objectives"].split("\n"))
        return {
            "objectives": [each[:300] for each in lines if each],
            "must_watch": self.cleaned_data["must_watch"],
            "seen": self.cleaned_data["seen"] or None,
        }


class ModuleForm(PlainForm):
    """A module's title."""

    title = _text("Title of the module", 200)


class PageForm(PlainForm):
    """A page: words, or a video with its captions."""

    title = _text("Title", 200)
    code = _address("Small letters, digits and hyphens; once in this version.")
    markdown = _area(
        "Text",
        100_000,
        16,
        "Markdown. A picture: ![what it shows](files/name.png). A file to save: "
        "[its name](files/name.pdf).",
    )
    video = forms.ChoiceField(
        label="Video (optional)", required=False, help_text="Of this version's files."
    )
    captions = forms.ChoiceField(label="Its captions", required=False)
    seconds = forms.DecimalField(
        label="Seconds it lasts",
        required=False,
        min_value=Decimal("0.01"),
        max_digits=8,
        decimal_places=2,
        help_text="Read from the file where it says so.",
    )
    chapters = _area("Chapters", 4000, 3, "One on each line: 1:10 What to do")
    seen = seen_field()

    def __init__(
        self, data: Data = None, *, version: CourseVersion, page: Page | None = None
    ) -> None:
        """Offer the version's videos and captions; begin from what the page is now."""
        super().__init__(data, initial=_held(page) if page else None)
        for field, kind in (
            ("video", CourseFile.Kind.VIDEO),
            ("captions", CourseFile.Kind.CAPTIONS),
        ):
            names = version.files.filter(kind=kind).values_list("name", flat=True)
            choices = [("", "None"), *((name, name) for name in names)]
            self.fields[field].choices = choices  # type: ignore[attr-defined]

    def clean_chapters(self) -> list[tuple[Decimal, str]]:
        """Read the chapters, a line each."""
        found = []
        for line in self.cleaned_data["chapters"].splitlines():
            if not line.strip():
                continue
            read = CHAPTER.match(line.strip())
            if read is None:
                raise ValidationError(
                    f"“{line.strip()[:40]}” is no line such as 1:10 What to do."
                )
            hours, minutes, seconds, title = read.groups()
            at = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
            found.append((Decimal(at), title[:200]))
        return sorted(found)

    @property
    def facts(self) -> PageFacts:
        """What was sent."""
        said = dict(self.cleaned_data)
        del said["seen"]
        said["markdown"] = said["markdown"].replace("\r\n", "\n")
        return PageFacts(**said)


class CourseFileForm(PlainForm):
    """A file of a version."""

    file = file_field(
        "file",
        "PNG, JPEG or PDF up to 10 MB, WebM or MP4 up to 100 MB, captions as WebVTT.",
        ".png,.jpg,.jpeg,.pdf,.webm,.mp4,.vtt",
    )
    asked = forms.BooleanField(
        label="It is a picture of a question: nobody sees it before they are asked",
        required=False,
    )


class CourseZipForm(PlainForm):
    """A course as a ZIP."""

    file = file_field("ZIP file", "At most 200 MB; its form is in the help.", ".zip")
    seen = seen_field()


def _held(page: Page) -> dict[str, Any]:
    return {
        "seen": seen_page(page),
        "title": page.title,
        "code": page.code,
        "markdown": page.markdown,
        "video": page.video.name if page.video else "",
        "captions": page.captions.name if page.captions else "",
        "seconds": page.seconds,
        "chapters": "\n".join(
            f"{int(Decimal(str(at))) // 60}:{int(Decimal(str(at))) % 60:02} {title}"
            for at, title in page.chapters
        ),
    }
