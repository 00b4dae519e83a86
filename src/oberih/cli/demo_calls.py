"""The demo's calls: invented reports that an officer heard on the phone or read on a paper form."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from oberih.client.front import Front
from oberih.client.report import Report
from oberih.client.reports import Sending
from oberih.desk.calls.consent import consent_words
from oberih.desk.calls.refusals import CallTaken
from oberih.desk.calls.taking import Card, Entered, take_call
from oberih.staff.models import Member


def take_once(entered: Entered, *, by: Member, front: Front, now: datetime) -> None:
    """Take a call as the officer does, unless an earlier start has."""
    with suppress(CallTaken):
        take_call(entered, by=by, front=front, sending=Sending(now))


def call_of_entry(number: int, *, report: Report, heard: dict[str, Any], now: datetime) -> Entered:
    """Return the call of one entry of the table; its number names it in every start."""
    return Entered(report, _card(report, heard=heard, now=now), f"{number:032x}")


def _card(report: Report, *, heard: dict[str, Any], now: datetime) -> Card:
    days = heard.get("days_on_paper")
    return Card(
        can_talk=True,
        is_in_danger=False,
        never_call=heard.get("never_call", False),
        best_time=heard["best_time"],
        call_word=heard["call_word"],
        consent_words=consent_words(report.language, operator=settings.OPERATOR),
        consent_said=heard["said"],
        paper_on=None if days is None else (now - timedelta(days=days)).date(),
    )
