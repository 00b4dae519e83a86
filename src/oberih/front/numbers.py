"""The official numbers, as the desk signed them last; each says when it was last called."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from oberih.core.official import numbers_file
from oberih.front.signed_numbers import Numbers

FRESH_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Line:
    """One number: what the telephone dials, how a person reads it, whether it is for abroad."""

    dial: str
    shown: str
    abroad: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A body with its numbers; `stale` when nobody has called it for 90 days."""

    name: str
    lines: tuple[Line, ...]
    note: str
    called: date | None
    stale: bool
    source: str


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers for one need."""

    code: str
    title: str
    entries: tuple[Entry, ...]


def dated(written: Numbers) -> date:
    """Return the day on which the list was put together."""
    return date.fromisoformat(written["dated"])


def essential(written: Numbers, *, language: str, today: date) -> dict[str, Entry]:
    """Return the few bodies that other pages name, by their code in the file.

    One that a desk of another version does not name is taken from the file shipped here.
    """
    return {
        one["code"]: _entry(one, language=language, today=today)
        for groups in (numbers_file()["groups"], written["groups"])
        for group in groups
        for one in group["entries"]
        if "code" in one
    }


def groups(written: Numbers, *, language: str, today: date) -> list[Group]:
    """Return the numbers in a language (uk, en or ru), each marked stale or not for today."""
    return [
        Group(
            code=group["code"],
            title=group["title"][language],
            entries=tuple(_entry(one, language=language, today=today) for one in group["entries"]),
        )
        for group in written["groups"]
    ]


def _entry(raw: dict[str, Any], *, language: str, today: date) -> Entry:
    called = date.fromisoformat(raw["called"]) if raw["called"] else None
    return Entry(
        name=raw["name"][language],
        lines=tuple(
            Line(line["dial"], line["shown"], line.get("abroad", False)) for line in raw["lines"]
        ),
        note=raw.get("note", {}).get(language, ""),
        called=called,
        stale=called is None or today - called > FRESH_FOR,
        source=raw["source"][language],
    )
