"""The API's description, and the pages its problems point at."""

from django.urls import path

from portal.api import pages

urlpatterns = [
    path("api/schema/", pages.Schema.as_view(), name="api_schema"),
    path("api/docs/", pages.docs, name="api_docs"),
    path("problems/", pages.problems, name="problems"),
    path("problems/<slug:slug>/", pages.problem, name="problem"),
]
