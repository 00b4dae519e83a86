"""An alert's files as they are published: CAP, the signed note beside it, list, feeds."""

import hashlib
import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from oberih.alerts import documents, feed, publications
from oberih.alerts import selectors as alerts
from oberih.alerts.documents import Beside, Standing
from oberih.alerts.issuing import Issuer, cap_identifier, cap_of
from oberih.alerts.models import Alert
from oberih.core.errors import BadInput
from oberih.desk.key_ring import KeyRing
from oberih.formats import cap

LOG = logging.getLogger(__name__)
UUID_ARC = "2.25"
"""Below it everyone numbers themselves without asking (ITU-T X.667): here by the root's key."""


def issuer() -> Issuer:
    """Return who signs: settings name the arc once the operator is registered with one."""
    root_key = settings.DATA / "keys" / "root.pub"
    host = urlsplit(settings.FRONT_URL).hostname or "localhost"
    return Issuer(
        arc=settings.CAP_ARC or own_arc(root_key),
        sender=settings.CAP_SENDER or f"oberih@{host}",
        name=settings.OPERATOR,
        front=settings.FRONT_URL,
    )


def own_arc(root_key: Path) -> str:
    """Return the arc that the operator's root key stands for."""
    key = root_key.read_bytes() if root_key.exists() else b""
    return f"{UUID_ARC}.{int.from_bytes(hashlib.sha256(key).digest()[:16])}"


def files_of(alert: Alert, *, ring: KeyRing, issuer: Issuer) -> Iterator[tuple[str, bytes]]:
    """Yield the CAP file, then the note that names its hash; raises RingAway."""
    kept = publications.of(alert)
    content = cap_file(alert, issuer=issuer)
    if content:
        yield documents.cap_path_of(alert), content
    if kept is None:
        beside = Beside(
            previous=publications.before(alert),
            cap_identifier=cap_identifier(alert, issuer=issuer) if content else "",
            cap_sha256=documents.hash_of(content) if content else "",
        )
        kept = ring.sign(documents.document_of(alert, beside=beside))
        publications.keep(alert, note=kept)
    yield documents.path_of(alert), kept


def cap_file(alert: Alert, *, issuer: Issuer) -> bytes:
    """Return the CAP file; empty when CAP has no place for it: the warning goes out anyway."""
    try:
        return cap.build(cap_of(alert, issuer=issuer))
    except BadInput as error:
        LOG.warning("No CAP file: %s", type(error).__name__)
        return b""


def list_files(*, ring: KeyRing, issuer: Issuer, now: datetime) -> Iterator[tuple[str, bytes]]:
    """Yield the feeds, then the signed list that names their hashes."""
    public = alerts.public()
    shown = feed.in_force(public, now=now)
    feeds = {
        feed.ATOM_PATH: feed.atom(shown, front=issuer.front, operator=issuer.name, now=now),
        feed.JSON_PATH: feed.json(shown, front=issuer.front, operator=issuer.name),
    }
    yield from feeds.items()
    standing = Standing(
        notes=publications.newest(),
        files={path: documents.hash_of(content) for path, content in feeds.items()},
        head=publications.head(),
    )
    document = documents.list_document(public, standing=standing, now=now)
    yield "alerts.json", documents.list_file(ring.sign(document))
