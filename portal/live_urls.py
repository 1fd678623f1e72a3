"""Pages of live activities: a member's, and those on which staff hold them."""

from django.urls import path

from portal.views import live, live_claims, staff_live, staff_live_lists

STAFF = "staff/<slug:program>/live/"
ONE = f"{STAFF}<uuid:live_id>/"
LIVE = [
    path("me/live/", live.activities, name="my_live"),
    path("me/live/<uuid:live_id>/", live.activity, name="my_live_activity"),
    path("me/claim/", live_claims.claim, name="my_claim"),
    path(
        "me/claim/<str:signed>/",
        live_claims.evaluation,
        name="my_claim_evaluation",
    ),
    path(STAFF, staff_live.activities, name="staff_live"),
    path(f"{STAFF}new/", staff_live.new, name="staff_live_new"),
    path(ONE, staff_live.activity, name="staff_live_activity"),
    path(f"{ONE}facts/", staff_live.facts, name="staff_live_facts"),
    path(f"{ONE}attendance/", staff_live_lists.attendance, name="staff_attendance"),
]
