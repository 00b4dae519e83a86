"""SMS over an HTTP gateway: JSON with id, number and text, and the id as Idempotency-Key.

Answers ("STOP", "YES", "DATA") are fetched from the gateway's inbox, where it has one. The gateway
and the network's operator see the number and the text.
"""

from dataclasses import dataclass, field
from urllib.parse import quote

import httpx

from oberih.alerts.gateways import http
from oberih.alerts.gateways.values import Answer, Channel, Outgoing, Passing, Permanent

MOST_ANSWERS = 100
PASSING_CODES = frozenset({"busy", "throttled", "try_later", "timeout"})


@dataclass(slots=True)
class Sms:
    """One HTTP gateway; most answer 200 and say inside what went wrong."""

    url: str
    token: str = field(repr=False)
    inbox: str = ""
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

    def answers(self) -> list[Answer]:
        """Return what came in and was not dropped yet; raises Passing, Permanent, FateUnknown.

        One without an id is left: dropping it would name the whole inbox.
        """
        if not self.inbox:
            return []
        told = http.said(http.asked(lambda: self._client.get(self.inbox, headers=self._headers())))
        listed = told.get("messages")
        rows = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
        named = [one for one in rows if one.get("id")]
        return [
            Answer(str(one["id"]), str(one.get("from", "")), str(one.get("text", "")))
            for one in named[:MOST_ANSWERS]
        ]

    def drop(self, answer: Answer) -> None:
        """Have the gateway forget what came in; raises Passing, Permanent, FateUnknown."""
        address = f"{self.inbox.rstrip('/')}/{quote(answer.id, safe='')}"
        http.asked(lambda: self._client.delete(address, headers=self._headers()))

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def _post(self, message: Outgoing) -> httpx.Response:
        return self._client.post(
            self.url,
            json={"id": message.id, "to": message.target, "text": message.text},
            headers={**self._headers(), "Idempotency-Key": message.id},
        )
