"""Telegram Desktop's HTML as a stream; nothing in it is ever run or shown."""

from collections.abc import Iterator
from html.parser import HTMLParser

from oberih.check.readers.sides import Chat, ChatId, Spoken, clock_of, sides_of
from oberih.check.readers.source import Peeked

MARKS = ('class="page_wrap', 'class="history', 'class="message ')


def looks_like_telegram_html(head: str) -> bool:
    """Tell whether it is a page with the classes of the export."""
    return head.startswith("<") and any(mark in head for mark in MARKS)


def read_telegram_html(source: Peeked, *, me: str = "") -> Iterator[Chat]:
    """Yield the one chat of a page; joined messages belong to the sender before them."""
    page = _Page()
    for piece in source.text():
        page.feed(piece)
    page.close()
    if page.spoken:
        yield Chat(ChatId("chat"), sides_of(page.spoken, me=me, them=page.title))


class _Page(HTMLParser):
    """Follows the classes `message`, `from_name`, `text` and `forwarded body` of the export."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.spoken: list[Spoken] = []
        self.title = ""
        self._stack: list[str] = []
        self._speaker = ""
        self._at = clock_of("", "")
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._text.append("\n")
        if tag != "div":
            return
        name = dict(attrs).get("class") or ""
        if "date" in name.split():
            day, _, clock = (dict(attrs).get("title") or "").partition(" ")
            self._at = clock_of(day, clock.partition(" ")[0])
        if name.startswith("message "):
            self._stack.clear()
            self._at = None
        self._stack.append(name)
        self._text = []

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag != "div" or not self._stack:
            return
        name = self._stack.pop()
        text = "".join(self._text).strip()
        if name == "from_name" and not self._inside("forwarded"):
            self._speaker = text or self._speaker
        elif name == "text bold" and not self.title:
            self.title = text
        elif name == "text" and text and not self._inside("message service"):
            forwarded = self._inside("forwarded")
            self.spoken.append(Spoken(self._speaker, text, self._at, forwarded))
        self._text = []

    def _inside(self, name: str) -> bool:
        return any(one.startswith(name) for one in self._stack)
