"""The courier's one call to the look-up: hand over an epoch's key, signed like all its calls."""

from dataclasses import dataclass, field
from datetime import datetime

from oberih.core import canonical
from oberih.core.errors import CouldNot
from oberih.crypto.fields import spelled_time
from oberih.crypto.ristretto import Element
from oberih.crypto.voprf import EvaluationKey
from oberih.desk.front_calls import Front, FrontAway, FrontRefused

PATH = "/api/courier/lookup-key"


class LookupAway(CouldNot):
    """The look-up does not answer; the courier tries again later."""


class LookupRefused(CouldNot):
    """The look-up refused the key: its courier key, or a newer epoch is there already."""


@dataclass(frozen=True, slots=True)
class HandedKey:
    """The key of one epoch, and the last moment at which it may answer."""

    epoch: int
    key: EvaluationKey = field(repr=False)
    not_after: datetime

    def as_json(self) -> dict[str, canonical.Json]:
        """Return what the look-up reads."""
        return {
            "epoch": self.epoch,
            "secret": self.key.secret.hex(),
            "not_after": spelled_time(self.not_after),
        }


def hand_over(key: HandedKey, *, listener: Front) -> Element:
    """Give the key to the look-up and return its public half; it may be given again.

    `listener` is a `Front` whose url is the look-up's courier listener
    (OBERIH_LOOKUP_COURIER_URL); same signer, same fence. Older keys are wiped 48 hours later.
    Raises LookupAway, LookupRefused, and FencedOff when another desk has taken over.
    """
    try:
        answer = canonical.decode(listener.post(PATH, body=canonical.encode(key.as_json())))
    except FrontAway as error:
        raise LookupAway from error
    except FrontRefused as error:
        raise LookupRefused from error
    if answer != {"epoch": key.epoch, "key": key.key.public.hex()}:
        raise LookupRefused
    return key.key.public
