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
from portal.services.buying import buy_course
from portal.services.drawing import draw_of_kind, preview_of
from portal.services.giving import (
    Given,
    Rows,
    Unsigned,
    made_of,
    rows_of,
    sign,
    unsign,
)
from portal.services.recertify import submit_own
from portal.services.sharing import (
    NewLink,
    end_links_of_merged,
    make_link,
    note_opened,
    revoke_link,
)
from portal.services.viewing import View, remove_view, save_view

__all__ = [
    "BINDER",
    "MOST_PEOPLE",
    "Act",
    "Given",
    "NewLink",
    "Question",
    "Rows",
    "Unsigned",
    "View",
    "act_on",
    "answer_question",
    "ask_for_binder",
    "ask_staff",
    "buy_course",
    "check_opened",
    "check_period",
    "draw_of_kind",
    "end_links_of_merged",
    "forget_questions",
    "made_of",
    "make_link",
    "note_opened",
    "open_export",
    "preview_of",
    "remove_view",
    "revoke_link",
    "rows_of",
    "save_view",
    "sign",
    "submit_own",
    "tell_staff",
    "unsign",
]
