"""Look up numbers, handles, accounts, links: is one reported, official, or not known.

What is asked goes out blinded: nobody learns it. "Not known" does not mean that a contact is
harmless. Of a long list one part is fetched, and whoever serves it learns that the question is one
of some 50,000 numbers or more; with --whole-list all is fetched, where the operator offers that.
Exit codes: 0 nothing is reported, 1 something is, 2 the input cannot be used, 3 it could not be
checked.
"""

import argparse
import json
from collections.abc import Sequence

from oberih.cli.reporting import add_front_arguments, front_of
from oberih.client.lookup import Answer, Asking, Outcome, look_up
from oberih.crypto.manifest import Form

REPORTED, COULD_NOT = 1, 3
SENTENCES = {
    Outcome.REPORTED: "reported",
    Outcome.OFFICIAL: "belongs to a named official body",
    Outcome.NOT_KNOWN: "not known: that does not mean it is harmless",
    Outcome.COULD_NOT_CHECK: "could not check: try again later",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to look up and where."""
    parser.add_argument(
        "identifiers",
        nargs="+",
        metavar="IDENTIFIER",
        help="a number, handle, account, address or link; or a whole message with several",
    )
    add_front_arguments(parser)
    parser.add_argument(
        "--whole-list",
        dest="prefer",
        action="store_const",
        const=Form.WHOLE,
        default=Form.BUCKETS,
        help="fetch all of a long list, up to 1.2 MB: then not even the part is seen",
    )
    parser.add_argument(
        "--json", action="store_true", help="a list of input, identifier, kind, answer, tactics"
    )


def run(arguments: argparse.Namespace) -> int:
    """Look all up at once and print a line for each identifier."""
    front = front_of(arguments)
    try:
        answers = look_up(arguments.identifiers, front=front, asking=Asking(arguments.prefer))
    finally:
        front.close()
    if arguments.json:
        print(json.dumps([as_object(one) for one in answers], ensure_ascii=False))
    else:
        print(*(_line(one) for one in answers), sep="\n")
    return _exit_code(answers)


def as_object(answer: Answer) -> dict[str, object]:
    """Return an answer as the contract spells it."""
    return {
        "input": answer.input,
        "identifier": str(answer.identifier),
        "kind": answer.identifier.kind.value,
        "answer": answer.outcome.value,
        "tactics": list(answer.tactics),
    }


def _line(answer: Answer) -> str:
    tactics = f" ({', '.join(answer.tactics)})" if answer.tactics else ""
    whose = f": {answer.name}" if answer.name else ""
    return f"{answer.identifier}  {SENTENCES[answer.outcome]}{tactics}{whose}"


def _exit_code(answers: Sequence[Answer]) -> int:
    outcomes = {one.outcome for one in answers}
    if Outcome.REPORTED in outcomes:
        return REPORTED
    return COULD_NOT if Outcome.COULD_NOT_CHECK in outcomes else 0
