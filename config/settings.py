"""Every setting comes from the environment; a wrong value stops the start by name.

`.env.example` lists each with its meaning; a body's policy is no setting.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

from config import cards, demonstration, describing, environment, files, mail, queue
from config.environment import env

BASE_DIR = Path(__file__).resolve().parent.parent

# --- What kind of machine this is -------------------------------------------------
DEBUG = environment.flag("DEBUG", default=False)
DEMO = environment.flag("DEMO", default=False)
SECRET_KEY = environment.secret_key(demo=DEMO, debug=DEBUG)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
AUDIT_KEY = environment.audit_key(demo=DEMO, debug=DEBUG)
AUDIT_KEY_FALLBACKS = env.list("AUDIT_KEY_FALLBACKS", default=[])
BASE_URL = environment.base_url("BASE_URL", default="http://localhost:8000")
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", base_url=BASE_URL)
HTTPS = BASE_URL.startswith("https://")
DATA_DIR = environment.folder("DATA_DIR", default=BASE_DIR / ".data")
FILES_DIR = environment.folder("FILES_DIR", default=DATA_DIR / "files")
AUDIT_HEADS_PATH = environment.folder(
    "AUDIT_HEADS_PATH", default=DATA_DIR / "audit-heads"
)

# --- Applications -----------------------------------------------------------------
INSTALLED_APPS = [
    "core",
    "accounts",
    "notifications",
    "billing",
    "credentials",
    "certificates",
    "ce_credits",
    "courses",
    "renewals",
    "portal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_structlog",
    "django_htmx",
    "bootstrap",
    "fontawesome",
]

MIDDLEWARE = [
    "core.middleware.RequestLog",
    "core.middleware.Headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.Readable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.SignedIn",
    "accounts.middleware.SessionLimits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
REACTIONS = "config.reactions.REACTIONS"
COMPOSERS = "config.composers.COMPOSERS"
EXPORTERS = "config.exporters.EXPORTERS"
WALLS = "config.walls.WALLS"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.frame",
            ],
        },
    }
]

# --- Rows -------------------------------------------------------------------------
DATABASES = {"default": environment.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": environment.cache(DATA_DIR)}
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES_DIR, "base_url": None},
    },
    "staticfiles": {"BACKEND": environment.static_storage(debug=DEBUG, demo=DEMO)},
}

# --- People signing in ------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "core.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "core.passwords.NotCommon"},
    {
        "NAME": "core.passwords.NotYourself",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
PASSWORD_RESET_TIMEOUT = 60 * 60
INVITATION_LIFETIME = timedelta(days=7)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "change_password": "accounts.forms.ChangePasswordForm",
}
MFA_ADAPTER = "accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "accounts.second_forms.CodeForm",
    "authenticate_webauthn": "accounts.second_forms.PasskeyForm",
}
MFA_TOTP_ISSUER = "Goodstanding"
# Clocks of phones differ: the code before and the one after are taken too.
MFA_TOTP_TOLERANCE = 1
# Every address was proved by the invitation's link.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Browsers let passkeys work without https on localhost alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
# Added to allauth's own: what sends a link anew, and what has us ask another server.
ACCOUNT_RATE_LIMITS = {
    "invitation_again": "20/m/ip,3/h/key",
    "login_known_browser": "5/5m/key",
    "sign_on": "20/m/ip",
    "sign_on_check": "20/m/user",
}
# Whether a practice's single sign-on may be a provider on this very machine.
OUTGOING_LOCALHOST = demonstration.only_in_demo("OUTGOING_LOCALHOST", demo=DEMO)
DEMO_START_OVER = demonstration.mark_of_demo("DEMO_START_OVER", demo=DEMO)
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if environment.proxy_header() else 0
# accounts stands below the policy packs: it is handed the little it must know of them.
PROGRAMS = "credentials.policy.term_programs"
PROGRAM_ZONE = "credentials.policy.zone_of"
UNREAD = "notifications.queries.unread_beside"
SESSION_ENGINE = "accounts.sessions"
# A session ends after this long without a click, and at the latest after that.
SESSION_IDLE = timedelta(minutes=30)
SESSION_LONGEST = timedelta(hours=12)
SESSION_COOKIE_AGE = int(SESSION_LONGEST.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Browsers keep such cookies over https, and over http from localhost alone.
SECURE_COOKIES = environment.secure_cookies(BASE_URL, demo=DEMO)
SESSION_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_NAME = "__Host-session" if SECURE_COOKIES else "session"
KNOWN_BROWSER_COOKIE_NAME = "__Host-browser" if SECURE_COOKIES else "browser"
CSRF_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE_COOKIES else "csrf"
CSRF_FAILURE_VIEW = "core.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Headers ----------------------------------------------------------------------
SECURE_SSL_REDIRECT = environment.flag("SSL_REDIRECT", default=True) and HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = environment.proxy_header()
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "media-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# --- Words, numbers, files --------------------------------------------------------
LANGUAGE_CODE = "en-us"
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True
DATE_FORMAT = "M j, Y"
STATIC_URL = "static/"
STATIC_ROOT = environment.folder("STATIC_ROOT", default=BASE_DIR / ".static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "core.static_files.NeededFilesFinder",
]
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Source maps are read by developers alone, and large.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "png", "webp", "woff2"]
FILE_UPLOAD_HANDLERS = [
    "core.uploads.WholeForms",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# The server in front may give files out; it reads them as one of the program's group.
# Nobody else on the machine reads what people sent.
FILES_ACCEL = files.place_in_front("FILES_ACCEL")
FILE_UPLOAD_PERMISSIONS = 0o640 if FILES_ACCEL else 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750 if FILES_ACCEL else 0o700
# What one person, and all who report for one practice, may keep (MiB).
MEMBER_FILES = environment.positive("MEMBER_FILES", default=200)
MEMBER_MEGABYTES = environment.positive("MEMBER_MEGABYTES", default=200)
PRACTICE_MEGABYTES = environment.positive("PRACTICE_MEGABYTES", default=5 * 1024)
CLAMD = files.scanner("CLAMD")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

# --- Mail -------------------------------------------------------------------------
vars().update(mail.mail(DATA_DIR))
DEFAULT_FROM_EMAIL = mail.sender(
    "DEFAULT_FROM_EMAIL", default="Goodstanding <no-reply@goodstanding.example>"
)
MAIL_RETRY_SECONDS = environment.positive("MAIL_RETRY_SECONDS", default=60)

# --- Work outside the request -----------------------------------------------------
vars().update({f"CELERY_{k.upper()}": v for k, v in queue.celery(DATA_DIR).items()})
STRIPE_SECRET_KEY = cards.key("STRIPE_SECRET_KEY", "sk_", "rk_")
STRIPE_WEBHOOK_SECRET = cards.key("STRIPE_WEBHOOK_SECRET", cards.WEBHOOK)
STRIPE_WEBHOOK_SECRET_FALLBACKS = cards.former("STRIPE_WEBHOOK_SECRET_FALLBACKS")
STRIPE_API_BASE = cards.api_base("STRIPE_API_BASE")
CARDS = cards.taken(vars())
# How long a worker that was killed keeps others from its export.
EXPORT_LEASE = timedelta(minutes=2)
# Files made at a time: leave workers for mail and certificates.
EXPORTS_AT_ONCE = environment.positive("EXPORTS_AT_ONCE", default=1)
CERTIFICATE_SECONDS = environment.positive("CERTIFICATE_SECONDS", default=30)

# --- REST -------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.BearerToken",
        "accounts.authentication.BrowserSession",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["core.rest.Denied"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.rest.StrictJSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "core.rest.AnyAccept",
    "DEFAULT_SCHEMA_CLASS": "core.schema.ProblemSchema",
    "DEFAULT_THROTTLE_RATES": {
        "verify": environment.rate("VERIFY_RATE", default="60/min"),
        "lines": environment.rate("LINES_RATE", default="2000/hour"),
        "token": environment.rate("TOKEN_RATE", default="600/min"),
        "contact": environment.rate("CONTACT_RATE", default="8/hour"),
        "codes": environment.rate("CODES_RATE", default="10/hour"),
        "code_addresses": environment.rate("CODE_ADDRESSES_RATE", default="60/hour"),
        "denied": environment.rate("DENIED_RATE", default="100/hour"),
    },
    # A forged X-Forwarded-For must not make a new caller of the same one.
    "NUM_PROXIES": 1 if SECURE_PROXY_SSL_HEADER else 0,
    "EXCEPTION_HANDLER": "core.problems.handle",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = describing.SCHEMA

# --- Logs -------------------------------------------------------------------------
# One line a request: the one that says how it ended.
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = 10  # logging.DEBUG
LOGGING = environment.logging(level=env.str("LOG_LEVEL", default="INFO"))
