"""Promises of subscriptions: sealed, confirmed from the phone, ended by one word, never a case."""

import os
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from desk_cast import Desk, Family
from django.conf import settings
from django.db import connection

from oberih.alerts import subscriptions
from oberih.alerts.gateways.outbox import Outbox
from oberih.alerts.gateways.serve import outbox_of
from oberih.alerts.gateways.values import Answer, Channel, Outgoing
from oberih.alerts.models import Subscription
from oberih.alerts.services import Draft, Grounds, Words
from oberih.alerts.states import AlertId, Audience, Basis, SubscriptionState
from oberih.alerts.subscriptions import NoSuchSubscription
from oberih.alerts.values import Reach
from oberih.core import canonical
from oberih.crypto.message import ReportKind
from oberih.crypto.webpush import text_of
from oberih.desk import alerting
from oberih.desk.alerting import ReleaseAnswer
from oberih.desk.courier_models import Taken
from oberih.desk.models import Case, Message
from oberih.desk.subscribers import sending
from oberih.staff.models import Member
from oberih.staff.roles import NotPermitted, Role

pytestmark = pytest.mark.django_db
NUMBER = "+380500000001"
FREE = {"not-occupied": True}
TEN = datetime.combine(datetime.now(ZoneInfo("Europe/Kyiv")).date(), time(10, 5))
AT_TEN = TEN.replace(tzinfo=ZoneInfo("Europe/Kyiv"))
PUSH = canonical.encode(
    {
        "auth": text_of(bytes(16)),
        "endpoint": "https://fcm.googleapis.com/fcm/send/one",
        "p256dh": text_of(b"\x04" + bytes(64)),
    }
).decode()
WORDS = {
    "uk": Words("Просять знімки", "Обіцяють лист.", "Не робіть."),
    "en": Words("They ask for photos", "They promise a letter.", "Do not do it."),
}


@pytest.fixture
def outbox(desk: Desk) -> Iterator[Outbox]:
    assert desk
    place = outbox_of(settings.DATA)
    place.unlink(missing_ok=True)
    opened = Outbox(place)
    opened.open_channels({Channel.SMS: True, Channel.PUSH: False})
    yield opened
    opened.close()
    place.unlink()


def wish(family: Family, text: str = f"SMS {NUMBER}", **fields: object) -> None:
    named: dict[str, object] = {"kind": ReportKind.SUBSCRIBE, "answers": FREE, "not_alone": True}
    family.send(text, **(named | fields))


def worked(desk: Desk, *, now: datetime | None = None) -> None:
    sending.turn(place=outbox_of(settings.DATA), keeper=desk.ring, now=now or desk.now)


def answer(outbox: Outbox, text: str, *, number: str = NUMBER) -> None:
    outbox.take_answers([Answer(os.urandom(4).hex(), number, text)])


def waiting(outbox: Outbox, desk: Desk, channel: Channel = Channel.SMS) -> list[Outgoing]:
    return outbox.claim(channel, most=50, now=int(desk.now.timestamp()))


def subscribed(desk: Desk, olha: Family, outbox: Outbox) -> None:
    wish(olha)
    desk.turn()
    worked(desk)
    waiting(outbox, desk)
    answer(outbox, "так")
    worked(desk)


def released(desk: Desk, by: tuple[Member, Member], reach: Reach | None = None) -> AlertId:
    grounds = Grounds(Basis.OTHER_SOURCE, source="a public warning of the police")
    what = Draft(WORDS, grounds, reach=reach or Reach())
    alert = alerting.draft(what, by=by[0], now=desk.now, entropy=os.urandom)
    typed = "Київ" if reach and reach.regions else "Україна"
    yes = ReleaseAnswer(only_one=False, typed=typed, findings_read=True)
    alerting.approve(alert, answer=yes, by=by[1], now=desk.now)
    return alert


@pytest.fixture
def two(officer: Member, lead: Member) -> tuple[Member, Member]:
    return officer, lead


def test_a_wish_opens_no_case_and_its_words_are_not_kept(desk: Desk, olha: Family) -> None:
    wish(olha)

    desk.turn()

    assert Subscription.objects.count() == 1
    assert not Case.objects.exists()
    assert not Message.objects.exists()
    assert [row.outcome for row in Taken.objects.all()] == ["filed"]


def test_the_number_lies_nowhere_in_clear(desk: Desk, olha: Family) -> None:
    wish(olha)
    desk.turn()

    with connection.cursor() as cursor:
        cursor.execute("SELECT mac, sealed, region FROM alerts_subscription")
        rows = repr([[bytes(one) if isinstance(one, memoryview) else one for one in row]
                     for row in cursor.fetchall()])  # fmt: skip

    assert "500000001" not in rows


def test_the_same_number_twice_is_one_subscription(desk: Desk, family: object) -> None:
    wish(family())  # type: ignore[operator]  # the cast's fixture
    wish(family(), "SMS 050 000 00 01")  # type: ignore[operator]  # the same

    desk.turn()

    assert Subscription.objects.count() == 1


def test_a_wish_from_occupied_territory_is_not_kept(desk: Desk, family: object) -> None:
    wish(family(), region="UA-43")  # type: ignore[operator]  # the same
    wish(family(), "SMS +79780000001")  # type: ignore[operator]  # the same
    wish(family(), answers={})  # type: ignore[operator]  # the same

    desk.turn()

    assert not Subscription.objects.exists()
    assert {row.outcome for row in Taken.objects.all()} == {"malformed"}


def test_a_new_number_is_asked_once_and_gets_nothing_before_its_yes(
    desk: Desk, olha: Family, outbox: Outbox, two: tuple[Member, Member]
) -> None:
    wish(olha)
    desk.turn()
    worked(desk)
    worked(desk)
    released(desk, two)
    desk.turn()

    [asked] = waiting(outbox, desk)

    assert (asked.alert, asked.target) == ("ask", NUMBER)
    assert "полон" not in asked.text


def test_after_yes_a_warning_comes_once_and_says_how_to_end_it(
    desk: Desk, olha: Family, outbox: Outbox, two: tuple[Member, Member]
) -> None:
    subscribed(desk, olha, outbox)
    alert = released(desk, two)
    desk.turn()
    desk.turn()

    [warning] = waiting(outbox, desk)

    assert (warning.alert, warning.target) == (alert, NUMBER)
    assert warning.text.endswith("СТОП")


def test_one_word_from_the_phone_deletes_the_number_and_what_waits_for_it(
    desk: Desk, olha: Family, outbox: Outbox, two: tuple[Member, Member]
) -> None:
    subscribed(desk, olha, outbox)
    released(desk, two)
    desk.turn()

    answer(outbox, "СТОП")
    worked(desk)

    assert not Subscription.objects.exists()
    assert waiting(outbox, desk) == []
    assert outbox.answers() == []


def test_the_page_s_stop_deletes_the_number_too(desk: Desk, family: object, outbox: Outbox) -> None:
    subscribed(desk, family(), outbox)  # type: ignore[operator]  # the same

    wish(family(), f"STOP {NUMBER}", answers={})  # type: ignore[operator]  # the same
    desk.turn()

    assert not Subscription.objects.exists()


def test_the_phone_learns_what_is_held_about_it(desk: Desk, olha: Family, outbox: Outbox) -> None:
    subscribed(desk, olha, outbox)

    answer(outbox, "ДАНІ")
    worked(desk)

    [told] = waiting(outbox, desk)
    assert told.target == NUMBER
    assert "Видалити: СТОП" in told.text


def test_a_warning_for_one_region_leaves_the_others_in_peace(
    desk: Desk, olha: Family, outbox: Outbox, two: tuple[Member, Member]
) -> None:
    subscribed(desk, olha, outbox)
    Subscription.objects.update(region="UA-32")
    released(desk, two, Reach(Audience.REGION, ("UA-30",)))

    desk.turn()

    assert waiting(outbox, desk) == []


def test_a_number_that_never_answered_is_forgotten_after_a_week(
    desk: Desk, olha: Family, outbox: Outbox
) -> None:
    wish(olha)
    desk.turn()
    worked(desk)
    assert outbox.report("ask")

    worked(desk, now=desk.now + timedelta(days=9))

    assert not Subscription.objects.exists()


def test_a_flood_of_wishes_asks_at_most_so_many_a_day(desk: Desk) -> None:
    rows = [
        Subscription(mac=f"{n:064x}", way="sms", sealed=b"x", day=desk.now.date())
        for n in range(subscriptions.ASKED_A_DAY + 20)
    ]
    Subscription.objects.bulk_create(rows)
    first = subscriptions.to_ask(on=desk.now.date())
    subscriptions.mark_asked(first, on=desk.now.date())

    assert len(first) == subscriptions.ASKED_A_DAY
    assert subscriptions.to_ask(on=desk.now.date()) == []


def test_every_browser_gets_the_same_reminder_once_a_day(
    desk: Desk, olha: Family, outbox: Outbox
) -> None:
    wish(olha, f"PUSH {PUSH}")
    desk.turn()
    worked(desk, now=AT_TEN)
    worked(desk, now=AT_TEN + timedelta(minutes=5))

    reminders = outbox.claim(Channel.PUSH, most=9, now=int(AT_TEN.timestamp()))

    assert [one.text for one in reminders] == ["Щоденне нагадування"]
    assert [one.target for one in reminders] == [PUSH]


def test_before_its_hour_nobody_is_reminded(desk: Desk, olha: Family, outbox: Outbox) -> None:
    wish(olha, f"PUSH {PUSH}")
    desk.turn()

    worked(desk, now=AT_TEN - timedelta(hours=1))

    assert outbox.report() == {}


def test_an_alert_changes_nothing_in_the_reminders(
    desk: Desk, olha: Family, outbox: Outbox, two: tuple[Member, Member]
) -> None:
    wish(olha, f"PUSH {PUSH}")
    released(desk, two)

    desk.turn()

    assert Channel.PUSH not in outbox.report()


def test_a_member_may_end_confirm_and_show_only_a_number_that_is_named(
    desk: Desk, olha: Family, officer: Member
) -> None:
    wish(olha)
    desk.turn()

    subscriptions.confirm(NUMBER, keeper=desk.ring, by=officer)
    held = subscriptions.export(NUMBER, keeper=desk.ring, by=officer)
    subscriptions.end(NUMBER, keeper=desk.ring, by=officer)

    assert (held["number"], held["state"]) == (NUMBER, SubscriptionState.CONFIRMED)
    with pytest.raises(NoSuchSubscription):
        subscriptions.export(NUMBER, keeper=desk.ring, by=officer)


def test_an_analyst_may_not_touch_subscriptions(desk: Desk, member: object) -> None:
    analyst = member(Role.ANALYST)  # type: ignore[operator]  # the same

    for deed in (subscriptions.confirm, subscriptions.end, subscriptions.export):
        with pytest.raises(NotPermitted):
            deed(NUMBER, keeper=desk.ring, by=analyst)
