"""What is sent and shown of a course that somebody learns."""

from rest_framework import serializers

from core.rest import (
    AmountField,
    CodeField,
    CountField,
    FlagField,
    IdField,
    ListOf,
    ObjectOf,
    Strict,
    TextField,
)
from courses.rules.banks import MOST_OPTIONS
from courses.rules.evaluating import MOST_WORDS
from courses.rules.watching import MOST_SPANS, NOTHING

ENROLMENT, ATTEMPT, CREDIT = "enr", "att", "crc"
MOST_CODE = 60
MOST_SCALE = 20


class NewProgress(Strict):
    """Where one is, and what was watched since."""

    page = CodeField(max_length=MOST_CODE, help_text="The page's code.")
    second = AmountField(default=NOTHING, help_text="Of the page's video.")
    spans = ListOf(
        child=ListOf(child=AmountField(), min_length=2, max_length=2),
        default=list,
        max_length=MOST_SPANS,
        help_text="What was played of it: pairs of seconds.",
    )
    captions = FlagField(
        required=False, allow_null=True, help_text="Whether they are switched on."
    )
    go_on = FlagField(default=False, help_text="The page is read: go on from it.")
    read_instead = FlagField(
        default=False, help_text="The transcript was read in the video's place."
    )


class PageProgress(serializers.Serializer):
    """How far one is on a page."""

    page = serializers.CharField()
    title = serializers.CharField()
    seconds = serializers.CharField(allow_null=True, help_text="Null of a text.")
    spans = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text="What was watched, joined: pairs of seconds.",
    )
    done = serializers.BooleanField()


class Progress(serializers.Serializer):
    """How far one is in a course; `page` and `second` are where one goes on."""

    enrolment = IdField(ENROLMENT)
    course = serializers.CharField()
    version = serializers.IntegerField()
    page = serializers.CharField()
    second = serializers.CharField()
    captions = serializers.BooleanField(
        allow_null=True, help_text="Null where nothing was chosen."
    )
    pages = PageProgress(many=True)
    completed_at = serializers.DateTimeField(allow_null=True)


class Choices(ObjectOf):
    """Answers by the question's code: the place on the scale, from 1."""

    child = CountField(min_value=1, max_value=MOST_SCALE)


class Words(ObjectOf):
    """Answers in words, by the question's code."""

    child = TextField(allow_blank=True, max_length=MOST_WORDS)


class NewEvaluation(Strict):
    """What one says of a course."""

    choices = Choices(help_text="By code of the question: the place from 1.")
    words = Words(default=dict, help_text="By code of the question.")


class EvaluationQuestionShown(serializers.Serializer):
    """One thing that is asked."""

    code = serializers.CharField()
    text = serializers.CharField()
    form = serializers.ChoiceField(choices=("scale", "words"))


class EvaluationShown(serializers.Serializer):
    """What is asked of a course, and whether one answered."""

    given = serializers.BooleanField()
    scale = serializers.ListField(child=serializers.CharField())
    questions = EvaluationQuestionShown(many=True)


class CourseCreditResource(serializers.Serializer):
    """What a course brought; `kind` is `attendance` where it is no credit (M5)."""

    id = IdField(CREDIT)
    kind = serializers.CharField()
    credits = serializers.CharField()
    on = serializers.DateField(help_text="The day in the body's zone.")
    activity = serializers.CharField(allow_null=True)
    certificate = serializers.CharField(allow_null=True)
    verify_url = serializers.URLField()


class NewChoice(Strict):
    """What is chosen for a question."""

    chosen = ListOf(
        child=CountField(min_value=0, max_value=MOST_OPTIONS),
        default=list,
        max_length=MOST_OPTIONS,
        help_text="The options by their places as shown, from 0.",
    )
    flagged = FlagField(default=False, help_text="To look at it again.")


class OptionShown(serializers.Serializer):
    """One option, by its place."""

    place = serializers.IntegerField()
    text = serializers.CharField()
    chosen = serializers.BooleanField()


class QuestionShown(serializers.Serializer):
    """One question of a running test; which option is right is never told."""

    number = serializers.IntegerField()
    of = serializers.IntegerField()
    text = serializers.CharField()
    picture_words = serializers.CharField(
        help_text="What its picture shows; empty where it has none. The picture itself "
        "is below the question's address, as `picture`."
    )
    several = serializers.BooleanField(help_text="Whether several can be chosen.")
    options = OptionShown(many=True)
    flagged = serializers.BooleanField()
    ends_at = serializers.DateTimeField()


class TestAttempt(serializers.Serializer):
    """One try at a course's test."""

    # Pytest would take the name for one of its own.
    __test__ = False

    id = IdField(ATTEMPT)
    number = serializers.IntegerField(help_text="The nth try.")
    questions = serializers.IntegerField()
    started_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    right = serializers.IntegerField(allow_null=True)
    passed = serializers.BooleanField(allow_null=True)
    weak_topics = serializers.ListField(
        child=serializers.CharField(), help_text="What to learn again."
    )


class TestAttempts(serializers.Serializer):
    """The tries at a course's test, the first first."""

    __test__ = False

    results = TestAttempt(many=True)
    left = serializers.IntegerField(help_text="How many tries are left.")
    why_not = serializers.CharField(help_text="Why none can begin now; else empty.")
    last_day = serializers.CharField(
        help_text="On the course's last day, until when it can be claimed; else empty."
    )
