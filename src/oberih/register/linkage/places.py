"""Places of birth: the settlement and the larger area, under one key in every script."""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from oberih.core.names.sounds import Sound, sound_of, widths
from oberih.core.names.words import words_of

_TABLE = yaml.safe_load(
    (files("oberih.register.linkage") / "places.yaml").read_text(encoding="utf-8")
)
_SHORTENED = re.compile(r"\b(?:р-н\w*|р/н|d-n)", re.IGNORECASE)
_KINDS = frozenset(_TABLE["kinds"].split())
_AREAS = frozenset(word for text in _TABLE["areas"].split() for word in words_of(text)) | {"район"}
_COUNTRIES = frozenset(_TABLE["countries"].split())
_ADJECTIVE = re.compile(r"(?:s?[kc]a|s?[kc]i|s?[kc]oi|s?k|c?k|s[kc]aa)$")
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A settlement's key, its frame, and the larger area's frame; parts may be empty."""

    settlement: str
    frame: str
    area: str


@lru_cache(maxsize=100_000)
def place_of(text: str) -> Place | None:
    """Return the keys of a place, None when nothing names one."""
    settlements: list[str] = []
    area = ""
    for part in re.split(r"[,;()/]", _SHORTENED.sub(" район ", text)):
        words = [word for word in words_of(part) if word not in _COUNTRIES]
        named = [word for word in words if len(word) > 1 and word not in _AREAS | _KINDS]
        if not named:
            continue
        if any(word in _AREAS for word in words):
            area = area or area_key(named[-1] if len(named) > 1 else named[0])
            settlements += named[:-1] if len(named) > 1 else []
        elif not settlements:
            settlements += named
    return _place(settlements, area=area)


def area_key(word: str) -> str:
    """Return the frame of an area's adjective without its ending: Харківська, Kharkiv."""
    return widths(_ADJECTIVE.sub("", sound_of(word).strict)).frame


def _place(settlements: list[str], *, area: str) -> Place | None:
    if not settlements:
        return Place("", "", area) if area else None
    sounds = [sound_of(word) for word in settlements]
    first = _SAME.get("".join(one.plain for one in sounds))
    if first is not None:
        return Place(first.plain, first.frame, area)
    plain = "".join((_SAME.get(one.plain) or one).plain for one in sounds)
    frame = "".join((_SAME.get(one.plain) or one).frame for one in sounds)
    return Place(plain, frame, area)


def _same() -> dict[str, Sound]:
    found: dict[str, Sound] = {}
    for line in _TABLE["same"]:
        names = [words_of(name.replace("_", " ")) for name in line.split()]
        first = widths("".join(sound_of(word).strict for word in names[0]))
        for words in names:
            found.setdefault("".join(sound_of(word).plain for word in words), first)
    return found


_SAME = _same()
