"""The warnings that the desk has published, as the page shows them before any script runs.

The front cannot vouch for them: the visitor's browser checks each signature itself.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

SHOWN = 20
KEY = re.compile(r"[A-Za-z0-9_-]{87}")
"""A point of P-256, 65 bytes, in base64url."""


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001  # the word of the page; Python's own is never raised here
    """One published warning: the name of its signed file and its words in one language."""

    name: str
    headline: str
    text: str
    advice: str
    since: datetime

    @property
    def code(self) -> str:
        """Return what stands in messages about it, and opens it on the look-up page."""
        return self.name.removesuffix(".note")


def push_key() -> str:
    """Return the key by which a browser knows the daily reminder's sender; empty for none."""
    try:
        told = json.loads((Path(settings.PUBLISHED) / "push.json").read_bytes())
    except (OSError, ValueError):
        return ""
    key = told.get("key") if isinstance(told, dict) else ""
    return key if isinstance(key, str) and KEY.fullmatch(key) else ""


def published(language: str) -> list[Warning]:
    """Return the warnings in force, newest first, at most twenty."""
    folder = Path(settings.PUBLISHED) / "alerts"
    documents = (_document(path) for path in sorted(folder.glob("*.note")))
    now = timezone.now()
    in_force = [
        _warning(document, name=name, language=language)
        for name, document in documents
        if "texts" in document["body"] and _begins(document) <= now < _ends(document)
    ]
    return sorted(in_force, key=lambda found: found.since, reverse=True)[:SHOWN]


def _document(path: Path) -> tuple[str, dict[str, Any]]:
    document: dict[str, Any] = json.loads(path.read_text().split("\n", 1)[0])
    return path.name, document


def _warning(document: dict[str, Any], *, name: str, language: str) -> Warning:
    texts = document["body"]["texts"]
    words = texts.get(language) or texts["uk"]
    return Warning(
        name=name,
        headline=words["headline"],
        text=words["text"],
        advice=words.get("advice", ""),
        since=_begins(document),
    )


def _begins(document: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(document["not_before"])


def _ends(document: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(document["not_after"])
