"""What joins several subjects and writes: one verb each."""

from portal.queries.binder_page import BINDER
from portal.services.applications import Act, act_on
from portal.services.asking import (
    Question,
    answer_question,
    ask_staff,
    forget_questions,
    tell_staff,
)
from portal.services.binders import (
    MOST_PEOPLE,
    ask_for_binder,
    check_opened,
    check_period,
    open_export,
)
from portal.services.recertify import submit_own

__all__ = [
    "BINDER",
    "MOST_PEOPLE",
    "Act",
    "Question",
    "act_on",
    "answer_question",
    "ask_for_binder",
    "ask_staff",
    "check_opened",
    "check_period",
    "forget_questions",
    "open_export",
    "submit_own",
    "tell_staff",
]
