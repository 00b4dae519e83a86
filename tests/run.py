"""Run the checks and the tests, each kind in a process of its own, and say at the end what failed.

`python tests/run.py check` runs the checks, `python tests/run.py tests` the tests, both words both.
Two Django settings cannot share a process, so each folder of tests is a pytest run of its own.
As root the tests run in a network namespace in which only loopback exists.
"""

import ctypes
import fcntl
import os
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"

CHECKS = {
    "format": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "lint": [BIN / "ruff", "check", "--quiet", "."],
    "types": [BIN / "mypy"],
    "contracts": [BIN / "lint-imports", "--no-cache"],
    "sizes": [BIN / "python", "tests/sizes.py"],
    "web types": ["npx", "--no-install", "tsc", "--noEmit", "-p", "web/tsconfig.json"],
}
GROUPS = ("core", "front", "lookup", "desk", "boundaries", "journeys")
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
"""As in the worker. With more, a fork while another thread multiplies can wait for ever; pytest's
plugins load numpy before any conftest.py could say so."""
CLONE_NEWNET = 0x40000000
SIOCSIFFLAGS = 0x8914
IFF_UP = 0x1


def main() -> int:
    """Run what was asked for; return 1 when anything failed."""
    wanted = sys.argv[1:] or ["check", "tests"]
    steps: dict[str, list[object]] = {}
    if "check" in wanted:
        steps |= CHECKS
    if "tests" in wanted:
        steps |= {"web tests": ["npm", "test", "--silent"]}
        steps |= {
            f"tests {group}": [BIN / "python", "-m", "pytest", "-q", f"tests/{group}"]
            for group in GROUPS
            if (ROOT / "tests" / group).exists()
        }
    failed = [name for name, command in steps.items() if not passes(name, command)]
    print("failed: " + ", ".join(failed) if failed else "all passed: " + ", ".join(steps))
    return 1 if failed else 0


def passes(name: str, command: list[object]) -> bool:
    """Run one step and print how long it took."""
    print(f"── {name}", flush=True)
    began = time.monotonic()
    alone = only_loopback if name.startswith("tests") and os.geteuid() == 0 else None
    environment = {**os.environ, **ONE_THREAD, "PATH": f"{BIN}:{os.environ['PATH']}"}
    done = subprocess.run(  # noqa: S603  # our own fixed commands
        [str(word) for word in command],
        cwd=ROOT,
        env=environment,
        preexec_fn=alone,  # one thread, and the namespace must be entered in the child
        check=False,
    )
    print(f"   {time.monotonic() - began:.1f} s, exit {done.returncode}", flush=True)
    return done.returncode == 0


def only_loopback() -> None:
    """Enter a network namespace of its own with nothing but `lo`, and switch that on."""
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET) != 0:
        return  # not allowed here: the tests' own socket guard remains
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP))


if __name__ == "__main__":
    sys.exit(main())
