"""The project's settings for workers of the tests: the same, but in a hurry."""

import os

from config.settings import *  # noqa: F403

EMAIL_TIMEOUT = float(os.environ["TEST_EXCHANGE"])
EMAIL_BACKEND = os.environ.get("TEST_BACKEND", "core.mail.SmtpBackend")
MAIL_RETRY_SECONDS = 1
