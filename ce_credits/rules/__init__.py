"""From activities to credit: awards, the minutes of a title, and what counts when.

Pure Python: plain values and a policy in, frozen dataclasses with their reasons out.
"""

from ce_credits.rules.answers import Award, Reason
from ce_credits.rules.awards import award
from ce_credits.rules.counting import Credit, Decision, Submission, credits_of
from ce_credits.rules.extras import (
    EXTRAS,
    activity_input,
    as_given,
    as_kept,
    asked_by,
    asked_of,
    levels_of,
    main_input,
    only_asked,
)
from ce_credits.rules.feeds import (
    ENDED,
    Completion,
    agrees,
    appears_after,
    day_read,
    minutes_read,
    plain,
    same_person,
)
from ce_credits.rules.inputs import ActivityInput
from ce_credits.rules.papers import Found, read_paper
from ce_credits.rules.sampling import (
    SampleError,
    Size,
    check_size,
    draw_sample,
    population_hash,
    size_of,
)
from ce_credits.rules.titles import TitleMinutes, minutes_from_title
from credentials.policy import Outcome

__all__ = [
    "ENDED",
    "EXTRAS",
    "ActivityInput",
    "Award",
    "Completion",
    "Credit",
    "Decision",
    "Found",
    "Outcome",
    "Reason",
    "SampleError",
    "Size",
    "Submission",
    "TitleMinutes",
    "activity_input",
    "agrees",
    "appears_after",
    "as_given",
    "as_kept",
    "asked_by",
    "asked_of",
    "award",
    "check_size",
    "credits_of",
    "day_read",
    "draw_sample",
    "levels_of",
    "main_input",
    "minutes_from_title",
    "minutes_read",
    "only_asked",
    "plain",
    "population_hash",
    "read_paper",
    "same_person",
    "size_of",
]
