"""What could hurt someone through the desk (docs/safeguards.md), one promise a test."""

import json
import os
import re
from collections.abc import Callable

import pytest
from desk_cast import Attach, Browse, Desk, Family
from django.conf import settings as desk_settings
from django.urls import reverse

from oberih.alerts.services import Draft, Grounds, TooFewFamilies, Words
from oberih.alerts.states import Basis
from oberih.core.identifiers import parse
from oberih.crypto.message import ReportKind
from oberih.desk import alerting, selectors, services, watch_services
from oberih.desk.alerting import NamesAnIdentifier, QuotesTheReport
from oberih.desk.front_calls import CollectedAttachment
from oberih.desk.models import Attachment as Kept
from oberih.desk.models import Case, Conversation
from oberih.desk.selectors import View
from oberih.desk.states import CaseId
from oberih.desk.urgency import Urgency
from oberih.staff.models import Member
from oberih.staff.roles import Role

pytestmark = pytest.mark.django_db
NUMBER = "Дзвонили з +380 50 000 00 07"
SAID = "Він: принеси ці знімки до вечора, бо більше ніколи не подзвонимо тобі"
CHAT = json.dumps(
    {
        "format": "text",
        "messages": [
            {"from": "them", "at": "", "text": "принеси ці знімки до вечора,"},
            {"from": "them", "at": "", "text": "бо більше ніколи не подзвонимо тобі"},
        ],
    },
    ensure_ascii=False,
)
EN = Words("Strangers call", "They promise a letter in return.")


def moved(old: Family, *, to: Family) -> None:
    """Change the words of a family, who then writes of the same number again."""
    to.send("", kind=ReportKind.MOVE, move_from=old.keys.mailbox)
    old.send("", kind=ReportKind.MOVE, move_to=to.keys.mailbox)
    to.send(f"{NUMBER}, знову")


def about(text: str) -> Draft:
    source = Grounds(Basis.OTHER_SOURCE, source="a public warning")
    return Draft(texts={"uk": Words("Дзвінки", text), "en": EN}, grounds=source)


def test_who_changed_her_words_is_still_one_family(
    desk: Desk, family: Callable[[], Family], officer: Member
) -> None:
    old, new = family(), family()
    old.send(NUMBER)
    moved(old, to=new)
    desk.turn()

    rows = selectors.queue(View(), by=officer, now=desk.now).rows

    assert [row.families for row in rows] == [1, 1]
    assert watch_services.families_reporting(parse("+380500000007"), by=officer) == 1


def test_the_rule_of_three_families_tells_nothing_of_hidden_cases(
    desk: Desk, family: Callable[[], Family], officer: Member, member: Callable[..., Member]
) -> None:
    for _ in range(3):
        family().send(NUMBER)
    desk.turn()
    stranger = member(Role.OFFICER, team="north")

    number = parse("+380500000007")
    assert watch_services.families_reporting(number, by=officer) == 3
    assert watch_services.families_reporting(number, by=stranger) == 0


def test_a_conversation_that_only_claims_another_is_its_own_family(
    desk: Desk, family: Callable[[], Family], officer: Member
) -> None:
    old, liar = family(), family()
    old.send(NUMBER)
    liar.send("", kind=ReportKind.MOVE, move_from=old.keys.mailbox)
    liar.send(NUMBER)
    desk.turn()

    rows = selectors.queue(View(), by=officer, now=desk.now).rows

    assert [row.families for row in rows] == [2, 2]


def test_changed_words_do_not_lift_the_bar_of_three_families(
    desk: Desk, family: Callable[[], Family], officer: Member
) -> None:
    first, again, other = family(), family(), family()
    first.send(NUMBER)
    other.send(NUMBER)
    moved(first, to=again)
    desk.turn()
    text = "Дзвонять з +380500000007, не відповідайте."

    with pytest.raises(NamesAnIdentifier):
        alerting.draft(about(text), by=officer, now=desk.now, entropy=os.urandom)


def test_families_that_the_desk_does_not_count_are_too_few(desk: Desk, officer: Member) -> None:
    judged = Grounds(Basis.FAMILIES, families=3, counted=2)
    draft = Draft(texts={"uk": Words("Дзвінки", "Просять мовчати."), "en": EN}, grounds=judged)

    with pytest.raises(TooFewFamilies):
        alerting.draft(draft, by=officer, now=desk.now, entropy=os.urandom)


@pytest.mark.parametrize("sent", [{"text": SAID}, {"text": "", "chat_part": CHAT}])
def test_an_alert_quotes_nobody_whichever_case_it_is_drafted_from(
    desk: Desk, olha: Family, officer: Member, sent: dict[str, str]
) -> None:
    olha.send(**sent)
    desk.turn()
    text = "Кажуть: принеси ці знімки до вечора, бо більше ніколи не подзвонимо тобі"

    with pytest.raises(QuotesTheReport):
        alerting.draft(about(text), by=officer, now=desk.now, entropy=os.urandom)


def test_her_own_despair_comes_first(desk: Desk, olha: Family) -> None:
    olha.send("Я більше не хочу жити")
    desk.turn()

    case = Case.objects.get()
    assert case.support
    assert case.urgency == Urgency.NOW


def test_dissent_alone_is_neither_raised_nor_stored_as_a_tactic(desk: Desk, olha: Family) -> None:
    olha.send("Виходимо в неділю на мирну акцію, влада нас не чує")
    desk.turn()

    case = Case.objects.get()
    assert case.band in {"none", "verify"}
    assert case.tactics == []


def test_who_speaks_for_an_office_is_to_be_verified(desk: Desk, olha: Family) -> None:
    olha.send("Добрий день, це Координаційний штаб, ваше звернення отримано")
    desk.turn()

    assert Case.objects.get().band == "verify"


def test_two_families_with_one_number_never_share_a_conversation(
    desk: Desk, family: Callable[[], Family], officer: Member
) -> None:
    one, other = family(), family()
    one.send(NUMBER)
    other.send(NUMBER)
    desk.turn()
    case = CaseId(Conversation.objects.get(mailbox=one.keys.mailbox).case_id)

    services.reply(case, text="Ми з вами.", by=officer, now=desk.now)
    desk.later(minutes=1)
    desk.turn()

    assert one.answers() == ["Ми з вами."]
    assert other.answers() == []


def test_whoever_answers_is_reminded_never_to_mention_one_family_to_another(
    desk: Desk, family: Callable[[], Family], browse: Browse, officer: Member
) -> None:
    family().send(NUMBER)
    family().send(NUMBER)
    desk.turn()
    address = reverse("desk:case", kwargs={"case": Case.objects.all()[0].pk})

    page = browse(officer).get(address).content.decode()

    assert re.search(r"ніколи не згадуйте одну іншій|never mention one to another", page)


@pytest.fixture
def photo(desk: Desk, olha: Family, attach: Attach, monkeypatch: pytest.MonkeyPatch) -> Kept:
    """Return a picture that the desk keeps, and let the pages look where the courier stores."""
    monkeypatch.setattr(desk_settings, "DESK", desk.data)
    announced, sealed = attach(b"\x89PNG\r\n\x1a\n a picture")
    olha.send("з фото", attachments=(announced,))
    collected = CollectedAttachment(olha.keys.mailbox, announced.id, announced.chunks)
    desk.front.attachments[announced.id] = (collected, sealed)
    desk.turn()
    return Kept.objects.get()


def test_a_picture_is_blurred_until_asked_and_warned_of(
    photo: Kept, browse: Browse, officer: Member
) -> None:
    address = reverse("desk:attachment", kwargs={"attachment": photo.pk})

    page = browse(officer).get(address).content.decode()

    assert re.search(r"може бути насильство|may show violence", page)
    assert "/image/?clear=1" not in page.split("<img")[1].split(">")[0]


def test_a_minor_is_helped_without_a_parent_s_consent(
    desk: Desk, olha: Family, browse: Browse, lead: Member
) -> None:
    olha.send("Мені написали", under18=True)
    desk.turn()
    address = reverse("desk:case", kwargs={"case": Case.objects.get().pk})

    page = browse(lead).get(address).content.decode()

    assert re.search(r"Згода батьків для допомоги не потрібна|No parent's consent", page)
