"""An alert for families reached or at risk: sealed into their conversations, published nowhere.

One of them may be a handler who wrote as a family: what protects a family in a public alert holds
here too. Nobody is written to who asked not to be, who is not alone, or who deleted everything.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from oberih.alerts import wordings
from oberih.alerts.models import Alert
from oberih.alerts.states import Audience
from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.campaigns.models import Contact
from oberih.campaigns.taking import live_book
from oberih.crypto.message import ReplyKind
from oberih.desk.access.visible import visible
from oberih.desk.models import Case, Conversation, Reply
from oberih.desk.states import ReplyState
from oberih.desk.working.filters import Filters
from oberih.staff.models import Member

GENERAL = {
    "uk": "Це загальне попередження кільком родинам. Відповідати не треба.",
    "en": "This is a general warning to several families. You need not answer.",
    "ru": "Это общее предупреждение нескольким семьям. Отвечать не нужно.",
}


@dataclass(frozen=True, slots=True)
class SealedReach:
    """How many families a sealed alert is for, and to how many of them nothing may be written."""

    families: int
    quiet: int

    @property
    def written_to(self) -> int:
        """Return how many are written to."""
        return self.families - self.quiet


@dataclass(frozen=True, slots=True)
class SealedDelivery:
    """What became of a sealed alert: taken by the front, on its way, withdrawn."""

    delivered: int
    waiting: int
    withdrawn: int


def is_sealed(alert: Alert) -> bool:
    """Tell whether it goes into conversations and nowhere else."""
    return bool(alert.audience == Audience.SEALED)


def reach(alert: Alert, *, by: Member, now: datetime) -> SealedReach:
    """Return whom it would reach now, among the cases that the member may see."""
    found = list(_conversations(alert, by=by, now=now))
    families = {_family(one) for one in found}
    open_to = {_family(one) for one in found if _may_be_written(one)}
    return SealedReach(len(families), len(families - open_to))


def send(alert: Alert, *, by: Member, now: datetime) -> int:
    """Put it into each conversation that may be written into; part of the releaser's act.

    An exercise is sent to nobody. Return how many conversations it goes to.
    """
    if alert.is_exercise:
        return 0
    return _queue(alert, conversations=_conversations(alert, by=by, now=now), now=now)


def send_after(alert: Alert, *, earlier: Alert, now: datetime) -> int:
    """Put a cancellation where the earlier alert went, and withdraw what had not left yet."""
    said = Reply.objects.filter(author=author_of(earlier))
    said.filter(state=ReplyState.WAITING).update(state=ReplyState.WITHDRAWN)
    left = said.exclude(state=ReplyState.WITHDRAWN).values("conversation")
    told = Conversation.objects.filter(pk__in=left).select_related("case")
    return _queue(alert, conversations=told, now=now)


def delivery_of(alert: Alert) -> SealedDelivery:
    """Return how far it has come."""
    rows = Reply.objects.filter(author=author_of(alert)).values_list("state")
    counts = dict(rows.annotate(n=Count("pk")).order_by())
    return SealedDelivery(
        delivered=counts.get(ReplyState.DELIVERED, 0),
        waiting=counts.get(ReplyState.WAITING, 0) + counts.get(ReplyState.SEALED, 0),
        withdrawn=counts.get(ReplyState.WITHDRAWN, 0),
    )


def author_of(alert: Alert) -> str:
    """Return what stands as the author of its messages: the alert, not a person."""
    return f"alert {alert.pk}"


def text_of(alert: Alert, *, language: str) -> str:
    """Return what a family reads."""
    spoken = language if language in alert.texts else "uk"
    words = alert.texts[spoken]
    label = wordings.label(alert, language=spoken)
    parts = (label, words["text"], words["advice"], GENERAL[spoken])
    return "\n\n".join(part for part in parts if part)


def _queue(alert: Alert, *, conversations: Iterable[Conversation], now: datetime) -> int:
    open_to = _one_a_family(one for one in conversations if _may_be_written(one))
    texts = {language: text_of(alert, language=language) for language in GENERAL}
    Reply.objects.bulk_create(
        Reply(
            conversation=one,
            kind=ReplyKind.STATUS,
            text=texts.get(one.case.language, texts["uk"]),
            author=author_of(alert),
            written_at=now,
            due_at=now,
        )
        for one in open_to
    )
    record(
        Act.ALERT_SEALED,
        actor=None,
        subject=f"alert {alert.pk}",
        detail={"conversations": len(open_to)},
    )
    return len(open_to)


def _conversations(alert: Alert, *, by: Member, now: datetime) -> QuerySet[Conversation]:
    """Return the conversations of its case's group, and of those who met its tactic."""
    cases = visible(by)
    keys = set(_of_group(alert.case, cases=cases)) if alert.case else set()
    if alert.tactic:
        met = Filters(tactic=alert.tactic).applied(cases, now=now)
        keys |= set(met.values_list("pk", flat=True))
    found = Conversation.objects.filter(case__in=cases.filter(pk__in=keys))
    if alert.regions:
        found = found.filter(case__region__in=alert.regions)
    return found.select_related("case").order_by("pk")


def _of_group(case: str, *, cases: QuerySet[Case]) -> Iterator[str]:
    contacts = Contact.objects.filter(book=live_book())
    group = contacts.filter(case=case).values_list("group", flat=True).first()
    if group:
        listed = contacts.filter(group=group).values_list("case", flat=True)
        yield from cases.filter(pk__in=list(listed)).values_list("pk", flat=True)
    yield from cases.filter(pk=case).values_list("pk", flat=True)


def _one_a_family(conversations: Iterable[Conversation]) -> list[Conversation]:
    return list({_family(one): one for one in conversations}.values())


def _family(conversation: Conversation) -> str:
    return str(conversation.case.family or conversation.case_id)


def _may_be_written(conversation: Conversation) -> bool:
    return bool(conversation.may_be_written and not conversation.words_must_change)
