"""What is sent and shown of live activities and their claims."""

from rest_framework import serializers

from core.rest import CodeField, IdField, LineField, Strict
from portal.api.learning_shapes import Choices, Words

LIVE, REGISTRATION, CLAIM = "lva", "lvr", "lvc"
LONGEST_NAME, LONGEST_TYPED, LONGEST_CODE = 100, 60, 40
AS_REGISTERED = "Exactly as you registered; capitals, accents and spaces don't matter."


class LiveSession(serializers.Serializer):
    """One sitting, in the body's zone."""

    day = serializers.DateField()
    begins = serializers.CharField(help_text="Such as 18:00.")
    ends = serializers.CharField()


class LiveResource(serializers.Serializer):
    """A live activity."""

    id = IdField(LIVE)
    program = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    provider = serializers.CharField()
    joint_provider = serializers.CharField(
        help_text="Empty where it is directly provided."
    )
    credit_kind = serializers.CharField(help_text="Empty where it brings no credit.")
    credit = serializers.CharField(allow_null=True)
    topics = serializers.ListField(child=serializers.CharField())
    place = serializers.CharField()
    capacity = serializers.IntegerField()
    sessions = LiveSession(many=True)
    zone = serializers.CharField()
    evaluate_by = serializers.DateField(
        help_text="The last day on which its evaluation is taken."
    )
    cancelled = serializers.BooleanField()


class OwnLiveResource(LiveResource):
    """A live activity, and whether one comes."""

    places_left = serializers.IntegerField()
    registered = serializers.BooleanField()
    attended = serializers.BooleanField()
    claimed = serializers.BooleanField()


class BodyLiveResource(LiveResource):
    """A live activity before its body's staff; its codes are not told here."""

    state = serializers.ChoiceField(choices=("draft", "announced", "cancelled"))
    registered = serializers.IntegerField(help_text="How many have a place.")
    attended = serializers.IntegerField(help_text="How many were there.")
    claimed = serializers.IntegerField(help_text="How many claimed it.")


class NewRegistration(Strict):
    """Where one comes, and under which name; it is written again to claim credit."""

    activity = CodeField(max_length=LONGEST_CODE, help_text="The activity's id.")
    first_name = LineField(max_length=LONGEST_NAME)
    last_name = LineField(max_length=LONGEST_NAME)


class RegistrationResource(serializers.Serializer):
    """That one comes."""

    id = IdField(REGISTRATION)
    activity = IdField(LIVE)
    first_name = serializers.CharField()
    last_name = serializers.CharField()
    registered_at = serializers.DateTimeField()


class NewLiveClaim(Strict):
    """The code, the name, and what one says of the activity."""

    code = LineField(
        max_length=LONGEST_TYPED, help_text="Of the letter; in any case, with spaces."
    )
    first_name = LineField(max_length=LONGEST_NAME, help_text=AS_REGISTERED)
    last_name = LineField(max_length=LONGEST_NAME, help_text=AS_REGISTERED)
    choices = Choices(help_text="By code of the question: the place from 1.")
    words = Words(default=dict, help_text="By code of the question.")


class LiveClaimResource(serializers.Serializer):
    """What an activity brought; `kind` is `attendance` where it is no credit (M5)."""

    id = IdField(CLAIM)
    live_activity = IdField(LIVE)
    kind = serializers.CharField()
    credits = serializers.CharField()
    on = serializers.DateField(help_text="The day in the body's zone.")
    activity = serializers.CharField(allow_null=True)
    certificate = serializers.CharField()
    verify_url = serializers.URLField()
