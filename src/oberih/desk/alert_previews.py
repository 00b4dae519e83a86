"""How an alert will look on a page, as SMS, post, e-mail and CAP, before it is released."""

from dataclasses import dataclass

from django.conf import settings
from lxml import etree

from oberih.alerts import wordings
from oberih.alerts.checks import Finding, findings
from oberih.alerts.issuing import languages_of
from oberih.alerts.models import Alert
from oberih.core import time
from oberih.desk.alert_publishing import cap_file, issuer
from oberih.formats import sms
from oberih.formats.sms import Sms

HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class Preview:
    """One language's forms; `cost` is what one SMS costs, empty when no price is set."""

    language: str
    label: str
    text: str
    advice: str
    sms: Sms
    cost: str
    post: str
    letter: str


def previews_of(alert: Alert) -> list[Preview]:
    """Return the forms in the alert's languages."""
    return [_preview(alert, language=language) for language in languages_of(alert)]


def findings_of(alert: Alert) -> list[Finding]:
    """Return what the checks found in the words and in their length as SMS."""
    short = {language: wordings.short(alert, language=language) for language in alert.texts}
    return findings(alert.texts, short=short)


def cap_text(alert: Alert) -> str:
    """Return the CAP file as it would be released now, indented for reading."""
    alert.approved_at = alert.approved_at or time.now()
    shown = cap_file(alert, issuer=issuer())
    if not shown:
        return ""
    pretty = etree.tostring(etree.fromstring(shown), pretty_print=True, encoding="unicode")
    return str(pretty)


def _preview(alert: Alert, *, language: str) -> Preview:
    words = alert.texts[language]
    measured = sms.measure(wordings.short(alert, language=language))
    return Preview(
        language=language,
        label=wordings.label(alert, language=language),
        text=words["text"],
        advice=words["advice"],
        sms=measured,
        cost=_cost(measured.segments),
        post=wordings.post(alert, language=language, front=settings.FRONT_URL),
        letter=wordings.letter(alert, language=language, front=settings.FRONT_URL),
    )


def _cost(segments: int) -> str:
    price = settings.SMS_SEGMENT_COST
    return f"{segments * price / HUNDREDTHS:.2f} {settings.SMS_CURRENCY}" if price else ""
