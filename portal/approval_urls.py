"""Pages of activities that outside sponsors have approved."""

from django.urls import path

from portal.views import approval_lists, approvals, staff_approvals

APPROVALS = [
    path("approvals/", approvals.listed, name="approvals"),
    path("approvals/new/", approvals.new, name="approval_new"),
    path("approvals/<uuid:application_id>/", approvals.approval, name="approval"),
    path("approvals/<uuid:application_id>/edit/", approvals.edit, name="approval_edit"),
    path(
        "approvals/<uuid:application_id>/attendance/<uuid:list_id>/",
        approval_lists.attendance,
        name="approval_list",
    ),
    path(
        "staff/<slug:program>/approvals/",
        staff_approvals.listed,
        name="staff_approvals",
    ),
    path(
        "staff/<slug:program>/approvals/<uuid:application_id>/",
        staff_approvals.approval,
        name="staff_approval",
    ),
]
