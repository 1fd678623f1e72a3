"""The API of a certifying body's staff, under `/api/v1/bodies/`."""

from django.urls import path

from portal.api import (
    audit_draws,
    audits,
    body_live,
    body_live_acting,
    ce_feed_files,
    certificants,
    decrees,
    duplicates,
    recert_acting,
    saved_views,
    society,
    staff_reports,
)
from portal.api.catalogue import EvaluationDeadline, ItemTopics
from portal.api.ce_feed import Feed, OneFed, SettingFedAside, SettlingFed
from portal.api.missing import AnsweringMissed, Missed
from portal.api.recert_checks import ApplicationChecklist
from portal.api.recert_deciding import (
    BodyApplication,
    BodyApplications,
    DecidingApplication,
)

BODY = "bodies/<slug:body>"
APPLICATION = "recert-applications/<str:application_id>"
AUDIT = f"{BODY}/audits/<str:audit_id>"
FED = f"{BODY}/ce-feed/<str:fed_id>"
DUPLICATE = f"{BODY}/duplicates/<str:duplicate_id>"
FILES = f"{BODY}/ce-feed-deliveries"
ONE_FILE = f"{FILES}/<str:delivery_id>"
LIVE = f"{BODY}/live-activities/<str:live_id>"
SOCIETY = f"{BODY}/members/<str:member_id>/society-memberships"

STAFF = [
    path(
        f"{BODY}/live-activities",
        body_live.BodyLiveActivities.as_view(),
        name="api_body_live_activities",
    ),
    path(LIVE, body_live.BodyLiveActivity.as_view(), name="api_body_live_activity"),
    path(
        f"{LIVE}/publish",
        body_live_acting.AnnouncingLive.as_view(),
        name="api_body_live_publish",
    ),
    path(
        f"{LIVE}/cancel",
        body_live_acting.CancellingLive.as_view(),
        name="api_body_live_cancel",
    ),
    path(
        f"{LIVE}/attendance",
        body_live_acting.NotingAttendance.as_view(),
        name="api_body_live_attendance",
    ),
    path(
        f"{BODY}/recert-applications",
        BodyApplications.as_view(),
        name="api_body_applications",
    ),
    path(
        f"{BODY}/{APPLICATION}",
        BodyApplication.as_view(),
        name="api_body_application",
    ),
    path(
        f"{BODY}/{APPLICATION}/checklist",
        ApplicationChecklist.as_view(),
        name="api_application_checklist",
    ),
    path(
        f"{BODY}/{APPLICATION}/questions",
        recert_acting.AskingApplicant.as_view(),
        name="api_application_questions",
    ),
    path(
        f"{BODY}/{APPLICATION}/hold",
        recert_acting.HoldingApplication.as_view(),
        name="api_application_hold",
    ),
    path(
        f"{BODY}/{APPLICATION}/release",
        recert_acting.ReleasingApplication.as_view(),
        name="api_application_release",
    ),
    path(
        f"{BODY}/{APPLICATION}/audit",
        recert_acting.AuditingApplication.as_view(),
        name="api_application_audit",
    ),
    path(
        f"{BODY}/{APPLICATION}/decision",
        DecidingApplication.as_view(),
        name="api_application_decision",
    ),
    path(f"{BODY}/decrees", decrees.Decrees.as_view(), name="api_decrees"),
    path(
        f"{BODY}/decree-previews",
        decrees.Previewing.as_view(),
        name="api_decree_preview",
    ),
    path(
        f"{BODY}/decrees/<str:decree_id>",
        decrees.OneDecree.as_view(),
        name="api_decree",
    ),
    path(f"{BODY}/audit-draws", audit_draws.Draws.as_view(), name="api_audit_draws"),
    path(
        f"{BODY}/audit-previews",
        audit_draws.PreviewingDraw.as_view(),
        name="api_audit_preview",
    ),
    path(
        f"{BODY}/audit-draws/<str:draw_id>",
        audit_draws.OneDraw.as_view(),
        name="api_audit_draw",
    ),
    path(f"{BODY}/audits", audits.Audits.as_view(), name="api_audits"),
    path(AUDIT, audits.OneAudit.as_view(), name="api_audit"),
    path(
        f"{AUDIT}/items/<str:item_id>/decision",
        audits.DecidingItem.as_view(),
        name="api_audit_decision",
    ),
    path(f"{AUDIT}/close", audits.ClosingAudit.as_view(), name="api_audit_close"),
    path(
        f"{BODY}/catalogue/<str:item_id>/evaluation-deadline",
        EvaluationDeadline.as_view(),
        name="api_evaluation_deadline",
    ),
    path(
        f"{BODY}/catalogue/<str:item_id>/topics",
        ItemTopics.as_view(),
        name="api_item_topics",
    ),
    path(f"{BODY}/ce-feed", Feed.as_view(), name="api_feed"),
    path(FED, OneFed.as_view(), name="api_fed"),
    path(f"{BODY}/missing-credits", Missed.as_view(), name="api_missed"),
    path(
        f"{BODY}/missing-credits/<str:missed_id>/answer",
        AnsweringMissed.as_view(),
        name="api_missed_answer",
    ),
    path(FILES, ce_feed_files.FeedFiles.as_view(), name="api_feed_files"),
    path(ONE_FILE, ce_feed_files.OneFeedFile.as_view(), name="api_feed_file"),
    path(
        f"{ONE_FILE}/rows",
        ce_feed_files.DeliveredRows.as_view(),
        name="api_feed_file_rows",
    ),
    path(
        f"{ONE_FILE}/bad-rows.csv",
        ce_feed_files.FeedFileBadRows.as_view(),
        name="api_feed_file_bad_rows",
    ),
    path(f"{FED}/settlement", SettlingFed.as_view(), name="api_fed_settle"),
    path(f"{FED}/set-aside", SettingFedAside.as_view(), name="api_fed_aside"),
    path(f"{BODY}/queue-views", saved_views.QueueViews.as_view(), name="api_views"),
    path(
        f"{BODY}/queue-views/<str:view_id>",
        saved_views.QueueView.as_view(),
        name="api_view",
    ),
    path(
        f"{BODY}/recert-application-views",
        saved_views.ApplicationViews.as_view(),
        name="api_application_views",
    ),
    path(
        f"{BODY}/recert-application-views/<str:view_id>",
        saved_views.ApplicationView.as_view(),
        name="api_application_view",
    ),
    path(
        f"{BODY}/reports/good-standing",
        staff_reports.GoodStandingReport.as_view(),
        name="api_report_standing",
    ),
    path(
        f"{BODY}/reports/renewals",
        staff_reports.RenewalReport.as_view(),
        name="api_report_renewals",
    ),
    path(
        f"{BODY}/reports/audits",
        staff_reports.AuditReport.as_view(),
        name="api_report_audits",
    ),
    path(
        f"{BODY}/reports/credits",
        staff_reports.CreditReport.as_view(),
        name="api_report_credits",
    ),
    path(f"{BODY}/duplicates", duplicates.Duplicates.as_view(), name="api_duplicates"),
    path(DUPLICATE, duplicates.OneDuplicate.as_view(), name="api_duplicate"),
    path(
        f"{DUPLICATE}/merge",
        duplicates.MergingDuplicate.as_view(),
        name="api_duplicate_merge",
    ),
    path(
        f"{DUPLICATE}/refusal",
        duplicates.RefusingDuplicate.as_view(),
        name="api_duplicate_refuse",
    ),
    path(
        f"{DUPLICATE}/undo",
        duplicates.UndoingDuplicate.as_view(),
        name="api_duplicate_undo",
    ),
    path(
        f"{BODY}/certificants",
        certificants.Certificants.as_view(),
        name="api_certificants",
    ),
    path(SOCIETY, society.SocietyMemberships.as_view(), name="api_society"),
    path(f"{SOCIETY}/end", society.EndingSociety.as_view(), name="api_society_end"),
]
