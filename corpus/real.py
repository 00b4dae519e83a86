"""Take real harmless texts from two openly licensed data sets into real-hand/."""  # noqa: INP001  # a script of its own

import argparse
import csv
import io
import json
import random
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parent / "real-hand"
SENTENCES = "ua_gec/data/gec-fluency/{part}/source-sentences/{number}.src.txt"
SHORTEST, LONGEST = 2, 35
SOURCES = {
    "uk": ("real-sentence", "UA-GEC 2.1.3"),
    "en": ("real-chat", "chitchat-dataset 0.9.0"),
}
PRIVATE = re.compile(r"@|https?:|www\.|\d{5,}")
UK_TRAIN, UK_TEST = 8_000, 2_000
EN_TRAIN, EN_TEST, EN_TALKS, TURNS = 5_000, 1_500, 150, 16
FILES = 4
HELD, BOTH = 5, 2


def main() -> int:
    """Write train/ and test/; the same wheels give the same bytes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ua_gec", type=Path, help="the wheel of ua-gec 2.1.3")
    parser.add_argument("chitchat", type=Path, help="the wheel of chitchat-dataset 0.9.0")
    arguments = parser.parse_args()
    with zipfile.ZipFile(arguments.ua_gec) as wheel:
        learn, judge = (list(sentences(wheel, part=part)) for part in ("train", "test"))
    with zipfile.ZipFile(arguments.chitchat) as wheel:
        talks = json.loads(wheel.read("chitchat_dataset/dataset.json"))
    known = sorted(talks)
    held = known[::HELD]
    teach = [text for name in known if name not in set(held) for text in said(talks[name])]
    write_train("uk", texts=drawn(learn, count=UK_TRAIN))
    write_train("en", texts=drawn(teach, count=EN_TRAIN))
    whole = [talk for name in held if (talk := turns(talks[name]))]
    calm = [text for name in held for text in said(talks[name])]
    taught = set(learn) | set(teach)
    lines = [
        *(
            row("uk", text=text)
            for text in drawn([one for one in judge if one not in taught], count=UK_TEST)
        ),
        *(
            row("en", text=text)
            for text in drawn([one for one in calm if one not in taught], count=EN_TEST)
        ),
    ]
    write_test("benign-lines", rows=lines)
    picked = random.Random(EN_TALKS).sample(whole, EN_TALKS)  # noqa: S311  # the same choice every time
    write_test("benign-conversations", rows=[{**row("en"), "messages": one} for one in picked])
    return 0


def sentences(wheel: zipfile.ZipFile, *, part: str) -> Iterator[str]:
    """Yield sentences as their authors wrote them, of texts not marked sensitive."""
    table = wheel.read("ua_gec/data/metadata.csv").decode()
    names = set(wheel.namelist())
    for line in csv.DictReader(io.StringIO(table)):
        path = SENTENCES.format(part=part, number=line["id"])
        if line["partition"] == part and line["is_sensitive"] == "0" and path in names:
            text = wheel.read(path).decode()
            yield from fitting(one.lstrip("-–— ") for one in text.splitlines())


def said(talk: dict[str, list[list[dict[str, str]]]]) -> Iterator[str]:
    """Yield what both sides of a conversation wrote."""
    yield from fitting(one["text"] for turn in talk["messages"] for one in turn)


def turns(talk: dict[str, list[list[dict[str, str]]]]) -> list[dict[str, object]]:
    """Return the beginning of a conversation of two, or nothing where a message is private."""
    flat = [one for turn in talk["messages"] for one in turn][:TURNS]
    if len({one["sender"] for one in flat}) != BOTH or any(
        PRIVATE.search(one["text"]) for one in flat
    ):
        return []
    them = flat[0]["sender"]
    return [
        {
            "from": "them" if one["sender"] == them else "me",
            "at": None,
            "text": " ".join(one["text"].split()),
        }
        for one in flat
    ]


def fitting(texts: Iterable[str]) -> Iterator[str]:
    """Yield the texts of a message's length that name no address, link or long number."""
    for text in texts:
        plain = " ".join(text.split())
        if SHORTEST <= len(plain.split()) <= LONGEST and not PRIVATE.search(plain):
            yield plain


def drawn(texts: Sequence[str], *, count: int) -> list[str]:
    """Return so many different texts, in the order in which they stand."""
    different = list(dict.fromkeys(texts))
    picking = random.Random(count)  # noqa: S311  # the same choice every time
    chosen = set(picking.sample(different, count))
    return [text for text in different if text in chosen]


def row(language: str, *, text: str = "") -> dict[str, object]:
    """Return a harmless row with the fields that the other hands have."""
    kind, about = SOURCES[language]
    plain = {"lang": language, "register": "chat", "label": "benign", "tactics": [], "stage": None}
    return {**plain, "class": kind, "source": about} | ({"text": text} if text else {})


def write_train(language: str, *, texts: Sequence[str]) -> None:
    """Write the texts in FILES parts of neighbouring documents: a fold keeps them together."""
    size = -(-len(texts) // FILES)
    for at in range(FILES):
        part = texts[at * size : (at + 1) * size]
        path = ROOT / "train" / f"{language}-{at + 1}.tsv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            "".join(f"benign\t{SOURCES[language][0]}\t{language}\t{one}\n" for one in part)
        )


def write_test(name: str, *, rows: Iterable[dict[str, object]]) -> None:
    """Write the rows with names of their own."""
    path = ROOT / "test" / f"{name}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    named = ({"id": f"real-{at:04}", **one} for at, one in enumerate(rows, start=1))
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in named))


if __name__ == "__main__":
    sys.exit(main())
