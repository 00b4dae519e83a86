"""Reopen a conversation with its ten words: read it, write, complain, change the words.

The words come on standard input, so that no list of commands keeps them. Exit codes: 0 done, 2 the
input cannot be used (also wrong words), 3 it could not be done now.
"""

import argparse
import json
import sys
from pathlib import Path

from oberih.cli.report import show
from oberih.cli.reporting import add_front_arguments, front_of, text_of
from oberih.client.conversation import Conversation
from oberih.client.entries import Entry
from oberih.client.front import Front
from oberih.client.reports import Sending
from oberih.core.errors import BadInput
from oberih.core.time import now
from oberih.crypto.receipt import Receipt

LONGEST_RECEIPT = 2000


class NoReceipt(BadInput):
    """The ten words are expected on standard input."""


class OnlyWithReply(BadInput):
    """Files go with a reply: send them by themselves or with --reply."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the front and at most one act; without one the conversation is printed."""
    add_front_arguments(parser)
    acts = parser.add_mutually_exclusive_group()
    acts.add_argument(
        "--reply",
        metavar="FILE|-",
        help="send a note; with - the first line of standard input is the receipt, the rest it",
    )
    acts.add_argument(
        "--change-words", action="store_true", help="move to ten new words and print them"
    )
    acts.add_argument("--stop-writing", action="store_true", help="ask the desk not to write")
    acts.add_argument("--delete", action="store_true", help="empty the mailbox for good")
    acts.add_argument(
        "--complain",
        metavar="FILE|-",
        help="send a complaint about the desk that only its auditor opens: about 2,900 letters; it "
        "is answered nowhere; the desk's people do not see that there is one; - as with --reply",
    )
    parser.add_argument(
        "--attach", action="append", default=[], type=Path, metavar="FILE", help="with --reply"
    )
    parser.add_argument("--json", action="store_true", help="a JSON list, oldest first")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked; raises leaves of BadInput for wrong words, of CouldNot otherwise."""
    stdin = sys.stdin.buffer
    take = stdin.readline if "-" in {arguments.reply, arguments.complain} else stdin.read
    words = take(LONGEST_RECEIPT).decode("utf-8", "replace")
    if not words.strip():
        raise NoReceipt
    receipt = Receipt.read(words)
    front = front_of(arguments)
    try:
        _act(arguments, receipt=receipt, front=front)
    finally:
        front.close()
    return 0


def _act(arguments: argparse.Namespace, *, receipt: Receipt, front: Front) -> None:
    if arguments.attach and has_another_act(arguments):
        raise OnlyWithReply
    conversation = Conversation(receipt.derive(), front=front)
    if arguments.complain is not None:
        conversation.complain(text_of(arguments.complain), now=now())
    elif arguments.reply is not None or arguments.attach:
        text = text_of(arguments.reply) if arguments.reply else ""
        conversation.write(text, attachments=arguments.attach, now=now())
    elif arguments.change_words:
        new = Receipt.generate(receipt.language)
        arrived = conversation.arrive(Sending(now(), new))
        show(arrived, as_json=arguments.json)
        conversation.leave(arrived, now=now())
        return
    elif arguments.stop_writing:
        conversation.stop_writing(now=now())
    elif arguments.delete:
        conversation.delete()
    _print(conversation.entries(), as_json=arguments.json)


def has_another_act(arguments: argparse.Namespace) -> bool:
    """Tell whether something else than to write was asked."""
    acts = (arguments.change_words, arguments.stop_writing, arguments.delete)
    return any(acts) or arguments.complain is not None


def _print(entries: list[Entry], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps([as_object(entry) for entry in entries], ensure_ascii=False))
        return
    for entry in entries:
        print(f"{entry.day.isoformat()}  {_line(entry)}")


def as_object(entry: Entry) -> dict[str, object]:
    """Return an entry as the contract spells it; `gap` and `received` are extra."""
    return {
        "from": entry.sender,
        "sequence": entry.sequence,
        "day": entry.day.isoformat(),
        "text": entry.text,
        "refused": entry.is_refused,
        "gap": entry.is_gap,
        "received": entry.is_received,
    }


def _line(entry: Entry) -> str:
    if entry.is_refused:
        return "[refused: this was not written by the desk]"
    if entry.is_gap:
        return "[something of the desk's is missing here]"
    if entry.sender == "me":
        return "you wrote" + (" (the desk has it)" if entry.is_received else "")
    return f"desk: {entry.text}"
