"""Addresses of sponsors' activities over REST: a sponsor's own, and a body's."""

from django.urls import path

from portal.api import body_approvals, own_approval_changes, own_approvals

MINE = "me/approvals/<str:approval_id>"
BODY = "bodies/<slug:body>/approvals"
ONE = f"{BODY}/<str:approval_id>"
APPROVALS = [
    path("me/approvals", own_approvals.MyApprovals.as_view(), name="api_my_approvals"),
    path(MINE, own_approvals.MyApproval.as_view(), name="api_my_approval"),
    path(
        f"{MINE}/submit",
        own_approvals.SubmittingApproval.as_view(),
        name="api_my_approval_submit",
    ),
    path(
        f"{MINE}/answer",
        own_approvals.AnsweringApproval.as_view(),
        name="api_my_approval_answer",
    ),
    path(
        f"{MINE}/withdraw",
        own_approvals.WithdrawingApproval.as_view(),
        name="api_my_approval_withdraw",
    ),
    path(
        f"{MINE}/change",
        own_approval_changes.ChangingApproval.as_view(),
        name="api_my_approval_change",
    ),
    path(
        f"{MINE}/attendance",
        own_approvals.ReportingAttendance.as_view(),
        name="api_my_attendance",
    ),
    path(BODY, body_approvals.BodyApprovals.as_view(), name="api_approvals"),
    path(ONE, body_approvals.BodyApproval.as_view(), name="api_approval"),
    path(f"{ONE}/ask", body_approvals.AskingSponsor.as_view(), name="api_approval_ask"),
    path(
        f"{ONE}/decision",
        body_approvals.DecidingApproval.as_view(),
        name="api_approval_decision",
    ),
    path(
        f"{ONE}/end",
        body_approvals.EndingApproval.as_view(),
        name="api_approval_end",
    ),
]
