"""Promises of filing: once, whole, in any order, and never at the cost of another's report."""

from collections.abc import Callable

import pytest
from desk_cast import Attach, Desk, Family
from django.db import connection
from running_ring import RunningRing

from oberih.audit.selectors import events_about, verify_chain
from oberih.core import canonical
from oberih.crypto.envelope import envelope_id
from oberih.crypto.message import ReportBody
from oberih.desk.courier_models import Taken
from oberih.desk.models import Attachment, Case, Message
from oberih.desk.threads import Entry, entries
from oberih.keys.refusals import Locked

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
DEMAND = "Він каже: підпаліть військову машину, інакше вашого сина битимуть. +380500000001"


def test_a_report_becomes_an_assessed_case(desk: Desk, olha: Family) -> None:
    olha.send(DEMAND)

    desk.turn()

    case = Case.objects.get()
    assert (case.band, case.state) == ("stop", "new")
    assert [str(one) for one in case.identifiers.all()] == ["phone:+380500000001"]
    assert Message.objects.get(direction="report").text == DEMAND


def test_what_is_filed_is_acknowledged(desk: Desk, olha: Family) -> None:
    envelope = olha.send()

    desk.turn()

    assert desk.front.filed == {envelope}


def test_an_envelope_offered_again_is_filed_once(desk: Desk, olha: Family) -> None:
    envelope = olha.send()
    desk.turn()
    desk.front.filed.clear()

    desk.turn()

    assert Message.objects.filter(direction="report").count() == 1
    assert desk.front.filed == {envelope}


def test_one_message_sealed_twice_is_filed_once(desk: Desk, olha: Family) -> None:
    olha.send("Одне й те саме")
    olha.sequence, olha.previous = 0, ""
    olha.send("Одне й те саме")

    desk.turn()

    assert Message.objects.filter(direction="report").count() == 1
    assert sorted(Taken.objects.values_list("outcome", flat=True)) == ["filed", "repeated"]


def test_a_message_that_overtook_the_first_waits_sealed_and_is_filed_with_it(
    desk: Desk, olha: Family
) -> None:
    first = olha.seal(ReportBody(text="початок"))
    olha.send("продовження")
    desk.turn()
    assert Taken.objects.get().outcome == "held"

    desk.front.envelopes[envelope_id(first)] = first
    desk.turn()

    assert [entry.text for entry in reports()] == ["початок", "продовження"]
    assert not any(entry.has_gap_before for entry in reports())


def test_a_missing_message_is_shown_as_a_gap(desk: Desk, olha: Family) -> None:
    olha.send("перше")
    olha.seal(ReportBody(text="це загубилося"))
    olha.send("третє")

    desk.turn()

    assert [entry.has_gap_before for entry in reports()] == [False, True]


def test_parts_are_joined_and_a_chat_is_put_together_again(desk: Desk, olha: Family) -> None:
    lines = [{"from": "them", "at": None, "text": "Підпаліть військову машину"}]
    chat = canonical.encode({"format": "text", "messages": lines}).decode()
    olha.send("перша ", part=1, parts=2, chat_part=chat[:20])
    olha.send("друга", part=2, parts=2, chat_part=chat[20:])

    desk.turn()

    [entry] = reports()
    assert (entry.text, entry.missing) == ("перша друга", 0)
    assert entry.chat[0].text == "Підпаліть військову машину"


def test_a_forged_message_is_refused_and_never_shown(
    desk: Desk, family: Callable[[], Family]
) -> None:
    olha, forger = family(), family()
    olha.send("Це я")
    desk.turn()
    forger.sequence, forger.previous = 1, olha.previous
    forger.pretend_to_be(olha)
    forger.send("Це не я")

    desk.turn()

    assert [entry.text for entry in reports()] == ["Це я"]
    assert Taken.objects.filter(outcome="bad signature").count() == 1


def test_a_broken_envelope_does_not_keep_the_next_one_back(desk: Desk, olha: Family) -> None:
    sealed = bytearray(olha.seal(ReportBody(text="зіпсоване")))
    sealed[5000] ^= 1
    desk.front.envelopes[envelope_id(bytes(sealed))] = bytes(sealed)
    olha.sequence, olha.previous = 0, ""
    whole = olha.send("ціле")

    desk.turn()

    assert [entry.text for entry in reports()] == ["ціле"]
    assert desk.front.filed == {envelope_id(bytes(sealed)), whole}


def test_with_locked_keys_nothing_is_taken_and_nothing_is_lost(
    desk: Desk, olha: Family, ring: RunningRing
) -> None:
    olha.send(DEMAND)
    ring.client.lock()
    with pytest.raises(Locked):
        desk.turn()
    assert not desk.front.filed

    ring.client.unlock(ring.passphrase)
    desk.turn()

    assert Case.objects.count() == 1


def test_each_filing_is_one_act_of_an_unbroken_chain(desk: Desk, olha: Family) -> None:
    olha.send()

    desk.turn()

    [event] = events_about(f"case {Case.objects.get().pk}")
    assert event.fields is not None
    assert event.fields["act"] == "report.filed"
    assert verify_chain().entries >= 1


def test_no_word_of_a_report_is_in_the_audit(desk: Desk, olha: Family) -> None:
    olha.send(DEMAND)

    desk.turn()

    with connection.cursor() as cursor:
        cursor.execute("SELECT event FROM audit_entry")
        events = " ".join(row[0] for row in cursor.fetchall())
    assert "380500000001" not in events
    assert "підпаліть" not in events


def test_under_a_demand_a_minor_comes_first(desk: Desk, family: Callable[[], Family]) -> None:
    family().send(DEMAND)
    family().send(DEMAND, under18=True)

    desk.turn()

    assert Case.objects.order_by("urgency").first().under18


def test_an_announced_attachment_waits_until_it_is_whole(
    desk: Desk, olha: Family, attach: Attach
) -> None:
    announced, _sealed = attach(b"a picture")
    olha.send("з фото", attachments=(announced,))

    desk.turn()

    assert Attachment.objects.get().state == "announced"


def reports() -> list[Entry]:
    """Return what the desk has of the one conversation, in order."""
    return [one for one in entries(Message.objects.all()) if one.first.direction == "report"]
