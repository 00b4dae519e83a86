"""Compile the rules of rules/*.yaml into the one artefact that Python and TypeScript read.

Verbs are expanded with pymorphy3 here, at build time; without it the committed artefact stays.
"""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from oberih.check.concepts import row_of
from oberih.check.features import OUTPUTS, Model
from oberih.check.forms import verb_forms
from oberih.check.packing import packed
from oberih.check.patterns import Lexicon, alternatives_of, elements_of, places_of
from oberih.check.rules import ARTEFACT, MODEL, SEEN, RulesVersion, tables_of
from oberih.core import canonical

HERE = Path(__file__).resolve().parent / "rules"
VERSION = RulesVersion(2)
LANGUAGES = ("uk", "en", "ru")
USERS = ("frames", "phrases")
ROLES = ("not", "cond", "tome", "told.they", "told.did", "thatmust", "i")
Json = dict[str, canonical.Json]
EMPTY: Json = {"v": 1, **{name: packed(Model({}, 0, 1)) for name in OUTPUTS}}


def main() -> int:
    """Write the artefact anew; return 0, also when pymorphy3 is absent and the old one stays."""
    try:
        compiled = compile_rules()
    except ModuleNotFoundError as error:
        if error.name != "pymorphy3":
            raise
        print("rules: kept as committed (pymorphy3 is not installed)")  # noqa: T201  # a build step tells what it did
        return 0
    ARTEFACT.write_bytes(compiled)
    for language in LANGUAGES:
        (ARTEFACT.parent / f"texts.{language}.json").write_bytes(compile_texts(language))
    return 0


def compile_texts(language: str) -> bytes:
    """Return the words for one language by code; `sources` by stage and what follows it."""
    files = {"advice": "codes", "next": "codes", "questions": "questions", "tactics": "codes"}
    texts = {
        "follows" if name == "next" else name: {
            code: str(_mapping(one)[language]) for code, one in _mapping(_read(name)[key]).items()
        }
        for name, key in files.items()
    }
    return canonical.encode({**texts, "sources": _sources(_read("next"), language=language)})


def _sources(following: Mapping[str, Any], *, language: str) -> dict[str, canonical.Json]:
    """Return who reported each transition: "2-next-crime" to a line."""
    known = following["sources"]
    return {
        f"{stage}-{code}": _line([known[one] for one in names], following, language=language)
        for stage, codes in following["stages"].items()
        for code, names in codes.items()
    }


def _line(reports: list[dict[str, str]], words: Mapping[str, Any], *, language: str) -> str:
    label = words["labels" if len(reports) > 1 else "label"][language]
    said = (
        f"{one.get('name') or one[language]}, {'.'.join(reversed(one['date'].split('-')))}"
        for one in reports
    )
    return f"{label} {'; '.join(said)}"


def compile_rules(*, without_model: bool = False) -> bytes:
    """Return the artefact's canonical bytes from the YAML files and the committed model."""
    normal = normal_tables(_read("normal"))
    lexicon = Lexicon(tables=tables_of(normal))
    phrases = _filled(lexicon)
    frames = [_frame(frame, lexicon=lexicon) for frame in _read_list("frames")]
    sequence = _sequence(_read("sequence"), lexicon=lexicon)
    words, stems = lexicon.grouped(seen=set(json.loads(SEEN.read_bytes())))
    return canonical.encode(
        {
            "v": VERSION,
            "normal": normal,
            "classes": [int(bool(name)) for name in lexicon.names],
            "words": words,
            "stems": stems,
            "concepts": _concepts(lexicon),
            "phrases": phrases,
            "frames": frames,
            "sequence": sequence,
            "advice": dict.fromkeys(_mapping(_read("advice")["codes"]), 1),
            "follows": {at: list(codes) for at, codes in _read("next")["stages"].items()},
            "questions": _questions(),
            "tactics": list(_read("tactics")["codes"]),
            "model": EMPTY if without_model else json.loads(MODEL.read_bytes()),
        }
    )


def _concepts(lexicon: Lexicon) -> list[canonical.Json]:
    return [
        row_of((lexicon.key(word), word.endswith("*")) for word in str(words).split())
        for words in _read("concepts").values()
    ]


def lexicon_of_rules() -> Lexicon:
    """Return every word and stem of the rules, before any is left out."""
    lexicon = Lexicon(tables=tables_of(normal_tables(_read("normal"))))
    _filled(lexicon)
    return lexicon


def _filled(lexicon: Lexicon) -> list[Json]:
    """Put the rules' words into a lexicon; return the phrases."""
    _add_verbs(lexicon)
    for name in ("words", "words2"):
        for one, words in _read(name).items():
            lexicon.add_words(str(one), words=str(words).split())
    lines = list(_phrase_lines())
    lexicon.places = places_of(text for _name, text in lines)
    return [_phrase(name, text, lexicon=lexicon) for name, text in lines]


def normal_tables(source: Mapping[str, Any]) -> Json:
    """Return the letter tables in their flat form."""
    letters = dict(zip(str(source["upper"]), str(source["lower"]), strict=True))
    for plain, alike in _mapping(source["alike"]).items():
        letters |= dict.fromkeys(str(alike), plain)
    for first, last, target in _triples(source["shift"]):
        for code in range(first, last + 1):
            letters[chr(code)] = chr(ord(target) + code - first)
    drop = [[first, last] for first, last in source["drop"]]
    return {
        "letters": letters,
        "drop": drop,
        "twins": source["twins"],
        "digits": source["digits"],
        "spoken": source["spoken"],
        "typed": source["typed"],
    }


def _add_verbs(lexicon: Lexicon) -> None:
    """Add the moods that some rule names; the others would only be weight."""
    rules = "".join((HERE / f"{name}.yaml").read_text(encoding="utf-8") for name in USERS)
    for name, forms in _read("verbs").items():
        moods = {f"{name}.{mood}": words for mood, words in verb_forms(forms).items()}
        for mood in (one for one in moods if one in rules or one in ROLES):
            lexicon.add_words(mood, words=moods[mood])


def _phrase_lines() -> Iterable[tuple[str, str]]:
    for name, lines in _read("phrases").items():
        for line in lines:
            yield str(name), str(line)


def _phrase(name: str, line: str, *, lexicon: Lexicon) -> Json:
    elements: list[canonical.Json] = [
        {"any": list(dict.fromkeys(map(lexicon.pattern, alternatives_of(word)))), "gap": gap}
        for word, gap in elements_of(line)
    ]
    return {"class": lexicon.identity(name), "elements": elements}


def _frame(source: Mapping[str, Any], *, lexicon: Lexicon) -> Json:
    groups = [lexicon.group(str(words)) for words in source["all"]]
    none = [lexicon.group(str(words)) for words in source.get("none", ())]
    return {
        "id": source["id"],
        "slot": source["slot"],
        "tactic": source.get("tactic", ""),
        "points": source["points"],
        "within": source.get("within", 8),
        "all": groups,
        "none": sorted({one for group in none for one in group}),
        "two": lexicon.group(str(source["two"])) if "two" in source else [],
        "weak": int(source.get("weak", 0)),
        "keep": bool(source.get("keep", False)),
    }


def _sequence(source: Mapping[str, Any], *, lexicon: Lexicon) -> Json:
    mention = dict(_mapping(source["mention"]))
    weights = _mapping(mention["classes"])
    mention["classes"] = [[lexicon.identity(name), points] for name, points in weights.items()]
    mention["direct"] = [
        lexicon.known(name)
        for name in [*mention["direct"], *(one for one in lexicon.names if one.endswith(".do"))]
    ]
    named = {name: lexicon.known(name) for name in ROLES}
    words = [lexicon.identity(name) for name in source["physical_words"]]
    return {**source, "mention": mention, "roles": named, "physical_words": words}


def _questions() -> Json:
    questions = _mapping(_read("questions")["questions"])
    kept = ("slot", "tactic", "points")
    return {code: {key: _mapping(one)[key] for key in kept} for code, one in questions.items()}


def _read(name: str) -> dict[str, Any]:
    path = HERE / f"{name}.yaml"
    return dict(yaml.safe_load(path.read_text(encoding="utf-8"))) if path.exists() else {}


def _read_list(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8")))


def _mapping(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        message = f"expected a table, found {type(value).__name__}"
        raise TypeError(message)
    return value


def _triples(rows: list[list[Any]]) -> Iterable[tuple[int, int, str]]:
    for first, last, target in rows:
        yield int(first), int(last), str(target)


if __name__ == "__main__":
    sys.exit(main())
