"""Which gateways are configured: OBERIH_GATEWAY_... of the environment, nothing else.

SMTP (host:port), SMTP_FROM, SMTP_TO (addresses by comma), SMTP_USER, SMTP_PASSWORD, SMTP_PLAIN=1;
SMS (URL), SMS_TOKEN, SMS_TO (numbers by comma), SMS_INBOX (URL), SMS_KNOWS_IDS=1, SMS_RATE;
TELEGRAM_TOKEN, TELEGRAM_CHANNEL, TELEGRAM (URL); MATRIX (URL), MATRIX_TOKEN, MATRIX_ROOM;
PUSH (a mail address or page of the operator, for the push services), PUSH_HOSTS (more addresses).
A gateway is configured when its first value is there. The targets are bodies and newsrooms that
pass a warning on to a list of their own, and the staff on duty. Who subscribed herself comes from
the desk with each warning, and is forgotten when it went.
"""

import os
from pathlib import Path

from oberih.alerts.gateways.matrix import Matrix
from oberih.alerts.gateways.push import Push, push_key
from oberih.alerts.gateways.sms import Sms
from oberih.alerts.gateways.smtp import Smtp
from oberih.alerts.gateways.telegram import Telegram
from oberih.alerts.gateways.values import Channel, Gateway
from oberih.core.errors import BadInput

PREFIX = "OBERIH_GATEWAY_"
TELEGRAM_URL = "https://api.telegram.org"
PUSH_KEY, PUSH_POINT = "push.key", "push.pub"
MANY_AT_ONCE, FEW_AT_ONCE = 32, 8
FIRST = ("SMTP", "SMS", "TELEGRAM_TOKEN", "MATRIX", "PUSH")


class SettingMissing(BadInput):
    """A gateway is configured by half."""

    def __init__(self, name: str) -> None:
        """Name the setting."""
        super().__init__(f"{PREFIX}{name} is not set, or odd.")


def is_configured() -> bool:
    """Tell whether any gateway is."""
    return any(_value(name) for name in FIRST)


def gateways(*, folder: Path) -> list[Gateway]:
    """Return the configured gateways, their keys below `folder`; raises SettingMissing."""
    found: list[Gateway] = []
    if _value("SMTP"):
        found.append(_smtp())
    if _value("SMS"):
        found.append(_sms())
    if _value("TELEGRAM_TOKEN"):
        url = _value("TELEGRAM") or TELEGRAM_URL
        found.append(Telegram(_needed("TELEGRAM_TOKEN"), _needed("TELEGRAM_CHANNEL"), url))
    if _value("MATRIX"):
        found.append(Matrix(_value("MATRIX"), _needed("MATRIX_TOKEN"), _needed("MATRIX_ROOM")))
    if _value("PUSH"):
        hosts = frozenset(_list("PUSH_HOSTS"))
        found.append(Push(push_key(folder / PUSH_KEY), _sender(), hosts))
    return found


def targets() -> list[tuple[Channel, str]]:
    """Return whom each configured channel reaches: those named here, or its one room."""
    found = [(Channel.SMTP, one) for one in _list("SMTP_TO") if _value("SMTP")]
    found += [(Channel.SMS, one) for one in _list("SMS_TO") if _value("SMS")]
    found += [(Channel.TELEGRAM, "")] if _value("TELEGRAM_TOKEN") else []
    found += [(Channel.MATRIX, "")] if _value("MATRIX") else []
    return found


def _sms() -> Sms:
    """Return the SMS gateway; where ids are known, a crash may leave many at once unsettled."""
    knows_ids = _value("SMS_KNOWS_IDS") == "1"
    return Sms(
        url=_value("SMS"),
        token=_needed("SMS_TOKEN"),
        inbox=_value("SMS_INBOX"),
        knows_ids=knows_ids,
        a_second=_number("SMS_RATE", otherwise=50),
        at_once=MANY_AT_ONCE if knows_ids else FEW_AT_ONCE,
    )


def _smtp() -> Smtp:
    name = "SMTP"
    host, _, port = _value(name).rpartition(":")
    if not host or not port.isdecimal():
        raise SettingMissing(name)
    return Smtp(
        host=host,
        port=int(port),
        sender=_needed("SMTP_FROM"),
        user=_value("SMTP_USER"),
        password=_value("SMTP_PASSWORD"),
        encrypted=_value("SMTP_PLAIN") != "1",
    )


def _sender() -> str:
    """Return the operator's address as RFC 8292 has it: mailto: or https:."""
    text = _value("PUSH")
    if text.startswith(("mailto:", "https://")):
        return text
    if "@" not in text:
        name = "PUSH"
        raise SettingMissing(name)
    return f"mailto:{text}"


def _number(name: str, *, otherwise: int) -> int:
    text = _value(name) or str(otherwise)
    if not text.isdecimal() or not int(text):
        raise SettingMissing(name)
    return int(text)


def _list(name: str) -> list[str]:
    return [one.strip() for one in _value(name).split(",") if one.strip()]


def _needed(name: str) -> str:
    if not _value(name):
        raise SettingMissing(name)
    return _value(name)


def _value(name: str) -> str:
    return os.environ.get(PREFIX + name, "")
