"""The words that are read aloud or spoken by a machine, in the caller's language."""

from importlib.resources import files

import yaml

from oberih.core.hours import Hours
from oberih.core.hours_in_words import in_words
from oberih.crypto.message import Tongue


def consent_words(language: Tongue, *, operator: str) -> str:
    """Return what is read aloud before anything is written down."""
    return _written("consent.yaml")[language.value].format(operator=operator)


def machine_words(language: Tongue, *, operator: str, hours: Hours, support: str) -> str:
    """Return what an answering machine says while nobody is on the desk."""
    said = _written("out_of_hours.yaml")[language.value]
    spoken = in_words(hours, language=language.value)
    return said.format(operator=operator, hours=spoken, support=support)


def _written(name: str) -> dict[str, str]:
    read: dict[str, str] = yaml.safe_load((files("oberih.desk.calls") / name).read_text("utf-8"))
    return read
