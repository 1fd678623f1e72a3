"""Forms of staff who write the test of a course."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField

from core.plain_forms import PlainForm
from courses.models import CourseVersion
from courses.queries.written import seen_figures, seen_question, seen_test
from courses.rules import Bank, WrittenQuestion
from courses.rules.banks import MOST_OPTIONS
from courses.rules.question_pictures import LONGEST_WORDS
from courses.rules.source import FULL, MOST_QUESTIONS, MOST_TRIES
from courses.rules.writing_tests import LONGEST
from courses.services.writing_tests import LONGEST_BANK, Figures
from portal.forms.authoring import Data, seen_field

PLACES = range(1, MOST_OPTIONS + 1)


def _words(label: str, key: str, rows: int, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST[key],
        help_text=hint,
        required=False,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class FiguresForm(PlainForm):
    """How a test is set."""

    questions = forms.IntegerField(
        label="Questions drawn",
        min_value=1,
        max_value=MOST_QUESTIONS,
        help_text="Of all that are written, of each topic in proportion.",
    )
    pass_percent = forms.IntegerField(
        label="Percent that passes", min_value=1, max_value=FULL
    )
    tries = forms.IntegerField(label="Tries", min_value=1, max_value=MOST_TRIES)
    seen = seen_field()

    def __init__(self, data: Data = None, *, version: CourseVersion) -> None:
        """Begin from how it is set now."""
        held: dict[str, Any] = {
            each: getattr(version, each)
            for each in ("questions", "pass_percent", "tries")
        }
        super().__init__(data, initial=held | {"seen": seen_figures(version)})

    @property
    def figures(self) -> Figures:
        """What was sent, as the service takes it."""
        said = self.cleaned_data
        return said["questions"], said["pass_percent"], said["tries"]


class TestTextForm(PlainForm):
    """A test as the text that a ZIP has."""

    # Pytest would take the name for one of its own.
    __test__ = False

    bank = forms.CharField(
        label="The test's text",
        max_length=LONGEST_BANK,
        strip=False,
        help_text="TOML, as bank.toml in a ZIP; see the help.",
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
    )
    seen = seen_field()

    def __init__(self, data: Data = None, *, version: CourseVersion) -> None:
        """Begin from the text as it is now."""
        held = {"bank": version.bank, "seen": seen_test(version)}
        super().__init__(data, initial=held)

    @property
    def text(self) -> str:
        """What was sent."""
        said: str = self.cleaned_data["bank"]
        return said.replace("\r\n", "\n")


class QuestionForm(PlainForm):
    """A question; what is missing is the rule's to say, with the question's number.

    With more than one answer ticked, whoever sits the test chooses several.
    """

    text = _words("Question", "text", 3)
    topic = forms.CharField(
        label="Topic",
        max_length=LONGEST["topic"],
        required=False,
        help_text="A new one, or one that another question has.",
        widget=forms.TextInput(attrs={"list": "topics"}),
    )
    why = _words(
        "Why it is right", "why", 3, "For staff: nobody who sits the test sees it."
    )
    picture = forms.ChoiceField(
        label="Picture (optional)",
        required=False,
        help_text="Put it among the files first, as a picture of a question.",
    )
    picture_words = forms.CharField(
        label="What the picture shows",
        max_length=LONGEST_WORDS,
        required=False,
        help_text="For who can't see it; it must not give the answer away.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = seen_field()

    def __init__(
        self,
        data: Data = None,
        *,
        pictures: Sequence[str],
        bank: Bank | None = None,
        code: str | None = None,
    ) -> None:
        """Offer a line for each answer; begin from what the question says now."""
        held = _held(bank, code) if bank and code else None
        super().__init__(data, initial=held)
        choices = [("", "None"), *((name, name) for name in pictures)]
        self.fields["picture"].choices = choices  # type: ignore[attr-defined]
        for place in PLACES:
            self.fields[f"option_{place}"] = forms.CharField(
                label=f"Answer {place}", max_length=LONGEST["option"], required=False
            )
            self.fields[f"right_{place}"] = forms.BooleanField(
                label=f"Answer {place} is right", required=False
            )

    @property
    def words(self) -> Sequence[BoundField]:
        """The fields that stand by themselves."""
        names = ("text", "picture", "picture_words", "topic", "why")
        return [self[each] for each in names]

    @property
    def answers(self) -> Sequence[tuple[BoundField, BoundField]]:
        """Each answer with its tick."""
        return [(self[f"option_{each}"], self[f"right_{each}"]) for each in PLACES]

    @property
    def written(self) -> WrittenQuestion:
        """What was sent."""
        said = self.cleaned_data
        return WrittenQuestion(
            topic=said["topic"],
            text=said["text"].replace("\r\n", "\n"),
            why=said["why"].replace("\r\n", "\n"),
            picture=said["picture"],
            # Read out in one go: lines end for the eye alone.
            picture_words=" ".join(said["picture_words"].split()),
            options=[
                (said[f"option_{each}"], said[f"right_{each}"]) for each in PLACES
            ],
        )


def _held(bank: Bank, code: str) -> dict[str, Any]:
    question = bank.question(code)
    held: dict[str, Any] = {
        "seen": seen_question(bank, code),
        "text": question.text,
        "topic": bank.topic_words(question.topic),
        "why": question.why,
        "picture": question.picture,
        "picture_words": question.picture_words,
    }
    for place, each in enumerate(question.options, start=1):
        held |= {f"option_{place}": each.text, f"right_{place}": each.right}
    return held
