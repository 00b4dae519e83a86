"""What the ring may answer instead of doing what was asked, by name on both sides of the socket."""

from oberih.core.errors import BadInput, CouldNot, OberihError, Refused
from oberih.crypto.age import NotARecipient, NotSealedToThisIdentity
from oberih.crypto.age_header import CannotOpen, HeaderChanged, MalformedHeader
from oberih.crypto.age_stream import BrokenPayload
from oberih.crypto.attachments import AttachmentTooLarge, MalformedAttachment
from oberih.crypto.bodies import MalformedMessage
from oberih.crypto.envelope import HeadDiffers, MalformedEnvelope, TooLong
from oberih.crypto.tree import HistoryChanged
from oberih.keys.contacts import ContactBroken
from oberih.keys.epochs import EpochStillOpen, NoSuchEpoch
from oberih.keys.opened import PurposeRefused, WrapBroken
from oberih.keys.passphrase import EmptyPassphrase
from oberih.keys.vault import KeyFileBroken, NoKeys, NoSuchSecret, WrongPassphrase
from oberih.system.frames import BrokenFrame


class Locked(CouldNot):
    """The desk's keys are locked: nothing is opened, nothing signed."""


class TriesUsedUp(CouldNot):
    """Three wrong passphrases: the ring has stopped. Start it again."""


class NotTheSupervisor(Refused):
    """The database's key goes to the process that started the ring, and to no other."""


class UnknownOperation(BadInput):
    """The ring does not know this operation."""


class RingFailed(CouldNot):
    """The ring could not do this; its own log says what kind of error it met."""


KNOWN: dict[str, type[OberihError]] = {
    refusal.__name__: refusal
    for refusal in (
        AttachmentTooLarge,
        BrokenFrame,
        BrokenPayload,
        CannotOpen,
        ContactBroken,
        EmptyPassphrase,
        EpochStillOpen,
        HeadDiffers,
        HeaderChanged,
        HistoryChanged,
        KeyFileBroken,
        Locked,
        MalformedAttachment,
        MalformedEnvelope,
        MalformedHeader,
        MalformedMessage,
        NoKeys,
        NoSuchEpoch,
        NoSuchSecret,
        NotARecipient,
        NotSealedToThisIdentity,
        NotTheSupervisor,
        PurposeRefused,
        TooLong,
        TriesUsedUp,
        UnknownOperation,
        WrapBroken,
        WrongPassphrase,
    )
}


def name_of(error: OberihError) -> str:
    """Return the name that goes over the socket: never the error's own text."""
    name = type(error).__name__
    return name if name in KNOWN else RingFailed.__name__


def raise_named(name: str) -> None:
    """Raise the refusal of this name; one that is unknown here is RingFailed."""
    raise KNOWN.get(name, RingFailed)
