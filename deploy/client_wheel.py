"""Build the wheel with which other programs look up: `python deploy/client_wheel.py FOLDER`.

It holds `oberih.client`, the formats below it and nothing of the front or the desk; it needs httpx,
cryptography and libsodium. docs/protocol.md shows its use.
"""  # noqa: INP001  # a script of the operator's, not a package

import shutil
import sys
import tempfile
from pathlib import Path

from front_wheel import PROJECT, ROOT, build

PACKAGES = ("core", "crypto", "client")
NEEDED = ("cryptography", "httpx")


def main() -> None:
    """Copy what asking needs into an empty project and build that."""
    if len(sys.argv) != 2:  # noqa: PLR2004  # the script and the folder
        sys.exit("Say `python deploy/client_wheel.py FOLDER`.")
    with tempfile.TemporaryDirectory() as name:
        project = Path(name)
        rubbish = shutil.ignore_patterns("__pycache__", "*.po")
        for package in PACKAGES:
            source = ROOT / "src" / "oberih" / package
            shutil.copytree(source, project / "src" / "oberih" / package, ignore=rubbish)
        for module in ("__init__.py", "py.typed"):
            shutil.copyfile(ROOT / "src" / "oberih" / module, project / "src" / "oberih" / module)
        (project / "pyproject.toml").write_text(described())
        build(project, destination=Path(sys.argv[1]).resolve())


def described() -> str:
    """Return the project's description: the same version and limits as the whole has."""
    version = (ROOT / "pyproject.toml").read_text().split('version = "', 1)[1].split('"', 1)[0]
    wanted = (ROOT / "requirements" / "run.in").read_text().split()
    dependencies = [one for one in wanted if one.split(">")[0] in NEEDED]
    project = PROJECT.format(version=version, dependencies=dependencies)
    own = project.replace('name = "oberih-front"', 'name = "oberih-client"')
    return own.replace('[project.scripts]\noberih = "oberih.cli.main:main"\n', "")


if __name__ == "__main__":
    main()
