"""From activities to credit: awards, the minutes of a title, and what counts when.

Pure Python: plain values and a policy in, frozen dataclasses with their reasons out.
"""

from ce_credits.rules.answers import Award, Reason
from ce_credits.rules.approving import (
    Attended,
    Stated,
    in_order,
    no_credit_since,
    person_of,
    stated_credit,
    topics_asked,
    wrong_rows,
    wrong_time,
    wrong_topics,
)
from ce_credits.rules.awards import award
from ce_credits.rules.counting import Credit, Decision, Submission, credits_of
from ce_credits.rules.extras import (
    AMOUNTS,
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
from ce_credits.rules.likeness import Likeness, Told, likeness
from ce_credits.rules.papers import Found, read_paper
from ce_credits.rules.programmes import Programme, Wrong, read_programme
from ce_credits.rules.sampling import (
    SampleError,
    Size,
    check_size,
    draw_sample,
    population_hash,
    size_of,
)
from ce_credits.rules.titles import TitleMinutes, minutes_from_title
from ce_credits.rules.typed_programmes import kept_typed, typed_again
from ce_credits.rules.words import plain_title
from credentials.policy import Outcome

__all__ = [
    "AMOUNTS",
    "ENDED",
    "EXTRAS",
    "ActivityInput",
    "Attended",
    "Award",
    "Completion",
    "Credit",
    "Decision",
    "Found",
    "Likeness",
    "Outcome",
    "Programme",
    "Reason",
    "SampleError",
    "Size",
    "Stated",
    "Submission",
    "TitleMinutes",
    "Told",
    "Wrong",
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
    "in_order",
    "kept_typed",
    "levels_of",
    "likeness",
    "main_input",
    "minutes_from_title",
    "minutes_read",
    "no_credit_since",
    "only_asked",
    "person_of",
    "plain",
    "plain_title",
    "population_hash",
    "read_paper",
    "read_programme",
    "same_person",
    "size_of",
    "stated_credit",
    "topics_asked",
    "typed_again",
    "wrong_rows",
    "wrong_time",
    "wrong_topics",
]
