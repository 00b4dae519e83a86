"""The library of instructions: what to do, by tactic, with the state of its review."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

FILE = "instructions.yaml"


@dataclass(frozen=True, slots=True)
class Instruction:
    """What to do in each language; `state` is `draft` until somebody reviewed it."""

    texts: dict[str, str]
    state: str


def instruction_for(tactic: str) -> Instruction | None:
    """Return what to do about a tactic; None when the library has nothing for it."""
    written = _file()
    texts = written["groups"].get(tactic[:1])
    return Instruction(dict(texts), str(written["state"])) if texts else None


@cache
def _file() -> dict[str, Any]:
    text = files("oberih.alerts").joinpath(FILE).read_text("utf-8")
    written: dict[str, Any] = yaml.safe_load(text)
    return written
