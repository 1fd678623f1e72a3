"""What is sent and shown of an assigned exam."""

from rest_framework import serializers

from core.rest import FlagField, IdField, Strict
from credentials.models import Assignment
from portal.api.learning_shapes import TestAttempt

# An exam is what was assigned: the practice reads it under the same id.
EXAM = "asn"


class NewTry(Strict):
    """What one declares before an exam."""

    sworn = FlagField(help_text="That you read the affidavit and declare it.")


class ExamGiven(serializers.Serializer):
    """An exam that one was given."""

    id = IdField(EXAM)
    program = serializers.CharField()
    product = serializers.CharField()
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=Assignment.State.values)
    result = serializers.CharField(help_text="What came of it; else empty.")
    assigned_on = serializers.DateField(help_text="The day in the body's zone.")


class ExamAsks(serializers.Serializer):
    """What an exam asks today."""

    questions = serializers.IntegerField()
    minutes = serializers.IntegerField()
    pass_percent = serializers.CharField(help_text="A number in quotes.")
    affidavit = serializers.CharField(help_text="What one declares with `sworn`.")
    rule = serializers.CharField()


class ExamAttempts(serializers.Serializer):
    """The tries at an exam, the first first; `asks` is null where none is published."""

    results = TestAttempt(many=True)
    left = serializers.IntegerField(help_text="How many tries are left.")
    why_not = serializers.CharField(help_text="Why none can begin now; else empty.")
    asks = ExamAsks(allow_null=True)
