"""The portal's part of the API, under `/api/v1/`."""

from django.urls import path

from portal.api import (
    catalogue,
    ce_activities,
    ce_proofs,
    ce_steps,
    estimates,
    member_terms,
    orders,
    quotes,
)
from portal.api.assignments import Assignments, OneAssignment
from portal.api.ce_deciding import Deciding
from portal.api.members import Members, OneMember
from portal.api.seat_changes import SeatChanges
from portal.api.seats import SeatPools
from portal.api.verification import Verify

PRACTICE = "practices/<slug:practice>"
BODY = "bodies/<slug:body>"
ONE = "ce-activities/<str:activity_id>"
PROOF = f"{ONE}/proofs/<str:proof_id>"

urlpatterns = [
    path(f"{PRACTICE}/members", Members.as_view(), name="api_members"),
    path(f"{PRACTICE}/members/<str:member_id>", OneMember.as_view(), name="api_member"),
    path(
        f"{PRACTICE}/members/<str:member_id>/terms",
        member_terms.PracticeTerms.as_view(),
        name="api_member_terms",
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
    path("verify/<str:code>", Verify.as_view(), name="api_verify"),
    path("me/terms", member_terms.MyTerms.as_view(), name="api_my_terms"),
]

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
