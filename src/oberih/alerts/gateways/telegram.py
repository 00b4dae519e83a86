"""Posts in a Telegram channel through the Bot API (core.telegram.org/bots/api#sendmessage).

Telegram knows no ids of ours: a post whose fate is unknown is never repeated by itself.
"""

from dataclasses import dataclass, field

import httpx

from oberih.alerts.gateways import http
from oberih.alerts.gateways.values import Channel, Outgoing, Passing, Permanent

LONGEST = 4096


@dataclass(slots=True)
class Telegram:
    """One bot that may post in one channel."""

    token: str = field(repr=False)
    room: str
    url: str = "https://api.telegram.org"
    knows_ids: bool = False
    a_second: int = 1
    at_once: int = 1
    channel: Channel = Channel.TELEGRAM
    _client: httpx.Client = field(default_factory=http.client, repr=False)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def send(self, message: Outgoing) -> None:
        """Post; raises Passing, Permanent, FateUnknown."""
        told = http.said(self._answer(message))
        if not told.get("ok"):
            raise Permanent

    def _answer(self, message: Outgoing) -> httpx.Response:
        address = f"{self.url}/bot{self.token}/sendMessage"
        body = {
            "chat_id": message.target or self.room,
            "text": f"{message.title}\n\n{message.text}"[:LONGEST],
            "disable_web_page_preview": True,
        }
        try:
            return http.asked(lambda: self._client.post(address, json=body))
        except Passing as trouble:
            raise Passing(wait=max(trouble.wait, 1.0)) from trouble
