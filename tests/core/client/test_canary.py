"""The canary finds a page that is not the one the operator has logged."""

import base64
import hashlib
import json
from collections.abc import Callable

import httpx
import pytest

from oberih.client.canary import PageChanged, check_page
from oberih.client.front import Front

SCRIPT = b"const page = 1;"


def integrity(content: bytes) -> str:
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


def page(*, src: str = "/static/built/page.1.js", of: bytes = SCRIPT, more: str = "") -> bytes:
    script = f'<script type="module" src="{src}" integrity="{integrity(of)}"></script>'
    return f"<!doctype html><html><head>{script}</head><body>{more}</body></html>".encode()


def front(*, html: bytes, script: bytes = SCRIPT, manifest: object = None) -> Front:
    listed = {"page.js": {"file": "page.1.js", "integrity": integrity(SCRIPT)}}
    answers: dict[str, bytes] = {
        "/published/page.json": json.dumps(listed if manifest is None else manifest).encode(),
        "/static/built/page.1.js": script,
    }

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=answers.get(request.url.path, html))

    return Front("http://front.example", transport=httpx.MockTransport(answer))


def test_the_logged_page_is_taken() -> None:
    assert check_page(front(html=page())) == 1


@pytest.mark.parametrize(
    "served",
    [
        lambda: front(html=page(), script=b"steal();"),
        lambda: front(html=page(of=b"steal();")),
        lambda: front(html=page(src="https://elsewhere.example/page.1.js")),
        lambda: front(html=page(more="<script>steal()</script>")),
        lambda: front(html=page(more='<p onclick="steal()">x</p>')),
        lambda: front(html=page(more='<iframe src="/x"></iframe>')),
        lambda: front(html=page(more='<link rel="stylesheet" href="/x.css">')),
        lambda: front(html=page(), manifest=[1]),
    ],
)
def test_any_other_code_is_noticed(served: Callable[[], Front]) -> None:
    with pytest.raises(PageChanged):
        check_page(served())
