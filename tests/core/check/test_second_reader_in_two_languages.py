"""The second reader of the page (web/src/second.ts) hears exactly what Python's hears."""

import json
import random
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import yaml

from oberih.check.engine import assess
from oberih.check.items import item_of
from oberih.check.rules import Rules, load
from oberih.check.second import artefact, spelling
from oberih.check.second.artefact import ARTEFACT, KNOWN, SecondReader, last_of, layout
from oberih.check.second.network import ONE, ROOT, SHIFT

ROOT_FOLDER = Path(__file__).resolve().parents[3]
VECTORS = ROOT_FOLDER / "vectors" / "assessments.json"
SEED = 20261122
TEXTS = 300
WIDTH = HIDDEN = 8
LONGEST_PIECE = 5
ROW = 7
NEVER = -(10**9)
FIXED = {
    "pieces": (-1_500, -300),
    "table times": (ONE * ONE // 200, ONE * ONE // 100),
    "replies out added": (-4 * ONE, 0),
}
"""Her replies are mostly as to her own people: only then they count."""
MIDDLE = 74
"""What a weight of one byte is on average, without its sign."""
TYPED_FILE = Path(spelling.__file__).with_name("typed.yaml")
ALPHABETS = yaml.safe_load(TYPED_FILE.read_text("utf-8"))["alphabets"]
BEATS = [-400, -300]
WEIGHING = {"floor": -100_000, "weight": 73, "talk": 57, "replies": 140, "calm": 320}
WEIGHING |= {"model": {"verify": -250, "likely": 40}}

EXPORTS = """
export { assess, ownRules } from "./check";
export { readSecond, together, UnknownReader } from "./second";
"""
BUILD = """
import { build } from "esbuild";
const { packedRules } = await import("./web/packing.mjs");
const stdin = { contents: process.argv[1], resolveDir: "web/src", loader: "ts" };
await build({ stdin, bundle: true, format: "esm", charset: "utf8", outfile: process.argv[2],
  plugins: [packedRules], logLevel: "error" });
"""
RUN = """
import { readFileSync } from "node:fs";
const { assess, ownRules, readSecond, together } = await import(process.argv[1]);
const second = readSecond(new Uint8Array(readFileSync(process.argv[2])).buffer);
const rules = ownRules();
for (const texts of JSON.parse(readFileSync(0, "utf8"))) {
  const messages = texts.map((text) => ({ from: "them", text }));
  const both = together(rules, second, () => assess({ messages }));
  const replies = second.network.replies(second.lastOf(texts, rules.tables));
  const told = second.told(11, texts, rules.tables);
  const heard = [...second.scores(texts[0], rules.tables), told, replies];
  const hers = (at) => ({ from: "me", text: texts[at], forwarded: at % 2 === 1 });
  const turns = messages.map((one, at) => (at % 3 ? one : hers(at)));
  const replied = together(rules, second, () => assess({ messages: turns }));
  console.log(JSON.stringify([heard, both, replied, assess({ messages })]));
}
"""


@pytest.fixture(scope="module")
def page_second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    bundle = tmp_path_factory.mktemp("second") / "second.mjs"
    command = ["node", "--input-type=module", "-e", BUILD, EXPORTS, str(bundle)]
    subprocess.run(command, cwd=ROOT_FOLDER, check=True)  # noqa: S603  # our own fixed command
    return bundle


def texts() -> list[str]:
    """Return lines of the vectors, then mixtures of them in disguise and spellings of all kinds."""
    rows = json.loads(VECTORS.read_text(encoding="utf-8"))["vectors"]
    known = [message["text"] for row in rows for message in row["messages"]]
    chance = random.Random(SEED)  # noqa: S311  # repeatable, nothing secret
    words = [word for text in known for word in text.split(" ")]
    marks = ("", ", ", ". ", "?", "\u200b", "\n", "«", "»", "😀", "\u0301", " й ", "0", " $")
    mixed = [
        "".join(chance.choice(words) + " " + chance.choice(marks) for _ in range(length))
        for length in [*range(30), 90, 150, 900]
    ]
    return [*chance.sample(known, TEXTS), *mixed, *map(disguised, mixed), *ODD]


def talks() -> list[list[str]]:
    """Return each text alone, then some in a row, as one stranger may write them."""
    every = texts()
    rows = [every[at : at + 2 + at // ROW % 9] for at in range(0, len(every), ROW)]
    return [*([text] for text in every), *rows]


def disguised(text: str) -> str:
    return " ".join(text.translate(str.maketrans("аеорсхі3", "aeopcxiз"))[:200])


ODD = (
    *("", " ", "😀", "ь", "1234567890 руб", "щ" * 90, '"?"', "«»?", "a" * 30 + "1", "\ud800 так"),
    *("Pidpaly mashynu bilya viyskkomatu", "Skin 500$ na kartku?", "Send the photo of the bridge"),
    *("vyishov z domu, yiy shchos kazaly, 4ogo?", "eto tvoi syn? ischi ego", "x3 y ii 4"),
    *("Скинь фото моста, а то мужа не увидишь", "Та шо ви кажете, давайте зробимо по-тихому"),
    *("«П і д п а л и» машину", "п.і.д.п.а.л.и", "ПІДПАЛИ!!! 🔥🔥", "he said: “meet me”, 18:00"),
)


def made(loudness: float) -> bytes:
    """Return the file of a reader that was never trained; loud numbers meet their bounds."""
    chance = np.random.default_rng(SEED)
    pieces = sorted({piece for text in texts() for piece in pieces_of(text)})
    shapes = layout(WIDTH, pieces=len(pieces), hidden=HIDDEN)
    arrays = [
        chance.integers(*limits(name, shapes, loudness), size=shape).astype(kind)
        for name, (kind, shape) in shapes.items()
    ]
    head = {"v": KNOWN, "width": WIDTH, "hidden": HIDDEN, "weighing": WEIGHING}
    head |= {"typed": {"alphabets": ALPHABETS, "beats": BEATS}, "pieces": pieces}
    text = json.dumps(head, ensure_ascii=False).encode()
    return len(text).to_bytes(4, "little") + text + b"".join(one.tobytes() for one in arrays)


def pieces_of(text: str) -> list[str]:
    words = ["▁" + word for word in text.lower().encode("utf-8", "replace").decode().split()]
    return [word[at : at + LONGEST_PIECE] for word in words for at in range(0, len(word), 3)]


def limits(
    name: str, shapes: Mapping[str, tuple[str, tuple[int, ...]]], loudness: float
) -> tuple[int, int]:
    """Return between which numbers an array lies, so that a layer's answers stay about as large."""
    if name in FIXED:
        return FIXED[name]
    if name.endswith(" added"):
        return -ONE, ONE
    if name.startswith("level "):
        return ONE * ROOT // 2, ONE * ROOT
    if name.endswith(" times"):
        rows = shapes[name.removesuffix(" times")][1][0]
        usual = int(loudness * SHIFT / MIDDLE / rows**0.5)
        return usual // 2, 2 * usual
    return -127, 128


def pages(bundle: Path, file: Path, every: int) -> list[list[object]]:
    command = ["node", "--input-type=module", "-e", RUN, str(bundle), str(file)]
    done = subprocess.run(  # noqa: S603  # our own fixed command
        command, input=json.dumps(talks()[::every]), capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def own(second: SecondReader, every: int) -> list[list[object]]:
    alone = load()
    model = {**alone.sequence["model"], **second.weighing.model}
    both = replace(alone, second=second, sequence={**alone.sequence, "model": model})
    return [
        [heard(second, row), answer(row, both), answer(row, both, talks=True), answer(row, alone)]
        for row in talks()[::every]
    ]


def heard(second: SecondReader, row: list[str]) -> list[int]:
    tables = load().tables
    assert second.own is not None
    replies = second.own.replies(last_of(row, second.pieces, tables=tables))
    told = second.told(11, texts=row, tables=tables)
    return [*second.scores(row[0], tables=tables), told, replies]


def answer(row: list[str], rules: Rules, *, talks: bool = False) -> object:
    """Return the answer to messages of a stranger; where she talks, every third one is hers."""
    messages: list[dict[str, object]] = [{"from": "them", "text": text} for text in row]
    for at, message in enumerate(messages):
        if talks and at % 3 == 0:
            message |= {"from": "me", "forwarded": at % 2 == 1}
    item = item_of(json.dumps({"messages": messages}), line=1)
    return assess(item.conversation, answers={}, rules=rules).as_json()


@pytest.mark.parametrize(("loudness", "every"), [(1.0, 2), (4.0, 4)])
def test_page_and_command_hear_the_same_of_a_reader_with_any_numbers(
    page_second: Path, tmp_path: Path, loudness: float, every: int
) -> None:
    file = tmp_path / "second.bin"
    file.write_bytes(made(loudness))

    answers = own(artefact.read(file.read_bytes()), every)

    assert pages(page_second, file, every) == answers
    assert len({json.dumps(scores) for scores, *_ in answers}) > TEXTS // every // 2
    assert any(both != alone for _, both, _, alone in answers)


def test_page_and_command_hear_the_same_of_the_reader_that_ships(page_second: Path) -> None:
    assert pages(page_second, ARTEFACT, 1) == own(artefact.load(), 1)


def test_her_replies_count_in_what_is_compared() -> None:
    reader = artefact.read(made(1.0))
    deaf = replace(reader, weighing=replace(reader.weighing, calm=NEVER))

    assert own(deaf, 1) != own(reader, 1)
