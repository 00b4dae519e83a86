"""E-mail over SMTP (RFC 5321): one letter to each address that the operator named.

A break before the letter's data passes; one after it leaves the fate unknown, and the Message-ID
stays the same, so that a person who tries it again makes no second letter where servers check it.
"""

import smtplib
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from oberih.alerts.gateways.values import Channel, FateUnknown, Outgoing, Passing, Permanent
from oberih.core import time

SECONDS = 30.0
PERMANENT = 500


@dataclass(slots=True)
class Smtp:
    """One server; `encrypted` asks for STARTTLS and refuses to go on without it."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    encrypted: bool = True
    knows_ids: bool = False
    a_second: int = 5
    at_once: int = 1
    channel: Channel = Channel.SMTP

    def close(self) -> None:
        """Keep nothing: each letter has a connection of its own."""

    def send(self, message: Outgoing) -> None:
        """Hand one letter over; raises Passing, Permanent, FateUnknown."""
        try:
            with smtplib.SMTP(self.host, self.port, timeout=SECONDS) as server:
                self._greet(server)
                self._hand_over(server, message=message)
        except (smtplib.SMTPException, OSError) as error:
            raise _named(error) from error

    def _greet(self, server: smtplib.SMTP) -> None:
        if self.encrypted:
            server.starttls()
        if self.user:
            server.login(self.user, self.password)

    def _hand_over(self, server: smtplib.SMTP, *, message: Outgoing) -> None:
        for code, _words in (server.ehlo(), server.mail(self.sender), server.rcpt(message.target)):
            _require(code)
        try:
            code, _words = server.data(self._letter(message).as_bytes(policy=SMTP))
        except (smtplib.SMTPServerDisconnected, TimeoutError, ConnectionError) as error:
            raise FateUnknown from error
        _require(code)

    def _letter(self, message: Outgoing) -> EmailMessage:
        letter = EmailMessage()
        letter["From"], letter["To"] = self.sender, message.target
        letter["Subject"] = message.title
        letter["Date"] = format_datetime(time.now())
        letter["Message-ID"] = f"<{message.id}@{self.sender.rpartition('@')[2]}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(message.text)
        return letter


def _require(code: int) -> None:
    if code >= PERMANENT:
        raise Permanent
    if code >= 400:  # noqa: PLR2004  # RFC 5321: 4yz passes
        raise Passing


def _named(error: Exception) -> Exception:
    """Return what an error of the library means; our own stay what they are."""
    if isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPNotSupportedError):
        return Permanent()
    if isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= PERMANENT:
        return Permanent()
    return Passing()
