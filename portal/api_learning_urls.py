"""Addresses of a course that somebody learns, over REST."""

from django.urls import path

from portal.api import course_attempts, learning

ONE = "me/enrolments/<str:enrolment_id>"
ATTEMPT = f"{ONE}/attempts/<str:attempt_id>"
LEARNING = [
    path(
        f"{ONE}/progress",
        learning.CourseProgress.as_view(),
        name="api_my_course_progress",
    ),
    path(
        f"{ONE}/attempts",
        course_attempts.CourseAttempts.as_view(),
        name="api_my_course_attempts",
    ),
    path(
        f"{ATTEMPT}/questions/<int:number>",
        course_attempts.CourseQuestion.as_view(),
        name="api_my_course_question",
    ),
    path(
        f"{ATTEMPT}/submit",
        course_attempts.SubmittingTest.as_view(),
        name="api_my_course_submit",
    ),
    path(
        f"{ONE}/evaluation",
        learning.CourseEvaluation.as_view(),
        name="api_my_course_evaluation",
    ),
    path(
        f"{ONE}/credit", learning.ClaimingCredit.as_view(), name="api_my_course_credit"
    ),
]
