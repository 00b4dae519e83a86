"""Exported channels: claims by name or picture, judged by a person, never a status."""

import io
import json
import zipfile
from datetime import date

import pytest
from desk_cast import Browse
from PIL import Image
from register_cast import Cast

from oberih.register.models import ChannelPost, Event, PostProposal
from oberih.register.posts import accept_post, are_alike, reject_post, take_posts
from oberih.register.refusals import NoSuchPost, NotAnIntermediary
from oberih.register.selectors import person_record
from oberih.register.states import EventType, PersonId, SourceKind, Status
from oberih.sandbox.channels import read_posts
from oberih.sandbox.refusals import NotAChat, TooLarge
from oberih.staff.models import Member

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def post(number: int, text: str = "", *pictures: str) -> ChannelPost:
    day = date(2026, 3, 1)
    return ChannelPost(number=number, posted_on=day, text=text, pictures=list(pictures))


def taken(register: Cast, *posts: ChannelPost, source: int = 0) -> int:
    teller = source or register.source(SourceKind.INTERMEDIARY).pk
    take_posts(posts, source=teller, by=register.tracing, now=register.now)
    return teller


def proposed() -> list[tuple[int, str]]:
    return list(PostProposal.objects.order_by("pk").values_list("post__number", "person"))


def picture(*, size: int = 90, turned: bool = False) -> bytes:
    """Return a picture of steps from dark to light, or from light to dark."""
    made = Image.linear_gradient("L").rotate(45 if turned else 70).resize((size, size))
    buffer = io.BytesIO()
    made.convert("RGB").save(buffer, "JPEG")
    return buffer.getvalue()


def archive(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return buffer.getvalue()


def export(*messages: dict[str, object]) -> bytes:
    told = [{"type": "message", "date": "2026-03-01T10:00:00", **one} for one in messages]
    return json.dumps({"name": "n", "type": "public_channel", "messages": told}).encode()


@pytest.mark.parametrize(
    "text",
    [
        "Сьогодні бачили: Гнатюк Остап Богданович",
        "Остап Гнатюк, 1990 року",
        "Видео: ГНАТЮК ОСТАП просит родных",
        "про Остапа Гнатюка питають",
        "https://t.me/x Hnatiuk Ostap",
        "слово " * 80 + "Гнатюк Остап",
    ],
)
def test_a_post_is_proposed_for_who_is_named_in_it(register: Cast, text: str) -> None:
    person = register.person("Гнатюк", "Остап", "Богданович")
    register.person("Ткачук", "Роман")

    taken(register, post(1, text), post(2, "Гнатюк і Остап Вишня; Роман"))

    assert proposed() == [(1, person)]


def test_an_accepted_post_is_a_claim_and_gives_no_status(register: Cast) -> None:
    person = register.person("Гнатюк", "Остап")
    taken(register, post(7, "Гнатюк Остап"))
    proposal = PostProposal.objects.get().pk

    accept_post(proposal, type_=EventType.DIED, by=register.tracing, now=register.now)

    record = person_record(PersonId(person))
    assert (record.standing.status, record.facts[0].is_claim) == (Status.UNKNOWN, True)
    assert record.timeline[0].row.note == "№ 7"


def test_a_proposal_is_judged_once(register: Cast) -> None:
    register.person("Гнатюк", "Остап")
    taken(register, post(1, "Гнатюк Остап"))
    proposal = PostProposal.objects.get().pk
    reject_post(proposal, by=register.tracing)

    with pytest.raises(NoSuchPost):
        accept_post(proposal, type_=EventType.SEEN, by=register.tracing, now=register.now)
    assert not Event.objects.exists()


def test_a_similar_picture_proposes_who_was_accepted_before(register: Cast) -> None:
    person = register.person("Гнатюк", "Остап")
    source = taken(register, post(1, "Гнатюк Остап", "0f0f0f0f0f0f0f0f"))
    proposal = PostProposal.objects.get().pk
    accept_post(proposal, type_=EventType.SEEN, by=register.tracing, now=register.now)

    taken(register, post(2, "", "0f0f0f0f0f0f0f0e"), post(3, "", "f0" * 8), source=source)

    assert proposed()[1:] == [(2, person)]


def test_the_same_export_again_changes_nothing(register: Cast) -> None:
    register.person("Гнатюк", "Остап")
    source = taken(register, post(1, "Гнатюк Остап"))

    taken(register, post(1, "Гнатюк Остап"), source=source)

    assert (ChannelPost.objects.count(), len(proposed())) == (1, 1)


def test_a_channel_is_never_read_as_an_official_word(register: Cast) -> None:
    official = register.source(SourceKind.BUREAU, official=True).pk

    with pytest.raises(NotAnIntermediary):
        taken(register, post(1), source=official)


def test_an_export_is_read_with_its_pictures_by_what_they_look_like() -> None:
    messages = export(
        {"id": 1, "text": ["a ", {"type": "link", "text": "b"}], "photo": "photos/a.jpg"}
    )
    content = archive(x__result_dot_json=messages, x__photos__a_dot_jpg=picture())

    [read] = read_posts(content)

    assert (read["number"], read["text"], read["day"]) == (1, "a b", "2026-03-01")
    [other] = read_posts(archive(result_dot_json=export({"id": 1, "photo": "b.jpg"}),
                                 b_dot_jpg=picture(size=300)))  # fmt: skip
    assert are_alike(read["pictures"][0], other=other["pictures"][0])


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b'{"messages": 1}', b"[" * 100_000, b"PK\3\4broken", archive(a_dot_txt=b"x")],
)
def test_what_is_no_channel_is_refused(content: bytes) -> None:
    with pytest.raises(NotAChat):
        read_posts(content)


def test_a_channel_that_is_too_large_is_refused() -> None:
    with pytest.raises(TooLarge):
        read_posts(b'{"messages": [' + b"1," * 20_001 + b"1]}")


def test_odd_posts_are_left_out() -> None:
    odd = ({"id": "1"}, {"id": 2, "date": "yesterday"}, {"id": -3}, {"id": 4, "type": "service"})

    assert read_posts(export(*odd, {"id": 5, "text": {"no": "text"}})) == [
        {"number": 5, "day": "2026-03-01", "text": "", "pictures": []}
    ]


def test_the_page_shows_what_waits_and_takes_a_judgement(register: Cast, browse: Browse) -> None:
    register.person("Гнатюк", "Остап")
    taken(register, post(1, "Гнатюк Остап <b>тут</b>"))
    browser, proposal = browse(register.tracing), PostProposal.objects.get().pk

    shown = browser.get("/register/channels/").content.decode()
    browser.post(f"/register/channels/{proposal}/", {"type": EventType.SEEN.value})

    assert "&lt;b&gt;тут" in shown
    assert Event.objects.get().type == EventType.SEEN


def test_nobody_else_reads_channels(browse: Browse, lead: Member) -> None:
    assert browse(lead).get("/register/channels/").status_code == 403
    assert browse(lead).post("/register/channels/1/", {"type": ""}).status_code == 403
