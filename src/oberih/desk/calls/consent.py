"""The words of consent that are read aloud, in the caller's language."""

from importlib.resources import files

import yaml

from oberih.crypto.message import Tongue


def consent_words(language: Tongue, *, operator: str) -> str:
    """Return what is read aloud before anything is written down."""
    written = yaml.safe_load((files("oberih.desk.calls") / "consent.yaml").read_text("utf-8"))
    return str(written[language.value]).format(operator=operator)
