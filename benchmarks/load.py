"""Sends ready-made requests over kept connections, as fast as they are answered; prints the times.

A process of its own, so that its work is not counted as the server's: `load.py PORT CLIENTS COUNT
EPOCH [malformed]`. Bodies are random with a valid head: the front cannot tell them from real ones.
"""

import json
import os
import selectors
import socket
import sys
import time
from dataclasses import dataclass, field

ENVELOPE = 16_384
MAGIC = b"OBERIH\x01\x00"
HEAD = (
    b"POST /api/envelopes HTTP/1.1\r\nHost: front\r\nContent-Type: application/octet-stream\r\n"
    b"Content-Length: 16416\r\n\r\n"
)
READ = 65_536
WORDS = 5


@dataclass(slots=True)
class Client:
    """One kept connection and when its present request began."""

    connection: socket.socket
    began: float = 0.0
    seen: bytes = b""
    times: list[float] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)

    def send(self, request: bytes) -> None:
        """Send a whole request."""
        self.began = time.perf_counter()
        self.connection.sendall(request)

    def received(self) -> bool:
        """Read what is there; tell whether the answer is complete."""
        self.seen += self.connection.recv(READ)
        head, gap, body = self.seen.partition(b"\r\n\r\n")
        if not gap or len(body) < stated_length(head):
            return False
        self.times.append(time.perf_counter() - self.began)
        status = self.seen[9:12].decode()
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self.seen = b""
        return True


def stated_length(head: bytes) -> int:
    """Return the Content-Length of an answer's head."""
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return 0


def requests(count: int, *, magic: bytes, epoch: int) -> list[bytes]:
    """Return requests, each with a token, a mailbox and an envelope of its own."""
    rest = os.urandom(ENVELOPE - len(MAGIC) - 4 - 32 - 32)
    made = []
    for _ in range(count):
        own = os.urandom(32 + 32 + 32)
        head = magic + epoch.to_bytes(4, "big")
        made.append(HEAD + own[:32] + head + own[32:64] + own[64:] + rest)
    return made


def drive(clients: list[Client], *, waiting: list[bytes]) -> float:
    """Send all requests, a client's next when its last is answered; return the seconds it took."""
    selector = selectors.DefaultSelector()
    began = time.perf_counter()
    for client in clients:
        selector.register(client.connection, selectors.EVENT_READ, client)
        client.send(waiting.pop())
    busy = len(clients)
    while busy:
        for key, _ in selector.select():
            busy -= turn(key.data, waiting=waiting)
    return time.perf_counter() - began


def turn(client: Client, *, waiting: list[bytes]) -> int:
    """Read for one client; send its next request; return 1 when it has none left."""
    if not client.received():
        return 0
    if not waiting:
        return 1
    client.send(waiting.pop())
    return 0


def main() -> None:
    """Print seconds, statuses and all times of answers as JSON."""
    port, number, count, epoch = (int(word) for word in sys.argv[1:5])
    magic = MAGIC if len(sys.argv) == WORDS else bytes(len(MAGIC))
    waiting = requests(count, magic=magic, epoch=epoch)
    clients = [Client(socket.create_connection(("127.0.0.1", port))) for _ in range(number)]
    for client in clients:
        client.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    seconds = drive(clients, waiting=waiting)
    statuses: dict[str, int] = {}
    for client in clients:
        for status, times in client.statuses.items():
            statuses[status] = statuses.get(status, 0) + times
    times = sorted(one for client in clients for one in client.times)
    print(json.dumps({"seconds": seconds, "statuses": statuses, "times": times}))


if __name__ == "__main__":
    main()
