"""Pages on which a body's staff see to what learning systems and sponsors send."""

from django.urls import path

from portal.views import body_tokens, feeding, missed

FEED = [
    path("staff/<slug:program>/tokens/", body_tokens.tokens, name="staff_tokens"),
    path(
        "staff/<slug:program>/tokens/<uuid:token_id>/revoke/",
        body_tokens.revoke,
        name="staff_revoke_token",
    ),
    path("staff/<slug:program>/feed/", feeding.listed, name="staff_feed"),
    path(
        "staff/<slug:program>/feed/sample.csv",
        feeding.sample_file,
        name="staff_feed_sample",
    ),
    path(
        "staff/<slug:program>/feed/files/<uuid:file_id>/",
        feeding.file,
        name="staff_feed_file",
    ),
    path(
        "staff/<slug:program>/feed/missing/",
        missed.listed,
        name="staff_missing",
    ),
    path(
        "staff/<slug:program>/feed/missing/<uuid:missed_id>/",
        missed.one,
        name="staff_missed",
    ),
    path(
        "staff/<slug:program>/feed/<uuid:row_id>/",
        feeding.row,
        name="staff_feed_row",
    ),
]
