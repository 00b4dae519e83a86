"""Turns a database address (`postgresql://user@host/name`) into Django's settings of it."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from oberih.sites.environment import BadSetting

SCHEMES = {"postgresql", "postgres"}


def postgresql(url: str, *, setting: str) -> dict[str, Any]:
    """Return the settings of a PostgreSQL address; raises BadSetting naming the setting.

    The query may name a socket's folder (`?host=/run/postgresql`). Connections are kept, and a
    commit is on the disk before it is answered.
    """
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES or not parts.path.strip("/"):
        message = f"{setting} must look like postgresql://user@host/name."
        raise BadSetting(message)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", parts.hostname or ""),
        "PORT": str(parts.port or query.get("port", "")),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"options": "-c synchronous_commit=on"},
    }
