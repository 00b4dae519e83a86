"""Web push (RFC 8030): one neutral reminder, sealed for the browser, handed to its push service.

The push service knows that this browser gets a reminder of this operator, and when. Every
subscriber gets the same one each day, whether anything waits for her or not.
"""

from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from oberih.alerts.gateways import http
from oberih.alerts.gateways.values import Channel, Outgoing, Permanent
from oberih.alerts.wishes import is_push_host
from oberih.core import canonical, time
from oberih.crypto.webpush import Browser, Once, PushBroken, authorization, octets_of, seal
from oberih.system.private_files import written_once

SECONDS_KEPT = 12 * 3_600
GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a reminder goes: the push service's address, and for whom it is sealed."""

    endpoint: str
    browser: Browser


@dataclass(slots=True)
class Push:
    """The browsers' push services; `sender` is a mail address or page of the operator.

    `hosts` are addresses that the operator allows besides the browsers' own services.
    """

    key: EllipticCurvePrivateKey = field(repr=False)
    sender: str
    hosts: frozenset[str] = frozenset()
    knows_ids: bool = False
    a_second: int = 100
    at_once: int = 8
    channel: Channel = Channel.PUSH
    _client: httpx.Client = field(default_factory=http.client, repr=False)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def send(self, message: Outgoing) -> None:
        """Hand one reminder over; raises Passing, Permanent, FateUnknown."""
        sent = self._read(message.target)
        try:
            content = seal(message.text.encode(), to=sent.browser, once=Once.draw())
        except PushBroken as error:
            raise Permanent from error
        http.asked(lambda: self._post(sent, content=content))

    def _read(self, target: str) -> Sent:
        try:
            match canonical.decode(target.encode()):
                case {"auth": str(auth), "endpoint": str(endpoint), "p256dh": str(key)}:
                    browser = Browser(octets_of(key), octets_of(auth))
                    return Sent(self._allowed(endpoint), browser)
        except (canonical.NotCanonical, ValueError) as error:
            raise Permanent from error
        raise Permanent

    def _allowed(self, endpoint: str) -> str:
        """Return the address; one that is no push service's is never asked for anything."""
        if not is_push_host(endpoint) and urlsplit(endpoint).netloc not in self.hosts:
            raise Permanent
        return endpoint

    def _post(self, sent: Sent, *, content: bytes) -> httpx.Response:
        parts = urlsplit(sent.endpoint)
        origin = f"{parts.scheme}://{parts.netloc}"
        headers = {
            "Authorization": authorization(
                origin, key=self.key, sender=self.sender, now=time.now()
            ),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(SECONDS_KEPT),
            "Topic": "daily",
            "Urgency": "normal",
        }
        return self._client.post(sent.endpoint, content=content, headers=headers)


def push_key(place: Path) -> EllipticCurvePrivateKey:
    """Return the key that says who sends (VAPID), made at the first start."""
    made = generate_private_key(SECP256R1()).private_bytes(
        Encoding.DER, PrivateFormat.PKCS8, NoEncryption()
    )
    key = load_der_private_key(written_once(place, content=made), password=None)
    if not isinstance(key, EllipticCurvePrivateKey):
        raise Permanent
    return key
