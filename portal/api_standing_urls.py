"""REST addresses of where one stands, of one's transcript and who may read it."""

from django.urls import path

from portal.api import my_standing, transcript_links, transcripts

STANDING = [
    path("me/standing", my_standing.MyStanding.as_view(), name="api_my_standing"),
    path("me/transcript", transcripts.MyTranscript.as_view(), name="api_my_transcript"),
    path(
        "me/transcript-links",
        transcript_links.MyTranscriptLinks.as_view(),
        name="api_my_transcript_links",
    ),
    path(
        "me/transcript-links/<str:transcript_link_id>/revoke",
        transcript_links.RevokingTranscriptLink.as_view(),
        name="api_my_transcript_link_revoke",
    ),
]
