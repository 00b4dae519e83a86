"""The size limits of docs/style.md: 400 lines a file, 40 a function, 4 arguments, 2 levels."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

FILE_LINES, FUNCTION_LINES, ARGUMENTS, LEVELS = 400, 40, 4, 2
BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.AsyncFor, ast.AsyncWith, ast.Match)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def main() -> int:
    """Print each breach with its place; return 1 when there is one."""
    breaches = [breach for path in committed() for breach in breaches_of(path)]
    print(*breaches, sep="\n")
    return 1 if breaches else 0


def committed() -> list[Path]:
    """Return the source files that git knows or would add."""
    patterns = ["*.py", "web/src/*.ts", "web/tests/*.ts"]
    command = ["git", "ls-files", "-co", "--exclude-standard", "--", *patterns]
    names = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  # our own fixed command
    return [Path(name) for name in names.stdout.splitlines() if Path(name).exists()]


def breaches_of(path: Path) -> Iterator[str]:
    """Yield one line for each limit that the file breaks."""
    source = path.read_text()
    lines = source.count("\n")
    if lines > FILE_LINES and "migrations" not in path.parts:
        yield f"{path}: {lines} lines, at most {FILE_LINES}"
    if path.suffix != ".py":
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Function):
            yield from breaches_in(node, place=f"{path}:{node.lineno} {node.name}")


def breaches_in(function: Function, *, place: str) -> Iterator[str]:
    """Yield one line for each limit that the function breaks."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if lines > FUNCTION_LINES:
        yield f"{place}: {lines} lines, at most {FUNCTION_LINES}"
    taken = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    given = [one for one in taken if one.arg not in {"self", "cls"}]
    if len(given) > ARGUMENTS:
        yield f"{place}: {len(given)} arguments, at most {ARGUMENTS}"
    if depth(function) > LEVELS:
        yield f"{place}: {depth(function)} nested blocks, at most {LEVELS}"


def depth(node: ast.AST) -> int:
    """Return how deep blocks stand in blocks; `elif` and functions inside do not add."""
    deepest = 0
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function | ast.ClassDef):
            continue
        is_elif = isinstance(node, ast.If) and node.orelse == [child] and isinstance(child, ast.If)
        own = 1 if isinstance(child, BLOCKS) and not is_elif else 0
        deepest = max(deepest, own + depth(child))
    return deepest


if __name__ == "__main__":
    sys.exit(main())
