"""Addresses of what somebody learns, and of the licences it is for, over REST."""

from django.urls import path

from portal.api import course_attempts, exams, learning, licences, live, live_door

ONE = "me/enrolments/<str:enrolment_id>"
ONE_LIVE = "me/live-activities/<str:live_id>"
ATTEMPT = f"{ONE}/attempts/<str:attempt_id>"
EXAM = "me/exams/<str:exam_id>/attempts"
EXAM_TRY = f"{EXAM}/<str:attempt_id>"
LEARNING = [
    path("me/licences", licences.MyLicences.as_view(), name="api_my_licences"),
    path(
        "me/licences/<str:licence_id>",
        licences.MyLicence.as_view(),
        name="api_my_licence",
    ),
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
        f"{ATTEMPT}/questions/<int:number>/picture",
        course_attempts.CourseQuestionPicture.as_view(),
        name="api_my_course_question_picture",
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
    path("me/exams", exams.MyExams.as_view(), name="api_my_exams"),
    path(EXAM, exams.MyExamAttempts.as_view(), name="api_my_exam_attempts"),
    path(
        f"{EXAM_TRY}/questions/<int:number>",
        exams.MyExamQuestion.as_view(),
        name="api_my_exam_question",
    ),
    path(
        f"{EXAM_TRY}/questions/<int:number>/picture",
        exams.MyExamPicture.as_view(),
        name="api_my_exam_question_picture",
    ),
    path(
        f"{EXAM_TRY}/submit",
        exams.SubmittingExam.as_view(),
        name="api_my_exam_submit",
    ),
    path(
        "me/live-activities",
        live.LiveActivities.as_view(),
        name="api_live_activities",
    ),
    path(ONE_LIVE, live.OneLiveActivity.as_view(), name="api_live_activity"),
    path(
        f"{ONE_LIVE}/attendance",
        live_door.AttendingAtDoor.as_view(),
        name="api_live_door",
    ),
    path(
        f"{ONE_LIVE}/evaluation",
        live.LiveQuestions.as_view(),
        name="api_live_evaluation",
    ),
    path(
        "me/live-registrations",
        live.LiveRegistrations.as_view(),
        name="api_live_registrations",
    ),
    path(
        "me/live-registrations/<str:registration_id>",
        live.OneLiveRegistration.as_view(),
        name="api_live_registration",
    ),
    path("me/live-claims", live.LiveClaims.as_view(), name="api_live_claims"),
]
