"""Set up Oberih: `python3 bootstrap.py run|test|bench|spark|second` (called by make).

Only the standard library is used here. What is already there in the wanted version is left alone:
each step leaves a stamp with the hash of what it was made from.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
FONTS = "/usr/share/fonts/truetype/noto"


def main() -> None:
    """Do the steps for `run` (the demo), `test` (Chromium too), `bench`, `spark`, `second`."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else "run"
    if wanted not in {"run", "test", "bench", "spark", "second"}:
        sys.exit("Say `bootstrap.py run`, `test`, `bench`, `spark` or `second`.")
    require_tools()
    install_python("run" if wanted == "run" else "test")
    if wanted in {"bench", "spark", "second"}:
        install_python(wanted)
    link_package()
    install_node()
    install_libraries()
    if wanted != "run":
        install_for_tests()
    build()


def require_tools() -> None:
    """Stop with one sentence when Python or Node is too old or missing."""
    if sys.version_info < (3, 11):
        sys.exit("Oberih needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")
    for tool in ("node", "npm"):
        if shutil.which(tool) is None:
            sys.exit(
                f"Oberih needs {tool}, which is not installed (Debian: apt install nodejs npm)."
            )


def install_python(wanted: str) -> None:
    """Make the virtual environment and install the pinned packages with their hashes."""
    requirements = ROOT / "requirements" / f"{wanted}.txt"
    if not (VENV / "bin" / "python").exists():
        say("Making .venv")
        run([sys.executable, "-m", "venv", str(VENV)])
    stamps = ("run", "test") if wanted == "run" else (wanted,)
    covered = [VENV / f".stamp-{name}" for name in stamps]
    if any(is_current(stamp, requirements_of(stamp)) for stamp in covered):
        return
    say(f"Installing the Python packages ({wanted})")
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-input"]
    run([*pip, "--disable-pip-version-check", "--require-hashes", "-r", str(requirements)])
    mark(VENV / f".stamp-{wanted}", [requirements])


def requirements_of(stamp: Path) -> list[Path]:
    """Return the file that a stamp stands for."""
    return [ROOT / "requirements" / (stamp.name.removeprefix(".stamp-") + ".txt")]


def link_package() -> None:
    """Make `import oberih` and `.venv/bin/oberih` work without a build."""
    site = next((VENV / "lib").glob("python3.*")) / "site-packages"
    (site / "oberih.pth").write_text(str(ROOT / "src") + "\n")
    command = VENV / "bin" / "oberih"
    python = VENV / "bin" / "python"
    command.write_text(
        f"#!{python}\nimport sys\nfrom oberih.cli.main import main\n\nsys.exit(main())\n"
    )
    command.chmod(0o755)


def install_node() -> None:
    """Install the pinned web packages; no package runs code of its own while it is installed."""
    lock = ROOT / "package-lock.json"
    stamp = ROOT / "node_modules" / ".stamp"
    if is_current(stamp, [lock]):
        return
    say("Installing the web packages")
    run(["npm", "ci", "--ignore-scripts", "--silent"])
    mark(stamp, [lock])


def install_libraries() -> None:
    """Install what the look-up computes with and what leaflets are drawn with, unless there."""
    wanted = {"libsodium23": has_libsodium(), "libpangoft2-1.0-0": has_pango()}
    missing = " ".join(name for name, is_there in wanted.items() if not is_there)
    if not missing:
        return
    if os.geteuid() == 0 and shutil.which("apt-get") is not None:
        install_by_apt(missing)
    elif not has_libsodium():
        sys.exit(f"Oberih needs {missing}, not installed here (Debian: apt install {missing}).")


def install_for_tests() -> None:
    """Install Chromium and a Cyrillic font by apt when one of them is missing."""
    if shutil.which("chromium") and Path(FONTS).exists():
        return
    packages = "chromium fonts-noto-core"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(f"The tests need {packages}: install them, then run this again.")
    install_by_apt(packages)


def install_by_apt(packages: str) -> None:
    """Install packages of Debian; root only."""
    say(f"Installing {packages}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], env=quiet)
    run(["apt-get", "install", "-y", "-qq", *packages.split()], env=quiet)


def has_pango() -> bool:
    """Return whether leaflets can be drawn; without it the desk says that they cannot."""
    return is_there("libpangoft2-1.0.so.0")


def has_libsodium() -> bool:
    """Return whether the look-up's group arithmetic is there."""
    return is_there("libsodium.so.23")


def is_there(library: str) -> bool:
    """Return whether the system has a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def build() -> None:
    """Compile what is generated: translations, the check's artefact, the web bundles."""
    sources = [
        path
        for pattern in (
            *("src/**/*.po", "src/**/*.yaml", "src/oberih/core/**/*.json"),
            "src/oberih/check/compiled/*.json",
            *("web/**/*.ts", "web/*.mjs", "web/**/*.css"),
        )
        for path in sorted(ROOT.glob(pattern))
        if "built" not in path.parts
    ]
    stamp = ROOT / "build" / ".stamp"
    if is_current(stamp, [*sources, ROOT / "package-lock.json"]):
        return
    say("Building translations, rules and pages")
    run([str(VENV / "bin" / "oberih"), "build"])
    mark(stamp, [*sources, ROOT / "package-lock.json"])


def is_current(stamp: Path, sources: list[Path]) -> bool:
    """Tell whether the stamp was made from exactly these files."""
    return stamp.exists() and stamp.read_text() == digest(sources)


def mark(stamp: Path, sources: list[Path]) -> None:
    """Leave the stamp of a finished step."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest(sources))


def digest(sources: list[Path]) -> str:
    """Return one hash over the names and contents of the files."""
    total = hashlib.sha256()
    for path in sources:
        total.update(str(path.relative_to(ROOT)).encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest() if path.exists() else b"-")
    return total.hexdigest()


def run(command: list[str], env: dict[str, str] | None = None) -> None:
    """Run a step; when it fails, stop with one sentence (its own output stands above)."""
    if subprocess.run(command, cwd=ROOT, env=env, check=False).returncode != 0:  # noqa: S603  # our own fixed commands
        sys.exit(f"Set-up stopped: `{' '.join(command[:4])} ...` failed; see the lines above.")


def say(step: str) -> None:
    """Tell the person what is going on."""
    print(f"· {step} ...", flush=True)


if __name__ == "__main__":
    main()
