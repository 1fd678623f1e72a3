"""What gunicorn serves."""

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from config import settings
from config.charsets import only_utf8
from config.environment import AUDIT_KEY_WORDS, KEY_WORDS
from config.starting import refuse_demonstration_accounts

if not settings.SECRET_KEY:
    raise ImproperlyConfigured(KEY_WORDS)
if not settings.AUDIT_KEY:
    raise ImproperlyConfigured(AUDIT_KEY_WORDS)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = only_utf8(get_wsgi_application())
refuse_demonstration_accounts()
