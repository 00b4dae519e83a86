"""A message's own words and those that it quotes, each at its place in the text."""

from collections.abc import Iterator

from oberih.check.values import Conversation, Message

QUOTE = ">"


def blocks_of(message: Message) -> Iterator[tuple[str, bool]]:
    """Yield its own words, then lines that quote (> in mail), with whether they are borrowed.

    The others' letters are spaces in each, so that places stay those of the whole text.
    """
    lines = message.text.split("\n") if QUOTE in message.text else []
    quotes = [line.lstrip(" ").startswith(QUOTE) for line in lines]
    if True not in quotes:
        yield message.text, message.forwarded
        return
    for borrowed in (False, True):
        text = _only(lines, [one is borrowed for one in quotes])
        if text.strip(" \n"):
            yield text, borrowed or message.forwarded


def _only(lines: list[str], kept: list[bool]) -> str:
    pairs = zip(lines, kept, strict=True)
    return "\n".join(line if is_kept else " " * len(line) for line, is_kept in pairs)


def speaks_itself(conversation: Conversation) -> bool:
    """Tell whether the other side says anything of its own.

    Where all is forwarded or quoted, that is what she asks about: it counts as said.
    """
    return any(
        not borrowed
        for message in conversation.messages
        if message.sender == "them"
        for text, borrowed in blocks_of(message)
        if text.strip(" \n")
    )
