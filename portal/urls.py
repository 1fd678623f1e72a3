"""The portal's pages."""

from django.conf import settings
from django.urls import path

from portal.approval_urls import APPROVALS
from portal.binder_urls import BINDER
from portal.course_urls import COURSES
from portal.document_urls import DOCUMENTS
from portal.export_urls import EXPORTS
from portal.learning_urls import LEARNING
from portal.live_urls import LIVE
from portal.own_urls import OWN
from portal.practice_urls import PRACTICE
from portal.staff_urls import STAFF
from portal.telling_urls import TELLING
from portal.views import (
    badges,
    contact,
    demo,
    estimates,
    good_standing,
    helping,
    site,
    transcript_links,
    verify,
)

urlpatterns = [
    # The pages that are asked for most are found first.
    *PRACTICE,
    path("", site.landing, name="landing"),
    path("home/", site.home, name="home"),
    path("help/", helping.help_page, name="help"),
    path("help/contact/", contact.contact, name="contact"),
    path("help/contact/sent/<uuid:key>/", contact.contact_sent, name="contact_sent"),
    path("help/<slug:article>/", helping.help_article, name="help_article"),
    path("accessibility/", site.accessibility, name="accessibility"),
    path("privacy/", site.privacy, name="privacy"),
    path("status/", site.status, name="status"),
    path("healthz", site.healthz, name="healthz"),
    path("robots.txt", site.robots, name="robots"),
    path("verify/", verify.verify_form, name="verify_form"),
    path("verify/person/", good_standing.person, name="verify_person"),
    path("verify/list/", good_standing.listed, name="report_list"),
    path("verify/list/file/", good_standing.report_file, name="report_file"),
    path("verify/list/check/", good_standing.report_check, name="report_check"),
    path("verify/<str:number>/", verify.verify, name="verify"),
    path("badges/<uuid:badge_id>/", badges.badge, name="badge"),
    path("badges/<uuid:badge_id>/badge.svg", badges.badge_image, name="badge_image"),
    path(
        "badges/<uuid:badge_id>/badge.png",
        badges.badge_picture,
        name="badge_picture",
    ),
    path(
        "badges/<uuid:badge_id>/certificate.pdf",
        badges.badge_paper,
        name="badge_paper",
    ),
    path(
        "transcripts/<str:secret>/",
        transcript_links.shared,
        name="shared_transcript",
    ),
    path(
        "transcripts/<str:secret>/transcript.pdf",
        transcript_links.shared_pdf,
        name="shared_transcript_pdf",
    ),
    path("estimate/", estimates.estimate, name="estimate"),
    path("estimate/<str:signed>.pdf", estimates.pdf, name="estimate_pdf"),
    path("estimate/<str:signed>/", estimates.shown, name="estimate_shown"),
    *OWN,
    *COURSES,
    *LEARNING,
    *APPROVALS,
    *LIVE,
    *BINDER,
    *EXPORTS,
    *STAFF,
    *DOCUMENTS,
    *TELLING,
]

if settings.DEMO:
    urlpatterns += [
        path("demo/enter/", demo.enter, name="demo_enter"),
        path("demo/advance/", demo.advance, name="demo_advance"),
        path("demo/reset/", demo.reset, name="demo_reset"),
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
