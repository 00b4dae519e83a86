"""The trained model: a weight for each level of agreement, in the form that Splink reads.

A weight is a power of two: three more is eight times likelier. `rarity` says how much of a value's
rarity (the binary logarithm of one over its share in the lists) is added to it. The file is made
by `python -m oberih.register.training` and is never changed by a run.
"""

import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from oberih.core.errors import BadInput
from oberih.register.linkage.levels import FIELDS, RULES, Field, Level

FORMAT = 3
NUMBERS = ("overlap", "namesakes", "stretch", "aim", "threshold")
_RAREST = 40.0
"""Splink takes two shares and weighs by their ratio: the lower one is always 2**-40, so that the
other stays below one, and a value's rarity is counted from there."""


class UnknownModel(BadInput):
    """The model is of a version that this program does not read."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What one level of agreement is worth."""

    weight: float
    rarity: float = 0.0


@dataclass(frozen=True, slots=True)
class Model:
    """All weights by field and level, and what is believed of two lists before they are seen.

    `overlap` is the share of the shorter list that the other one has too, `namesakes` the share of
    men who have a full namesake there, `stretch` what the logarithms of the final odds are
    multiplied by, since rivals and doubts are counted too high. Of the links at the default
    threshold at least the share `aim` is right; `threshold` is the least that it may be.
    """

    version: str
    weights: dict[str, dict[str, Weight]]
    overlap: float
    namesakes: float
    stretch: float
    aim: float
    threshold: float

    @property
    def name(self) -> str:
        """The version with a mark of the weights: two models never have the same name."""
        weights = {
            field: {name: (one.weight, one.rarity) for name, one in levels.items()}
            for field, levels in self.weights.items()
        }
        numbers = [getattr(self, one) for one in NUMBERS]
        told = json.dumps([*numbers, weights], sort_keys=True)
        return f"{self.version}-{hashlib.sha256(told.encode()).hexdigest()[:8]}"


def load_model() -> Model:
    """Return the model of this version of the program."""
    text = (files("oberih.register.linkage") / "model.json").read_text(encoding="utf-8")
    return model_of(json.loads(text))


def model_of(told: dict[str, Any]) -> Model:
    """Return the model that a JSON object tells; raises UnknownModel."""
    if told.get("format") != FORMAT:
        raise UnknownModel
    weights = {
        field: {level: Weight(*pair) for level, pair in levels.items()}
        for field, levels in told["weights"].items()
    }
    numbers = (float(told[name]) for name in NUMBERS)
    return Model(str(told["version"]), weights, *numbers)


def settings_of(model: Model) -> dict[str, Any]:
    """Return the settings for Splink, the same for every engine."""
    return {
        "link_type": "link_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": 0.5,
        "blocking_rules_to_generate_predictions": [*map(_equal, RULES)],
        "comparisons": [_comparison(field, weights=model.weights[field.name]) for field in FIELDS],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": True,
    }


def _equal(columns: tuple[tuple[str, str], ...]) -> str:
    return " and ".join(f"l.{left} = r.{right}" for left, right in columns)


def _comparison(field: Field, *, weights: dict[str, Weight]) -> dict[str, Any]:
    unknown = {"sql_condition": field.unknown, "is_null_level": True, "label_for_charts": "unknown"}
    levels = [_level(level, weight=weights[level.name]) for level in field.levels]
    return {"output_column_name": field.name, "comparison_levels": [unknown, *levels]}


def _level(level: Level, *, weight: Weight) -> dict[str, Any]:
    told: dict[str, Any] = {
        "sql_condition": level.condition,
        "label_for_charts": level.name,
        "m_probability": 2.0 ** (weight.weight + (weight.rarity - 1) * _RAREST),
        "u_probability": 2.0**-_RAREST,
    }
    if level.counts:
        told["tf_adjustment_column"] = level.counts
        told["tf_adjustment_weight"] = weight.rarity
        told["disable_tf_exact_match_detection"] = True
    return told
