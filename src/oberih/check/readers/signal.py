"""Signal Desktop's messages as the usual exporters write them: an object a message, or a list."""

from collections.abc import Iterator

import ijson

from oberih.check.readers.sides import Chat, ChatId, Spoken, UnreadableExport, sides_of, time_of
from oberih.check.readers.source import Peeked


def looks_like_signal(head: str) -> bool:
    """Tell whether the beginning has objects with `sender` and `body`."""
    return head[:1] in {"[", "{"} and '"sender"' in head and '"body"' in head


def read_signal(source: Peeked, *, me: str = "") -> Iterator[Chat]:
    """Yield the one chat; what has no text is skipped. Raises UnreadableExport, WhoIsMe."""
    prefix = "item" if source.head_text().lstrip().startswith("[") else ""
    try:
        rows = list(ijson.items(source, prefix, multiple_values=True))
    except (ijson.JSONError, UnicodeDecodeError):
        message = "This export is broken or cut off: export it again."
        raise UnreadableExport(message) from None
    spoken = [_spoken(row) for row in rows if isinstance(row, dict)]
    said = [one for one in spoken if one.text and one.speaker]
    if said:
        yield Chat(ChatId("chat"), sides_of(said, me=me))


def _spoken(row: dict[str, object]) -> Spoken:
    text, speaker = row.get("body"), row.get("sender")
    return Spoken(
        speaker=speaker.strip() if isinstance(speaker, str) else "",
        text=text.strip() if isinstance(text, str) else "",
        at=time_of(row.get("date")),
    )
