"""JSON Feed 1.1 (jsonfeed.org/version/1.1): a list of items in, bytes out."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

VERSION = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One item: plain text, its page, and the signed file that is the authority."""

    id: str
    url: str
    title: str
    text: str
    published: datetime
    signed: str
    cap: str


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself."""

    title: str
    home: str
    address: str
    author: str
    language: str = "uk"


def build(feed: Feed, *, items: Sequence[FeedItem]) -> bytes:
    """Return the feed."""
    spelled = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "language": feed.language,
        "authors": [{"name": feed.author}],
        "items": [_item(one) for one in items],
    }
    return json.dumps(spelled, ensure_ascii=False, sort_keys=True).encode()


def _item(one: FeedItem) -> dict[str, object]:
    return {
        "id": one.id,
        "url": one.url,
        "title": one.title,
        "content_text": one.text,
        "date_published": one.published.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "attachments": [
            {"url": one.signed, "mime_type": "text/plain", "title": "signed note"},
            {"url": one.cap, "mime_type": "application/cap+xml", "title": "CAP 1.2"},
        ],
    }
