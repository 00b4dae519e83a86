"""The warnings that the desk has published, as the page shows them before any script runs.

The front cannot vouch for them: the visitor's browser checks each signature itself.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001  # the word of the page; Python's own is never raised here
    """One published warning: the name of its signed file and its words in one language."""

    name: str
    headline: str
    text: str
    advice: str
    since: datetime


def published(language: str) -> list[Warning]:
    """Return the warnings in force, newest first, at most twenty."""
    folder = Path(settings.PUBLISHED) / "alerts"
    notes = [_read(path, language=language) for path in sorted(folder.glob("*.note"))]
    now = timezone.now()
    in_force = [found for found, ends in notes if found.since <= now < ends]
    return sorted(in_force, key=lambda found: found.since, reverse=True)[:SHOWN]


def _read(path: Path, *, language: str) -> tuple[Warning, datetime]:
    document: dict[str, Any] = json.loads(path.read_text().split("\n", 1)[0])
    body = document["body"]
    words = body["texts"].get(language) or body["texts"]["uk"]
    found = Warning(
        name=path.name,
        headline=words["headline"],
        text=words["text"],
        advice=words.get("advice", ""),
        since=datetime.fromisoformat(document["not_before"]),
    )
    return found, datetime.fromisoformat(document["not_after"])
