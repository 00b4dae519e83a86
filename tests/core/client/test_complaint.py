"""A complaint by the command: sealed to the auditor, and on the wire like any note."""

import pytest
from simulated_front import NOW, SimulatedDesk, SimulatedFront

from oberih.client.conversation import Conversation, NoAuditor
from oberih.client.report import NothingToSend, Report
from oberih.client.reports import Sending, send_report
from oberih.crypto.age import Identity, open_sealed
from oberih.crypto.complaint import ComplaintTooLong, sealed_words
from oberih.crypto.message import ReplyBody, ReplyKind, ReportKind
from oberih.crypto.receipt import Receipt

RECEIPT = Receipt(bytes(13))
KEYS = RECEIPT.derive()
SAID = "Черговий питав, де ми живемо"


class Family:
    """Olha, who has sent one report, and the auditor whom the desk names."""

    def __init__(self) -> None:
        """Send and collect."""
        self.auditor = Identity.from_seed(b"\x05" * 32)
        self.machine = SimulatedFront(auditor=self.auditor)
        self.desk = SimulatedDesk(self.machine)
        send_report(Report("help"), front=self.machine.front(), sending=Sending(NOW, RECEIPT))
        self.desk.collect()
        self.machine.calls.clear()

    @property
    def conversation(self) -> Conversation:
        """Open it anew, with the words alone."""
        return Conversation(KEYS, front=self.machine.front())


@pytest.fixture
def olha() -> Family:
    return Family()


def test_the_auditor_opens_what_she_complains_of(olha: Family) -> None:
    olha.conversation.complain(f" {SAID}\n", now=NOW)

    body = olha.desk.collect()[-1].body
    opened = open_sealed(sealed_words(body), identity=olha.auditor).decode()

    assert body.kind is ReportKind.COMPLAINT
    assert opened.rstrip("\n") == f"oberih/1/complaint\n{KEYS.mailbox}\n\n{SAID}"


def test_a_front_sees_the_same_as_for_a_note(olha: Family) -> None:
    olha.conversation.write("Звичайне слово", now=NOW)
    noted = list(olha.machine.calls)
    olha.desk.collect()
    olha.machine.calls.clear()

    olha.conversation.complain(SAID, now=NOW)

    assert olha.machine.calls == noted


def test_her_conversation_shows_nothing_of_it(olha: Family) -> None:
    before = olha.conversation.entries()

    olha.conversation.complain(SAID, now=NOW)

    assert olha.conversation.entries() == before


def test_her_conversation_shows_nothing_of_the_receipt_either(olha: Family) -> None:
    before = olha.conversation.entries()
    olha.conversation.complain(SAID, now=NOW)
    olha.desk.collect()

    olha.desk.reply(ReplyBody(kind=ReplyKind.RECEIVED))

    assert olha.conversation.entries() == before


def test_what_she_writes_next_follows_what_she_wrote_before(olha: Family) -> None:
    olha.desk.reply(ReplyBody(text="We are with you."))
    olha.conversation.write("Перше", now=NOW)
    olha.conversation.complain(SAID, now=NOW)
    olha.conversation.write("Друге", now=NOW)

    _report, first, _complaint, second = olha.desk.collect()

    assert (second.place.sequence, second.place.previous) == (3, first.digest)


def test_without_an_auditor_nothing_is_sent(olha: Family) -> None:
    olha.machine.auditor = None

    with pytest.raises(NoAuditor):
        olha.conversation.complain(SAID, now=NOW)
    assert len(olha.desk.collect()) == 1


@pytest.mark.parametrize(("text", "error"), [(" ", NothingToSend), ("ї" * 4000, ComplaintTooLong)])
def test_an_empty_or_endless_complaint_is_not_sent(
    olha: Family, text: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        olha.conversation.complain(text, now=NOW)
    assert len(olha.desk.collect()) == 1
