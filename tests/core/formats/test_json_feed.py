"""Promises of the JSON Feed."""

import json
from datetime import UTC, datetime

from oberih.formats.json_feed import Feed, FeedItem, build

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def test_every_item_names_its_signed_file() -> None:
    about = Feed("Title", "https://o.example/uk/warnings/", "https://o.example/f.json", "Example")
    item = FeedItem(
        "urn:a", "https://o.example/", "T", "Body", NOW, "https://o/n.note", "https://o/n.xml"
    )

    read = json.loads(build(about, items=[item]))

    assert read["version"] == "https://jsonfeed.org/version/1.1"
    assert read["items"][0]["attachments"][0]["url"] == "https://o/n.note"
