"""With what the alert's form begins: an address's parameters, an earlier alert, the library."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from oberih.alerts.instructions import instruction_for
from oberih.alerts.models import Alert
from oberih.alerts.states import AlertState, Audience, MessageType, Standing

LANGUAGES = ("uk", "en", "ru")
CARRIED = ("tactic", "case", "standing", "audience", "regions", "urgency", "severity", "certainty")
CLEAR = {
    "uk": ("Відбій: {headline}", "Про це більше не повідомляють. Поради залишаються чинними."),
    "en": ("Over: {headline}", "It is no longer reported. The advice still holds."),
    "ru": ("Отбой: {headline}", "Об этом больше не сообщают. Советы остаются в силе."),
}
LONGEST_HEADLINE = 120


def initial(asked: QueryDict) -> dict[str, Any]:
    """Return the form's beginning: of a case, a tactic, or an earlier alert in force."""
    begun = {
        "case": asked.get("case", "")[:9],
        "tactic": asked.get("tactic", "")[:4],
        "families": asked.get("families", "")[:6],
        "basis": "families",
        "standing": Standing.ACTUAL.value,
        "audience": Audience.PUBLIC.value,
        "urgency": "Expected",
        "severity": "Severe",
        "certainty": "Observed",
        "days": 30,
    }
    kind = asked.get("act", "")
    earlier = Alert.objects.filter(pk=asked.get("of", ""), state=AlertState.APPROVED).first()
    if earlier is None or kind not in {MessageType.UPDATE, MessageType.ALL_CLEAR}:
        return begun
    return begun | _of_earlier(earlier, kind=MessageType(kind))


def with_advice(given: QueryDict) -> dict[str, Any]:
    """Return what was typed, with the library's instruction for the tactic as advice."""
    typed: dict[str, Any] = {name: given.get(name, "") for name in given}
    typed["regions"] = given.getlist("regions")
    found = instruction_for(given.get("tactic", ""))
    for language, text in (found.texts if found else {}).items():
        before = typed.get(f"advice_{language}", "").strip()
        if text not in before:
            typed[f"advice_{language}"] = f"{before} {text}".strip()
    return typed


def _of_earlier(earlier: Alert, *, kind: MessageType) -> dict[str, Any]:
    begun: dict[str, Any] = {name: getattr(earlier, name) for name in CARRIED}
    begun |= {"message_type": kind.value, "refers_to": earlier.pk, "basis": earlier.basis}
    begun |= {"families": earlier.families, "source": earlier.source}
    for language, words in earlier.texts.items():
        begun |= _words(words, language=language, kind=kind)
    return begun


def _words(words: Mapping[str, str], *, language: str, kind: MessageType) -> dict[str, str]:
    headline, text = words["headline"], words["text"]
    if kind is MessageType.ALL_CLEAR:
        headline, text = (
            CLEAR[language][0].format(headline=headline)[:LONGEST_HEADLINE],
            CLEAR[language][1],
        )
    return {
        f"headline_{language}": headline,
        f"text_{language}": text,
        f"advice_{language}": words["advice"],
    }
