"""Check messages for signs of coercion: an export, a text, or one JSON item a line.

A second reader reads beside the rules where they doubt, a large one in chats of up to 100
messages, a small one in those of up to 5,000; with --page this command answers as the families'
page does at once, without it. With --rules it
judges by rules that an operator published, when these are genuine and not old, as the page does.
Exit codes: 0 no stop or warning, 1 some, 2 the input cannot be read or the rules are refused.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from oberih.check.engine import assess
from oberih.check.items import Item, items_of
from oberih.check.readers import Format, read
from oberih.check.rules import Rules, load
from oberih.check.second.artefact import rules_for
from oberih.check.values import Assessment, Band, Conversation
from oberih.check.words import words_of
from oberih.core.errors import BadInput

FORMATS = [one.value for one in Format] + ["jsonl"]
RAISED = {Band.WARNING, Band.STOP}


class CannotOpen(BadInput):
    """The file cannot be opened."""


class Checked(NamedTuple):
    """One item with what was found in it."""

    id: str
    conversation: Conversation
    found: Assessment


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file, its format, who is me, and the form of the answer."""
    parser.add_argument("file", metavar="FILE", help="an export or a text; - is standard input")
    parser.add_argument("--format", choices=FORMATS, default="auto", help="default: auto")
    parser.add_argument("--me", default="", metavar="NAME|ID", help="which speaker is me")
    parser.add_argument("--lang", choices=["uk", "en", "ru"], default="uk", help="of the answer")
    parser.add_argument("--json", action="store_true", help="one JSON object an item")
    parser.add_argument(
        "--page", action="store_true", help="answer as the families' page: no second reader"
    )
    parser.add_argument(
        "--rules", metavar="FILE|URL", help="published rules: their note rules/current.note"
    )
    parser.add_argument("--root", metavar="HEX|FILE", help="whose rules: the root public key")


def run(arguments: argparse.Namespace) -> int:
    """Assess every item; return 1 when any is a stop or a warning."""
    raised = False
    for checked in _checked(arguments):
        raised |= checked.found.band in RAISED
        print(_line(checked) if arguments.json else _sentences(checked, language=arguments.lang))
    return 1 if raised else 0


def _checked(arguments: argparse.Namespace) -> Iterator[Checked]:
    rules_of = _chosen(arguments)
    with _opened(arguments.file) as stream:
        for item in _read(stream, arguments=arguments):
            found = assess(item.conversation, answers=item.answers, rules=rules_of(item))
            yield Checked(item.id, item.conversation, found)


def _chosen(arguments: argparse.Namespace) -> Callable[[Item], Rules]:
    """Return what gives the rules for a chat: the published ones, the page's, or all there is."""
    if arguments.rules is None:
        return _of_page if arguments.page else _for_length
    from oberih.cli.published_rules import Source, published_rules  # noqa: PLC0415  # the network's

    published = published_rules(Source(arguments.rules, arguments.root))[1]
    return lambda _: published


def _of_page(_: Item) -> Rules:
    return load()


def _for_length(item: Item) -> Rules:
    """Return the page's rules for a chat that the second reader would read for minutes."""
    rules = rules_for(item.conversation)
    if rules.second is None:
        count = len(item.conversation.messages)
        long = f"{item.id} has {count:,} messages and is long"
        message = f"{long}: it is read as the page reads it (--page)"
        print(f"oberih: {message}", file=sys.stderr)
    return rules


def _read(stream: BinaryIO, *, arguments: argparse.Namespace) -> Iterator[Item]:
    if arguments.format == "jsonl" or arguments.file.endswith(".jsonl"):
        return items_of(stream)
    chats = read(stream, format=arguments.format, me=arguments.me)
    return (Item(chat.id, chat.conversation, {}) for chat in chats)


def _opened(name: str) -> BinaryIO:
    if name == "-":
        return sys.stdin.buffer
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise CannotOpen from error


def _line(checked: Checked) -> str:
    return json.dumps({"id": checked.id, **checked.found.as_json()}, ensure_ascii=False)


def _sentences(checked: Checked, *, language: str) -> str:
    words = words_of(language)
    found = checked.found
    lines = [f"{checked.id}: {words.band(found.band)}"]
    lines += [words.advice[code] for code in found.advice]
    lines += [f"  {code}  {words.tactics[code]}" for code in found.tactics]
    for span in found.spans:
        text = checked.conversation.messages[span.message].text[span.start : span.end]
        lines.append(f"  {span.message + 1}: «{' '.join(text.split())}»")
    lines += words.followed(found) if found.band in RAISED else []
    return "\n".join(lines) + "\n"
