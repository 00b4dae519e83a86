"""An alert on its way to the gateways: neutral text, an id for each target, nothing of a case."""

from collections.abc import Iterator, Sequence
from hashlib import sha256

from oberih.alerts import wordings
from oberih.alerts.gateways.outbox import Outbox
from oberih.alerts.gateways.values import Channel, MessageId, Outgoing
from oberih.alerts.models import Alert
from oberih.alerts.states import AlertState

LANGUAGE = "uk"


def hand_over(alert: Alert, *, outbox: Outbox, front: str) -> None:
    """Put a released alert into the outbox, once for each target; withdraw one that ended.

    An exercise is sent to nobody.
    """
    if alert.is_exercise:
        return
    if alert.state == AlertState.APPROVED:
        outbox.put(_messages(alert, targets=outbox.targets(), front=front))
    else:
        outbox.withdraw(alert.pk)


def _messages(
    alert: Alert, *, targets: Sequence[tuple[Channel, str]], front: str
) -> Iterator[Outgoing]:
    ends = int(alert.ends_at.timestamp()) if alert.ends_at else 0
    for channel, target in targets:
        is_short = channel is Channel.SMS
        yield Outgoing(
            id=message_id(alert.pk, channel=channel, target=target),
            channel=channel,
            alert=alert.pk,
            title=wordings.label(alert, language=LANGUAGE),
            text=wordings.short(alert, language=LANGUAGE)
            if is_short
            else wordings.letter(alert, language=LANGUAGE, front=front),
            expires=ends,
            target=target,
        )


def message_id(alert: str, *, channel: Channel, target: str) -> MessageId:
    """Return the same id for the same alert and target, however often it is handed over."""
    return MessageId(sha256(f"{alert} {channel} {target}".encode()).hexdigest()[:32])
