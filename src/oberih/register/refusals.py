"""What the register refuses, each with the sentence that a person reads."""

from oberih.core.errors import BadInput, Refused


class NoSuchPerson(Refused):
    """The register has no such person."""


class NoSuchRequester(Refused):
    """The register has no such requester."""


class NoSuchSource(BadInput):
    """Choose a source of the list, or add it first."""


class SourceTaken(BadInput):
    """A source of this name is in the register already."""


class NotOfficial(BadInput):
    """Only a bureau, the Red Cross or a body of the state is an official source."""


class NoName(BadInput):
    """A person needs a surname or a given name."""


class SpellingKnown(BadInput):
    """This source has this spelling already."""


class DaysReversed(BadInput):
    """The last day of an interval lies before its first."""


class NotYet(BadInput):
    """An event cannot have happened, nor been learned, after today."""


class AlreadyReplaced(BadInput):
    """This event was replaced already: replace the one that stands in its place."""


class EventsBroken(Refused):
    """The chain of the register's events is broken."""

    def __init__(self, position: int = 0) -> None:
        """Take where it breaks."""
        super().__init__()
        self.position = position


class NoSuchList(Refused):
    """The register has no such list."""


class AlreadyRead(BadInput):
    """This list is here already: the same rows from the same source. Nothing was changed."""


class AnotherWaits(BadInput):
    """Another list of this source waits: take it in or drop it first."""


class ColumnTwice(BadInput):
    """Two columns cannot say the same: leave one of them out."""


class NoNameColumn(BadInput):
    """Choose the column with the surname, the given name or the whole name."""


class NotThisFar(BadInput):
    """The list is not at this step: look at its page again."""


class RowsWrong(BadInput):
    """Some rows are wrong or half the list is gone: correct it, or say that it is meant so."""


class NoFile(BadInput):
    """Choose a file of at most 32 megabytes, or paste the table."""


class NoSuchLink(Refused):
    """The register proposes no such link now: look at the list again."""


class SamePerson(BadInput):
    """Accepting this link takes two people: another one has to look at it and accept."""


class EntryTaken(BadInput):
    """This row of the list was accepted as somebody else: take that back first."""


class NotABureau(BadInput):
    """A letter goes to the National Information Bureau or the Central Tracing Agency alone."""


class NobodyToAskFor(BadInput):
    """Nobody to ask for: nothing is overdue by this rule, or nobody has agreed to tracing."""


class NoSuchLetter(Refused):
    """There is no such letter, or it is not drawn yet: look again in a minute."""


class NoSuchConsignment(Refused):
    """There is no such letter, parcel or transfer in the ledger."""


class NotProven(BadInput):
    """Say on what day it was acknowledged, and by what this is known."""


class NotVerified(Refused):
    """Who asks is not verified outside Oberih: nothing of the register may be told."""


class NothingMayBeTold(Refused):
    """Of this nothing is told from here: the competent body informs in person."""


class NewsWaits(BadInput):
    """News for this request waits already: release or withdraw it first."""


class NoSuchNews(Refused):
    """No such news waits."""


class ReleaseByAnother(Refused):
    """Who prepared the news cannot release it: another person reads it first."""


class NewsIsStale(Refused):
    """The register has changed since this was prepared: withdraw it and prepare it anew."""


class NoSuchClaim(Refused):
    """There is no such claim in this case."""


class EmptyClaim(BadInput):
    """Enter at least a place, a month, a cellmate, a condition or a document."""


class NoSuchQuestion(Refused):
    """There is no such proof question, or it was used: a question is used once."""


class NotTheSpecialistsKey(BadInput):
    """This is not the specialist's key for this question. Nothing was opened."""


class NoConsentForThis(Refused):
    """No consent for this purpose stands: ask first. Nothing was exported."""


class NotACard(BadInput):
    """This is not a capture card of this desk: version, person or surname is missing."""


class NotAChannel(BadInput):
    """This is not an exported channel: choose its result.json, or the archive with it."""


class NotAnIntermediary(BadInput):
    """A channel is read as the word of an intermediary or an open source, never another's."""


class NoSuchPost(Refused):
    """There is no such proposal, or it was judged already."""


class PlaceOfTheRegister(Refused):
    """Who asks is not verified, and this reply names a place of the register: leave it out."""


class NoSuchErasure(Refused):
    """There is no such request to erase, or it is done or withdrawn already."""


class ErasureWaits(BadInput):
    """This person waits for a second person to erase them already."""


class SecondPersonNeeded(Refused):
    """It takes two people: another member has to do this."""


class NotAWitness(BadInput):
    """Only of a released prisoner is kept apart who they are."""


class NoGrant(Refused):
    """You may not see who this witness is: ask another member for it."""
