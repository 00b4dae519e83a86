"""Fit the linkage's weights to invented lists: `python -m oberih.register.training`."""

import json
from pathlib import Path
from random import Random

import oberih.register.linkage.model as in_use
from oberih.register.training.fitting import fitted, told
from oberih.register.training.noise import Noise, Wanted, two_lists
from oberih.register.training.people import training_stock

SEED = 20_261_122
SHAPES = ((12_000, 0.5), (12_000, 0.1), (4_000, 0.5), (4_000, 0.15))
"""Lengths of two lists, and what share of each is on the other one too."""
_NOISES = (
    (Noise().times(0.5), Noise().times(0.5)),
    (Noise(ukrainian=0.8, russian=0.15), Noise(ukrainian=0.1, russian=0.4)),
    (Noise(ukrainian=0.9, russian=0.1).times(0.6), Noise(ukrainian=0.0, russian=0.9)),
    (Noise(), Noise().times(1.5)),
    (Noise(ukrainian=0.7, russian=0.26).times(1.6), Noise(ukrainian=0.1, russian=0.5).times(1.6)),
    (Noise(ukrainian=0.95, russian=0.0), Noise(ukrainian=0.0, russian=0.0)),
)


def main() -> None:
    """Write the model beside the code that reads it."""
    chance = Random(SEED)  # noqa: S311  # invented people, the same each time
    wanted = [Wanted(*shape, *noises) for noises in _NOISES for shape in SHAPES]
    lists = [two_lists(one, stock=training_stock(), chance=chance) for one in wanted]
    model = fitted(lists)
    path = Path(in_use.__file__).with_name("model.json")
    text = json.dumps(told(model), ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")
    print(f"{path.name}: {model.name}")  # noqa: T201  # the command's one line


if __name__ == "__main__":
    main()
