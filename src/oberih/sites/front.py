"""Settings of the front: Django without cookies, sessions, accounts or admin; nothing is secret.

`OBERIH_LISTENER` chooses what one process answers: `public` (pages, mailboxes, published files)
or `courier` (the desk's signed calls); `oberih process front-courier` sets it.
"""

import secrets
from pathlib import Path
from typing import Any

from oberih.sites import databases
from oberih.sites.environment import BadSetting, data_directory, hours, is_on, number, text

PACKAGE = Path(__file__).resolve().parent.parent
FRONT = data_directory() / "front"
PUBLISHED = FRONT / "published"
PARTS = FRONT / "parts"
COURIER_KEY = FRONT / "courier.pub"
ROOT_KEY = FRONT / "root.pub"

OPERATOR = text("OBERIH_OPERATOR", "")
HOURS = hours("OBERIH_HOURS", "09:00-21:00")
ANSWER_HOURS = number("OBERIH_ANSWER_HOURS", 24)
CONSENT_IS_CONFIRMED = is_on("OBERIH_CONSENT_CONFIRMED")
"""Whether the operator's lawyer has confirmed who reads a report and when it may be passed on."""
EXIT_PAGES = {
    "uk": text("OBERIH_EXIT_UK", "https://www.meteo.gov.ua/"),
    "en": text("OBERIH_EXIT_EN", "https://www.yr.no/en"),
    "ru": text("OBERIH_EXIT_RU", "https://www.accuweather.com/ru/"),
}
"""The ordinary page that "Leave quickly" opens, by language."""
FRONT_URL = text("OBERIH_FRONT_URL", "http://127.0.0.1:8080")
LOOKUP_URL = text("OBERIH_LOOKUP_URL", "")
"""Where this front passes questions to the look-up on one machine; empty behind a proxy."""
DEMO = is_on("OBERIH_DEMO")

PAGE_BYTES = 4096
DISK_BYTES = number("OBERIH_FRONT_DISK", 10 * 1024**3)
"""What the front may fill in all; a fifth is kept for text, the rest is for attachments."""
TEXT_BYTES = DISK_BYTES // 5
PARTS_BYTES = DISK_BYTES - TEXT_BYTES
if not 100 * PAGE_BYTES <= TEXT_BYTES:
    message = "OBERIH_FRONT_DISK must be at least 2048000 bytes."
    raise BadSetting(message)

LISTENER = text("OBERIH_LISTENER", "public")
URLCONFS = {"public": "oberih.front.urls", "courier": "oberih.front.courier_urls"}
if LISTENER not in URLCONFS:
    message = "OBERIH_LISTENER must be public or courier."
    raise BadSetting(message)
ROOT_URLCONF = URLCONFS[LISTENER]


RESERVE_BYTES = 16 * 1024**2 if LISTENER == "courier" else 0
"""What the courier may use above the budget for text: it must be able to empty a full front."""


def sqlite(path: Path) -> dict[str, Any]:
    """Return SQLite's settings: a commit is on the disk, a deleted page is overwritten."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                f"PRAGMA page_size={PAGE_BYTES};PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                f"PRAGMA secure_delete=ON;PRAGMA temp_store=MEMORY;"
                f"PRAGMA max_page_count={(TEXT_BYTES + RESERVE_BYTES) // PAGE_BYTES}"
            ),
        },
    }


address = text("OBERIH_FRONT_DATABASE", "")
DATABASES = {
    "default": databases.postgresql(address, setting="OBERIH_FRONT_DATABASE")
    if address
    else sqlite(FRONT / "front.sqlite3")
}

DEBUG = False
SECRET_KEY = secrets.token_hex(32)  # signs nothing: the front has no cookie and no form of its own
ALLOWED_HOSTS = ["*"]  # no address is ever built from the Host header; mirrors and onions are many
INSTALLED_APPS = ["oberih.front"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "oberih.front.policy.PagePolicy",
    "oberih.front.answers.no_store",
    "whitenoise.middleware.WhiteNoiseMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.i18n"]},
    }
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
APPEND_SLASH = False

LANGUAGE_CODE = "uk"
LANGUAGES = [("uk", "Українська"), ("en", "English"), ("ru", "Русский")]
LOCALE_PATHS = [PACKAGE / "front" / "locale"]
FORMAT_MODULE_PATH = ["oberih.front.formats"]
TIME_ZONE = "Europe/Kyiv"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = PACKAGE / "front" / "static"
WHITENOISE_MAX_AGE = 3600
WHITENOISE_IMMUTABLE_FILE_TEST = r"/built/.+\.[0-9a-f]{12}\."
"""Built files carry their hash in the name: a browser asks for each once."""

SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if FRONT_URL.startswith("https://") else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # it only decides about that header
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["oberih"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"quiet": {"()": "oberih.front.quiet.Quiet"}},
    "handlers": {"quiet": {"class": "logging.StreamHandler", "formatter": "quiet"}},
    "root": {"handlers": ["quiet"], "level": "ERROR"},
    "loggers": {
        # Both would write the path of a request that was refused.
        "django": {"handlers": [], "level": "ERROR", "propagate": True},
        "django.security": {"level": "CRITICAL"},
    },
}
"""Only the kind and place of an unexpected error: never a body, an address, a path or a time."""
