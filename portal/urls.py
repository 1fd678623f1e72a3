"""The portal's pages."""

from django.conf import settings
from django.urls import path

from portal.own_urls import OWN
from portal.views import (
    assignments,
    catalogue,
    demo,
    ending,
    estimates,
    journal,
    orders,
    papers,
    paying,
    practice,
    proofs,
    queue,
    review,
    seats,
    site,
    staff,
    staff_mail,
    staff_money,
    staff_orders,
    staff_refund,
    staff_refund_again,
    trail,
    verify,
)

urlpatterns = [
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
    path("estimate/", estimates.estimate, name="estimate"),
    path("estimate/<str:signed>.pdf", estimates.pdf, name="estimate_pdf"),
    path("estimate/<str:signed>/", estimates.shown, name="estimate_shown"),
    *OWN,
    path("p/<slug:practice>/", practice.home, name="practice_home"),
    path("p/<slug:practice>/activity/", trail.practice, name="practice_activity"),
    path(
        "p/<slug:practice>/activity.csv",
        trail.practice_csv,
        name="practice_activity_csv",
    ),
    path(
        "p/<slug:practice>/estimate/<str:signed>/",
        estimates.order_estimate,
        name="order_estimate",
    ),
    path("p/<slug:practice>/seats/", seats.seats, name="seats"),
    path("p/<slug:practice>/orders/", orders.orders, name="orders"),
    path("p/<slug:practice>/orders/<uuid:order_id>/", orders.order, name="order"),
    path(
        "p/<slug:practice>/orders/<uuid:order_id>/cancel/",
        orders.cancel,
        name="order_cancel",
    ),
    path(
        "p/<slug:practice>/orders/<uuid:order_id>/credit/",
        orders.credit,
        name="order_credit",
    ),
    path(
        "p/<slug:practice>/orders/<uuid:order_id>/invoices/<uuid:invoice_id>.pdf",
        orders.invoice,
        name="order_invoice",
    ),
    path(
        "p/<slug:practice>/orders/<uuid:order_id>/receipts/<uuid:payment_id>.pdf",
        orders.receipt,
        name="order_receipt",
    ),
    path(
        "p/<slug:practice>/orders/<uuid:order_id>/pay/",
        paying.pay,
        name="pay_by_card",
    ),
    path(
        "p/<slug:practice>/orders/<uuid:order_id>/pay/done/",
        paying.done,
        name="paid_by_card",
    ),
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
    path("staff/<slug:program>/orders/", staff_orders.orders, name="staff_orders"),
    path(
        "staff/<slug:program>/orders/<uuid:order_id>/",
        staff_orders.order,
        name="staff_order",
    ),
    path(
        "staff/<slug:program>/orders/<uuid:order_id>/payments/",
        staff_orders.payment,
        name="staff_order_payment",
    ),
    path(
        "staff/<slug:program>/orders/<uuid:order_id>/payments/<uuid:payment_id>/",
        staff_money.decide,
        name="staff_payment",
    ),
    path(
        "staff/<slug:program>/orders/<uuid:order_id>/credit/",
        staff_orders.credit,
        name="staff_order_credit",
    ),
    path(
        "staff/<slug:program>/orders/<uuid:order_id>/refund/",
        staff_refund.refund,
        name="staff_order_refund",
    ),
    path(
        "staff/<slug:program>/orders/<uuid:order_id>/refunds/<uuid:refund_id>/",
        staff_refund_again.settle,
        name="staff_refund",
    ),
    path(
        "staff/<slug:program>/orders/<uuid:order_id>/cancel/",
        staff_money.cancel,
        name="staff_order_cancel",
    ),
    path(
        "staff/<slug:program>/journal.csv",
        journal.journal_csv,
        name="staff_journal_csv",
    ),
    path(
        "staff/<slug:program>/journal.xlsx",
        journal.journal_xlsx,
        name="staff_journal_xlsx",
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
    path("staff/<slug:program>/activity/", trail.body, name="staff_activity"),
    path(
        "staff/<slug:program>/activity.csv",
        trail.body_csv,
        name="staff_activity_csv",
    ),
    path("staff/<slug:program>/jobs/", staff_mail.jobs, name="staff_jobs"),
    path(
        "staff/<slug:program>/jobs/certificates/<uuid:certificate_id>/",
        staff_mail.retry,
        name="staff_retry_paper",
    ),
    path("staff/<slug:program>/queue/", queue.queue, name="staff_queue"),
    path(
        "staff/<slug:program>/review/<uuid:activity_id>/",
        review.review,
        name="staff_review",
    ),
    path(
        "staff/<slug:program>/proofs/<uuid:proof_id>/",
        proofs.download,
        name="staff_proof",
    ),
    path(
        "staff/<slug:program>/proofs/<uuid:proof_id>/<int:page>.png",
        proofs.picture,
        name="staff_proof_page",
    ),
    path(
        "staff/<slug:program>/members/<uuid:member_id>/waive/<uuid:held_id>/",
        ending.waive,
        name="staff_waive",
    ),
    path(
        "staff/<slug:program>/certificates/<uuid:certificate_id>/revoke/",
        ending.revoke,
        name="staff_revoke",
    ),
    path(
        "staff/<slug:program>/catalogue/", catalogue.catalogue, name="staff_catalogue"
    ),
    path(
        "staff/<slug:program>/catalogue/sample.csv",
        catalogue.sample_file,
        name="staff_catalogue_sample",
    ),
    path(
        "staff/<slug:program>/catalogue/files/<uuid:file_id>/",
        catalogue.file,
        name="staff_catalogue_file",
    ),
    path(
        "staff/<slug:program>/catalogue/items/<uuid:item_id>/offer/",
        catalogue.offer,
        name="staff_catalogue_offer",
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
