"""Build the wheel of front and look-up: `python deploy/front_wheel.py FOLDER`; no desk in it.

A machine that faces the internet installs this instead of the whole: what is not there cannot be
imported by mistake. It needs no network; `oberih build` must have built the pages before.
"""  # noqa: INP001  # a script of the operator's, not a package

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("core", "system", "crypto", "front", "lookup", "sites/formats")
MODULES = (
    "__init__.py",
    "py.typed",
    "cli/__init__.py",
    "cli/__main__.py",
    "cli/main.py",
    "cli/process.py",
    "sites/__init__.py",
    "sites/databases.py",
    "sites/environment.py",
    "sites/front.py",
    "sites/lookup.py",
    "sites/quiet.py",
)
PROJECT = """
[build-system]
requires = ["setuptools>=80"]
build-backend = "setuptools.build_meta"

[project]
name = "oberih-front"
version = "{version}"
requires-python = ">=3.11"
dependencies = {dependencies}

[project.scripts]
oberih = "oberih.cli.main:main"

[tool.setuptools.packages.find]
where = ["src"]

[tool.setuptools.package-data]
"*" = ["*"]
"""
NEEDED = ("django", "granian", "whitenoise", "django-csp", "psycopg", "cryptography", "brotli")


def main() -> None:
    """Copy what the front needs into an empty project and build that."""
    if len(sys.argv) != 2:  # noqa: PLR2004  # the script and the folder
        sys.exit("Say `python deploy/front_wheel.py FOLDER`.")
    with tempfile.TemporaryDirectory() as name:
        project = Path(name)
        copy_sources(project / "src" / "oberih")
        (project / "pyproject.toml").write_text(described())
        build(project, destination=Path(sys.argv[1]).resolve())


def copy_sources(target: Path) -> None:
    """Copy the front's packages and modules, and only those."""
    source = ROOT / "src" / "oberih"
    rubbish = shutil.ignore_patterns("__pycache__", "*.po")
    for package in PACKAGES:
        shutil.copytree(source / package, target / package, ignore=rubbish)
    for module in MODULES:
        (target / module).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / module, target / module)


def described() -> str:
    """Return the project's description: the same version and limits as the whole has."""
    whole = (ROOT / "pyproject.toml").read_text()
    version = whole.split('version = "', 1)[1].split('"', 1)[0]
    wanted = (ROOT / "requirements" / "run.in").read_text().split()
    dependencies = [one for one in wanted if one.split(">")[0].split("[")[0] in NEEDED]
    return PROJECT.format(version=version, dependencies=dependencies)


def build(project: Path, *, destination: Path) -> None:
    """Build the wheel into the folder with what is installed here."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"]
    command += ["--no-build-isolation", "--wheel-dir", str(destination), str(project)]
    subprocess.run(command, check=True)  # noqa: S603  # our own command


if __name__ == "__main__":
    main()
