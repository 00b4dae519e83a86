"""What the courier publishes: delegations, weekly recipients, alerts with their list and feed."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from oberih.alerts import selectors as alerts
from oberih.alerts.gateways.settings import PUSH_POINT
from oberih.alerts.issuing import Issuer
from oberih.alerts.services import mark_published as mark_alerts_published
from oberih.alerts.states import AlertId
from oberih.core import canonical
from oberih.core.time import Epoch
from oberih.crypto.age import Recipient
from oberih.desk import bookkeeping
from oberih.desk.alert_publishing import files_of, list_files
from oberih.desk.alert_sending import hand_over_all
from oberih.desk.key_ring import KeyRing
from oberih.desk.logged_front import LoggedFront
from oberih.desk.rules_publishing import RulesPublisher
from oberih.desk.subscribers import sending

WEEKS_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Publisher:
    """Publishes what changed; `delegations` is the root's note, made once a year.

    `page` says which files the families' page is made of: it is logged, so that anyone may compare.
    `rules` holds editions of the check's rules that persons handed over; `complaints` is whom
    families seal complaints about the desk to, where an auditor has made a key.
    """

    ring: KeyRing
    front: LoggedFront
    delegations: Path
    page: Path
    issuer: Issuer
    outbox: Path
    rules: Path
    complaints: Recipient | None = None

    def publish_trust(self) -> None:
        """Publish delegations, the recipients of this week and the next, the check's rules."""
        if self.delegations.is_file():
            self._publish("delegations.note", content=self.delegations.read_bytes())
        if self.page.is_file():
            self._publish("page.json", content=self.page.read_bytes())
        self._publish_point()
        for epoch, note in self._recipients():
            self._publish(f"recipients/{epoch}.note", content=note)
        RulesPublisher(self.ring, self.front, self.rules).publish(now=self.front.now())

    def _recipients(self) -> Iterable[tuple[Epoch, bytes]]:
        return self.ring.recipients(WEEKS_AHEAD, complaints=self.complaints).items()

    def _publish_point(self) -> None:
        """Publish the key by which browsers know who sends the reminder, where there is one."""
        point = self.outbox.with_name(PUSH_POINT)
        if point.is_file():
            self._publish("push.json", content=canonical.encode({"key": point.read_text(), "v": 1}))

    def publish_alerts(self, *, now: datetime) -> int:
        """Publish alerts whose newest state the front does not show; return how many."""
        waiting = alerts.unpublished()
        for alert in waiting:
            for path, content in files_of(alert, ring=self.ring, issuer=self.issuer):
                self._publish(path, content=content)
        if waiting:
            self.publish_list(now=now)
            hand_over_all(waiting, place=self.outbox, front=self.issuer.front)
            sending.hand_over(waiting, place=self.outbox, keeper=self.ring)
            mark_alerts_published({AlertId(one.pk): one.sequence for one in waiting})
        return len(waiting)

    def publish_list(self, *, now: datetime) -> None:
        """Publish the signed list and the feeds, also when nothing changed: the list ages."""
        for path, content in list_files(ring=self.ring, issuer=self.issuer, now=now):
            self._publish(path, content=content)

    def _publish(self, path: str, *, content: bytes) -> None:
        digest = hashlib.sha256(content).hexdigest()
        if bookkeeping.published_digest(path) == digest:
            return
        self.front.publish(path, content=content)
        bookkeeping.mark_published(path, digest=digest)
