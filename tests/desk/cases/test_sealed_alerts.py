"""Promises of a sealed alert: into the conversations it is for, nowhere else, by two people."""

import os
from collections.abc import Callable

import pytest
from desk_cast import Browse, Desk, Family

from oberih.alerts.models import Alert
from oberih.alerts.services import Draft, Grounds, OnePersonAlone, TooFewFamilies, Words
from oberih.alerts.states import AlertId, Audience, Basis, Standing
from oberih.alerts.values import Reach
from oberih.audit.acts import Act
from oberih.audit.selectors import events_about
from oberih.crypto.message import ReplyKind
from oberih.desk import alerting, sealed_alerts
from oberih.desk.alerting import ReleaseAnswer
from oberih.desk.models import Case, Conversation
from oberih.staff.models import Member

pytestmark = pytest.mark.django_db
WORDS = {
    "uk": Words("Просять знімки вокзалу", "Обіцяють лист за знімки.", "Не робіть."),
    "en": Words("They ask for photos", "They promise a letter.", "Do not do it."),
}
SOURCE = Grounds(Basis.OTHER_SOURCE, source="a public warning of the police")
YES = ReleaseAnswer(only_one=False, typed="Україна", findings_read=True)
TACTIC = "T3"


@pytest.fixture
def families(desk: Desk, family: Callable[[], Family]) -> list[Family]:
    """Return three families who met one tactic, and one who did not."""
    found = [family() for _number in range(4)]
    for one in found:
        one.send("Пише незнайомець, просить сфотографувати вокзал")
    desk.turn()
    Case.objects.update(tactics=[])
    keys = [case_of(one).pk for one in found[:3]]
    Case.objects.filter(pk__in=keys).update(tactics=[TACTIC])
    return found


@pytest.fixture
def two(officer: Member, lead: Member) -> tuple[Member, Member]:
    return officer, lead


def case_of(family: Family) -> Case:
    return Case.objects.get(conversation__mailbox=family.keys.mailbox)


def drafted(desk: Desk, by: Member, **named: object) -> AlertId:
    reach = Reach(Audience.SEALED, **named)  # type: ignore[arg-type]  # its own fields
    what = Draft(WORDS, SOURCE, tactic=TACTIC, reach=reach)
    return alerting.draft(what, by=by, now=desk.now, entropy=os.urandom)


def released(desk: Desk, by: tuple[Member, Member], **named: object) -> AlertId:
    alert = drafted(desk, by[0], **named)
    alerting.approve(alert, answer=YES, by=by[1], now=desk.now)
    desk.turn()
    return alert


def warned(family: Family) -> list[str]:
    found = [one.body for one in family.inbox() if one.body.kind is ReplyKind.STATUS]
    return [body.text for body in found]


def test_it_comes_into_the_conversations_that_it_is_for_once(
    desk: Desk, families: list[Family], two: tuple[Member, Member]
) -> None:
    released(desk, two)
    desk.turn()

    assert [len(warned(one)) for one in families] == [1, 1, 1, 0]
    assert "Не робіть." in warned(families[0])[0]


def test_it_is_published_nowhere(
    desk: Desk, families: list[Family], two: tuple[Member, Member]
) -> None:
    alert = released(desk, two)

    assert families
    assert not [path for path in desk.front.published if alert in path]
    assert alert.encode() not in b"".join(desk.front.published.values())


def test_who_asked_not_to_be_written_to_is_left_in_peace(
    desk: Desk, families: list[Family], two: tuple[Member, Member]
) -> None:
    mailbox = families[0].keys.mailbox
    Conversation.objects.filter(pk=mailbox).update(is_alone=False)
    Conversation.objects.filter(pk=families[1].keys.mailbox).update(words_must_change=True)
    alert = Alert.objects.get(pk=drafted(desk, two[0]))

    reach = sealed_alerts.reach(alert, by=two[1], now=desk.now)
    released(desk, two)

    assert (reach.families, reach.quiet, reach.written_to) == (3, 2, 1)
    assert [len(warned(one)) for one in families] == [0, 0, 1, 0]


def test_it_answers_nobody_s_question(
    desk: Desk, families: list[Family], two: tuple[Member, Member]
) -> None:
    released(desk, two)

    assert case_of(families[0]).waiting_since is not None
    assert case_of(families[0]).answered_at is None


def test_one_person_alone_cannot_send_it(desk: Desk, families: list[Family], lead: Member) -> None:
    alert = drafted(desk, lead)

    with pytest.raises(OnePersonAlone):
        alerting.approve(alert, answer=YES, by=lead, now=desk.now)
    desk.turn()

    assert [warned(one) for one in families] == [[], [], [], []]


def test_the_three_families_bar_holds_as_one_reader_may_be_a_handler(
    desk: Desk, families: list[Family], officer: Member
) -> None:
    assert families
    few = Grounds(Basis.FAMILIES, families=2, counted=2)
    what = Draft(WORDS, few, tactic=TACTIC, reach=Reach(Audience.SEALED))

    with pytest.raises(TooFewFamilies):
        alerting.draft(what, by=officer, now=desk.now, entropy=os.urandom)


def test_an_exercise_is_sealed_into_nothing(
    desk: Desk, families: list[Family], two: tuple[Member, Member]
) -> None:
    released(desk, two, standing=Standing.EXERCISE)

    assert [warned(one) for one in families] == [[], [], [], []]


def test_a_cancellation_goes_where_the_alert_went(
    desk: Desk, families: list[Family], two: tuple[Member, Member]
) -> None:
    alert = released(desk, two)

    alerting.cancel(alert, by=two[1], now=desk.now)
    desk.turn()

    assert [len(warned(one)) for one in families] == [2, 2, 2, 0]
    assert "Скасовано" in warned(families[0])[1]


def test_a_case_that_the_releaser_may_not_see_is_not_reached_nor_counted(
    desk: Desk, families: list[Family], two: tuple[Member, Member]
) -> None:
    Case.objects.filter(pk=case_of(families[0]).pk).update(team="another")

    alert = Alert.objects.get(pk=released(desk, two))

    assert sealed_alerts.reach(alert, by=two[1], now=desk.now).families == 2
    assert [len(warned(one)) for one in families] == [0, 1, 1, 0]


def test_the_page_and_the_audit_tell_how_many(
    desk: Desk, families: list[Family], two: tuple[Member, Member], browse: Browse
) -> None:
    alert = drafted(desk, two[0])
    before = browse(two[1]).get(f"/alerts/{alert}/", headers={"accept-language": "en"})
    alerting.approve(alert, answer=YES, by=two[1], now=desk.now)

    told = [one.fields or {} for one in events_about(f"alert {alert}")]
    [event] = [one for one in told if one["act"] == Act.ALERT_SEALED]

    assert families
    assert "CAP 1.2" not in before.content.decode()
    assert event["detail"] == {"conversations": 3}
