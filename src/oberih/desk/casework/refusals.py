"""What the work on a case refuses."""

from oberih.core.errors import BadInput, Refused


class NoSuchTask(BadInput):
    """There is no such task in this case."""


class NoTaskText(BadInput):
    """Say in a few words what is to be done."""


class OddDay(BadInput):
    """Choose a day from tomorrow on, within a year."""


class NoSuchOffer(BadInput):
    """Nobody offers this case to your team any more."""


class NoSuchTeam(BadInput):
    """Choose another team of this desk."""


class AlreadyOffered(Refused):
    """This case is offered to a team already."""


class MinorsNeedALead(Refused):
    """A minor's case is taken over by a lead, or by who holds the access to minors' cases."""


class NoSuchBody(BadInput):
    """There is no such body."""


class NotForThisBody(Refused):
    """This body never gets that: what stays out of its packages is fixed."""


class NothingToPass(BadInput):
    """Choose what the package shall contain."""


class ConsentTooLong(BadInput):
    """A consent ends: within 180 days."""


class NoConsent(Refused):
    """Nothing is passed on without the family's recorded yes for this body and these items."""


class NoIdentityWithoutConsent(Refused):
    """Who the family is leaves the desk only with the family's own yes."""


class NoSuchReferral(BadInput):
    """This referral cannot go there from where it stands."""


class NoDangerToAnswer(BadInput):
    """Nobody waits for a second person here any more."""


class NotTheSameFamily(Refused):
    """Two relatives' cases are never merged: only two of the same person's."""


class MergedAlready(Refused):
    """One of these cases is merged already: take them apart first."""


class NotMergeable(Refused):
    """Both cases must be of one team, and either both or neither a minor's."""


class NothingMerged(BadInput):
    """This case is not merged."""
