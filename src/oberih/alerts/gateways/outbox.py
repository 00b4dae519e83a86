"""The outbox: a small SQLite of its own with outgoing messages; nothing of a case is in it.

A message is marked as being sent, on the disk, before it is handed over. After a crash, one that
was being sent goes again only where the network knows its id; elsewhere it is listed as uncertain.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from oberih.alerts.gateways.values import Answer, Channel, Fate, MessageId, Outgoing
from oberih.core.errors import BadInput
from oberih.system.private_files import make_private_folder

TABLES = """
CREATE TABLE IF NOT EXISTS message (
    id TEXT PRIMARY KEY, channel TEXT NOT NULL, alert TEXT NOT NULL, title TEXT NOT NULL,
    text TEXT NOT NULL, expires INTEGER NOT NULL, target TEXT NOT NULL,
    fate TEXT NOT NULL DEFAULT 'waiting'
        CHECK (fate IN ('waiting', 'sending', 'sent', 'failed', 'uncertain')),
    tries INTEGER NOT NULL DEFAULT 0, due INTEGER NOT NULL DEFAULT 0,
    trouble TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS message_due ON message (channel, fate, due);
CREATE TABLE IF NOT EXISTS target (channel TEXT, target TEXT, PRIMARY KEY (channel, target))
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS channel (channel TEXT PRIMARY KEY, hears INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answer (
    id TEXT PRIMARY KEY, target TEXT NOT NULL, text TEXT NOT NULL
) WITHOUT ROWID;
"""
FIELDS = "id, channel, alert, title, text, expires, target"
FIRST_WAIT, LONGEST_WAIT, LONGEST_ASKED = 2, 600, 3_600
LONGEST_ANSWER = 40
KEPT_SECONDS = 400 * 86_400
PRIVATE = "s-"
"""Begins the id of a message to a subscriber: its target is forgotten when it fails, too."""
WITHDRAWN, EXPIRED = "withdrawn", "expired"


class NoSuchMessage(BadInput):
    """There is no such message among those that failed or are uncertain."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one message; `wait` is what the gateway asked for, in seconds."""

    id: MessageId
    fate: Fate
    trouble: str = ""
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that did not go: its id, channel and alert, what became of it and why."""

    id: MessageId
    channel: Channel
    alert: str
    fate: Fate
    trouble: str


class Outbox:
    """The outbox in a file; one object a thread."""

    def __init__(self, path: Path) -> None:
        """Open or make it."""
        make_private_folder(path.parent)
        self._rows = sqlite3.connect(path, timeout=20, isolation_level=None)
        self._rows.execute("PRAGMA journal_mode=WAL")
        self._rows.execute("PRAGMA synchronous=FULL")
        self._rows.execute("PRAGMA secure_delete=ON")
        self._rows.executescript(TABLES)

    def close(self) -> None:
        """Let go of the file."""
        self._rows.close()

    def declare(self, targets: Iterable[tuple[Channel, str]]) -> None:
        """Note which channels have a gateway and whom each reaches, for the desk to know."""
        with self._rows:
            self._rows.execute("BEGIN IMMEDIATE")
            self._rows.execute("DELETE FROM target")
            self._rows.executemany("INSERT OR IGNORE INTO target VALUES (?, ?)", list(targets))

    def open_channels(self, channels: Mapping[Channel, bool]) -> None:
        """Note which channels have a gateway at all, and whether answers come back by it."""
        with self._rows:
            self._rows.execute("BEGIN IMMEDIATE")
            self._rows.execute("DELETE FROM channel")
            self._rows.executemany("INSERT INTO channel VALUES (?, ?)", channels.items())

    def channels(self) -> dict[Channel, bool]:
        """Return which channels have a gateway, and whether answers come back by it."""
        rows = self._rows.execute("SELECT channel, hears FROM channel")
        return {Channel(channel): bool(hears) for channel, hears in rows}

    def take_answers(self, answers: Iterable[Answer]) -> None:
        """Keep what phones answered until the desk has read it."""
        rows = [(one.id, one.target, one.text[:LONGEST_ANSWER]) for one in answers]
        with self._rows:
            self._rows.execute("BEGIN IMMEDIATE")
            self._rows.executemany("INSERT OR IGNORE INTO answer VALUES (?, ?, ?)", rows)

    def answers(self) -> list[Answer]:
        """Return what phones answered."""
        rows = self._rows.execute("SELECT id, target, text FROM answer ORDER BY id LIMIT 500")
        return [Answer(*row) for row in rows]

    def forget_answer(self, answer: Answer) -> None:
        """Forget an answer that the desk has read."""
        self._rows.execute("DELETE FROM answer WHERE id = ?", (answer.id,))

    def targets(self) -> list[tuple[Channel, str]]:
        """Return whom each channel reaches; an empty target is the gateway's own room."""
        rows = self._rows.execute("SELECT channel, target FROM target ORDER BY channel, target")
        return [(Channel(channel), target) for channel, target in rows]

    def put(self, messages: Iterable[Outgoing]) -> None:
        """Take messages; one that was taken before, whatever became of it, stays as it is."""
        rows = [
            (m.id, m.channel, m.alert, m.title, m.text, m.expires, m.target) for m in messages
        ]  # made before the file is locked: making them may ask the ring
        with self._rows:
            self._rows.execute("BEGIN IMMEDIATE")
            self._rows.executemany(
                f"INSERT OR IGNORE INTO message ({FIELDS}) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608  # our own names
                rows,
            )

    def claim(self, channel: Channel, *, most: int, now: int) -> list[Outgoing]:
        """Mark messages that are due as being sent, and return them.

        One that would wait longer than a gateway may ask for waits only because a clock was set
        back: it is due.
        """
        found = self._rows.execute(
            "UPDATE message SET fate = 'sending', tries = tries + 1 WHERE id IN"  # noqa: S608  # our own names
            " (SELECT id FROM message WHERE channel = ? AND fate = 'waiting'"
            " AND (due <= ? OR due > ?) AND expires > ? LIMIT ?)"
            f" RETURNING {FIELDS}",
            (channel, now, now + LONGEST_ASKED, now, most),
        ).fetchall()
        return [_outgoing(row) for row in found]

    def expire(self, channel: Channel, *, now: int) -> None:
        """Give up what its alert has outlived."""
        self._rows.execute(
            "UPDATE message SET fate = 'failed', trouble = ?, target = ''"
            " WHERE channel = ? AND fate = 'waiting' AND expires <= ?",
            (EXPIRED, channel, now),
        )
        self._rows.execute(
            "UPDATE message SET target = '' WHERE channel = ? AND expires <= ? AND target <> ''",
            (channel, now),
        )
        self._rows.execute(
            "DELETE FROM message WHERE channel = ? AND expires <= ?", (channel, now - KEPT_SECONDS)
        )

    def settle(self, results: Sequence[Result], *, now: int) -> None:
        """Note what became of messages; a target is forgotten as soon as it is not needed."""
        with self._rows:
            self._rows.execute("BEGIN IMMEDIATE")
            for one in results:
                self._settle(one, now=now)

    def recover(self, channel: Channel, *, knows_ids: bool) -> None:
        """After a start: what was being sent goes again, or its fate is uncertain."""
        fate = Fate.WAITING if knows_ids else Fate.UNCERTAIN
        self._rows.execute(
            "UPDATE message SET fate = ?, trouble = 'crash' WHERE channel = ? AND fate = 'sending'",
            (fate, channel),
        )

    def withdraw(self, alert: str) -> None:
        """Send no more of an alert."""
        self._rows.execute(
            "UPDATE message SET fate = 'failed', trouble = ?, target = ''"
            " WHERE alert = ? AND fate = 'waiting'",
            (WITHDRAWN, alert),
        )

    def withdraw_from(self, target: str) -> None:
        """Send no more to somebody who said so."""
        self._rows.execute(
            "UPDATE message SET fate = 'failed', trouble = ?, target = ''"
            " WHERE target = ? AND fate = 'waiting'",
            (WITHDRAWN, target),
        )

    def again(self, message: MessageId) -> None:
        """Try a failed or uncertain one again, by a person's decision; raises NoSuchMessage."""
        changed = self._rows.execute(
            "UPDATE message SET fate = 'waiting', due = 0, trouble = ''"
            " WHERE id = ? AND fate IN ('failed', 'uncertain')"
            " AND trouble NOT IN ('withdrawn', 'expired')",
            (message,),
        )
        if not changed.rowcount:
            raise NoSuchMessage

    def dead_letters(self, *, most: int = 200) -> list[Letter]:
        """Return what failed for good or is uncertain."""
        rows = self._rows.execute(
            "SELECT id, channel, alert, fate, trouble FROM message"
            " WHERE fate IN ('failed', 'uncertain') ORDER BY channel, id LIMIT ?",
            (most,),
        )
        return [Letter(MessageId(i), Channel(c), a, Fate(f), t) for i, c, a, f, t in rows]

    def failed(self, channel: Channel, *, alert: str) -> list[MessageId]:
        """Return which messages of an alert the channel's network will never take."""
        rows = self._rows.execute(
            "SELECT id FROM message WHERE channel = ? AND alert = ? AND fate = 'failed'"
            " AND trouble = 'permanent'",
            (channel, alert),
        )
        return [MessageId(one) for (one,) in rows]

    def report(self, alert: str = "") -> Mapping[Channel, Mapping[Fate, int]]:
        """Return how many messages came to which fate, by channel; of one alert or of all."""
        rows = self._rows.execute(
            "SELECT channel, fate, COUNT(*) FROM message WHERE ? IN ('', alert)"
            " GROUP BY channel, fate",
            (alert,),
        )
        found: dict[Channel, dict[Fate, int]] = {}
        for channel, fate, count in rows:
            found.setdefault(Channel(channel), {})[Fate(fate)] = count
        return found

    def _settle(self, one: Result, *, now: int) -> None:
        if one.fate is Fate.WAITING:
            self._rows.execute(
                "UPDATE message SET fate = 'waiting', trouble = ?,"
                " due = ? + MAX(?, MIN(?, ? << MIN(tries, 10))) WHERE id = ?",
                (
                    one.trouble,
                    now,
                    min(int(one.wait), LONGEST_ASKED),
                    LONGEST_WAIT,
                    FIRST_WAIT // 2,
                    one.id,
                ),
            )
            return
        forget = one.fate is Fate.SENT or (one.fate is Fate.FAILED and one.id.startswith(PRIVATE))
        self._rows.execute(
            "UPDATE message SET fate = ?, trouble = ?,"
            " target = CASE WHEN ? THEN '' ELSE target END WHERE id = ?",
            (one.fate, one.trouble, forget, one.id),
        )


def _outgoing(row: Sequence[object]) -> Outgoing:
    name, channel, alert, title, text, expires, target = row
    return Outgoing(
        id=MessageId(str(name)),
        channel=Channel(str(channel)),
        alert=str(alert),
        title=str(title),
        text=str(text),
        expires=int(str(expires)),
        target=str(target),
    )
