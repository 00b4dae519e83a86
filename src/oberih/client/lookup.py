"""Look identifiers up: reported, official, not known? Nobody learns which ones were asked.

The front learns the address, the time, whether up to four or up to ten were asked at once, and for
a long list the bucket. Whatever goes wrong is "could not check", never "not known".
"""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus

from oberih.client import watch_list
from oberih.client.front import Front
from oberih.client.watch_list import WatchList
from oberih.core import canonical
from oberih.core.errors import BadInput, CouldNot, Refused
from oberih.core.identifiers import Identifier, find
from oberih.core.time import now
from oberih.crypto.blind_questions import (
    CHALLENGE,
    COUNTS,
    PATH,
    BlindQuestion,
    filled,
    read_answer,
    solve,
)
from oberih.crypto.buckets import names_of
from oberih.crypto.fields import Fields
from oberih.crypto.manifest import Form
from oberih.crypto.ristretto import NoLibsodium
from oberih.crypto.voprf import Evaluation, Mode, Random, blind, finalize_proved
from oberih.crypto.watchlist import Answer as Listed
from oberih.crypto.watchlist import question

MOST = 100
HARDEST = 20
TRIES = 3

Outputs = Mapping[Identifier, bytes]


class Outcome(StrEnum):
    """The four answers; "not known" does not mean harmless."""

    REPORTED = "reported"
    OFFICIAL = "official"
    NOT_KNOWN = "not known"
    COULD_NOT_CHECK = "could not check"


class NothingToLookUp(BadInput):
    """Here is no number, handle, account, address or link; a person's name cannot be looked up."""


class TooMany(BadInput):
    """At most 100 can be looked up at once: give fewer."""


class NotAnswered(CouldNot):
    """The look-up did not answer this question."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of one identifier of an input, with the tactics reported for it."""

    input: str
    identifier: Identifier
    outcome: Outcome
    tactics: tuple[str, ...] = ()
    name: str = ""
    """Whose it is, when it is official: in English, else in Ukrainian."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One identifier and the text in which it stood."""

    input: str
    identifier: Identifier


@dataclass(frozen=True, slots=True)
class Asking:
    """How it is asked; of a long list `Form.WHOLE` fetches all, where the operator offers that."""

    prefer: Form = Form.BUCKETS
    clock: Callable[[], datetime] = now
    random: Random = os.urandom


BY_DEFAULT = Asking()


def look_up(
    identifiers: Sequence[str], *, front: Front, asking: Asking = BY_DEFAULT
) -> list[Answer]:
    """Return an answer for each identifier in each text, in their order.

    A text may be a whole message: every identifier in it is looked up. Raises NothingToLookUp and
    TooMany before anything is sent, NoLibsodium; all else is the outcome "could not check".
    """
    asked = _asked(identifiers)
    wanted = list(dict.fromkeys(other for one in asked for other in names_of(one.identifier)))
    try:
        listing = watch_list.fetched(front, now=asking.clock(), prefer=asking.prefer)
        listing.fetch(wanted)
        outputs = _outputs(wanted, listing=listing, random=asking.random)
        return [_answer(one, listing=listing, outputs=outputs) for one in asked]
    except NoLibsodium:
        raise
    except (CouldNot, Refused):
        return [Answer(one.input, one.identifier, Outcome.COULD_NOT_CHECK) for one in asked]


def _asked(texts: Sequence[str]) -> list[Asked]:
    asked: list[Asked] = []
    for text in texts:
        found = find(text)
        if not found:
            raise NothingToLookUp
        asked += [Asked(text, one.identifier) for one in found]
        if len(asked) > MOST:
            raise TooMany
    return asked


def _answer(asked: Asked, *, listing: WatchList, outputs: Outputs) -> Answer:
    """Return the answer; what the signed numbers name is official whatever a list says."""
    names = names_of(asked.identifier)
    verdicts = [listing.verdict(one, output=outputs[one]) for one in names]
    found = [one for one in verdicts if one is not None]
    for one in names:
        if one in listing.official:
            named = listing.official[one]
            whose = named.get("en") or named.get("uk", "")
            return Answer(asked.input, asked.identifier, Outcome.OFFICIAL, name=whose)
    if not found:
        return Answer(asked.input, asked.identifier, Outcome.NOT_KNOWN)
    worst = next((one for one in found if one.answer is Listed.REPORTED), found[0])
    return Answer(asked.input, asked.identifier, Outcome(worst.answer.value), worst.tactics)


def _outputs(wanted: Sequence[Identifier], *, listing: WatchList, random: Random) -> Outputs:
    """Return the 64 bytes of each identifier, asked in batches of ten, the last filled up."""
    outputs: dict[Identifier, bytes] = {}
    size = COUNTS[-1]
    for start in range(0, len(wanted), size):
        batch = wanted[start : start + size]
        outputs |= zip(batch, _evaluated(batch, listing=listing, random=random), strict=False)
    return outputs


def _evaluated(
    batch: Sequence[Identifier], *, listing: WatchList, random: Random
) -> Sequence[bytes]:
    """Return the outputs of one batch, and of its fillers; raises WrongProof for another key."""
    blinded = [blind(question(one), mode=Mode.VOPRF, random=random) for one in batch]
    everything = filled(blinded, random=random)
    asked = BlindQuestion(listing.manifest.epoch, tuple(one.element for one in everything))
    evaluation = _exchanged(asked, front=listing.front)
    return finalize_proved(everything, evaluation=evaluation, public=listing.manifest.key)


def _exchanged(asked: BlindQuestion, *, front: Front) -> Evaluation:
    """Ask, and solve the puzzle when one is set; raises NotAnswered."""
    for _ in range(TRIES):
        status, body = front.asked_once(PATH, bytes(asked))
        if status == HTTPStatus.OK:
            return read_answer(body, many=len(asked.elements))
        if status != HTTPStatus.TOO_MANY_REQUESTS:
            raise NotAnswered
        asked = solve(asked, challenge=_challenge(body), hardest=HARDEST)
    raise NotAnswered


def _challenge(body: bytes) -> bytes:
    return Fields(canonical.decode(body), error=Refused).hexadecimal("challenge", length=CHALLENGE)
