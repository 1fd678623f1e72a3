"""The API of a certifying body's staff, under `/api/v1/bodies/`."""

from django.urls import path

from portal.api import recert_acting, society
from portal.api.ce_feed import Feed, OneFed, SettingFedAside, SettlingFed
from portal.api.recert_checks import ApplicationChecklist
from portal.api.recert_deciding import (
    BodyApplication,
    BodyApplications,
    DecidingApplication,
)

BODY = "bodies/<slug:body>"
APPLICATION = "recert-applications/<str:application_id>"
FED = f"{BODY}/ce-feed/<str:fed_id>"
SOCIETY = f"{BODY}/members/<str:member_id>/society-memberships"

STAFF = [
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
        f"{BODY}/{APPLICATION}/decision",
        DecidingApplication.as_view(),
        name="api_application_decision",
    ),
    path(f"{BODY}/ce-feed", Feed.as_view(), name="api_feed"),
    path(FED, OneFed.as_view(), name="api_fed"),
    path(f"{FED}/settlement", SettlingFed.as_view(), name="api_fed_settle"),
    path(f"{FED}/set-aside", SettingFedAside.as_view(), name="api_fed_aside"),
    path(SOCIETY, society.SocietyMemberships.as_view(), name="api_society"),
    path(f"{SOCIETY}/end", society.EndingSociety.as_view(), name="api_society_end"),
]
