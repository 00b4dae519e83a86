"""The one entry point: `oberih COMMAND ...`; runs it, turns errors into exits."""

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path

from oberih.core.errors import OberihError

COMMANDS = (
    "up",
    "demo",
    "train",
    "doctor",
    "check",
    "rules",
    "report",
    "conversation",
    "lookup",
    "desk",
    "audit",
    "alerts",
    "gateways",
    "log",
    "campaigns",
    "stats",
    "register",
    "build",
    "process",
)
"""Each is a module of this package with `add_arguments(parser)` and `run(arguments) -> int`."""

INTERRUPTED = 130


def main(words: list[str] | None = None) -> int:
    """Run one command; return its exit code (see docs/protocol.md for the codes)."""
    arguments = _parse(sys.argv[1:] if words is None else words)
    if arguments.data is not None:
        os.environ["OBERIH_DATA"] = str(arguments.data.resolve())
    try:
        return int(arguments.run(arguments))
    except OberihError as error:
        print(f"oberih: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED


def _parse(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="oberih", description="Protects the families of prisoners of war from coercion."
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    chosen = next((word for word in words if not word.startswith("-")), None)
    for name in COMMANDS if chosen not in COMMANDS else (chosen,):
        module = import_module(f"oberih.cli.{name}")
        title = (module.__doc__ or "").strip()
        command = commands.add_parser(name, help=title.splitlines()[0], description=title)
        command.add_argument(
            "--data", type=Path, metavar="DIR", help="where everything is kept (or OBERIH_DATA)"
        )
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return parser.parse_args(words)
