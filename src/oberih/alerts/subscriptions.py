"""Who wants warnings: taken from sealed messages, confirmed from the phone itself, ended by a word.

A keyed hash says that a number is there already; the number itself lies sealed for the ring.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from oberih.alerts.models import Subscription
from oberih.alerts.states import SubscriptionState, Way
from oberih.alerts.wishes import Wish, Word, mobile
from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core.errors import BadInput
from oberih.keys.contacts import KeptContact
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

ASKED_A_DAY = 500
UNCONFIRMED_FOR = timedelta(days=7)
AT_ONCE = 500


class NoSuchSubscription(BadInput):
    """This number is not subscribed."""


class Keeper(Protocol):
    """What seals a contact so that only the ring reads it."""

    def keep_contact(self, contact: bytes, /) -> KeptContact:
        """Return it sealed, with its keyed hash."""

    def read_contacts(self, kept: Sequence[KeptContact], /) -> list[bytes]:
        """Return where subscribers are reached."""


def take(wish: Wish, *, keeper: Keeper, on: date) -> None:
    """Do what a sealed message or a phone's own answer asks for; a second time changes nothing."""
    kept = keeper.keep_contact(wish.contact.encode())
    if wish.word is Word.STOP:
        _end(kept.mac, actor=None)
    elif wish.word is Word.YES:
        _confirm(kept.mac, actor=None)
    else:
        _add(kept, wish=wish, on=on)


def confirm(number: str, *, keeper: Keeper, by: Member) -> None:
    """Confirm a number whose owner a member spoke to; raises NoSuchSubscription."""
    require(by, Permission.CASE_ANSWER)
    if not _confirm(_mac(number, keeper=keeper), actor=by):
        raise NoSuchSubscription


def end(number: str, *, keeper: Keeper, by: Member) -> None:
    """Forget a number; raises NoSuchSubscription."""
    require(by, Permission.CASE_ANSWER)
    if not _end(_mac(number, keeper=keeper), actor=by):
        raise NoSuchSubscription


def export(number: str, *, keeper: Keeper, by: Member) -> dict[str, str]:
    """Return everything that is held about a number; raises NoSuchSubscription."""
    require(by, Permission.CASE_ANSWER)
    row = Subscription.objects.filter(pk=_mac(number, keeper=keeper)).first()
    if row is None:
        raise NoSuchSubscription
    record(Act.SUBSCRIPTION_SHOWN, actor=by.member_id, subject=f"subscription {row.pk}", detail={})
    return {"number": mobile(number), **held(row)}


def held(row: Subscription) -> dict[str, str]:
    """Return what is held about a subscriber besides the contact itself."""
    return {
        "way": row.way,
        "region": row.region,
        "language": row.language,
        "state": row.state,
        "since": row.day.isoformat(),
    }


def to_ask(*, on: date) -> list[Subscription]:
    """Return the numbers that are still to be asked for their yes, as many as a day allows."""
    rows = Subscription.objects.filter(way=Way.SMS)
    asked = rows.filter(state=SubscriptionState.ASKED, day=on).count()
    new = rows.filter(state=SubscriptionState.NEW).order_by("day", "pk")
    return list(new[: max(0, ASKED_A_DAY - asked)])


def mark_asked(rows: Iterable[Subscription], *, on: date) -> None:
    """Note that they were asked on this day; from here on seven days are left for the yes."""
    keys = [one.pk for one in rows]
    Subscription.objects.filter(pk__in=keys, state=SubscriptionState.NEW).update(
        state=SubscriptionState.ASKED, day=on
    )


def forget_unconfirmed(*, now: datetime) -> int:
    """Delete the numbers that never answered; return how many."""
    before = now.date() - UNCONFIRMED_FOR
    rows = Subscription.objects.filter(state=SubscriptionState.ASKED, day__lt=before)
    return rows.delete()[0]


def forget(macs: Sequence[str]) -> None:
    """Delete what a push service says is gone for good."""
    Subscription.objects.filter(pk__in=macs).delete()


def confirmed(way: Way, *, regions: Sequence[str] = ()) -> QuerySet[Subscription]:
    """Return whom a message reaches; who named no region gets every region's."""
    rows = Subscription.objects.filter(way=way, state=SubscriptionState.CONFIRMED)
    if regions:
        rows = rows.filter(Q(region__in=regions) | Q(region=""))
    return rows.order_by("pk")


def contacts(rows: Sequence[Subscription], *, keeper: Keeper) -> dict[str, str]:
    """Return where these subscribers are reached, by keyed hash."""
    found: dict[str, str] = {}
    for start in range(0, len(rows), AT_ONCE):
        share = rows[start : start + AT_ONCE]
        kept = [KeptContact(row.pk, bytes(row.sealed)) for row in share]
        read = keeper.read_contacts(kept)
        found |= {row.pk: one.decode() for row, one in zip(share, read, strict=True)}
    return found


def counts() -> dict[tuple[str, str], int]:
    """Return how many there are, by way and state."""
    rows = Subscription.objects.values_list("way", "state").annotate(n=Count("pk")).order_by()
    return {(way, state): n for way, state, n in rows}


def _add(kept: KeptContact, *, wish: Wish, on: date) -> None:
    state = SubscriptionState.CONFIRMED if wish.way is Way.PUSH else SubscriptionState.NEW
    with transaction.atomic():
        _row, is_new = Subscription.objects.get_or_create(
            mac=kept.mac,
            defaults={
                "way": wish.way,
                "sealed": kept.sealed,
                "region": wish.region,
                "language": wish.language,
                "state": state,
                "day": on,
            },
        )
        if is_new:
            _note(Act.SUBSCRIPTION_ASKED, kept.mac, actor=None)


def _confirm(mac: str, *, actor: Member | None) -> bool:
    with transaction.atomic():
        rows = Subscription.objects.filter(pk=mac).exclude(state=SubscriptionState.CONFIRMED)
        changed = rows.update(state=SubscriptionState.CONFIRMED)
        if changed:
            _note(Act.SUBSCRIPTION_CONFIRMED, mac, actor=actor)
    return bool(changed)


def _end(mac: str, *, actor: Member | None) -> bool:
    with transaction.atomic():
        gone, _by_table = Subscription.objects.filter(pk=mac).delete()
        if gone:
            _note(Act.SUBSCRIPTION_ENDED, mac, actor=actor)
    return bool(gone)


def _note(act: Act, mac: str, *, actor: Member | None) -> None:
    """Write the event: the keyed hash tells nobody the number who lacks the ring's key."""
    who = actor.member_id if actor else None
    record(act, actor=who, subject=f"subscription {mac}", detail={})


def _mac(number: str, *, keeper: Keeper) -> str:
    return keeper.keep_contact(mobile(number).encode()).mac
