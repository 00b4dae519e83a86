"""The union of the front's and the desk's settings: for the type checker alone, never served."""

import os

os.environ.setdefault("OBERIH_DATA", "var/types")
os.environ.setdefault("OBERIH_DESK_DATABASE", "postgresql://nobody@nowhere/types")

from oberih.sites.desk import *  # noqa: F403  # the same; the desk's win
from oberih.sites.front import *  # noqa: F403  # the checker's plugin must see every name

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "oberih.front",
    "oberih.audit",
    "oberih.staff",
    "oberih.desk",
    "oberih.alerts",
    "oberih.campaigns",
    "oberih.desk.figures",
    "oberih.desk.care",
    "oberih.desk.calls",
    "oberih.register",
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
AUTH_USER_MODEL = "staff.Member"
ROOT_URLCONF = "oberih.front.urls"
