"""What the sandbox does with a stranger's file; each job takes bytes and gives plain bytes back."""

from collections.abc import Callable, Mapping

from oberih.core import canonical
from oberih.sandbox import channels, documents, images, media, tables
from oberih.sandbox import chats as exports
from oberih.sandbox.kinds import Kind, kind_of
from oberih.sandbox.refusals import NotShown
from oberih.system.frames import Frame

Job = Callable[[Frame], Frame]


def inspect(asked: Frame) -> Frame:
    """Answer what the file looks like."""
    return Frame({"kind": kind_of(asked.body).value})


def render_image(asked: Frame) -> Frame:
    """Answer the picture and its blurred form, one behind the other."""
    if kind_of(asked.body) is not Kind.IMAGE:
        raise NotShown
    drawn = images.draw(asked.body)
    return Frame({"first": len(drawn.png)}, drawn.png + drawn.blurred)


def render_page(asked: Frame) -> Frame:
    """Answer one page of a document, its blurred form behind it, and how many pages there are."""
    if kind_of(asked.body) is not Kind.PDF:
        raise NotShown
    drawn, pages = documents.draw_page(asked.body, number=asked.number("page"))
    return Frame({"first": len(drawn.png), "pages": pages}, drawn.png + drawn.blurred)


def draw_stills(asked: Frame) -> Frame:
    """Answer a sheet of a film's pictures and its blurred form; the sound stays behind."""
    if kind_of(asked.body) is not Kind.VIDEO:
        raise NotShown
    drawn = media.stills(asked.body)
    return Frame({"first": len(drawn.png)}, drawn.png + drawn.blurred)


def hear(asked: Frame) -> Frame:
    """Answer the sound of a recording or a film as plain samples."""
    if kind_of(asked.body) not in {Kind.AUDIO, Kind.VIDEO}:
        raise NotShown
    return Frame({}, media.sound(asked.body))


def fingerprint_image(asked: Frame) -> Frame:
    """Answer what a picture looks like, in 16 hex digits or none."""
    if kind_of(asked.body) is not Kind.IMAGE:
        raise NotShown
    return Frame({"fingerprint": images.fingerprint(asked.body)})


def read_chat(asked: Frame) -> Frame:
    """Answer the chats of an export as canonical JSON."""
    chats = exports.read_chats(asked.body, form=asked.text("format"), me=asked.text("me"))
    return Frame({}, canonical.encode(chats))


def read_channel(asked: Frame) -> Frame:
    """Answer the posts of an exported channel as canonical JSON."""
    return Frame({}, canonical.encode(channels.read_posts(asked.body)))


def read_table(asked: Frame) -> Frame:
    """Answer the rows of a table as canonical JSON."""
    return Frame({}, canonical.encode(tables.read_rows(asked.body)))


JOBS: Mapping[str, Job] = {
    "inspect": inspect,
    "render-image": render_image,
    "render-page": render_page,
    "draw-stills": draw_stills,
    "hear": hear,
    "fingerprint-image": fingerprint_image,
    "read-chat": read_chat,
    "read-table": read_table,
    "read-channel": read_channel,
}


def prepare_all() -> None:
    """Load everything that a job will need."""
    images.prepare()
    documents.prepare()
    media.prepare()
    exports.prepare()
    tables.prepare()
    channels.prepare()
