"""The portal's part of the API, under `/api/v1/`."""

from django.urls import path

from portal.api import (
    badges,
    binders,
    catalogue,
    ce_activities,
    ce_proofs,
    ce_steps,
    courses,
    cycles,
    duplicates,
    estimates,
    exports,
    good_standing,
    imports,
    member_changes,
    member_terms,
    notices,
    orders,
    own_audits,
    own_certificates,
    own_documents,
    quotes,
    recert_acting,
    recert_applications,
)
from portal.api.assignments import Assignments, OneAssignment
from portal.api.ce_deciding import Deciding
from portal.api.documents import Acknowledging, Documents, ReadingCopy, Readings
from portal.api.members import Members, OneMember
from portal.api.missing import MyMissing
from portal.api.seat_changes import SeatChanges
from portal.api.seats import SeatPools
from portal.api.verification import Verify
from portal.api_approval_urls import APPROVALS
from portal.api_body_urls import APPLICATION, BODY, STAFF
from portal.api_learning_urls import LEARNING
from portal.api_standing_urls import STANDING

PRACTICE = "practices/<slug:practice>"
ONE = "ce-activities/<str:activity_id>"
VERSION = "documents/<str:version_id>"
PROOF = f"{ONE}/proofs/<str:proof_id>"

urlpatterns = [
    path(f"{PRACTICE}/members", Members.as_view(), name="api_members"),
    path(f"{PRACTICE}/members/<str:member_id>", OneMember.as_view(), name="api_member"),
    path(
        f"{PRACTICE}/members/<str:member_id>/terms",
        member_terms.PracticeTerms.as_view(),
        name="api_member_terms",
    ),
    path(
        f"{PRACTICE}/members/<str:member_id>/details",
        member_changes.MemberDetails.as_view(),
        name="api_member_details",
    ),
    path(
        f"{PRACTICE}/members/<str:member_id>/renewal-mode",
        member_changes.RenewalMode.as_view(),
        name="api_renewal_mode",
    ),
    path(
        f"{PRACTICE}/members/<str:member_id>/remove",
        member_changes.Removing.as_view(),
        name="api_member_remove",
    ),
    path(
        f"{PRACTICE}/transfers",
        member_changes.Transfers.as_view(),
        name="api_transfers",
    ),
    path(f"{PRACTICE}/seats", SeatPools.as_view(), name="api_seats"),
    path(f"{PRACTICE}/seat-changes", SeatChanges.as_view(), name="api_seat_changes"),
    path(f"{PRACTICE}/assignments", Assignments.as_view(), name="api_assignments"),
    path(
        f"{PRACTICE}/assignments/<str:assignment_id>",
        OneAssignment.as_view(),
        name="api_assignment",
    ),
    path(f"{PRACTICE}/offers", estimates.Offers.as_view(), name="api_offers"),
    path(f"{PRACTICE}/estimates", estimates.Estimates.as_view(), name="api_estimates"),
    path(
        f"{PRACTICE}/estimates/<str:estimate>",
        estimates.OneEstimate.as_view(),
        name="api_estimate",
    ),
    path(f"{PRACTICE}/orders", orders.Orders.as_view(), name="api_orders"),
    path(
        f"{PRACTICE}/orders/<str:order_id>", orders.OneOrder.as_view(), name="api_order"
    ),
    path(f"{PRACTICE}/payments", orders.Payments.as_view(), name="api_payments"),
    path(f"{PRACTICE}/exports", exports.Exports.as_view(), name="api_exports"),
    path(
        f"{PRACTICE}/exports/<str:export_id>",
        exports.OneExport.as_view(),
        name="api_export",
    ),
    path(
        f"{PRACTICE}/exports/<str:export_id>/file",
        exports.ExportFile.as_view(),
        name="api_export_file",
    ),
    path(f"{PRACTICE}/binders", binders.Binders.as_view(), name="api_binders"),
    path(
        f"{PRACTICE}/binders/<str:binder_id>",
        binders.OneBinder.as_view(),
        name="api_binder",
    ),
    path(
        f"{PRACTICE}/binders/<str:binder_id>/file",
        binders.BinderFile.as_view(),
        name="api_binder_file",
    ),
    path(
        f"{PRACTICE}/binders/<str:binder_id>/binder.pdf",
        binders.BinderPdf.as_view(),
        name="api_binder_pdf",
    ),
    path(f"{PRACTICE}/imports", imports.Imports.as_view(), name="api_imports"),
    path(
        f"{PRACTICE}/imports/<str:import_id>",
        imports.OneImport.as_view(),
        name="api_import",
    ),
    path(
        f"{PRACTICE}/imports/<str:import_id>/bad-rows.csv",
        imports.ImportBadRows.as_view(),
        name="api_import_bad_rows",
    ),
    path(f"{PRACTICE}/documents", Documents.as_view(), name="api_documents"),
    path(f"{PRACTICE}/{VERSION}/readings", Readings.as_view(), name="api_readings"),
    path(
        f"{PRACTICE}/readings/<str:reading_id>.pdf",
        ReadingCopy.as_view(),
        name="api_reading_copy",
    ),
    path(
        f"{PRACTICE}/{VERSION}/acknowledgement",
        Acknowledging.as_view(),
        name="api_acknowledge",
    ),
    path(
        f"{PRACTICE}/own-documents",
        own_documents.OwnDocuments.as_view(),
        name="api_own_documents",
    ),
    path(
        f"{PRACTICE}/own-documents/<str:own_version_id>/file",
        own_documents.OwnDocumentFile.as_view(),
        name="api_own_document_file",
    ),
    path(
        f"{PRACTICE}/own-documents/<str:document_id>/remove",
        own_documents.RemovingOwnDocument.as_view(),
        name="api_own_document_remove",
    ),
    path(
        "verify/good-standing",
        good_standing.GoodStanding.as_view(),
        name="api_good_standing",
    ),
    path(
        "verify/reports/<str:sha256>",
        good_standing.GivenFiles.as_view(),
        name="api_given_report",
    ),
    path("verify/<str:code>", Verify.as_view(), name="api_verify"),
    path(
        "me/certifications",
        cycles.MyCertifications.as_view(),
        name="api_my_certifications",
    ),
    path(
        "me/certificates",
        own_certificates.MyCertificates.as_view(),
        name="api_my_certificates",
    ),
    path("me/duplicates", duplicates.MyDuplicates.as_view(), name="api_my_duplicates"),
    path(
        "me/duplicates/<str:duplicate_id>/withdraw",
        duplicates.WithdrawingMyDuplicate.as_view(),
        name="api_my_duplicate_withdraw",
    ),
    path("me/courses", courses.Courses.as_view(), name="api_courses"),
    path("me/courses/<str:course_id>", courses.OneCourse.as_view(), name="api_course"),
    path("me/enrolments", courses.Enrolments.as_view(), name="api_enrolments"),
    path("me/badges", own_certificates.MyBadges.as_view(), name="api_my_badges"),
    path(
        "me/certifications/<str:certification_id>/badge",
        own_certificates.SharingBadge.as_view(),
        name="api_my_badge",
    ),
    path(
        "me/badges/<str:badge_id>/withdraw",
        own_certificates.WithdrawingBadge.as_view(),
        name="api_my_badge_withdraw",
    ),
    path("badges/<str:badge_id>", badges.ReadingBadge.as_view(), name="api_badge"),
    path("me/cycles", cycles.MyCycles.as_view(), name="api_my_cycles"),
    *STANDING,
    path(
        "me/recert-applications",
        recert_applications.MyApplications.as_view(),
        name="api_my_applications",
    ),
    path(
        f"me/{APPLICATION}",
        recert_applications.MyApplication.as_view(),
        name="api_my_application",
    ),
    path(
        f"me/{APPLICATION}/submit",
        recert_applications.SubmittingMine.as_view(),
        name="api_my_application_submit",
    ),
    path(
        f"me/{APPLICATION}/withdraw",
        recert_applications.WithdrawingMine.as_view(),
        name="api_my_application_withdraw",
    ),
    path(
        f"me/{APPLICATION}/answer",
        recert_acting.AnsweringMine.as_view(),
        name="api_my_application_answer",
    ),
    path("me/audits", own_audits.MyAudits.as_view(), name="api_my_audits"),
    path(
        "me/audits/<str:audit_id>",
        own_audits.MyAudit.as_view(),
        name="api_my_audit",
    ),
    path(
        "me/audits/<str:audit_id>/send",
        own_audits.SendingAnswer.as_view(),
        name="api_my_audit_send",
    ),
    path(
        "me/audits/<str:audit_id>/items/<str:item_id>/proofs",
        own_audits.AnsweringWithProof.as_view(),
        name="api_my_audit_proofs",
    ),
    path(
        "me/audits/<str:audit_id>/items/<str:item_id>/proofs/<str:proof_id>",
        own_audits.AnswersProof.as_view(),
        name="api_my_audit_proof",
    ),
    *LEARNING,
    path("me/terms", member_terms.MyTerms.as_view(), name="api_my_terms"),
    path("me/missing-credits", MyMissing.as_view(), name="api_my_missing"),
    path("me/notifications", notices.MyNotices.as_view(), name="api_my_notices"),
    path(
        "me/notifications/read",
        notices.ReadingAll.as_view(),
        name="api_read_notices",
    ),
    path(
        "me/notifications/<str:notice_id>/read",
        notices.ReadingOne.as_view(),
        name="api_read_notice",
    ),
]

urlpatterns += [*APPROVALS, *STAFF]
# The same things behind each door: a practice's, one's own, a certifying body's.
urlpatterns += [
    path(f"{door}/{tail}", view.as_view(), name=name)
    for door, tail, view, name in (
        (PRACTICE, "catalogue", catalogue.PracticeCatalogue, "api_catalogue"),
        ("me", "catalogue", catalogue.MyCatalogue, "api_my_catalogue"),
        (BODY, "catalogue", catalogue.BodyCatalogue, "api_body_catalogue"),
        (PRACTICE, "credit-quotes", quotes.PracticeQuoting, "api_quotes"),
        ("me", "credit-quotes", quotes.MyQuoting, "api_my_quotes"),
        (PRACTICE, "ce-activities", ce_activities.PracticeActivities, "api_activities"),
        ("me", "ce-activities", ce_activities.MyActivities, "api_my_activities"),
        (BODY, "ce-activities", ce_activities.BodyActivities, "api_body_activities"),
        (PRACTICE, ONE, ce_activities.PracticeActivity, "api_activity"),
        ("me", ONE, ce_activities.MyActivity, "api_my_activity"),
        (BODY, ONE, ce_activities.BodyActivity, "api_body_activity"),
        (PRACTICE, f"{ONE}/submit", ce_steps.PracticeSubmitting, "api_submit"),
        ("me", f"{ONE}/submit", ce_steps.MySubmitting, "api_my_submit"),
        (
            PRACTICE,
            f"{ONE}/withdraw",
            ce_steps.PracticeWithdrawing,
            "api_withdraw",
        ),
        ("me", f"{ONE}/withdraw", ce_steps.MyWithdrawing, "api_my_withdraw"),
        (PRACTICE, f"{ONE}/proofs", ce_proofs.PracticeProofs, "api_proofs"),
        ("me", f"{ONE}/proofs", ce_proofs.MyProofs, "api_my_proofs"),
        (BODY, f"{ONE}/proofs", ce_proofs.BodyProofs, "api_body_proofs"),
        (PRACTICE, PROOF, ce_proofs.PracticeProof, "api_proof"),
        ("me", PROOF, ce_proofs.MyProof, "api_my_proof"),
        (BODY, PROOF, ce_proofs.BodyProof, "api_body_proof"),
        (BODY, f"{ONE}/decision", Deciding, "api_decision"),
    )
]
