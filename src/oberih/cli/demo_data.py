"""Fills the demo's desk once: invented reports through the real front and courier, one alert."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from rich.progress import track

from oberih.alerts.issuing import COUNTRIES
from oberih.alerts.models import Alert
from oberih.alerts.services import FEWEST_FAMILIES, Draft, Grounds, Words
from oberih.alerts.states import Basis
from oberih.cli.demo_calls import call_of_entry, take_once
from oberih.cli.demo_campaign import name_once
from oberih.cli.demo_care import care_once
from oberih.cli.demo_casework import work_once
from oberih.cli.demo_exchange import fill_exchange_once
from oberih.cli.demo_register import fill_register_once
from oberih.cli.demo_subscribers import subscribe_once
from oberih.cli.demo_watch import is_published, list_once
from oberih.cli.machine import Machine
from oberih.cli.supervisor import wait_until
from oberih.client.conversation import Conversation
from oberih.client.front import Front
from oberih.client.report import Chat, ChatLine, Report
from oberih.client.reports import Sending, send_report
from oberih.core.errors import CouldNot
from oberih.core.time import now
from oberih.crypto.bodies import Tongue
from oberih.desk import alerting
from oberih.desk.models import Case
from oberih.desk.states import CaseId
from oberih.staff.models import Member
from oberih.staff.roles import Role
from oberih.staff.services import make_demo_link

OFFICER, LEAD, TRACING = "Оксана Дубова", "Марко Ясен", "Дарина Верба"
AUDITOR = "Остап Явір"
SENT = Path("desk") / "demo-sent"
"""Which reports have left, a number a line: a demo that was interrupted goes on where it was."""
FILING_SECONDS = 120.0
SENDERS = 2


class DemoNotFilled(CouldNot):
    """The invented reports did not all arrive on the desk: stop, delete the folder, start again."""


def sign_in_links(desk_url: str) -> tuple[str, str, str]:
    """Return fresh one-time links for an officer, a lead and a tracing specialist."""
    officer, lead, tracing = (
        f"{desk_url}/invitation/{make_demo_link(name, role=role, now=now()).token}/"
        for name, role in ((OFFICER, Role.OFFICER), (LEAD, Role.LEAD), (TRACING, Role.TRACING))
    )
    return officer, lead, tracing


def auditor_link(desk_url: str) -> str:
    """Return a fresh one-time link for the auditor, who sees acts and sealed complaints."""
    made = make_demo_link(AUDITOR, role=Role.AUDITOR, now=now())
    return f"{desk_url}/invitation/{made.token}/"


def fill_once(machine: Machine, *, watch: Callable[[], None]) -> None:
    """Send what no earlier start has sent, publish alert and watch list; raises DemoNotFilled."""
    written = yaml.safe_load(files("oberih.cli").joinpath("demo.yaml").read_text("utf-8"))
    entries = written["reports"]
    officer, lead = (Member.objects.get(name=name) for name in (OFFICER, LEAD))
    with closing(Front(machine.addresses.front_url)) as front:
        _send(entries, front=front, sent=machine.data / SENT)
        _take_calls(entries, by=officer, front=front)
    if not wait_until(
        lambda: Case.objects.count() >= len(entries), seconds=FILING_SECONDS, watch=watch
    ):
        raise DemoNotFilled
    if not Alert.objects.exists():
        _publish(written["alert"])
    list_once(officer=officer, lead=lead)
    subscribe_once(keeper=machine.ring, now=now())
    name_once(lead=lead)
    care_once(officer=officer, lead=lead)
    work_once(officer=officer, lead=lead, now=now())
    tracing = Member.objects.get(name=TRACING)
    fill_register_once(by=tracing, now=now())
    fill_exchange_once(by=tracing, officer=officer, now=now())
    if not wait_until(lambda: is_published(machine.ring), seconds=FILING_SECONDS, watch=watch):
        raise DemoNotFilled


def _report(entry: dict[str, Any]) -> Report:
    lines = tuple(ChatLine(sender, "", text) for sender, text in entry.get("chat", ()))
    return Report(
        text=entry["text"],
        language=Tongue(entry["language"]),
        chat=Chat("text", lines) if lines else None,
        region=entry["region"],
        under18=entry.get("under18", False),
        not_alone=entry.get("alone", False),
    )


def _take_calls(entries: list[dict[str, Any]], *, by: Member, front: Front) -> None:
    for number, entry in enumerate(entries):
        if "call" in entry:
            report, heard = _report(entry), entry["call"]
            entered = call_of_entry(number, report=report, heard=heard, now=now())
            take_once(entered, by=by, front=front, now=now())


def _send(entries: list[dict[str, Any]], *, front: Front, sent: Path) -> None:
    """Send the reports that are not noted in `sent`; the words are drawn and forgotten."""
    done = {int(line) for line in sent.read_text().split()} if sent.exists() else set()
    done |= {number for number, entry in enumerate(entries) if "call" in entry}
    waiting = [number for number in range(len(entries)) if number not in done]

    def send(number: int) -> int:
        entry, sending = entries[number], Sending(now())
        send_report(_report(entry), front=front, sending=sending)
        if "complaint" in entry:
            talk = Conversation(sending.receipt.derive(), front=front)
            talk.complain(entry["complaint"], now=now())
        return number

    with ThreadPoolExecutor(SENDERS) as senders, sent.open("a") as notes:
        for number in track(
            senders.map(send, waiting), "Sending invented reports", len(waiting), transient=True
        ):
            notes.write(f"{number}\n")
            notes.flush()


def _publish(written: dict[str, Any]) -> None:
    """Draft an alert as the officer, release it as the lead; the courier publishes it.

    It is drafted from the case behind which most families stand.
    """
    texts = {
        language: Words(headline, written["text"][language])
        for language, headline in written["title"].items()
    }
    officer, lead = (Member.objects.get(name=name) for name in (OFFICER, LEAD))
    tactic, moment = written["tactic"], now()
    families, case = max(
        (alerting.families_behind(CaseId(case), tactic=tactic, by=officer, now=moment), case)
        for case in Case.objects.values_list("pk", flat=True)
    )
    grounds = Grounds(Basis.FAMILIES, families=FEWEST_FAMILIES, counted=families)
    draft = Draft(texts, grounds, tactic=tactic, case=case)
    alert = alerting.draft(draft, by=officer, now=now(), entropy=os.urandom)
    yes = alerting.ReleaseAnswer(only_one=False, typed=COUNTRIES["uk"], findings_read=True)
    alerting.approve(alert, answer=yes, by=lead, now=now())
