"""Django's settings of the desk: inside only, encrypted at rest, passkeys, no third party."""

import os
import resource
import secrets
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from oberih.sites.databases import postgresql
from oberih.sites.descriptors import inherited_key
from oberih.sites.environment import data_directory, hours, is_on, number, text
from oberih.system.private_files import written_once
from oberih.system.training import is_training

resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # no memory of ours ever lands in a core file
os.umask(0o077)

DATA = data_directory()
DESK = DATA / "desk"
RING_SOCKET = DATA / "run" / "ring.sock"
SANDBOX_SOCKET = DATA / "run" / "sandbox.sock"
DEMO = is_on("OBERIH_DEMO")
TRAINING = is_training(DATA)
DESK_HOST = text("OBERIH_DESK_HOST", "localhost")
DESK_URL = text("OBERIH_DESK_URL", "http://localhost:8090").rstrip("/")
FRONT_URL = text("OBERIH_FRONT_URL", "http://127.0.0.1:8080")
COURIER_URL = text("OBERIH_COURIER_URL", "http://127.0.0.1:8081")
LOOKUP_COURIER_URL = text("OBERIH_LOOKUP_COURIER_URL", "http://127.0.0.1:8083")
PAGE_FILES = Path(__file__).parents[1] / "front" / "static" / "built" / "manifest.json"
"""Which files this version's families' page is made of, where the front's package is here too."""
OPERATOR = text("OBERIH_OPERATOR", "Oberih (example)")
CAP_ARC = text("OBERIH_CAP_ARC", "")
CAP_SENDER = text("OBERIH_CAP_SENDER", "")
SMS_SEGMENT_COST = number("OBERIH_SMS_SEGMENT_COST", 0)
SMS_CURRENCY = text("OBERIH_SMS_CURRENCY", "UAH")
HOURS = hours("OBERIH_HOURS", "09:00-21:00")
COMPLAINT_KEY = text("OBERIH_COMPLAINT_KEY", "")
"""The age recipient to whom complaints are sealed; its key never lies on the desk."""
SAFEGUARDING_LEAD = text("OBERIH_SAFEGUARDING_LEAD", "")
"""Who is called first about a minor: a name and how to reach them, as the desk's pages say it."""
OPENINGS_AN_HOUR = number("OBERIH_OPENINGS_AN_HOUR", 60)
DEBUG = False


def _database() -> dict[str, Any]:
    """Return SQLCipher under desk/, or the PostgreSQL that the environment names."""
    address = os.environ.get("OBERIH_DESK_DATABASE")
    if address:
        return postgresql(address, setting="OBERIH_DESK_DATABASE")
    DESK.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {
        "ENGINE": "oberih.sites.sqlcipher",
        "NAME": str(DESK / "desk.sqlite3"),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "key": inherited_key("OBERIH_DESK_KEY_FD"),
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }


def _secret_key(path: Path) -> str:
    """Return the desk's own secret for cookies and forms, made at the first start.

    Its pages, courier and worker start together: the first one makes it for all.
    """
    return written_once(path, content=secrets.token_urlsafe(48).encode()).decode()


SECRET_KEY = _secret_key(DESK / "secret")
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "oberih.audit",
    "oberih.staff",
    "oberih.desk",
    "oberih.alerts",
    "oberih.campaigns",
    "oberih.desk.figures",
    "oberih.desk.care",
    "oberih.desk.calls",
    "oberih.register",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "oberih.staff.middleware.IdleTimeout",
    "oberih.staff.middleware.MemberLanguage",
    "oberih.staff.middleware.Locked",
    "oberih.staff.middleware.TwoPasskeys",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "oberih.staff.middleware.NothingIsStored",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "oberih.sites.desk_urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oberih.staff.context.sign_in",
            ],
        },
    },
]
WSGI_APPLICATION = "oberih.sites.desk_wsgi.application"

# Who gets in
AUTH_USER_MODEL = "staff.Member"
AUTHENTICATION_BACKENDS = ["oberih.staff.passkeys.Passkeys"]
LOGIN_URL = "staff:sign-in"
LOGIN_REDIRECT_URL = "/"
MFA_ADAPTER = "oberih.staff.passkeys.Adapter"
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = "name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*"]
ACCOUNT_EMAIL_VERIFICATION = "none"

# Sessions: this host only, gone with the browser and after an hour without an act
SESSION_COOKIE_NAME = "desk"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = not DEMO
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = 3600
SESSION_LOCK_SECONDS = number("OBERIH_LOCK_SECONDS", 900)
CSRF_COOKIE_NAME = "desk_form"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = not DEMO
CSRF_FAILURE_VIEW = "oberih.staff.views.form_expired"

# What a browser may do
ALLOWED_HOSTS = [DESK_HOST]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "require-trusted-types-for": ["'script'"],
    },
}

# Languages and time
LANGUAGE_CODE = "uk"
LANGUAGES = [("uk", "Українська"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "desk_language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Strict"
FORMAT_MODULE_PATH = ["oberih.sites.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Kyiv"

# Files
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024  # a list for the register; nothing goes to the disk
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# Nothing personal in a log: the kind of an error and its place, no path, no words
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"quiet": {"()": "oberih.sites.quiet.Quiet"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "quiet"}},
    "root": {"handlers": ["stderr"], "level": "ERROR"},
    "loggers": {
        "django": {"handlers": [], "level": "ERROR", "propagate": True},
        "django.security": {"level": "CRITICAL"},
    },
}
