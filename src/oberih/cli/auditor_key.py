"""The auditor's key of an invented desk: for a real one the auditor makes it elsewhere."""

from pathlib import Path

from oberih.crypto.age import Identity
from oberih.system.private_files import written_once

PLACE = Path("auditor") / "identity"


def invented_auditor(data: Path) -> str:
    """Return the recipient to whom complaints are sealed; its identity lies in the folder."""
    kept = written_once(data / PLACE, content=Identity.generate().secret_text().encode())
    return str(Identity.parse(kept.decode().strip()).recipient)
