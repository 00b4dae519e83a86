"""One requester's page: who, verified how, what they agreed to, what is theirs on the way."""

from dataclasses import dataclass

from oberih.desk.register import exchange_words as words
from oberih.desk.register.consigned import ShownConsignment, shown_consignments
from oberih.desk.register.opening import open_requester
from oberih.register.models import Consent, FamilyNews, ProofQuestion, Relation
from oberih.staff.models import Member

NEWEST = 30


@dataclass(frozen=True, slots=True)
class RequestPage:
    """All of one request, and nothing of any other."""

    relation: Relation
    verified: str
    consents: tuple[tuple[Consent, str], ...]
    news: tuple[FamilyNews, ...]
    questions: tuple[ProofQuestion, ...]
    consignments: tuple[ShownConsignment, ...]

    @property
    def waiting(self) -> FamilyNews | None:
        """The news that waits to be released, if some does."""
        closed = (one for one in self.news if not one.released_at and not one.withdrawn_at)
        return next(closed, None)


def request_page(requester: str, *, by: Member) -> RequestPage:
    """Return the page; that it was opened is recorded. Raises NoSuchRequester."""
    relation = open_requester(requester, by=by)
    how = relation.requester.verified_how
    return RequestPage(
        relation=relation,
        verified=str(words.VERIFIED.get(how, how)),
        consents=tuple(
            (one, str(words.PURPOSES.get(one.purpose, one.purpose)))
            for one in relation.consents.all()
        ),
        news=tuple(relation.news.order_by("-pk")[:NEWEST]),
        questions=tuple(relation.questions.defer("sealed").order_by("-pk")[:NEWEST]),
        consignments=shown_consignments(relation.consignments.order_by("-sent_on")[:NEWEST]),
    )
