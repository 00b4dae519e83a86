"""What the desk tells linking about a case: the strangers' words, their numbers, their files.

The family's own words take part only where she passed nothing else on: people paste what they got.
Names, answers and notes never do.
"""

from collections.abc import Iterable, Iterator

from oberih.campaigns.facts import Facts
from oberih.campaigns.models import Claim, Fingerprint
from oberih.campaigns.states import CaseId, ClueKind
from oberih.campaigns.taking import live_book, take_in
from oberih.crypto.watchlist import Answer
from oberih.desk import moves, threads
from oberih.desk.models import Attachment, Case, CaseIdentifier, Conversation
from oberih.desk.states import AttachmentState, Direction
from oberih.desk.watch_models import WatchEntry
from oberih.desk.watch_states import WatchState

CHANNELS = ("telegram", "viber", "whatsapp", "signal", "email", "phone", "url")
"""The likeliest way of a contact by what it names, the most telling first."""

MOST_IDENTIFIERS = 200
"""A case that names more says nothing by them."""

KINDS = ("image/", "audio/")


def link(conversation: Conversation, *, thread: Iterable[threads.Entry]) -> None:
    """Link a conversation's case with all others; part of the caller's transaction.

    A conversation that goes on from another is of the same family: both are linked again.
    """
    case = conversation.case
    moved = moves.joined(conversation)
    if moved:
        case.refresh_from_db(fields=["family"])
    take_in(facts_of(case, thread=thread), book=live_book())
    for other in moved:
        take_in(facts_of_whole(other), book=live_book())


def link_again(attachment: Attachment) -> None:
    """Link the case of an attachment with what was read from it."""
    conversation = Conversation.objects.select_related("case").get(messages=attachment.message_id)
    take_in(facts_of_whole(conversation), book=live_book())


def facts_of_whole(conversation: Conversation) -> Facts:
    """Return what linking may know of a case, all its messages read."""
    return facts_of(conversation.case, thread=threads.entries(conversation.messages.all()))


def facts_of(case: Case, *, thread: Iterable[threads.Entry]) -> Facts:
    """Return what linking may know of a case."""
    identifiers = frozenset(_identifiers(case))
    files = frozenset(_files(case))
    prints = Fingerprint.objects.filter(sha256__in=files).exclude(bits="")
    return Facts(
        case=CaseId(case.pk),
        family=case.family or case.pk,
        day=case.filed_at.date(),
        region=case.region,
        channel=_channel(identifiers),
        tactics=tuple(sorted(case.tactics)),
        stage=case.stage,
        slots=tuple(sorted({slot for *_place, slot in case.assessment.get("spans", [])})),
        texts=tuple(sorted(strangers_words(thread))),
        identifiers=identifiers,
        files=files,
        pictures=frozenset(prints.values_list("bits", flat=True)),
        claims=frozenset(
            (ClueKind(kind), value)
            for kind, value in Claim.objects.filter(case=case.pk).values_list("kind", "value")
        ),
    )


def strangers_words(thread: Iterable[threads.Entry]) -> Iterator[str]:
    """Yield the stranger's text of each whole message of the reporter."""
    for entry in thread:
        if entry.first.direction == Direction.REPORT and not entry.missing:
            said = " ".join(line.text for line in entry.chat if line.sender == "them")
            yield said or entry.text


def _identifiers(case: Case) -> set[str]:
    """Return what the case names, without what the watch list calls official."""
    seen = CaseIdentifier.objects.filter(case=case).order_by(
        "identifier__kind", "identifier__value"
    )
    named = list(seen.values_list("identifier__kind", "identifier__value")[:MOST_IDENTIFIERS])
    official = WatchEntry.objects.filter(
        state=WatchState.CONFIRMED, answer=Answer.OFFICIAL, value__in=[value for _, value in named]
    )
    cleared = set(official.values_list("value", flat=True))
    return {f"{kind}:{value}" for kind, value in named if value not in cleared}


def _files(case: Case) -> Iterator[str]:
    stored = Attachment.objects.filter(
        message__conversation__case=case, state=AttachmentState.STORED
    )
    for kind, sha256 in stored.values_list("type", "sha256"):
        if kind.startswith(KINDS):
            yield sha256


def _channel(identifiers: frozenset[str]) -> str:
    kinds = {one.partition(":")[0] for one in identifiers}
    return next((kind for kind in CHANNELS if kind in kinds), "")


class AllCases:
    """Every case of the desk, for a rebuild."""

    def cases(self) -> Iterable[CaseId]:
        """Return the cases in the order of their ids."""
        return [CaseId(key) for key in Case.objects.order_by("pk").values_list("pk", flat=True)]

    def facts(self, case: CaseId) -> Facts:
        """Return what linking may know of a case."""
        conversation = Conversation.objects.select_related("case").get(case=case)
        return facts_of_whole(conversation)
