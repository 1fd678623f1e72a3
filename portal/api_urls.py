"""The portal's part of the API, under `/api/v1/`."""

from django.urls import path

from portal.api.assignments import Assignments, OneAssignment
from portal.api.members import Members, OneMember
from portal.api.seats import SeatPools
from portal.api.verification import Verify

PRACTICE = "practices/<slug:practice>"

urlpatterns = [
    path(f"{PRACTICE}/members", Members.as_view(), name="api_members"),
    path(f"{PRACTICE}/members/<str:member_id>", OneMember.as_view(), name="api_member"),
    path(f"{PRACTICE}/seats", SeatPools.as_view(), name="api_seats"),
    path(f"{PRACTICE}/assignments", Assignments.as_view(), name="api_assignments"),
    path(
        f"{PRACTICE}/assignments/<str:assignment_id>",
        OneAssignment.as_view(),
        name="api_assignment",
    ),
    path("verify/<str:code>", Verify.as_view(), name="api_verify"),
]
