"""Pages of a course that somebody learns.

Pages stand under their own codes, so the words that stand here are no codes of theirs:
`courses.rules.going.RESERVED`.
"""

from django.urls import path

from portal.views import (
    course_ends,
    course_evaluations,
    course_player,
    course_tests,
)

EVALUATIONS = "staff/<slug:program>/courses/<uuid:course_id>/evaluations"
COURSE = "me/learn/c/<uuid:course_id>/"
LEARNING = [
    path(f"{COURSE}contents/", course_player.course_contents, name="course_contents"),
    path(f"{COURSE}test/", course_tests.course_test, name="course_test"),
    path(
        f"{COURSE}test/<int:number>/",
        course_tests.course_question,
        name="course_question",
    ),
    path(
        f"{COURSE}test/<int:number>/picture/",
        course_tests.course_question_picture,
        name="course_question_picture",
    ),
    path(f"{COURSE}test/submit/", course_tests.course_submit, name="course_submit"),
    path(
        f"{COURSE}evaluation/", course_ends.course_evaluation, name="course_evaluation"
    ),
    path(f"{COURSE}credit/", course_ends.course_credit, name="course_credit"),
    path(f"{COURSE}files/<str:name>", course_player.course_file, name="course_file"),
    path(f"{COURSE}<slug:code>/", course_player.course_page, name="course_page"),
    path(
        f"{COURSE}<slug:code>/transcript/",
        course_player.course_transcript,
        name="course_transcript",
    ),
    path(
        f"{COURSE}<slug:code>/place/", course_player.course_place, name="course_place"
    ),
    path(
        f"{EVALUATIONS}/",
        course_evaluations.evaluations,
        name="staff_evaluations",
    ),
    path(
        f"{EVALUATIONS}.csv",
        course_evaluations.evaluations_csv,
        name="staff_evaluations_csv",
    ),
    path(
        f"{EVALUATIONS}.xlsx",
        course_evaluations.evaluations_xlsx,
        name="staff_evaluations_xlsx",
    ),
]
