"""The portal's pages."""

from django.conf import settings
from django.urls import path

from portal.views import (
    assignments,
    ce,
    demo,
    me,
    papers,
    practice,
    site,
    staff,
    staff_mail,
    verify,
)

urlpatterns = [
    path("me/ce/<uuid:activity_id>/", ce.activity, name="my_activity"),
    path("", site.landing, name="landing"),
    path("home/", site.home, name="home"),
    path("help/", site.help_page, name="help"),
    path("accessibility/", site.accessibility, name="accessibility"),
    path("privacy/", site.privacy, name="privacy"),
    path("status/", site.status, name="status"),
    path("healthz", site.healthz, name="healthz"),
    path("robots.txt", site.robots, name="robots"),
    path("verify/", verify.verify_form, name="verify_form"),
    path("verify/<str:number>/", verify.verify, name="verify"),
    path("me/", me.me, name="me"),
    path(
        "me/certificates/<uuid:certificate_id>.pdf",
        papers.my_certificate,
        name="my_certificate",
    ),
    path("p/<slug:practice>/", practice.home, name="practice_home"),
    path("p/<slug:practice>/assignments/", assignments.assignments, name="assignments"),
    path(
        "p/<slug:practice>/members/<uuid:member_id>/",
        practice.record,
        name="member_record",
    ),
    path(
        "p/<slug:practice>/members/<uuid:member_id>/renewal-mode/",
        practice.renewal_mode,
        name="renewal_mode",
    ),
    path(
        "p/<slug:practice>/members/<uuid:member_id>/certificate/",
        papers.member_certificate,
        name="member_certificate",
    ),
    path(
        "p/<slug:practice>/certificates/<uuid:certificate_id>.pdf",
        papers.practice_certificate,
        name="practice_certificate",
    ),
    path("staff/<slug:program>/", staff.home, name="staff_home"),
    path("staff/<slug:program>/seats/", staff.seats, name="staff_seats"),
    path(
        "staff/<slug:program>/members/<uuid:member_id>/",
        staff.member,
        name="staff_member",
    ),
    path(
        "staff/<slug:program>/members/<uuid:member_id>/activity/",
        staff.record_activity,
        name="staff_record_activity",
    ),
    path(
        "staff/<slug:program>/members/<uuid:member_id>/certification/",
        staff.certify,
        name="staff_record_certification",
    ),
    path("staff/<slug:program>/mail/", staff_mail.mail, name="staff_mail"),
    path(
        "staff/<slug:program>/mail/<uuid:message_id>/",
        staff_mail.letter,
        name="staff_letter",
    ),
    path(
        "staff/<slug:program>/mail/<uuid:message_id>/again/",
        staff_mail.again,
        name="staff_send_again",
    ),
    path("staff/<slug:program>/jobs/", staff_mail.jobs, name="staff_jobs"),
    path(
        "staff/<slug:program>/jobs/certificates/<uuid:certificate_id>/",
        staff_mail.retry,
        name="staff_retry_paper",
    ),
]

if settings.DEMO:
    urlpatterns += [
        path("demo/enter/", demo.enter, name="demo_enter"),
        path("demo/advance/", demo.advance, name="demo_advance"),
        path("demo/mailbox/", demo.mailbox, name="demo_mailbox"),
        path("demo/mailbox/<slug:key>/", demo.mailbox_letter, name="demo_letter"),
        path(
            "demo/mailbox/<slug:key>/formatted/",
            demo.mailbox_html,
            name="demo_letter_html",
        ),
        path(
            "demo/mailbox/<slug:key>/files/<int:place>/",
            demo.mailbox_file,
            name="demo_file",
        ),
    ]
