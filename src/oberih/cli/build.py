"""Compile what is generated: translations, the check's rules, the web bundles."""

import argparse
import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from itertools import product
from pathlib import Path

import polib

from oberih.core.errors import BadInput, CouldNot

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent.parent
LANGUAGES = ("uk", "en", "ru")
ASKED_FOR = re.compile(r"\bt\(\s*(\"(?:[^\"\\\n]|\\.)*\")")
"""A sentence in web/src: t("...")."""


class Untranslated(BadInput):
    """A sentence of the page stands in no catalogue."""


class BundlesFailed(CouldNot):
    """The web bundles could not be built; see the lines above."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to leave out, or to list the texts instead."""
    parser.add_argument("--without-web", action="store_true", help="only translations and rules")
    parser.add_argument(
        "--texts", action="store_true", help="list how far the families' texts are reviewed"
    )


def run(arguments: argparse.Namespace) -> int:
    """Build everything; raises Untranslated or BundlesFailed."""
    if arguments.texts:
        print(*review_states(), sep="\n")
        return 0
    compile_catalogues()
    if find_spec("oberih.check.compile") is not None:
        import_module("oberih.check.compile").main()
    write_sentences()
    if not arguments.without_web:
        build_bundles()
    return 0


def review_states() -> list[str]:
    """Return a line a language and state; a text without a state counts as `unknown`."""
    lines = []
    for language in LANGUAGES:
        path = PACKAGE / "front" / "locale" / language / "LC_MESSAGES" / "django.po"
        states = Counter(
            entry.comment.removeprefix("state: ") or "unknown" for entry in polib.pofile(str(path))
        )
        lines += [f"{language}  {state}: {count} texts" for state, count in sorted(states.items())]
    return lines


def compile_catalogues() -> None:
    """Write a .mo beside every .po; an entry marked fuzzy is left out."""
    for path in sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/*.po")):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def write_sentences() -> None:
    """Write build/text/<language>.json: exactly the sentences that web/src asks for.

    Those of the second reader, which comes only when asked for, stand in second-<language>.json.
    """
    folder = ROOT / "build" / "text"
    folder.mkdir(parents=True, exist_ok=True)
    sources = [path for path in (ROOT / "web" / "src").glob("*.ts") if not _is(path, "desk")]
    parts = {
        "": sentences_of([path for path in sources if not _is(path, "second")]),
        "second-": sentences_of([path for path in sources if _is(path, "second")]),
    }
    for (part, asked), language in product(parts.items(), LANGUAGES):
        chosen = {text: translated(text, language=language) for text in asked}
        spelled = json.dumps(chosen, ensure_ascii=False, sort_keys=True, indent=0)
        (folder / f"{part}{language}.json").write_text(spelled)


def _is(path: Path, part: str) -> bool:
    return path.name.startswith(part)


def sentences_of(sources: Iterable[Path]) -> set[str]:
    """Return every sentence that these TypeScript files pass to t()."""
    return {
        json.loads(quoted) for path in sources for quoted in ASKED_FOR.findall(path.read_text())
    }


def translated(text: str, *, language: str) -> str:
    """Return the sentence in a language; English may stand as it is."""
    entry = catalogue(language).get(text)
    if entry:
        return entry
    if language == "en":
        return text
    message = f"Not in the {language} catalogue: {text}"
    raise Untranslated(message)


@cache
def catalogue(language: str) -> dict[str, str]:
    """Return the families' sentences of a language."""
    path = PACKAGE / "front" / "locale" / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return {}
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))}


def build_bundles() -> None:
    """Run the bundler with the pinned packages."""
    built = subprocess.run(["node", "web/build.mjs"], cwd=ROOT, check=False)  # noqa: S607  # node is found on PATH like everywhere in set-up
    if built.returncode != 0:
        raise BundlesFailed
