"""The pages of a person's own: where they stand, their CE, papers and orders."""

from django.urls import path

from portal.views import (
    application_answers,
    auditing,
    ce,
    ce_files,
    ce_writing,
    duplicates,
    exams,
    licences,
    me,
    missing,
    my_orders,
    my_programs,
    own_certificates,
    papers,
    recertify,
    transcript,
    transcript_links,
)

OWN = [
    path("me/", me.me, name="me"),
    path("me/all/", my_programs.my_programs, name="my_programs"),
    path("me/ce/new/", ce_writing.new, name="ce_new"),
    path("me/ce/check/", ce_writing.check, name="ce_check"),
    path("me/ce/<uuid:activity_id>/", ce.activity, name="my_activity"),
    path("me/ce/<uuid:activity_id>/edit/", ce_writing.edit, name="ce_edit"),
    path("me/ce/<uuid:activity_id>/withdraw/", ce.withdraw, name="ce_withdraw"),
    path(
        "me/ce/<uuid:activity_id>/proofs/<uuid:proof_id>/",
        ce_files.proof,
        name="my_proof",
    ),
    path("me/ce/missing/", missing.missing, name="my_missing"),
    path("me/audits/<uuid:case_id>/", auditing.mine, name="my_audit"),
    path("me/duplicate/", duplicates.report, name="my_duplicate"),
    path(
        "me/duplicate/<str:signed>/",
        duplicates.proof,
        name="my_duplicate_proof",
    ),
    path("me/learn/<uuid:assignment_id>/test/", exams.exam, name="exam"),
    path(
        "me/learn/<uuid:assignment_id>/test/<int:number>/",
        exams.question,
        name="exam_question",
    ),
    path(
        "me/learn/<uuid:assignment_id>/test/<int:number>/picture/",
        exams.question_picture,
        name="exam_question_picture",
    ),
    path(
        "me/learn/<uuid:assignment_id>/test/submit/",
        exams.submit,
        name="exam_submit",
    ),
    path("me/licences/", licences.licences, name="my_licences"),
    path("me/licences/<uuid:licence_id>/", licences.licence, name="my_licence"),
    path("me/transcript/", transcript.transcript, name="transcript"),
    path("me/transcript.pdf", transcript.transcript_pdf, name="transcript_pdf"),
    path("me/transcript.csv", transcript.transcript_csv, name="transcript_csv"),
    path(
        "me/transcript/links/",
        transcript_links.links,
        name="transcript_links",
    ),
    path(
        "me/transcript/links/<uuid:link_id>/revoke/",
        transcript_links.revoke,
        name="revoke_transcript_link",
    ),
    path("me/certificates/", own_certificates.certificates, name="my_certificates"),
    path(
        "me/certificates/<uuid:certification_id>/share/",
        own_certificates.share_badge,
        name="share_badge",
    ),
    path(
        "me/badges/<uuid:badge_id>/withdraw/",
        own_certificates.withdraw_badge,
        name="withdraw_badge",
    ),
    path(
        "me/certificates/<uuid:certificate_id>.pdf",
        papers.my_certificate,
        name="my_certificate",
    ),
    path("me/recertify/<slug:program>/", recertify.recertify, name="recertify"),
    path(
        "me/recertify/<slug:program>/extension/",
        recertify.extension,
        name="recertify_extension",
    ),
    path(
        "me/recertify/<slug:program>/reinstate/",
        recertify.reinstatement,
        name="recertify_reinstatement",
    ),
    path(
        "me/recertify/<slug:program>/<uuid:application_id>/withdraw/",
        recertify.withdraw,
        name="recertify_withdraw",
    ),
    path(
        "me/recertify/<slug:program>/<uuid:application_id>/answer/",
        application_answers.answer,
        name="recertify_answer",
    ),
    path("me/renew/", my_orders.renew, name="my_renewal"),
    path("me/orders/", my_orders.orders, name="my_orders"),
    path("me/orders/<uuid:order_id>/", my_orders.order, name="my_order"),
    path(
        "me/orders/<uuid:order_id>/cancel/",
        my_orders.cancel,
        name="my_order_cancel",
    ),
    path(
        "me/orders/<uuid:order_id>/credit/",
        my_orders.credit,
        name="my_order_credit",
    ),
    path(
        "me/orders/<uuid:order_id>/invoices/<uuid:invoice_id>.pdf",
        my_orders.invoice,
        name="my_order_invoice",
    ),
    path(
        "me/orders/<uuid:order_id>/receipts/<uuid:payment_id>.pdf",
        my_orders.receipt,
        name="my_order_receipt",
    ),
    path(
        "me/orders/<uuid:order_id>/pay/",
        my_orders.pay,
        name="my_pay_by_card",
    ),
    path(
        "me/orders/<uuid:order_id>/pay/done/",
        my_orders.done,
        name="my_paid_by_card",
    ),
]
