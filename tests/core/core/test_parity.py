import json
import random
import subprocess
from pathlib import Path

import pytest

from oberih.core.identifiers import find
from oberih.core.skeleton import fold

ROOT = Path(__file__).parents[3]
VECTORS = json.loads((ROOT / "vectors/identifiers.json").read_text(encoding="utf-8"))
SEED, TEXTS = 20261121, 6000
SIGNS = (
    "0123456789 +-()./@:_,;\u00a0\u200b\n–‘’аАеЄіїйёЖщъabcXYZ₴№"
    "👍👩\u200d\u0306\u0308𝟙０Ａﬀ\x00\ufffd"
)
PIECES = [
    "+380",
    "8 0",
    "8 9",
    "810",
    "00",
    "t.me/",
    "https://",
    "wa.me/",
    "@",
    "грн",
    "доб. 1",
    ".укр",
]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    bundle = tmp_path_factory.mktemp("parity") / "parity.mjs"
    options = ["--bundle", "--platform=node", "--format=esm", f"--outfile={bundle}"]
    esbuild = [str(ROOT / "node_modules/.bin/esbuild"), "web/tests/parity.ts", *options]
    subprocess.run([*esbuild, "--log-level=error"], cwd=ROOT, check=True)  # noqa: S603  # our own build
    done = subprocess.run(  # noqa: S603  # our own bundle
        ["/usr/bin/env", "node", str(bundle)],
        input=json.dumps(texts()).encode(),
        capture_output=True,
        check=True,
    )
    answers: list[dict[str, object]] = json.loads(done.stdout)
    return answers


def test_python_and_the_page_find_the_same_in_thousands_of_mutated_texts(
    page: list[dict[str, object]],
) -> None:
    for text, answer in zip(texts(), page, strict=True):
        found = [[str(one.identifier), one.start, one.end] for one in find(text)]

        assert answer["found"] == found, repr(text)


def test_python_and_the_page_fold_alike_with_the_same_way_back(
    page: list[dict[str, object]],
) -> None:
    for text, answer in zip(texts(), page, strict=True):
        folded = fold(text)

        assert answer["skeleton"] == folded.text, repr(text)
        assert answer["origins"] == list(folded.origins), repr(text)


def texts() -> list[str]:
    """Return the vectors' texts, then seeded mutations and mixtures of them."""
    chance = random.Random(SEED)  # noqa: S311  # the same texts each time are the point
    known = [row["text"] for row in VECTORS["find"]]
    return known + [mutated(known, chance=chance) for _ in range(TEXTS)]


def mutated(known: list[str], *, chance: random.Random) -> str:
    """Return one to three known texts side by side, with letters changed, lost and added."""
    letters = list(
        chance.choice(["", " ", ", "]).join(chance.choices(known, k=chance.randint(1, 3)))
    )
    for _ in range(chance.randint(0, 6)):
        place = chance.randint(0, len(letters))
        piece = chance.choice([*SIGNS, *PIECES, "", chr(chance.randrange(0x20, 0x2FFF))])
        letters[place : place + chance.randint(0, 2)] = piece
    return "".join(letters)
