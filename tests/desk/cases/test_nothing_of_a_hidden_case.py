"""For a stranger the desk is the same with a hidden case as without it: every page, every number.

Each page and act of the desk is asked twice: while the case is not there, and while it is. The two
answers must be equal letter by letter. A colleague of the case's team is asked as well: there they
must differ, or the test would prove nothing.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from desk_cast import Desk, Family
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some
from pypdfium2 import PdfDocument

from oberih.desk.models import (
    Attachment,
    Case,
    FamilyIdentity,
    Identifier,
    InternalNote,
    Reply,
    SearchDocument,
)
from oberih.desk.search import index
from oberih.staff.models import Member
from oberih.staff.roles import Role

pytestmark = pytest.mark.django_db
SHARED, OWN = "+380 50 000 00 01", "+380 50 777 77 77"
SECRET = f"Таємниця родини: пишуть з {SHARED} та {OWN}, просять підпалити шафу"
HIDDEN = "HIDD-ENAA"
COUNTS = " /figures/"
"""The desk's figures: a lead may see how many cases there are, and nothing else of them."""

VALUES = {
    "case": HIDDEN, "reply_id": "987654", "attachment": "ab" * 32, "alert": "AAAA", "entry": "AAAA",
    "ask_id": "987654", "notice": "987654", "grant_id": "987654", "campaign": "1", "key": "6",
}  # fmt: skip
SEARCHES = ("таємниця", "підпал", OWN, "0507777777", "7777", HIDDEN, "HIDD", SHARED, "колегам")
GIVEN = {
    "text": "так", "how": "in person", "reason": "Треба негайно", "name": "Ольга", "case": HIDDEN,
    "team": "north", "cases": HIDDEN, "act": "close", "seen": "0", "only": HIDDEN,
}  # fmt: skip
CHANGING = re.compile(
    r'name="(?:csrfmiddlewaretoken|once|form-0-once)" value="[^"]+"'
    r"|<time[^>]*>[^<]*</time>|\d+ (?:хв|с)\b|\d\d:\d\d"
)


Answers = dict[str, tuple[int, str]]


@dataclass(frozen=True)
class World:
    """What a hidden case is like, and who looks."""

    role: Role
    state: str
    under18: bool
    is_own_team: bool
    band: str


worlds = some.builds(
    World,
    role=some.sampled_from([Role.OFFICER, Role.LEAD, Role.ANALYST, Role.TRACING]),
    state=some.sampled_from(["new", "open", "waiting", "closed"]),
    under18=some.booleans(),
    is_own_team=some.booleans(),
    band=some.sampled_from(["stop", "none"]),
)


def patterns(found: Any = None) -> Iterator[URLPattern]:  # noqa: ANN401  # Django's resolvers
    for one in found or get_resolver().url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns)
        else:
            yield one


def addresses() -> list[str]:
    """Return every address of the desk, with the hidden case wherever a case can stand."""
    from django.urls import NoReverseMatch, reverse  # noqa: PLC0415  # the urls are loaded by now

    found = []
    for one in patterns():
        named = {name: VALUES[name] for name in one.pattern.converters if name in VALUES}
        try:
            found.append(reverse(f"desk:{one.name}", kwargs=named))
        except NoReverseMatch:
            continue
    found += [f"/?view={view}" for view in ("open", "new", "mine", "waiting", "closed", "all")]
    found += [f"/?view=all&q={search}" for search in SEARCHES]
    found += [f"/?only={HIDDEN}", "/?tactic=C1", "/?band=stop", "/?language=uk&age=1"]
    found += [f"/alerts/new/?case={HIDDEN}", f"/watch-list/new/?case={HIDDEN}&identifier={OWN}"]
    return sorted(set(found))


def answers(browser: Client) -> Answers:
    """Ask for every page, then try every act; each act is taken back again."""
    asked = [(method, one) for one in addresses() for method in (browser.get, browser.post)]
    return {f"{method.__name__} {one}": answer(method, address=one) for method, one in asked}


def answer(method: Callable[..., Any], *, address: str) -> tuple[int, str]:
    with undone():
        told = method(address, GIVEN if method.__name__ == "post" else None)
    return told.status_code, CHANGING.sub("", words_of(told.content)) + told.get("Location", "")


def words_of(content: bytes) -> str:
    """Return what a page says; of a printed one its text, for its file carries the time."""
    if not content.startswith(b"%PDF"):
        return content.decode(errors="replace")
    with closing(PdfDocument(content)) as pages:
        return "\n".join(page.get_textpage().get_text_range() for page in pages)


def differing(before: Answers, after: Answers) -> dict[str, str]:
    """Return the pages that differ, with where they begin to."""
    return {
        place: f"{before[place][0]} {told[0]} {first_difference(before[place][1], told[1])}"
        for place, told in after.items()
        if told != before[place]
    }


def first_difference(one: str, other: str) -> str:
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    return f"{one[at - 60 : at + 60]!r} / {other[at - 60 : at + 60]!r}"


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def hide(case: Case, *, world: World, member: Member, desk: Desk) -> None:
    """Make the case of the last report the hidden one: another team's, or a minor's."""
    fields = {"state": world.state, "band": world.band, "team": "far", "tactics": ["C1"]}
    if world.is_own_team and member.role != Role.LEAD:
        fields |= {"team": "desk", "under18": True}
    elif world.under18:
        fields |= {"under18": True}
    fields |= {"filed_at": desk.now - timedelta(days=9)}
    rename(case)
    Case.objects.filter(pk=HIDDEN).update(**fields)
    hidden = Case.objects.get(pk=HIDDEN)
    InternalNote.objects.create(case=hidden, author="x", text="лише колегам", at=desk.now)
    FamilyIdentity.objects.create(case=hidden, name="Ольга", kept_by="x", kept_at=desk.now)
    message = hidden.conversation.messages.get(direction="report")
    Attachment.objects.create(
        id=VALUES["attachment"],
        message=message,
        name="фото.png",
        type="image/png",
        size=1,
        chunks=1,
    )
    Reply.objects.create(
        id=987654, conversation=hidden.conversation, kind="reply", text="ні", author="x",
        written_at=desk.now, due_at=desk.now + timedelta(hours=1),
    )  # fmt: skip
    index.replace_all(hidden)


def rename(case: Case) -> None:
    """Give the case the hidden one's number, everywhere."""
    old, conversation = case.pk, case.conversation
    SearchDocument.objects.filter(case=old).delete()
    case.pk = HIDDEN
    case.save(force_insert=True)
    type(conversation).objects.filter(pk=conversation.pk).update(case_id=HIDDEN)
    for one in Identifier.objects.filter(cases=old):
        one.caseidentifier_set.filter(case_id=old).update(case_id=HIDDEN)
    Case.objects.filter(pk=old).delete()


@pytest.fixture
def known(desk: Desk, family: Callable[[], Family]) -> Case:
    """Return a case that everybody of the default team sees; it shares a number."""
    family().send(f"Звичайний звіт, дзвонять з {SHARED}")
    desk.turn()
    Case.objects.update(filed_at=desk.now - timedelta(days=5))
    Case.objects.update(waiting_since=desk.now - timedelta(days=5))
    return Case.objects.get()


class Stage:
    """The desk with one case that everybody knows, and who may come."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        names = ("desk", "family", "browse", "member")
        self.desk, self.family, self.browse, self.member = map(request.getfixturevalue, names)

    def __repr__(self) -> str:
        return "the stage"  # hypothesis prints what a test is given

    def hide(self, world: World, *, member: Member) -> None:
        """Let another family report, and hide its case from this member."""
        there = set(Case.objects.values_list("pk", flat=True))
        self.family().send(SECRET)
        self.desk.turn()
        case = Case.objects.exclude(pk__in=there).get()
        hide(case, world=world, member=member, desk=self.desk)


@pytest.fixture
def stage(request: pytest.FixtureRequest) -> Stage:
    return Stage(request)


@pytest.mark.usefixtures("known")
@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(world=worlds)
def test_a_stranger_is_told_nothing_of_a_hidden_case(stage: Stage, world: World) -> None:
    with undone():
        looking = stage.member(world.role)
        browser = stage.browse(looking)
        before = answers(browser)
        stage.hide(world, member=looking)

        differ = differing(before, answers(browser))

    is_lead = world.role is Role.LEAD
    told = {place: how for place, how in differ.items() if not (is_lead and COUNTS in place)}
    assert told == {}, told


@pytest.mark.usefixtures("known")
def test_a_colleague_is_told_on_the_same_pages(stage: Stage, officer: Member) -> None:
    browser = stage.browse(officer)
    before = answers(browser)
    world = World(Role.OFFICER, "open", under18=False, is_own_team=False, band="stop")
    stage.hide(world, member=officer)
    Case.objects.filter(pk=HIDDEN).update(team="desk")
    index.replace_all(Case.objects.get(pk=HIDDEN))

    differ = set(differing(before, answers(browser)))

    wanted = {f"get /?view=all&q={search}" for search in SEARCHES} | {"get /", "get /shift/"}
    assert wanted | {f"get /cases/{HIDDEN}/", f"post /cases/{HIDDEN}/close/"} <= differ
