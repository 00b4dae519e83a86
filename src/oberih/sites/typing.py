"""The union of the front's and the desk's settings: for the type checker alone, never served."""

import os

os.environ.setdefault("OBERIH_DATA", "var/types")

from oberih.sites.front import *  # noqa: E402, F403  # the checker's plugin must see every name

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "oberih.front",
    "oberih.staff",
    "oberih.audit",
    "oberih.desk",
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
ROOT_URLCONF = "oberih.front.urls"
