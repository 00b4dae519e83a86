"""Asks for files over kept connections, as fast as they are answered; prints rate and times.

A process of its own, so that its work is not counted as the server's: `get.py PORT CLIENTS COUNT
HEADER PATH...`; HEADER is one line such as "If-None-Match: x", or "" for none.
"""

import json
import selectors
import socket
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

from load import stated_length

READ = 1 << 20
LAST_CHUNK = b"0\r\n\r\n"


@dataclass(slots=True)
class Reader:
    """One kept connection, what is still to come of its answer, and when it began."""

    connection: socket.socket
    began: float = 0.0
    head: bytes = b""
    left: int = -1
    times: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    octets: int = 0
    is_chunked: bool = False

    def ask(self, request: bytes) -> None:
        """Send one request."""
        self.head, self.left, self.began = b"", -1, time.perf_counter()
        self.connection.sendall(request)

    def is_done(self) -> bool:
        """Read what is there; tell whether the answer is whole."""
        found = self.connection.recv(READ)
        self.octets += len(found)
        if self.left < 0:
            self.head += found
            head, gap, body = self.head.partition(b"\r\n\r\n")
            if not gap:
                return False
            self.statuses[head[9:12].decode()] += 1
            self.is_chunked = b"transfer-encoding: chunked" in head.lower()
            self.left = stated_length(head) - len(body)
        else:
            self.left -= len(found)
        if not found.endswith(LAST_CHUNK) if self.is_chunked else self.left > 0:
            return False
        self.times.append(time.perf_counter() - self.began)
        return True


def main() -> None:
    """Run and print JSON."""
    port, clients, count = (int(one) for one in sys.argv[1:4])
    more = f"{sys.argv[4]}\r\n" if sys.argv[4] else ""
    asked = [f"GET {path} HTTP/1.1\r\nHost: front\r\n{more}\r\n".encode() for path in sys.argv[5:]]
    readers = [Reader(socket.create_connection(("127.0.0.1", port))) for _ in range(clients)]
    took = drive(readers, asked=[asked[n % len(asked)] for n in range(count)])
    times = sorted(one for reader in readers for one in reader.times)
    statuses: Counter[str] = sum((reader.statuses for reader in readers), Counter())
    octets = sum(reader.octets for reader in readers)
    told = {"rate": len(times) / took, "p95": times[int(len(times) * 0.95)] * 1e3}
    print(json.dumps({**told, "statuses": statuses, "megabytes": octets / took / 1e6}))


def drive(readers: list[Reader], *, asked: list[bytes]) -> float:
    """Ask for everything, a reader's next when its last is answered; return the seconds."""
    selector = selectors.DefaultSelector()
    began = time.perf_counter()
    for reader in readers:
        selector.register(reader.connection, selectors.EVENT_READ, reader)
        reader.ask(asked.pop())
    waiting = len(readers)
    while waiting:
        done = [key.data for key, _events in selector.select() if key.data.is_done()]
        waiting -= len(done)
        for reader in done[: len(asked)]:
            reader.ask(asked.pop())
            waiting += 1
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
