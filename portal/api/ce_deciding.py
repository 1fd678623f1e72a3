"""Staff decide on an activity over REST."""

from typing import ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import STAFF_DECIDE, StaffDoor
from accounts.rest import RestView
from ce_credits.models import Activity
from ce_credits.rules.inputs import STORED_MINUTES
from ce_credits.services import Ruling, decide
from core import clock
from core.rest import (
    AmountField,
    CodeField,
    CountField,
    TextField,
    WordField,
    id_in_address,
)
from credentials.policy import policy_for
from portal.api.ce_asking import LONGEST_CODE
from portal.api.ce_found import answer
from portal.api.ce_inputs import InputFields, inputs_sent
from portal.api.ce_shapes import PREFIX, ActivityResource
from portal.api.days import day_in
from portal.api.seen import SeenVersion
from portal.queries.reported import one_reported

OUTCOMES = (
    Activity.State.ACCEPTED.value,
    Activity.State.REJECTED.value,
    Activity.State.RETURNED.value,
)
LONGEST_WORDS = 1000


class NewDecision(InputFields):
    """What a reviewer says of the version they looked at."""

    version = SeenVersion("The activity's version that the reviewer saw.", first=0)
    outcome = WordField(OUTCOMES)
    ground = CodeField(
        required=False,
        max_length=LONGEST_CODE,
        help_text="Why it is not accepted: a code of the policy's list.",
    )
    words = TextField(
        required=False,
        allow_blank=True,
        max_length=LONGEST_WORDS,
        help_text="In the reviewer's own words; the holder reads them.",
    )
    minutes = CountField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=STORED_MINUTES,
        help_text="The contact minutes the proof shows, where they differ.",
    )
    credits = AmountField(
        required=False,
        allow_null=True,
        help_text="What staff determine, only where the rules leave it to them (A6).",
    )


class Deciding(RestView):
    """The decision on an activity."""

    permissions: ClassVar = {"POST": STAFF_DECIDE}
    operations: ClassVar = {"POST": ("decide_on", "ce_activity")}
    refusals: ClassVar = {"POST": ("not-eligible", "stale-version")}

    @extend_schema(
        summary="Decide on a CE activity",
        request=NewDecision,
        examples=[
            OpenApiExample(
                "Accept", {"version": 1, "outcome": "accepted"}, request_only=True
            ),
            OpenApiExample(
                "Not accepted",
                {"version": 1, "outcome": "rejected", "ground": "wrong_name"},
                request_only=True,
            ),
            OpenApiExample(
                "Credit that staff determine",
                {
                    "version": 1,
                    "outcome": "accepted",
                    "credits": "2.5",
                    "words": "135 minutes without breaks.",
                },
                request_only=True,
            ),
        ],
        responses=ActivityResource,
    )
    def post(self, request: Request, door: StaffDoor, activity_id: str) -> Response:
        """Decide on an activity, or decide anew. Credit moves at once (A9).

        Nobody decides on their own. A version that is not the present one is refused:
        read the activity again, then decide.
        """
        row = one_reported(door, id_in_address(PREFIX, activity_id)).row
        asked = self.sent(request, NewDecision)
        kind = policy_for(row.program, on=row.day).kind(row.kind)
        decide(
            actor=door.actor,
            activity=row,
            seen=asked["version"],
            ruling=Ruling(
                outcome=asked["outcome"],
                ground=asked.get("ground", ""),
                words=asked.get("words", ""),
                minutes=asked.get("minutes"),
                inputs=inputs_sent(kind, asked),
                determined=asked.get("credits"),
            ),
            today=day_in(row.program),
            now=clock.now(),
        )
        return answer(door, row.pk)
