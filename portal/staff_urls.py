"""Pages of a body's staff."""

from django.urls import path

from portal.views import (
    catalogue,
    ending,
    journal,
    lowering,
    proofs,
    queue,
    review,
    staff,
    staff_mail,
    staff_money,
    staff_orders,
    staff_refund,
    staff_refund_again,
    trail,
)

STAFF = [
    path("staff/<slug:program>/", staff.home, name="staff_home"),
    path("staff/<slug:program>/seats/", staff.seats, name="staff_seats"),
    path(
        "staff/<slug:program>/seats/<uuid:practice_id>/lower/",
        lowering.lower_on_request,
        name="staff_seats_lower",
    ),
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
