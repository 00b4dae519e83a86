"""What families see of the simulated front, served over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from desk_cast import SimulatedFront
from django.test import override_settings

from oberih.crypto.envelope import envelope_id

TOKEN = 32


@contextmanager
def serving(front: SimulatedFront) -> Iterator[None]:
    """Serve what the front has published; it takes envelopes from anybody."""
    envelopes, published = front.envelopes, front.published

    class Public(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = published.get(self.path.removeprefix("/published/"))
            self._tell(404 if content is None else 200, content or b"")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))[TOKEN:]
            envelopes[envelope_id(body)] = body
            self._tell(201, b"")

        def _tell(self, status: int, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_told: object) -> None:
            """Write nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Public)
    Thread(target=server.serve_forever, daemon=True).start()
    with override_settings(FRONT_URL=f"http://127.0.0.1:{server.server_port}"):
        yield
    server.shutdown()
    server.server_close()
