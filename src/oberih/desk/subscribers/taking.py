"""What subscribers say: in a sealed message of its own, or by an SMS to the operator's number."""

from contextlib import suppress
from datetime import date, datetime
from hashlib import sha256

from oberih.alerts import subscriptions
from oberih.alerts.gateways.outbox import PRIVATE, Outbox
from oberih.alerts.gateways.values import Answer, Channel, MessageId, Outgoing
from oberih.alerts.models import Subscription
from oberih.alerts.states import Way
from oberih.alerts.subscriber_words import HELD
from oberih.alerts.subscriptions import Keeper
from oberih.alerts.wishes import NOT_OCCUPIED, Wish, Word, mobile, said, wish_of
from oberih.core.errors import Refused
from oberih.desk import bookkeeping
from oberih.desk.filing import OpenedReport, refuse_envelope
from oberih.desk.states import Outcome

DAY_SECONDS = 86_400


def take_report(report: OpenedReport, *, keeper: Keeper, on: date) -> None:
    """Do what a sealed subscription asks for; it opens no case, and nothing else of it is kept."""
    body, mailbox = report.message.body, report.message.place.mailbox
    stated = body.answers.get(NOT_OCCUPIED, False)
    try:
        wish = wish_of(body.text, region=body.region, language=body.language, stated=stated)
        subscriptions.take(wish, keeper=keeper, on=on)
    except Refused:
        refuse_envelope(report.envelope, mailbox=mailbox, outcome=Outcome.MALFORMED, on=on)
    else:
        bookkeeping.take(report.envelope, mailbox=mailbox, outcome=Outcome.FILED, on=on)


def take_answers(outbox: Outbox, *, keeper: Keeper, now: datetime) -> None:
    """Do what phones answered: yes, stop, or "what do you hold"; then forget the answer.

    An unknown word, or a number that may not be written to, is forgotten at once.
    """
    for answer in outbox.answers():
        with suppress(Refused):
            _take_answer(answer, outbox=outbox, keeper=keeper, now=now)
        outbox.forget_answer(answer)


def _take_answer(answer: Answer, *, outbox: Outbox, keeper: Keeper, now: datetime) -> None:
    word, number = said(answer.text), mobile(answer.target)
    if word is Word.STOP:
        outbox.withdraw_from(number)
    if word in {Word.STOP, Word.YES}:
        subscriptions.take(Wish(word, Way.SMS, number), keeper=keeper, on=now.date())
    elif word is Word.SHOW:
        _show(number, outbox=outbox, keeper=keeper, now=now)


def _show(number: str, *, outbox: Outbox, keeper: Keeper, now: datetime) -> None:
    """Answer to the same number what is held about it, once a day."""
    mac = keeper.keep_contact(number.encode()).mac
    row = Subscription.objects.filter(pk=mac).first()
    if row is None:
        return
    name = sha256(f"show {mac} {now.date()}".encode()).hexdigest()[:32]
    text = HELD[row.language].format(region=row.region or "-", since=row.day.isoformat())
    ends = int(now.timestamp()) + DAY_SECONDS
    message = Outgoing(
        MessageId(PRIVATE + name), Channel.SMS, "held", "", text, ends, target=number
    )
    outbox.put([message])
