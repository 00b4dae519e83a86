"""Promises for bad moments: two release at once, the keys are locked, a clock was set back."""

import os
import threading
from datetime import timedelta
from typing import Any

import pytest
from desk_cast import Desk
from django.db import connections

from oberih.alerts.models import Alert
from oberih.alerts.services import Draft, Grounds, NotADraft, Words
from oberih.alerts.states import AlertId, AlertState, Basis
from oberih.core.errors import CouldNot, OberihError
from oberih.desk import alerting
from oberih.desk.alerting import ReleaseAnswer
from oberih.staff.models import Member
from oberih.staff.roles import Role

YES = ReleaseAnswer(only_one=False, typed="Україна", findings_read=True)
WORDS = {
    "uk": Words("Просять знімки", "Обіцяють лист.", "Не робіть."),
    "en": Words("They ask for photos", "They promise a letter.", "Do not do it."),
}


def drafted(desk: Desk, by: Member) -> AlertId:
    what = Draft(WORDS, Grounds(Basis.OTHER_SOURCE, source="a public warning of the police"))
    return alerting.draft(what, by=by, now=desk.now, entropy=os.urandom)


def released_by_each(alert: AlertId, *, members: list[Member], desk: Desk) -> list[str]:
    """Let several release at the same moment; return what each was told."""
    told: list[str] = []
    ready = threading.Barrier(len(members))

    def release(member: Member) -> None:
        ready.wait()
        try:
            alerting.approve(alert, answer=YES, by=member, now=desk.now)
            told.append("released")
        except OberihError as error:
            told.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=release, args=(one,)) for one in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_release_at_once_the_second_is_told(desk: Desk, member: Any) -> None:  # noqa: ANN401  # the cast's fixture
    author, *approvers = (member(Role.LEAD) for _number in range(3))
    alert = drafted(desk, author)

    told = released_by_each(alert, members=approvers, desk=desk)

    assert told == [NotADraft.__name__, "released"]
    assert Alert.objects.get(pk=alert).sequence == 1


@pytest.mark.django_db
def test_while_the_keys_are_locked_a_release_waits_and_is_published_once_after(
    desk: Desk,
    ring: Any,  # noqa: ANN401  # the same
    officer: Member,
    lead: Member,
) -> None:
    alert = drafted(desk, officer)
    ring.client.lock()
    alerting.approve(alert, answer=YES, by=lead, now=desk.now)
    with pytest.raises(CouldNot):
        desk.turn()
    assert not [path for path in desk.front.published if path.startswith("alerts/")]

    ring.client.unlock(ring.passphrase)
    desk.turn()

    assert f"alerts/{alert}.note" in desk.front.published
    assert Alert.objects.get(pk=alert).is_public


@pytest.mark.django_db
def test_a_clock_that_was_set_back_holds_no_warning_back(
    desk: Desk, officer: Member, lead: Member
) -> None:
    alert = drafted(desk, officer)
    alerting.approve(alert, answer=YES, by=lead, now=desk.now)

    desk.now -= timedelta(hours=2)
    desk.turn()

    assert f"alerts/{alert}.note" in desk.front.published
    assert Alert.objects.get(pk=alert).state == AlertState.APPROVED
