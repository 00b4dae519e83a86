"""The closed lists and ids of campaigns; each value is stored as it stands."""

from enum import StrEnum
from typing import NewType

CaseId = NewType("CaseId", str)
"""The desk's id of a case; campaigns never see more of it."""

CampaignId = NewType("CampaignId", str)
GroupId = NewType("GroupId", str)
"""The least case id of a group: the same in whatever order the cases came."""


class ClueKind(StrEnum):
    """What two contacts can share; all but the pattern are observed, not inferred."""

    IDENTIFIER = "identifier"
    PAYMENT = "payment"
    FILE = "file"
    PICTURE = "picture"
    PATTERN = "pattern"
    PERSON = "person"
    PLACE = "place"


OBSERVED = (ClueKind.IDENTIFIER, ClueKind.PAYMENT, ClueKind.FILE, ClueKind.PICTURE)

CLAIMED = (ClueKind.PERSON, ClueKind.PLACE)
"""What a stranger says of himself: anybody can say the same, so a person lets it join."""


class Reason(StrEnum):
    """Why two contacts are linked: a clue's kind, or their words."""

    IDENTIFIER = "identifier"
    PAYMENT = "payment"
    FILE = "file"
    PICTURE = "picture"
    PATTERN = "pattern"
    PERSON = "person"
    PLACE = "place"
    WORDS = "words"
    SCRIPT = "script"


INFERRED = (Reason.PATTERN, Reason.SCRIPT)


class Verdict(StrEnum):
    """What a person says of a link; `rejected` keeps the two apart from then on."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNSURE = "unsure"


class CampaignState(StrEnum):
    """A merged campaign lives on in another one, until it is taken out again."""

    CONFIRMED = "confirmed"
    MERGED = "merged"
    ENDED = "ended"
