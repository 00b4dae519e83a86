"""Acts appended and verified a second, on the encrypted database with full fsync."""

import os
import secrets
import sys
import tempfile
import time
from pathlib import Path

ENTRIES = 100_000
TRANSACTIONS = 300
ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Print three figures; the data folder is thrown away."""
    sys.path.insert(0, str(ROOT / "src"))
    with tempfile.TemporaryDirectory(prefix="oberih-bench-") as folder:
        open_desk(folder)
        from django.core.management import call_command  # noqa: PLC0415  # needs the settings

        call_command("migrate", verbosity=0)
        for label, figure in figures().items():
            print(f"{label:<52}{figure:>12,.0f}")


def open_desk(folder: str) -> None:
    """Set Django up on a fresh encrypted database."""
    from oberih.sites.descriptors import lend  # noqa: PLC0415  # found by the path above

    os.environ["OBERIH_DATA"] = folder
    os.environ["OBERIH_DESK_KEY_FD"] = str(lend(secrets.token_bytes(32)))
    os.environ["DJANGO_SETTINGS_MODULE"] = "oberih.sites.desk"
    import django  # noqa: PLC0415  # the settings are named first

    django.setup()


def figures() -> dict[str, float]:
    """Return the figures by their names."""
    from django.db import transaction  # noqa: PLC0415  # needs the settings

    from oberih.audit.selectors import verify_chain  # noqa: PLC0415  # the same

    began = time.perf_counter()
    for number in range(TRANSACTIONS):
        with transaction.atomic():
            add(number)
    alone = TRANSACTIONS / (time.perf_counter() - began)
    began = time.perf_counter()
    with transaction.atomic():
        for number in range(ENTRIES):
            add(number)
    together = ENTRIES / (time.perf_counter() - began)
    began = time.perf_counter()
    entries = verify_chain().entries
    return {
        "acts/s, each its own transaction on the disk": alone,
        "acts/s in one transaction": together,
        "entries verified/s": entries / (time.perf_counter() - began),
    }


def add(number: int) -> None:
    """Record one act of ordinary length."""
    from oberih.audit.acts import Act  # noqa: PLC0415  # needs the settings
    from oberih.audit.services import record  # noqa: PLC0415  # the same

    record(Act.CASE_OPENED, actor=None, subject=f"case {number}", detail={"why": "own case"})


if __name__ == "__main__":
    main()
