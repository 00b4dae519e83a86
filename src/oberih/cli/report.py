"""Send a report, sealed on this machine; prints the ten words that reopen the conversation.

The words are the only key to the answer and are kept nowhere. Exit codes: 0 sent, 2 the input
cannot be used, 3 it could not be sent now.
"""

import argparse
import json
import sys
from pathlib import Path

from oberih.cli.reporting import add_front_arguments, front_of, text_of
from oberih.client.report import Report
from oberih.client.reports import PartlySent, Sending, Sent, send_report
from oberih.core.time import now
from oberih.crypto.message import Tongue
from oberih.crypto.receipt import Receipt


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the front, the text and the attachments."""
    add_front_arguments(parser)
    parser.add_argument(
        "--text", required=True, metavar="FILE|-", help="the words, UTF-8; - reads standard input"
    )
    parser.add_argument(
        "--attach",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="a file to add, at most 5 of 64 MB; may be repeated",
    )
    parser.add_argument(
        "--lang", choices=list(Tongue), default=Tongue.UK, help="the language of the answer (uk)"
    )
    parser.add_argument("--json", action="store_true", help='{"receipt": words, "mailbox": hex}')


def run(arguments: argparse.Namespace) -> int:
    """Send it and print the receipt; what partly arrived prints it too, then exits with 3."""
    report = Report(
        text=text_of(arguments.text),
        language=Tongue(arguments.lang),
        attachments=tuple(arguments.attach),
    )
    words = "en" if arguments.lang == Tongue.EN else "uk"
    sending = Sending(now(), Receipt.generate("en" if words == "en" else "uk"))
    front = front_of(arguments)
    try:
        show(send_report(report, front=front, sending=sending), as_json=arguments.json)
    except PartlySent as error:
        show(error.sent, as_json=arguments.json)
        raise
    finally:
        front.close()
    return 0


def show(sent: Sent, *, as_json: bool) -> None:
    """Print the words; the person keeps them."""
    words = " ".join(sent.receipt.words())
    if as_json:
        print(json.dumps({"receipt": words, "mailbox": sent.mailbox}, ensure_ascii=False))
    else:
        print(words)
        print("Sent. Keep these ten words: they are the only key to the answer.", file=sys.stderr)
    sys.stdout.flush()
