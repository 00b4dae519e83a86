"""What the courier publishes: delegations, weekly recipients, alerts with their list and feed."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from oberih.alerts import documents, feed
from oberih.alerts import selectors as alerts
from oberih.alerts.services import mark_published as mark_alerts_published
from oberih.alerts.states import AlertId
from oberih.desk import bookkeeping
from oberih.desk.key_ring import KeyRing
from oberih.desk.logged_front import LoggedFront

WEEKS_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Publisher:
    """Publishes what changed; `delegations` is the root's note, made once a year."""

    ring: KeyRing
    front: LoggedFront
    delegations: Path
    public_url: str
    operator: str

    def publish_trust(self) -> None:
        """Publish the delegations, this week's recipient and those of the weeks ahead."""
        if self.delegations.is_file():
            self._publish("delegations.note", content=self.delegations.read_bytes())
        for epoch, note in self.ring.recipients(WEEKS_AHEAD).items():
            self._publish(f"recipients/{epoch}.note", content=note)

    def publish_alerts(self, *, now: datetime) -> int:
        """Publish alerts whose newest state the front does not show; return how many."""
        waiting = alerts.unpublished()
        for alert in waiting:
            note = self.ring.sign(documents.document_of(alert))
            self._publish(documents.path_of(alert), content=note)
        if waiting:
            self.publish_list(now=now)
            mark_alerts_published({AlertId(one.pk): one.sequence for one in waiting})
        return len(waiting)

    def publish_list(self, *, now: datetime) -> None:
        """Publish the signed list and the feed, also when nothing changed: the list ages."""
        for path, content in self._list_files(now):
            self._publish(path, content=content)

    def _list_files(self, now: datetime) -> Iterator[tuple[str, bytes]]:
        public = alerts.public()
        note = self.ring.sign(documents.list_document(public, now=now))
        yield "alerts.json", documents.list_file(note)
        yield (
            "alerts.atom",
            feed.atom(public, front=self.public_url, operator=self.operator, now=now),
        )

    def _publish(self, path: str, *, content: bytes) -> None:
        digest = hashlib.sha256(content).hexdigest()
        if bookkeeping.published_digest(path) == digest:
            return
        self.front.publish(path, content=content)
        bookkeeping.mark_published(path, digest=digest)
