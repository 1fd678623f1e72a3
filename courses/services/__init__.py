"""Learning a course, taking an exam, and what either brings."""

from courses.services.allowing import allow_another_try, extend_time
from courses.services.buying import (
    check_course_payable,
    on_course_paid,
    on_course_refund_asked,
    order_course,
)
from courses.services.claim_letters import (
    claims_to_remind,
    compose_course_reminder,
    remind_of_claim,
)
from courses.services.claiming import claim_credit
from courses.services.counting import on_activities_deciding, on_activity_decided
from courses.services.crediting import claimed_words
from courses.services.earning import earn_by_exams, exams_to_look_at
from courses.services.enrolling import enrol
from courses.services.evaluating import give_evaluation
from courses.services.facts import (
    change_course,
    create_course,
    withdraw_course,
)
from courses.services.keeping import Seen, keep_place, pass_page
from courses.services.live_attending import (
    ListChecked,
    attend_at_door,
    check_list,
    note_attendance,
)
from courses.services.live_claiming import claim_live, find_claim
from courses.services.live_coming import cancel_registration, register_live
from courses.services.live_doubled import doubled_places, free_doubled
from courses.services.live_letters import (
    compose_live_code,
    lives_to_tell,
    tell_codes,
)
from courses.services.live_writing import (
    cancel_live,
    change_live,
    create_live,
    publish_live,
    seal_codes_anew,
)
from courses.services.merging import on_records_merged
from courses.services.offering import earnable_courses, offered_credit
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
    begin_anew,
    begin_draft,
    change_version,
    discard_draft,
    publish_version,
)
from courses.services.writing_tests import (
    drop_test,
    move_question,
    remove_question,
    save_figures,
    save_question,
    save_test_text,
)

__all__ = [
    "ListChecked",
    "PageFacts",
    "Seen",
    "add_file",
    "allow_another_try",
    "answer_question",
    "attend_at_door",
    "begin_anew",
    "begin_attempt",
    "begin_draft",
    "begin_test",
    "cancel_live",
    "cancel_registration",
    "change_course",
    "change_live",
    "change_version",
    "check_course_payable",
    "check_list",
    "claim_credit",
    "claim_live",
    "claimed_words",
    "claims_to_remind",
    "compose_course_reminder",
    "compose_live_code",
    "create_course",
    "create_live",
    "discard_draft",
    "doubled_places",
    "drop_test",
    "earn_by_exams",
    "earnable_courses",
    "enrol",
    "exams_to_look_at",
    "export_course",
    "extend_time",
    "find_claim",
    "free_doubled",
    "give_evaluation",
    "hand_in",
    "hand_in_overdue",
    "import_course",
    "keep_place",
    "lives_to_tell",
    "move_part",
    "move_question",
    "note_attendance",
    "offered_credit",
    "on_activities_deciding",
    "on_activity_decided",
    "on_course_paid",
    "on_course_refund_asked",
    "on_records_merged",
    "order_course",
    "overdue_attempts",
    "pass_page",
    "publish_live",
    "publish_version",
    "register_live",
    "remind_of_claim",
    "remove_part",
    "remove_question",
    "save_figures",
    "save_module",
    "save_page",
    "save_question",
    "save_test_text",
    "seal_codes_anew",
    "tell_codes",
    "withdraw_course",
]
