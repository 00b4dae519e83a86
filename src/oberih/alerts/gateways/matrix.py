"""Messages in a Matrix room (spec.matrix.org, client-server API: PUT .../send/{type}/{txnId}).

The transaction id makes a repeated message the same one: it is shown once.
"""

from dataclasses import dataclass, field
from urllib.parse import quote

import httpx

from oberih.alerts.gateways import http
from oberih.alerts.gateways.values import Channel, Outgoing


@dataclass(slots=True)
class Matrix:
    """One account that may write in one room; without end-to-end encryption: it is public."""

    url: str
    token: str = field(repr=False)
    room: str
    knows_ids: bool = True
    a_second: int = 2
    at_once: int = 1
    channel: Channel = Channel.MATRIX
    _client: httpx.Client = field(default_factory=http.client, repr=False)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def send(self, message: Outgoing) -> None:
        """Write; raises Passing, Permanent, FateUnknown."""
        room = quote(message.target or self.room, safe="")
        address = f"{self.url}/_matrix/client/v3/rooms/{room}/send/m.room.message/{message.id}"
        body = {"msgtype": "m.notice", "body": f"{message.title}\n\n{message.text}"}
        headers = {"Authorization": f"Bearer {self.token}"}
        http.asked(lambda: self._client.put(address, json=body, headers=headers))
