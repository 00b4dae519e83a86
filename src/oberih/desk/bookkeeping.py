"""What the front still has to be told: filed, backed up; and how the courier's last turn went."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.desk.courier_models import CourierPost, HeldEnvelope, Published, Taken
from oberih.desk.states import Outcome

MOST_AT_ONCE = 2_000


def known(ids: Sequence[str]) -> set[str]:
    """Return those that the desk has taken before."""
    return set(Taken.objects.filter(pk__in=ids).values_list("pk", flat=True))


def take(name: str, *, mailbox: str, outcome: Outcome, on: date) -> None:
    """Note that something was taken; a second time changes nothing."""
    Taken.objects.get_or_create(
        id=name, defaults={"mailbox": mailbox, "outcome": outcome, "day": on}
    )


def take_apart(name: str, *, on: date) -> None:
    """Note that an envelope was taken, without the mailbox that it came from."""
    HeldEnvelope.objects.filter(pk=name).delete()
    Taken.objects.update_or_create(
        id=name, defaults={"mailbox": "", "outcome": Outcome.FILED, "day": on}
    )


def waiting_since(name: str, *, mailbox: str, on: date) -> date:
    """Return the day on which an unannounced attachment was first seen."""
    row, _is_new = Taken.objects.get_or_create(
        id=name,
        defaults={"mailbox": mailbox, "outcome": Outcome.UNANNOUNCED, "day": on},
    )
    return row.day


def to_acknowledge() -> list[str]:
    """Return what the front has not been told that the desk has it."""
    rows = Taken.objects.filter(is_settled=False, is_acknowledged=False)
    filed = rows.exclude(outcome__in=[Outcome.UNANNOUNCED, Outcome.EMPTIED])
    return list(filed.values_list("pk", flat=True)[:MOST_AT_ONCE])


def to_empty() -> list[str]:
    """Return the old mailboxes of agreed moves that the front has not been told to empty."""
    rows = Taken.objects.filter(is_settled=False, is_acknowledged=False, outcome=Outcome.EMPTIED)
    return list(rows.values_list("pk", flat=True)[:MOST_AT_ONCE])


def mark_acknowledged(ids: Sequence[str]) -> None:
    """Note that the front knows that the desk has these."""
    Taken.objects.filter(pk__in=ids).update(is_acknowledged=True)


def to_back_up() -> list[str]:
    """Return what the front knows as filed and no backup holds yet."""
    rows = Taken.objects.filter(is_settled=False, is_acknowledged=True, is_backed_up=False)
    return list(rows.values_list("pk", flat=True)[:MOST_AT_ONCE])


def mark_backed_up(ids: Sequence[str], *, now: datetime) -> None:
    """Note that a finished backup holds these."""
    with transaction.atomic():
        Taken.objects.filter(pk__in=ids).update(is_backed_up=True)
        CourierPost.objects.filter(pk=1).update(backed_up_at=now)
        record(Act.BACKUP_MADE, actor=None, subject="desk", detail={"taken": len(ids)})


def to_settle() -> list[str]:
    """Return what the backup holds and the front has not been told of."""
    rows = Taken.objects.filter(is_backed_up=True, is_settled=False)
    return list(rows.values_list("pk", flat=True)[:MOST_AT_ONCE])


def mark_settled(ids: Sequence[str]) -> None:
    """Note that the front knows that the backup holds these: it may forget them."""
    Taken.objects.filter(pk__in=ids).update(is_settled=True)


def held(mailboxes: Sequence[str]) -> list[HeldEnvelope]:
    """Return the envelopes that wait for these conversations."""
    return list(HeldEnvelope.objects.filter(mailbox__in=mailboxes))


def all_held() -> list[HeldEnvelope]:
    """Return every envelope that waits, the oldest first."""
    return list(HeldEnvelope.objects.order_by("day", "pk"))


def post() -> CourierPost:
    """Return the courier's one row."""
    row, _is_new = CourierPost.objects.get_or_create(pk=1)
    return row


def take_over(*, above: int) -> int:
    """Take the next fencing number, by a person's act; return it."""
    with transaction.atomic():
        row = post()
        row.fence = max(row.fence, above) + 1
        row.save(update_fields=["fence"])
        record(Act.COURIER_FENCED, actor=None, subject="courier", detail={"fence": row.fence})
    return row.fence


def note_turn(*, now: datetime, trouble: str) -> None:
    """Keep when the courier last turned and what kept it, for the desk's pages."""
    CourierPost.objects.update_or_create(
        pk=1, defaults={"trouble": trouble} if trouble else {"trouble": "", "turned_at": now}
    )


def published_digest(path: str) -> str:
    """Return the digest of what was last published under a path, or nothing."""
    return Published.objects.filter(pk=path).values_list("digest", flat=True).first() or ""


def mark_published(path: str, *, digest: str) -> None:
    """Note what the front now shows under a path."""
    Published.objects.update_or_create(pk=path, defaults={"digest": digest})


def forget_published() -> None:
    """Publish everything again at the next turn."""
    Published.objects.all().delete()


def forget_published_below(prefix: str) -> None:
    """Forget single paths whose folder is noted as a whole."""
    Published.objects.filter(pk__startswith=prefix).delete()
