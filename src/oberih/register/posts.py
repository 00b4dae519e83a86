"""Open sources under rules: an exported channel's posts are claims, and only proposed to anybody.

Nothing is fetched. A post is proposed for a person whose surname and given name stand side by
side in it, or whose picture it seems to show; a person accepts it, and then it is an event of an
intermediary or open source, which never gives a status.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise

from django.db import transaction

from oberih.audit.acts import Act
from oberih.audit.services import record
from oberih.core.names.given import given_of
from oberih.core.names.sounds import Tradition, tradition_of
from oberih.core.names.surnames import surname_of
from oberih.core.names.words import words_of
from oberih.register.events import Happening, append
from oberih.register.models import ChannelPost, NameKey, PostProposal, Source
from oberih.register.post_models import ProposalState, Why
from oberih.register.refusals import NoSuchPost, NotAnIntermediary
from oberih.register.search_keys import hashed
from oberih.register.states import CLAIMING_KINDS, EventType, PersonId, SourceKind
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require

BATCH = 500
MOST_LETTERS = 4_000
WINDOW = 180
ALIKE = 4
SHORTEST = 5
Pair = tuple[frozenset[int], int]


def take_posts(posts: Sequence[ChannelPost], *, source: int, by: Member, now: datetime) -> int:
    """Keep a channel's new posts and propose them; return how many proposals there are now."""
    require(by, Permission.REGISTER_CHANGE)
    claiming = [one.value for one in CLAIMING_KINDS]
    if not Source.objects.filter(pk=source, kind__in=claiming).exists():
        raise NotAnIntermediary
    with transaction.atomic():
        known = set(ChannelPost.objects.filter(source=source).values_list("number", flat=True))
        new = {one.number: one for one in posts if one.number not in known}
        for one in new.values():
            one.source_id, one.read_at = source, now
        kept = ChannelPost.objects.bulk_create(new.values(), batch_size=BATCH)
        proposed = [*_by_name(kept), *_by_picture(kept)]
        PostProposal.objects.bulk_create(proposed, batch_size=BATCH, ignore_conflicts=True)
        detail = {"posts": len(kept), "proposed": len(proposed)}
        record(Act.POSTS_READ, actor=by.member_id, subject=f"source {source}", detail=detail)
    return len(proposed)


def accept_post(proposal: int, *, type_: EventType, by: Member, now: datetime) -> None:
    """Record the post as a claim about the person; raises NoSuchPost."""
    require(by, Permission.REGISTER_CHANGE)
    with transaction.atomic():
        row = _judge(proposal, state=ProposalState.ACCEPTED, by=by)
        happening = Happening(
            person=PersonId(row.person_id),
            source=row.post.source_id,
            type=type_,
            learned_on=row.post.posted_on,
            note=f"№ {row.post.number}",
        )
        event = append([happening], now=now)[0]
        detail = {"event": event.position, "digest": bytes(event.digest).hex()}
        subject = f"person {row.person_id}"
        record(Act.EVENT_RECORDED, actor=by.member_id, subject=subject, detail=detail)  # type: ignore[arg-type]  # the same


def reject_post(proposal: int, *, by: Member) -> None:
    """Say that a post is about somebody else; raises NoSuchPost."""
    require(by, Permission.REGISTER_CHANGE)
    with transaction.atomic():
        _judge(proposal, state=ProposalState.REJECTED, by=by)


def _judge(proposal: int, *, state: ProposalState, by: Member) -> PostProposal:
    waiting = PostProposal.objects.select_for_update().select_related("post__source")
    row = waiting.filter(pk=proposal, state=ProposalState.PROPOSED).first()
    if row is None or SourceKind(row.post.source.kind) not in CLAIMING_KINDS:
        raise NoSuchPost
    row.state, row.judged_by = state.value, str(by.pk)
    row.save(update_fields=["state", "judged_by"])
    detail = {"proposal": row.pk, "state": state.value}
    record(
        Act.POST_JUDGED, actor=by.member_id, subject=f"source {row.post.source_id}", detail=detail
    )
    return row


def _by_name(posts: Iterable[ChannelPost]) -> list[PostProposal]:
    pairs = {post.pk: (post, names_in(post.text)) for post in posts}
    every = set[Pair]().union(*(found for _post, found in pairs.values()))
    people = _people_of(key for surnames, given in every for key in (*surnames, given))
    return [
        PostProposal(post=post, person_id=person, why=Why.NAME.value)
        for post, found in pairs.values()
        for person in sorted(_named(found, people=people))
    ]


def names_in(text: str) -> set[Pair]:
    """Return the keys of every given name beside another word: a surname, perhaps declined."""
    found = set[Pair]()
    for start in range(0, min(len(text), MOST_LETTERS), WINDOW // 2):
        words = words_of(text[start : start + WINDOW])
        tradition = tradition_of(words)
        sides = (pair for two in pairwise(words) for pair in (two, two[::-1]))
        found |= {keys for pair in sides if (keys := _pair(*pair, tradition=tradition))}
    return found


def _pair(surname: str, given: str, *, tradition: Tradition) -> Pair | None:
    """Return the keys of two words, where the second surely is a given name."""
    name = given_of(given, tradition=tradition)
    plain = surname_of((surname,), tradition=tradition).whole.plain
    if not (name.is_known and name.is_sure) or len(plain) < SHORTEST - 1:
        return None
    forms = [plain, plain[:-1], plain[:-2]] if len(plain) > SHORTEST else [plain]
    return frozenset(hashed(f"s:{form}") for form in forms), hashed(f"k:{name.kin}")


def _named(pairs: set[Pair], *, people: dict[int, set[str]]) -> set[str]:
    found = set[str]()
    for surnames, given in pairs:
        bearers = set[str]().union(*(people.get(key, set()) for key in surnames))
        found |= bearers & people.get(given, set())
    return found


def _people_of(keys: Iterable[int]) -> dict[int, set[str]]:
    asked, found = sorted(set(keys)), dict[int, set[str]]()
    for at in range(0, len(asked), BATCH):
        rows = NameKey.objects.filter(key__in=asked[at : at + BATCH])
        for key, person in rows.values_list("key", "person"):
            found.setdefault(key, set()).add(person)
    return found


def _by_picture(posts: Iterable[ChannelPost]) -> list[PostProposal]:
    """Propose who stands in an accepted post with a picture that looks the same."""
    accepted = PostProposal.objects.filter(state=ProposalState.ACCEPTED)
    known = [
        (picture, person)
        for pictures, person in accepted.values_list("post__pictures", "person")
        for picture in pictures
    ]
    return [
        PostProposal(post=post, person_id=person, why=Why.PICTURE.value)
        for post in posts
        for person in sorted(
            {who for mine in post.pictures for seen, who in known if are_alike(mine, other=seen)}
        )
    ]


def are_alike(one: str, *, other: str) -> bool:
    """Whether two fingerprints differ in at most four of their 64 bits."""
    return (int(one, 16) ^ int(other, 16)).bit_count() <= ALIKE
