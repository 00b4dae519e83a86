"""SMS over an HTTP gateway: JSON with id, number and text, and the id as Idempotency-Key.

The gateway and the network's operator see the number and the text.
"""

from dataclasses import dataclass, field

import httpx

from oberih.alerts.gateways import http
from oberih.alerts.gateways.values import Channel, Outgoing, Passing, Permanent

PASSING_CODES = frozenset({"busy", "throttled", "try_later", "timeout"})


@dataclass(slots=True)
class Sms:
    """One HTTP gateway; most answer 200 and say inside what went wrong."""

    url: str
    token: str = field(repr=False)
    knows_ids: bool = False
    a_second: int = 50
    at_once: int = 8
    channel: Channel = Channel.SMS
    _client: httpx.Client = field(default_factory=http.client, repr=False)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def send(self, message: Outgoing) -> None:
        """Hand one message over; raises Passing, Permanent, FateUnknown."""
        answer = http.asked(lambda: self._post(message))
        told = http.said(answer)
        trouble = str(told.get("error") or "")
        if trouble in PASSING_CODES:
            raise Passing(wait=http.seconds(str(told.get("retry_after", ""))))
        if trouble or not message.target:
            raise Permanent

    def _post(self, message: Outgoing) -> httpx.Response:
        return self._client.post(
            self.url,
            json={"id": message.id, "to": message.target, "text": message.text},
            headers={"Authorization": f"Bearer {self.token}", "Idempotency-Key": message.id},
        )
