"""How fast the check judges: messages a second in Python, 200 messages in node and in Chromium.

Of several rounds the least counts where the machine is shared: other work only ever adds. "cold" is
a page that has just read its code; "prepared" is one that has used its idle time as the page does.
"""

import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright
from rows import Row, print_row

ROOT = Path(__file__).resolve().parent.parent
TRAIN = ROOT / "corpus" / "second-hand" / "train"
SECOND = ROOT / "src" / "oberih" / "check" / "compiled" / "second.bin"
SCRIPT = Path(__file__).with_name("check.mjs")
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]
MESSAGES, IN_PYTHON, ROUNDS, LEAST_A_SECOND = 200, 5_000, 5, 10_000
THROTTLE, BOUND_MS = 4, 150
RATES = (1, THROTTLE)
Chat = list[dict[str, str]]


def main() -> None:
    """Print the rows: Python, node, Chromium."""
    sys.path.insert(0, str(ROOT / "src"))
    in_python()
    chats = {"mixed": mixed(), "all trigger": texts("coercive-lines")[:MESSAGES]}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(["node", str(SCRIPT), "build", name], cwd=ROOT, check=True)  # noqa: S603, S607  # our own script
        (folder / "index.html").write_text("<!doctype html><title>check</title>")
        for label, chat in chats.items():
            (folder / "chat.json").write_text(json.dumps(chat))
            in_node(label, folder=folder)
            in_chromium(label, chat=chat, folder=folder)
        (folder / "second.bin").symlink_to(SECOND)
        second_in_chromium(folder)


def mixed() -> Chat:
    """Return the corpus' conversations one after the other, small talk between their messages."""
    told = [one for row in rows("conversations") for one in row["messages"]]
    small = [one for row in rows("benign-conversations") for one in row["messages"]]
    pairs = [one for pair in zip(told, small, strict=False) for one in pair]
    return [{"from": one["from"], "text": one["text"]} for one in pairs[:MESSAGES]]


def texts(name: str) -> Chat:
    """Return the texts of a file as messages of the other side."""
    return [{"from": "them", "text": row["text"]} for row in rows(name)]


def rows(name: str) -> list[dict[str, list[dict[str, str]]]]:
    """Return the rows of one file of the training corpus."""
    lines = (TRAIN / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def in_python() -> None:
    """Print how long the rules take to load and how many messages are judged a second."""
    from oberih.check.rules import load  # noqa: PLC0415  # found by the path above

    began = time.perf_counter()
    load()
    loaded = 1_000 * (time.perf_counter() - began)
    print_row(Row("check, Python: rules loaded, ms", f"{loaded:,.0f}", "", holds=True))
    for label, chat in {"mixed": mixed(), "all trigger": texts("coercive-lines")}.items():
        rates = [python_rate(chat) for _ in range(ROUNDS)]
        best, half = max(rates), median(rates)
        bound = f">= {LEAST_A_SECOND:,}" if label == "mixed" else ""
        figure = f"check, Python: messages/s, {label}, best (median)"
        holds = not bound or best >= LEAST_A_SECOND
        print_row(Row(figure, f"{best:,.0f} ({half:,.0f})", bound, holds))
    second_reader()


def second_reader() -> None:
    """Print how long the second reader takes for a message that it reads."""
    from oberih.check.rules import load as load_rules  # noqa: PLC0415  # found by the path above
    from oberih.check.second.artefact import ARTEFACT, LARGE, load  # noqa: PLC0415  # the same

    tables = load_rules().tables
    chat = [one["text"] for one in texts("coercive-lines")[:MESSAGES]]
    for size, path in {"small": ARTEFACT, "large": LARGE}.items():
        reader = load(path)
        times = [reading(chat, read=partial(reader.scores, tables=tables)) for _ in range(ROUNDS)]
        figure = f"check, Python: second reader, {size}, ms of CPU a message, least (median)"
        print_row(Row(figure, f"{min(times):.1f} ({median(times):.1f})", "", holds=True))


def reading(chat: list[str], *, read: Callable[[str], object]) -> float:
    """Return the milliseconds of CPU that reading a message takes."""
    began = time.process_time()
    for text in chat:
        read(text)
    return 1_000 * (time.process_time() - began) / len(chat)


def python_rate(chat: Chat) -> float:
    """Return messages a second of one core's time, chats of 200 messages."""
    from oberih.check.engine import assess  # noqa: PLC0415  # found by the path above
    from oberih.check.values import Conversation, Message  # noqa: PLC0415  # the same

    messages = tuple(
        Message("me" if one["from"] == "me" else "them", one["text"]) for one in chat[:MESSAGES]
    )
    began = time.process_time()
    for _ in range(IN_PYTHON // MESSAGES):
        assess(Conversation(messages), answers={})
    return IN_PYTHON / (time.process_time() - began)


def in_node(label: str, *, folder: Path) -> None:
    """Print node's times, each round in a process of its own."""
    command = ["node", str(SCRIPT), "run", str(folder)]
    told = [
        json.loads(subprocess.run(command, capture_output=True, check=True).stdout)  # noqa: S603  # our own script
        for _ in range(ROUNDS)
    ]
    for state in ("cold", "prepared", "warm"):
        times = [one[state] for one in told]
        figure = f"check, node: {MESSAGES} messages, {label}, {state}, ms, least (median)"
        print_row(Row(figure, f"{min(times):.0f} ({median(times):.0f})", "", holds=True))


def in_chromium(label: str, *, chat: Chat, folder: Path) -> None:
    """Print Chromium's times at a quarter of the processor's speed, each round a fresh browser."""
    serve = partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        told = [chromium_times(server.server_port, chat=chat) for _ in range(ROUNDS)]
        server.shutdown()
    for state, bound in {
        "cold": "",
        "prepared": f"<= {BOUND_MS}",
        "warm": f"<= {BOUND_MS}",
    }.items():
        times = [one[state] for one in told]
        what = f"{MESSAGES} messages, {label}, {state}, ms, least (median)"
        holds = not bound or min(times) <= BOUND_MS
        figure = f"check, Chromium / {THROTTLE}: {what}"
        print_row(Row(figure, f"{min(times):.0f} ({median(times):.0f})", bound, holds))


def second_in_chromium(folder: Path) -> None:
    """Print how long the page's second reader takes for a message that it reads."""
    order = {"texts": [one["text"] for one in texts("coercive-lines")[: MESSAGES // 4]]}
    serve = partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            pages = {rate: slowed(browser, port=server.server_port, rate=rate) for rate in RATES}
            script = "async (order) => (await import('/check.mjs')).reading(order)"
            told = {rate: page.evaluate(script, order) for rate, page in pages.items()}
            browser.close()
        server.shutdown()
    for rate, times in told.items():
        figure = f"check, Chromium / {rate}: second reader, ms a message, least (median)"
        print_row(Row(figure, f"{min(times):.0f} ({median(times):.0f})", "", holds=True))


def chromium_times(port: int, *, chat: Chat) -> dict[str, float]:
    """Return the times of one round."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        cold = measured(browser, port=port, order={"chat": chat, "prepare": False})
        prepared = measured(browser, port=port, order={"chat": chat, "prepare": True})
        browser.close()
    return {"cold": cold[0], "prepared": prepared[0], "warm": min(prepared[1:])}


def measured(browser: Browser, *, port: int, order: dict[str, object]) -> list[float]:
    """Return how long the same chat takes again and again in a fresh, slowed page."""
    page = slowed(browser, port=port, rate=THROTTLE)
    times: list[float] = page.evaluate(
        "async (order) => (await import('/check.mjs')).measure(order)", order
    )
    page.close()
    return times


def slowed(browser: Browser, *, port: int, rate: int) -> Page:
    """Return a fresh page at a part of the processor's speed."""
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{port}/index.html")
    slow = page.context.new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    return page


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves the bundle without a log."""

    extensions_map = {".mjs": "text/javascript", ".html": "text/html", "": "application/json"}  # noqa: RUF012  # the base's own way

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
