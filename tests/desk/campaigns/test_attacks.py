"""Who floods, pads or names an innocent number buries nothing and joins nothing for good."""

import io
import random
from datetime import date, timedelta

import pytest
from desk_cast import Browse
from PIL import Image, ImageDraw

from oberih.campaigns.clues import COMMON
from oberih.campaigns.facts import Facts
from oberih.campaigns.models import Clue, Contact, Group
from oberih.campaigns.states import CaseId
from oberih.campaigns.sums import FLOOD
from oberih.campaigns.taking import live_book, take_in
from oberih.desk.models import Case
from oberih.sandbox import images
from oberih.staff.models import Member, Team

pytestmark = [pytest.mark.django_db]
DAY = date(2026, 11, 20)
SCRIPT = "добрий день я сидів вашим чоловіком одній камері маю нього звістку пишіть негайно мені"
WORDS = [f"слово{one}{other}" for one in "абвгдежзик" for other in "лмнопрстуф"]


def facts(number: int, **more: object) -> Facts:
    return Facts(CaseId(f"C{number:04d}-000"), f"F{number:04d}", DAY, **more)  # type: ignore[arg-type]  # fields


def padded(number: int, *, words: int) -> str:
    chance = random.Random(number)  # noqa: S311  # invented padding
    return f"{SCRIPT} {' '.join(chance.sample(WORDS, words))}"


def test_padding_with_random_words_does_not_hide_a_script() -> None:
    for number in range(8):
        take_in(facts(number, texts=(padded(number, words=5),)), book=live_book())

    assert list(Group.objects.values_list("families", flat=True)) == [8]


def test_random_text_alone_joins_nobody() -> None:
    for number in range(8):
        chance = random.Random(number)  # noqa: S311  # invented words
        text = " ".join(chance.sample(WORDS, 20))
        take_in(facts(number, texts=(text,)), book=live_book())

    assert set(Group.objects.values_list("families", flat=True)) == {1}


def test_an_innocent_number_in_every_report_stops_joining_by_itself() -> None:
    for number in range(COMMON + 1):
        day = DAY - timedelta(days=number % 50)
        shared = frozenset({"phone:+380440000009"})
        take_in(
            Facts(CaseId(f"C{number:04d}-000"), f"F{number:04d}", day, identifiers=shared),
            book=live_book(),
        )

    clue = Clue.objects.get(kind="identifier")
    assert (clue.families, clue.joins) == (COMMON + 1, False)
    assert set(Group.objects.values_list("contacts", flat=True)) == {1}


def test_a_released_flood_counts_and_can_be_held_again(lead: Member, browse: Browse) -> None:
    lead.teams.add(Team.objects.get_or_create(pk="desk", defaults={"name": "desk"})[0])
    for number in range(FLOOD + 1):
        Case.objects.create(id=f"C{number:04d}-000", filed_at="2026-11-20T10:00:00Z")
        take_in(facts(number, identifiers=frozenset({"phone:+380500000009"})), book=live_book())
    group = Group.objects.get(book=live_book())
    assert (group.families, group.quarantined) == (0, FLOOD + 1)

    browse(lead).post(f"/campaigns/groups/{group.pk}/release/")
    group.refresh_from_db()
    assert (group.families, group.quarantined) == (FLOOD + 1, 0)
    browse(lead).post(f"/campaigns/groups/{group.pk}/hold/")

    group.refresh_from_db()
    assert group.families == 0
    assert Contact.objects.count() == FLOOD + 1


def picture(*, size: tuple[int, int], quality: int) -> bytes:
    drawn = Image.new("RGB", (400, 300), "white")
    pen = ImageDraw.Draw(drawn)
    pen.ellipse((40, 60, 220, 260), fill="navy")
    pen.rectangle((250, 30, 380, 140), fill="orange")
    pen.line((0, 290, 400, 180), fill="black", width=12)
    sink = io.BytesIO()
    drawn.resize(size).save(sink, format="JPEG", quality=quality)
    return sink.getvalue()


def test_a_picture_sent_again_smaller_and_coarser_is_the_same_picture() -> None:
    one = images.fingerprint(picture(size=(400, 300), quality=95))
    other = images.fingerprint(picture(size=(260, 195), quality=40))

    take_in(facts(1, pictures=frozenset({one})), book=live_book())
    take_in(facts(2, pictures=frozenset({other})), book=live_book())

    assert list(Group.objects.values_list("families", flat=True)) == [2]


@pytest.mark.parametrize("colour", ["white", "black"])
def test_a_plain_surface_is_no_picture_to_recognise(colour: str) -> None:
    sink = io.BytesIO()
    Image.new("RGB", (50, 50), colour).save(sink, format="PNG")

    assert images.fingerprint(sink.getvalue()) == ""
