"""From the release of an alert to its signed note at the front; its verification in Chromium.

Everything runs as `oberih demo` runs it: ring, desk, courier and front in processes of their own.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import httpx
from playwright.sync_api import Page, sync_playwright
from rows import Row, print_row

if TYPE_CHECKING:
    from oberih.cli.machine import Machine
    from oberih.staff.models import Member

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
ALERTS, MOST_SECONDS = 40, 2.0
CHECKS, MOST_MS = 60, 30.0
VERIFY = """async ([name, times]) => {
    const url = [...document.scripts].map((one) => one.src).find((one) => one.includes("/vault."));
    const vault = await import(url);
    const root = document.documentElement;
    const trust = { origin: location.origin, rootKey: root.dataset.root, now: () => new Date() };
    const article = document.querySelector(`[data-alert="${name}"]`);
    const words = [...article.querySelectorAll("[data-word]")].map((one) => one.textContent.trim());
    const took = [];
    for (let n = 0; n < times; n += 1) {
        const began = performance.now();
        await vault.verifyWarning(trust, { name, language: root.lang, words });
        took.push(performance.now() - began);
    }
    return took;
}"""


def main() -> None:
    """Print the rows; the data folder is thrown away."""
    from oberih.cli import demo  # noqa: PLC0415  # it reads the environment that is set first
    from oberih.cli.machine import Machine, running  # noqa: PLC0415  # the same
    from oberih.cli.up import unlock_with  # noqa: PLC0415  # the same

    with tempfile.TemporaryDirectory(prefix="ob-") as folder:
        os.environ |= {"OBERIH_DATA": folder, "OBERIH_DEMO": "1"}
        none = argparse.Namespace(front=None, lookup=None, desk=None)
        machine = Machine(Path(folder), free_addresses(none))
        demo.make_keys_once(machine.data)
        with running(machine, unlock=unlock_with(None)):
            demo.open_desk(machine)
            measure(machine)


def free_addresses(given: argparse.Namespace):  # type: ignore[no-untyped-def]  # noqa: ANN201  # the machine's own
    """Return addresses of this machine that nobody uses."""
    from oberih.cli.machine import read_addresses  # noqa: PLC0415  # after the settings

    given.front, given.lookup = f"127.0.0.1:{port()}", f"127.0.0.1:{port()}"
    given.desk, given.courier, given.lookup_courier = f"localhost:{port()}", None, None
    return read_addresses(given)


def port() -> int:
    """Return a port that nobody listens at now."""
    import socket  # noqa: PLC0415  # here alone

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def measure(machine: "Machine") -> None:
    """Release alerts one by one, then verify the newest in the browser."""
    from oberih.staff.models import Member  # noqa: PLC0415  # Django is set up by now

    two = [Member.objects.create(name=name, role="lead") for name in ("One", "Two")]
    front = machine.addresses.front_url
    with httpx.Client(trust_env=False) as client:
        names: list[str] = []
        times = sorted(
            released(two, client=client, front=front, names=names) for _ in range(ALERTS)
        )
    p95 = times[int(0.95 * len(times))]
    print_row(
        Row(
            "from approve to signed and at the front",
            f"p50 {median(times):.2f}, p95 {p95:.2f} s",
            "p95 < 2 s",
            p95 < MOST_SECONDS,
        )
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for speed, bound in ((1, "p50 < 30 ms"), (4, "")):
            verified(browser.new_page(), place=front, speed=speed, bound=bound)
        browser.close()


def released(two: "list[Member]", *, client: httpx.Client, front: str, names: list[str]) -> float:
    """Return how long one release takes until the front shows its note."""
    from oberih.alerts.services import Draft, Grounds, Words  # noqa: PLC0415  # Django is set up
    from oberih.alerts.states import Basis  # noqa: PLC0415  # the same
    from oberih.core.time import now  # noqa: PLC0415  # the same
    from oberih.desk import alerting  # noqa: PLC0415  # the same

    words = Words("Просять знімки", "Незнайомці обіцяють лист. " * 8, "Не робіть цього.")
    grounds = Grounds(Basis.OTHER_SOURCE, source="a public warning of the police")
    draft = Draft({"uk": words, "en": words}, grounds)
    alert = alerting.draft(draft, by=two[0], now=now(), entropy=os.urandom)
    yes = alerting.ReleaseAnswer(only_one=False, typed="Україна", findings_read=True)
    time.sleep(0.5)  # so that the courier rests, as it does between alerts
    began = time.monotonic()
    alerting.approve(alert, answer=yes, by=two[1], now=now())
    names.append(alert)
    wait_for(lambda: client.get(f"{front}/published/alerts/{alert}.note").is_success)
    return time.monotonic() - began


def wait_for(is_done: Callable[[], bool]) -> None:
    """Ask every ten milliseconds, for half a minute at most."""
    deadline = time.monotonic() + 30
    while not is_done() and time.monotonic() < deadline:
        time.sleep(0.01)


def verified(page: Page, *, place: str, speed: int, bound: str) -> None:
    """Print how long a warning's verification takes: note and list fetched, signatures, words."""
    page.goto(f"{place}/uk/warnings/")
    page.wait_for_selector("html[data-ready]", state="attached")
    name = page.locator("[data-alert]").first.get_attribute("data-alert")
    slowed = page.context.new_cdp_session(page)
    slowed.send("Emulation.setCPUThrottlingRate", {"rate": speed})
    took = sorted(page.evaluate(VERIFY, [name, CHECKS]))
    p95 = took[int(0.95 * len(took))]
    figure = f"a warning verified in Chromium / {speed}, its list of {ALERTS} too"
    measured = f"p50 {median(took):.1f}, p95 {p95:.1f} ms"
    print_row(Row(figure, measured, bound, not bound or median(took) < MOST_MS))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
    main()
