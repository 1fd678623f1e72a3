"""The Celery application: it only wakes work that waits as rows."""

import os

from celery import Celery
from celery.schedules import crontab

from config.starting import WithinTheWalls

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("goodstanding")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = {
    "make waiting certificates": {
        "task": "certificates.tasks.make_waiting",
        "schedule": 60.0,
    },
    "deliver waiting mail": {
        "task": "notifications.tasks.deliver_waiting",
        "schedule": 60.0,
    },
    "apply card events and send refunds": {
        "task": "billing.tasks.sweep",
        "schedule": 60.0,
    },
    "import rosters that wait": {
        "task": "accounts.tasks.import_waiting",
        "schedule": 60.0,
    },
    "take what feeds sent": {
        "task": "ce_credits.tasks.take_feed",
        "schedule": 60.0,
    },
    "look at what another's number held up": {
        "task": "ce_credits.tasks.look_at_held_up",
        "schedule": 600.0,
    },
    # A day begins at another instant for each body; the task asks which day it is.
    "look for missing credit": {
        "task": "ce_credits.tasks.look_for_missing",
        "schedule": 600.0,
    },
    "hand in exams whose time is up": {
        "task": "courses.tasks.hand_in",
        "schedule": 60.0,
    },
    "record what exams earned": {
        "task": "courses.tasks.earn",
        "schedule": 60.0,
    },
    # A day begins at another instant for each body; the task asks which day it is.
    "write to who was at something live": {
        "task": "courses.tasks.tell_live",
        "schedule": 600.0,
    },
    "free places that merged accounts have twice": {
        "task": "courses.tasks.free_places",
        "schedule": 600.0,
    },
    "remind who can claim a course's credit": {
        "task": "courses.tasks.remind_claims",
        "schedule": 600.0,
    },
    "make exports that wait": {
        "task": "core.tasks.make_exports",
        "schedule": 60.0,
    },
    "forget used keys": {
        "task": "core.tasks.forget",
        "schedule": crontab(hour=3, minute=20),
    },
    "tell staff what they were asked": {
        "task": "portal.tasks.tell_of_questions",
        "schedule": 60.0,
    },
    "forget old questions": {
        "task": "portal.tasks.forget",
        "schedule": crontab(hour=3, minute=35),
    },
    # On Monday mornings, of each body; the task asks where it is one.
    "send weekly summaries": {
        "task": "portal.tasks.weekly",
        "schedule": 600.0,
    },
    "forget notices": {
        "task": "notifications.tasks.forget",
        "schedule": crontab(hour=3, minute=25),
    },
    "forget sessions": {
        "task": "accounts.tasks.forget",
        "schedule": crontab(hour=3, minute=30),
    },
    "write the trail's heads": {
        "task": "core.tasks.write_heads",
        "schedule": crontab(hour=0, minute=10),
    },
    "hold counters against ledgers": {
        "task": "credentials.tasks.reconcile",
        "schedule": crontab(hour=3, minute=40),
    },
    # A day begins at another instant for each body; the task asks which day it is.
    "tell and renew": {
        "task": "renewals.tasks.sweep",
        "schedule": 300.0,
    },
    "remind of audits": {
        "task": "ce_credits.tasks.remind",
        "schedule": 600.0,
    },
    "tell staff what applicants answered": {
        "task": "renewals.tasks.tell_answers",
        "schedule": 60.0,
    },
    "give what was decreed": {
        "task": "renewals.tasks.give_decrees",
        "schedule": 60.0,
    },
    "certify who was certified before": {
        "task": "renewals.tasks.certify_existing",
        "schedule": crontab(hour=3, minute=45),
    },
    # After an upgrade or a new policy; else nobody is out of date.
    "keep the figures of cycles": {
        "task": "renewals.tasks.keep_tallies",
        "schedule": 600.0,
    },
}
app.steps["worker"].add(WithinTheWalls)
app.autodiscover_tasks()
