"""The training desk's invented cases: filed as real ones are, but from a file and never sealed."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from oberih.core import canonical
from oberih.core.time import epoch_of, now
from oberih.crypto.age import Identity
from oberih.crypto.envelope import EnvelopeId
from oberih.crypto.message import First, Place, ReportBody, ReportMessage, Tongue
from oberih.keys.client import Ring
from oberih.staff.roles import Role

TRAINEE, TRAINER = "Черговий (навчання)", "Керівниця (навчання)"


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario: what it is there to practise, and its reports."""

    name: str
    learn: str
    reports: tuple[dict[str, Any], ...]


@cache
def scenarios() -> tuple[Scenario, ...]:
    """Return the scenarios of the file."""
    written = yaml.safe_load(files("oberih.cli").joinpath("train.yaml").read_text("utf-8"))
    return tuple(
        Scenario(one["name"], one["learn"], tuple(one["reports"])) for one in written["scenarios"]
    )


def links(desk_url: str) -> tuple[str, str]:
    """Return fresh one-time links for a trainee and a trainer."""
    from oberih.staff.services import make_demo_link  # noqa: PLC0415  # needs the opened database

    trainee, trainer = (
        f"{desk_url}/invitation/{make_demo_link(name, role=role, now=now()).token}/"
        for name, role in ((TRAINEE, Role.OFFICER), (TRAINER, Role.LEAD))
    )
    return trainee, trainer


def lay_in_once(ring: Ring) -> None:
    """File every scenario that no earlier start has filed."""
    from oberih.desk.filing import Clock, file_report  # noqa: PLC0415  # needs the opened database
    from oberih.desk.models import Case  # noqa: PLC0415  # the same

    written = [report for one in scenarios() for report in _repeated(one)]
    for report in written[Case.objects.count() :]:
        moment = now() - timedelta(hours=report.get("hours", 1))
        message = _message(report)
        first = message.first
        wrapped = b"" if first is None else ring.wrap(first.mac, mailbox=first.mailbox)
        file_report(_opened(message, wrapped=wrapped), clock=Clock(moment, os.urandom))


def _repeated(scenario: Scenario) -> Iterator[dict[str, Any]]:
    """Yield the reports; one of a flood as often as it says, each with a number of its own."""
    for report in scenario.reports:
        for number in range(report.get("times", 1)):
            yield report | {"text": report["text"].replace("{n}", f"{number + 10}")}


def _opened(message: ReportMessage, *, wrapped: bytes) -> Any:  # noqa: ANN401  # imported late
    from oberih.desk.filing import OpenedReport  # noqa: PLC0415  # needs the opened database

    return OpenedReport(EnvelopeId(os.urandom(32).hex()), message, wrapped)


def _message(report: dict[str, Any]) -> ReportMessage:
    """Return a first message with keys that nobody keeps: no answer could ever be read."""
    signing = Ed25519PrivateKey.generate()
    first = First(
        recipient=Identity.generate().recipient,
        verify=signing.public_key().public_bytes_raw(),
        mac=os.urandom(32),
        token_hash=os.urandom(32),
    )
    today = now().date()
    place = Place(first.mailbox, epoch_of(today), sequence=1, previous="", seen=0, day=today)
    body = ReportBody(
        text=report["text"],
        language=Tongue(report.get("language", "uk")),
        chat_part=_chat(report.get("chat", ())),
        region=report.get("region", ""),
        under18=report.get("under18", False),
        not_alone=report.get("alone", False),
    )
    return ReportMessage(place, body, first)


def _chat(lines: Any) -> str:  # noqa: ANN401  # as YAML gives it
    if not lines:
        return ""
    messages = [{"from": sender, "at": "", "text": text} for sender, text in lines]
    return canonical.encode({"format": "text", "messages": messages}).decode()
