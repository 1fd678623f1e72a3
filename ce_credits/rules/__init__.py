"""From activities to credit: awards, the minutes of a title, and what counts when.

Pure Python: plain values and a policy in, frozen dataclasses with their reasons out.
"""

from ce_credits.rules.awards import Award, Reason, award
from ce_credits.rules.counting import Credit, Decision, Submission, credits_of
from ce_credits.rules.inputs import ActivityInput
from ce_credits.rules.papers import Found, read_paper
from ce_credits.rules.titles import TitleMinutes, minutes_from_title
from credentials.policy import Outcome

__all__ = [
    "ActivityInput",
    "Award",
    "Credit",
    "Decision",
    "Found",
    "Outcome",
    "Reason",
    "Submission",
    "TitleMinutes",
    "award",
    "credits_of",
    "minutes_from_title",
    "read_paper",
]
