"""The environment, read once: typed; a bad value stops the start."""

import os
from pathlib import Path
from zoneinfo import ZoneInfo

from oberih.core.errors import BadInput
from oberih.core.hours import OddHours, parse_hours

KYIV = ZoneInfo("Europe/Kyiv")


class BadSetting(BadInput):
    """A setting cannot be used."""


def data_directory() -> Path:
    """Return OBERIH_DATA (default ./var), absolute."""
    return Path(os.environ.get("OBERIH_DATA", "var")).resolve()


def text(name: str, default: str | None = None) -> str:
    """Return a setting as it stands; raises BadSetting when it is missing and has no default."""
    value = os.environ.get(name, default)
    if value is None or (default is None and not value):
        message = f"{name} is not set."
        raise BadSetting(message)
    return value


def number(name: str, default: int) -> int:
    """Return a whole number; raises BadSetting for anything else."""
    value = os.environ.get(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        message = f"{name} must be a whole number."
        raise BadSetting(message) from error


def hours(name: str, default: str) -> str:
    """Return stated hours as they stand; raises BadSetting for another form."""
    value = text(name, default)
    try:
        parse_hours(value, zone=KYIV)
    except OddHours as error:
        raise BadSetting(str(error)) from error
    return value


def is_on(name: str) -> bool:
    """Tell whether a switch is 1; 0 or absent is off; anything else raises BadSetting."""
    value = os.environ.get(name, "0")
    if value not in {"0", "1"}:
        message = f"{name} must be 0 or 1."
        raise BadSetting(message)
    return value == "1"
