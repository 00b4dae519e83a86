"""News for a family on the desk: prepared for a verified requester, released into her case."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from oberih.desk import services
from oberih.desk.access.visible import the_visible
from oberih.desk.models import Case
from oberih.desk.register import exchange_words as words
from oberih.desk.register.family_text import family_text
from oberih.desk.register.words import EVENTS, SOURCE_KINDS
from oberih.desk.states import CaseId
from oberih.register import claims, family_news
from oberih.register.claims import Comparison
from oberih.register.family_news import FamilyView
from oberih.register.models import FamilyNews, Requester
from oberih.register.refusals import NoSuchNews, NotVerified
from oberih.register.states import EventType, SourceKind
from oberih.register.statuses import Fact
from oberih.staff.models import Member
from oberih.staff.roles import Permission
from oberih.staff.services import require


@dataclass(frozen=True, slots=True)
class ShownFact:
    """An event that a claim was compared with, without who it is about."""

    what: str
    days: tuple[object, object]
    place: str
    source: str


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim in words, and what the register says to it."""

    place: str
    months: tuple[object, object]
    cellmate: str
    condition: str
    paper: str
    verdict: str
    cellmate_there: bool | None
    facts: tuple[ShownFact, ...]


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A case's page with the register: claims compared, and news that waits."""

    case: Case
    claims: tuple[ShownClaim, ...]
    news: tuple[FamilyNews, ...]


def register_page(case: CaseId, *, by: Member) -> RegisterPage:
    """Return the page for who may see the case; raises NoSuchCase."""
    require(by, Permission.CASE_ANSWER)
    row = the_visible(case, by=by)
    compared = claims.compare(case, by=by)
    waiting = family_news.waiting_news(case)
    return RegisterPage(row, tuple(map(_claim, compared)), tuple(waiting))


def enter(case: CaseId, *, told: claims.Told, by: Member, now: datetime) -> None:
    """Keep a caller's claim in a case that the member may see."""
    the_visible(case, by=by)
    claims.enter_claim(case, told=told, by=by, now=now)


def draft(requester: str, *, by: Member, now: datetime) -> FamilyNews:
    """Prepare news for a requester; raises NotVerified until the desk's case says she is."""
    row = Requester.objects.filter(pk=requester).first()
    case = Case.objects.filter(pk=row.case).first() if row else None
    if case is None or not case.requester_verified:
        raise NotVerified
    language = case.language

    def words_of(view: FamilyView) -> str:
        return family_text(view, language=language, today=localdate(now))

    return family_news.draft_news(requester, words=words_of, by=by, now=now)


def release(case: CaseId, *, news: int, by: Member, now: datetime) -> None:
    """Release news into the case as a sealed reply; raises NoSuchCase, NotVerified, NoSuchNews."""
    row = the_visible(case, by=by)
    if not row.requester_verified:
        raise NotVerified
    if news not in {one.pk for one in family_news.waiting_news(case)}:
        raise NoSuchNews

    def send(to: str, text: str) -> int:
        return services.reply(CaseId(to), text=text, by=by, now=now)

    family_news.release_news(news, send=send, by=by, now=now)


def _claim(one: Comparison) -> ShownClaim:
    row = one.row
    return ShownClaim(
        place=row.place,
        months=(row.since, row.until),
        cellmate=row.cellmate,
        condition=str(words.CONDITIONS[row.condition]) if row.condition else "",
        paper=str(words.PAPERS[row.paper]) if row.paper else "",
        verdict=str(words.VERDICTS[one.checked.verdict]),
        cellmate_there=one.cellmate_there,
        facts=tuple(map(_fact, one.checked.facts)),
    )


def _fact(one: Fact) -> ShownFact:
    kind = SOURCE_KINDS[SourceKind(one.source_kind)]
    what = EVENTS[EventType(one.type)]
    return ShownFact(str(what), (one.occurred_from, one.occurred_to), one.place, str(kind))
