"""What somebody is told: their notices, what they opted into, their calendar."""

from django.urls import path

from portal.views import feeds, notices, unsubscribing

TELLING = [
    path("notifications/", notices.notices, name="notices"),
    path("notifications/read/", notices.read_all, name="read_notices"),
    path("notifications/<uuid:notice_id>/read/", notices.read, name="read_notice"),
    path("settings/notifications/", notices.settings, name="notice_settings"),
    path("settings/calendar/", feeds.settings, name="calendar_settings"),
    path("settings/calendar/end/", feeds.end, name="end_calendar"),
    path("calendar/<str:secret>.ics", feeds.feed, name="calendar"),
    path("unsubscribe/<str:token>/", unsubscribing.unsubscribe, name="unsubscribe"),
]
