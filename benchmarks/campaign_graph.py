"""How long a graph of 300 nodes takes: laid out and written by the desk, painted by Chromium.

250 contacts of which each shows one of 50 things that others show too, and half of them a script.
Painted is from the start of loading the page to its first contentful paint, a fresh page each time.
"""

import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from types import SimpleNamespace

from playwright.sync_api import Browser, sync_playwright
from rows import Row, print_row

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM, FLAGS = "/usr/bin/chromium", ["--no-sandbox", "--disable-background-networking"]
CONTACTS, CLUES, SAMPLES, MOST_MS = 250, 50, 15, 500
PAINTED = """() => new Promise((resolve) => new PerformanceObserver((list) => {
    resolve(list.getEntries()[0].startTime);
}).observe({ type: "paint", buffered: true }))"""


def main() -> None:
    """Print the row."""
    sys.path.insert(0, str(ROOT / "src"))
    set_up()
    written, drawn = [], ""
    for _ in range(SAMPLES):
        began = time.perf_counter()
        drawn = graph()
        written.append(1_000 * (time.perf_counter() - began))
    with tempfile.TemporaryDirectory(prefix="oberih-bench-") as folder:
        page = Path(folder) / "graph.html"
        style = (ROOT / "web" / "src" / "campaigns.css").read_text(encoding="utf-8")
        page.write_text(f"<!doctype html><meta charset=utf-8><style>{style}</style>{drawn}")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            painted = [sample(browser, page=page) for _ in range(SAMPLES)]
            browser.close()
    both = median(written) + median(painted)
    figure = f"campaigns: a graph of {CONTACTS + CLUES} nodes, ms: made by the desk + painted"
    shown = f"{median(written):.0f} + {median(painted):.0f}"
    print_row(Row(figure, shown, f"< {MOST_MS} together", both < MOST_MS))


def set_up() -> None:
    """Set Django up for the one template."""
    import django  # noqa: PLC0415  # slow to import
    from django.conf import settings  # noqa: PLC0415  # the same

    folder = ROOT / "src" / "oberih" / "desk" / "templates"
    engine = {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [folder]}
    settings.configure(INSTALLED_APPS=["oberih.campaigns"], TEMPLATES=[engine], USE_I18N=False)
    django.setup()


def graph() -> str:
    """Return the graph as the page has it."""
    from django.template.loader import render_to_string  # noqa: PLC0415  # needs the set-up

    from oberih.desk.campaigns import drawing  # noqa: PLC0415  # the same

    rows = {one: one + 1 for one in range(CONTACTS)}
    drawn = drawing.graph(network(), rows=rows, more=0)
    return render_to_string(
        "campaigns/graph.html", {"page": SimpleNamespace(graph=drawn, chosen=frozenset({7}))}
    )


def network() -> object:
    """Return the contacts with what links them."""
    from oberih.campaigns.models import Clue  # noqa: PLC0415  # needs the set-up
    from oberih.campaigns.network import Network, Pair, Shown, Why  # noqa: PLC0415  # the same
    from oberih.campaigns.states import Reason  # noqa: PLC0415  # the same

    chance = random.Random(1)  # noqa: S311  # invented
    clues = tuple(Clue(pk=number, kind="identifier") for number in range(1, CLUES + 1))
    shown = tuple(
        Shown(contact, 1 + chance.randrange(CLUES), is_near=False) for contact in range(CONTACTS)
    )
    pairs = tuple(
        Pair(one, one + 1 + chance.randrange(5), (Why(Reason.SCRIPT, 0.5),))
        for one in range(0, CONTACTS - 6, 2)
    )
    return Network(clues=clues, shown=shown, scripts=pairs)


def sample(browser: Browser, *, page: Path) -> float:
    """Return the milliseconds to the first paint of a fresh page."""
    opened = browser.new_page(viewport={"width": 1440, "height": 900})
    opened.goto(page.as_uri())
    painted = float(opened.evaluate(PAINTED))
    opened.close()
    return painted


if __name__ == "__main__":
    main()
