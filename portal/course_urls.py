"""Pages on which staff write courses, and on which people find them."""

from django.urls import path

from portal.views import (
    allowances,
    learn,
    staff_course_parts,
    staff_courses,
    staff_tests,
)

STAFF = "staff/<slug:program>/courses/"
VERSION = f"{STAFF}versions/<uuid:version_id>/"
COURSES = [
    path("me/learn/", learn.my_learning, name="my_learning"),
    path("me/learn/c/<uuid:course_id>/", learn.course, name="course"),
    path(STAFF, staff_courses.courses, name="staff_courses"),
    path(f"{STAFF}new/", staff_courses.new, name="staff_course_new"),
    path(f"{STAFF}<uuid:course_id>/", staff_courses.course, name="staff_course"),
    path(
        f"{STAFF}<uuid:course_id>/facts/",
        staff_courses.facts,
        name="staff_course_facts",
    ),
    path(
        f"{STAFF}people/<uuid:member_id>/",
        allowances.allowances,
        name="staff_allowances",
    ),
    path(VERSION, staff_course_parts.version, name="staff_version"),
    path(f"{VERSION}do/", staff_course_parts.act, name="staff_version_act"),
    path(f"{VERSION}course.zip", staff_courses.packed, name="staff_version_zip"),
    path(f"{VERSION}files/", staff_course_parts.files, name="staff_version_files"),
    path(
        f"{VERSION}files/<str:name>",
        staff_course_parts.file,
        name="staff_version_file",
    ),
    path(
        f"{VERSION}modules/<uuid:module_id>/new/",
        staff_course_parts.new_page,
        name="staff_page_new",
    ),
    path(
        f"{VERSION}pages/<uuid:page_id>/",
        staff_course_parts.page,
        name="staff_page",
    ),
    path(
        f"{VERSION}pages/<uuid:page_id>/preview/",
        staff_course_parts.preview,
        name="staff_page_preview",
    ),
    path(f"{VERSION}test/", staff_tests.test, name="staff_test"),
    path(f"{VERSION}test/text/", staff_tests.text, name="staff_test_text"),
    path(f"{VERSION}test/preview/", staff_tests.preview, name="staff_test_preview"),
    path(
        f"{VERSION}test/new/",
        staff_tests.new_question,
        name="staff_test_question_new",
    ),
    path(
        f"{VERSION}test/questions/<str:code>/",
        staff_tests.question,
        name="staff_test_question",
    ),
]
