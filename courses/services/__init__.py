"""Learning a course, taking an exam, and what either brings."""

from courses.services.allowing import allow_another_try, extend_time
from courses.services.buying import (
    check_course_payable,
    on_course_paid,
    on_course_refund_asked,
    order_course,
)
from courses.services.claiming import claim_credit, claimed_words
from courses.services.counting import on_activities_deciding, on_activity_decided
from courses.services.earning import earn_by_exams, exams_to_look_at
from courses.services.enrolling import enrol
from courses.services.evaluating import give_evaluation
from courses.services.facts import (
    change_course,
    create_course,
    withdraw_course,
)
from courses.services.keeping import Seen, keep_place, pass_page
from courses.services.merging import on_records_merged
from courses.services.offering import offered_credit
from courses.services.packing import export_course, import_course
from courses.services.parts import (
    PageFacts,
    move_part,
    remove_part,
    save_module,
    save_page,
)
from courses.services.sitting import (
    answer_question,
    begin_attempt,
    hand_in,
    hand_in_overdue,
    overdue_attempts,
)
from courses.services.testing import begin_test
from courses.services.version_files import add_file
from courses.services.versions import (
    begin_draft,
    change_version,
    discard_draft,
    publish_version,
)

__all__ = [
    "PageFacts",
    "Seen",
    "add_file",
    "allow_another_try",
    "answer_question",
    "begin_attempt",
    "begin_draft",
    "begin_test",
    "change_course",
    "change_version",
    "check_course_payable",
    "claim_credit",
    "claimed_words",
    "create_course",
    "discard_draft",
    "earn_by_exams",
    "enrol",
    "exams_to_look_at",
    "export_course",
    "extend_time",
    "give_evaluation",
    "hand_in",
    "hand_in_overdue",
    "import_course",
    "keep_place",
    "move_part",
    "offered_credit",
    "on_activities_deciding",
    "on_activity_decided",
    "on_course_paid",
    "on_course_refund_asked",
    "on_records_merged",
    "order_course",
    "overdue_attempts",
    "pass_page",
    "publish_version",
    "remove_part",
    "save_module",
    "save_page",
    "withdraw_course",
]
