"""The demo as a newcomer starts it; started twice over one folder, so that it is filled."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.whole import started, wait_for_ready


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo: its folder, its addresses, its banner."""

    data: Path
    front: str
    desk: str
    banner: str

    @property
    def links(self) -> list[str]:
        """Return the officer's link and the lead's."""
        return re.findall(r"http://localhost:\d+/invitation/\S+", self.banner)


@contextmanager
def running_demo(data: Path, *, ports: list[int]) -> Iterator[Demo]:
    """Run `oberih demo` until the end of the block."""
    front, desk, lookup = ports
    words = ("--front", f"127.0.0.1:{front}", "--desk", f"localhost:{desk}")
    words += ("--lookup", f"127.0.0.1:{lookup}")
    with started("demo", *words, data=data) as child:
        banner = wait_for_ready(child)
        yield Demo(data, f"http://127.0.0.1:{front}", f"http://localhost:{desk}", banner)
