"""A practice's pages."""

from django.urls import path

from portal.views import (
    assignments,
    calendar,
    certificates,
    details,
    estimates,
    lowering,
    orders,
    papers,
    paying,
    practice,
    reports,
    rosters,
    seats,
    stored_card,
    trail,
    undoing,
)

PRACTICE = [
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
    path("p/<slug:practice>/reports/", reports.reports, name="reports"),
    path("p/<slug:practice>/reports.csv", reports.reports_csv, name="reports_csv"),
    path("p/<slug:practice>/reports.xlsx", reports.reports_xlsx, name="reports_xlsx"),
    path("p/<slug:practice>/renewals/", calendar.renewals, name="renewals"),
    path("p/<slug:practice>/seats/", seats.seats, name="seats"),
    path("p/<slug:practice>/seats/lower/", lowering.lower, name="seats_lower"),
    path("p/<slug:practice>/orders/", orders.orders, name="orders"),
    path("p/<slug:practice>/orders/card/", stored_card.card, name="stored_card"),
    path("p/<slug:practice>/orders/card/new/", stored_card.new, name="store_card"),
    path("p/<slug:practice>/orders/card/new/done/", stored_card.done, name="card_done"),
    path(
        "p/<slug:practice>/orders/card/remove/",
        stored_card.remove,
        name="card_remove",
    ),
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
        "p/<slug:practice>/assignments/<uuid:batch_id>/undo/",
        undoing.undo_assignment,
        name="undo_assignment",
    ),
    path(
        "p/<slug:practice>/members/import/",
        rosters.upload,
        name="members_import",
    ),
    path(
        "p/<slug:practice>/members/import/template.csv",
        rosters.template,
        name="members_import_template",
    ),
    path(
        "p/<slug:practice>/members/import/<uuid:roster_id>/",
        rosters.file,
        name="members_import_file",
    ),
    path(
        "p/<slug:practice>/members/import/<uuid:roster_id>/rows-to-mend.csv",
        rosters.bad_rows,
        name="members_import_bad",
    ),
    path(
        "p/<slug:practice>/members/<uuid:member_id>/",
        practice.record,
        name="member_record",
    ),
    path(
        "p/<slug:practice>/members/<uuid:member_id>/edit/",
        details.edit,
        name="member_edit",
    ),
    path(
        "p/<slug:practice>/members/<uuid:member_id>/remove/",
        details.remove,
        name="member_remove",
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
        "p/<slug:practice>/certificates/",
        certificates.certificates,
        name="certificates",
    ),
    path(
        "p/<slug:practice>/certificates.zip",
        certificates.certificates_zip,
        name="certificates_zip",
    ),
    path(
        "p/<slug:practice>/certificates/<uuid:certificate_id>.pdf",
        papers.practice_certificate,
        name="practice_certificate",
    ),
]
