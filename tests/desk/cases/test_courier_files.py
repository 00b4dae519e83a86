import pytest

from oberih.desk.models import Case, Message, Taken

pytestmark = pytest.mark.django_db


def test_a_report_becomes_an_assessed_case(desk, olha):
    olha.send("Він каже: підпаліть військову машину, інакше вашого сина битимуть. +380500000001")

    desk.turn()

    case = Case.objects.get()
    assert case.band == "stop"
    assert [str(one) for one in case.identifiers.all()] == ["phone:+380500000001"]
    assert Message.objects.get().text.startswith("Він каже")


def test_what_is_filed_is_acknowledged(desk, olha):
    envelope = olha.send()

    desk.turn()

    assert desk.front.filed == {envelope}
    assert Taken.objects.get().outcome == "filed"
