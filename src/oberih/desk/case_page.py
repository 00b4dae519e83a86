"""What one case's page shows: the thread, why it stands where it stands, who did what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from oberih.audit.acts import Act
from oberih.audit.selectors import events_about
from oberih.crypto.message import ReplyKind
from oberih.desk import acts, moves, timeline, words
from oberih.desk.access.selectors import WhoSees, who_sees
from oberih.desk.access.visible import the_visible, visible
from oberih.desk.assessing import is_read_by_both, raised_from
from oberih.desk.casework.page import CaseWork, work_on
from oberih.desk.courier_models import Taken
from oberih.desk.highlights import Marks, Piece, marks_of, pieces
from oberih.desk.models import Attachment, Case, Conversation, InternalNote, Reply
from oberih.desk.replying.library import Proposed, library, proposed
from oberih.desk.replying.phrasebook import Side, beside, in_runs
from oberih.desk.rows import Look, QueueRow, SeenIdentifier, rows_of, same_identifier_cases
from oberih.desk.services import OPERATOR, TAKE_BACK, open_case, why_unwritable
from oberih.desk.states import CaseId, Direction, Outcome, ReplyState
from oberih.desk.threads import Entry, Place, entries
from oberih.staff.models import Member
from oberih.staff.roles import Permission, Role

REFUSALS = (
    Outcome.CANNOT_OPEN,
    Outcome.MALFORMED,
    Outcome.BAD_SIGNATURE,
    Outcome.NUMBER_TWICE,
)
LONG_CHAT = 60
"""Longer chats are folded: the page shows the marked lines and those around them."""

NEIGHBOURS = 2


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of a passed-on chat; `skipped` counts the lines left out before it."""

    sender: str
    at: str
    pieces: list[Piece]
    skipped: int = 0
    sides: tuple[Side, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the thread: side is family, desk, internal or system."""

    side: str
    at: datetime
    day: date
    kind: str = ""
    author: str = ""
    pieces: tuple[Piece, ...] = ()
    chat: tuple[ShownLine, ...] = ()
    chat_length: int = 0
    attachments: tuple[Attachment, ...] = ()
    notices: tuple[str, ...] = ()
    state: str = ""
    reply: int = 0
    leaves_at: datetime | None = None
    sides: tuple[Side, ...] = ()
    case: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a thread: in which language, and how everybody is called."""

    language: str
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the ladder: reached ones are drawn full."""

    number: int
    word: str
    is_reached: bool
    is_here: bool


@dataclass(frozen=True, slots=True)
class CasePage:
    """All of one case, for one member, at one moment."""

    row: QueueRow
    conversation: Conversation
    thread: tuple[Item, ...]
    others: tuple[CaseId, ...]
    moved: tuple[CaseId, ...]
    events: tuple[acts.ShownEvent, ...]
    timeline: timeline.Drawing
    ladder: tuple[Step, ...]
    owner: str
    colleagues: tuple[Member, ...]
    blocked: str
    targets: tuple[CaseId, ...]
    proposals: tuple[Proposed, ...]
    review: str
    work: CaseWork
    sees: WhoSees
    now: datetime

    @property
    def case(self) -> Case:
        """Return the case itself."""
        return self.row.case

    @property
    def identifiers(self) -> tuple[SeenIdentifier, ...]:
        """Return its identifiers, the most shared first."""
        return self.row.identifiers

    @property
    def band_word(self) -> str:
        """Return the band in words."""
        return str(words.BANDS[self.case.band])

    @property
    def route_word(self) -> str:
        """Return the route in words."""
        return str(words.ROUTES.get(self.case.route, self.case.route))

    @property
    def readers(self) -> tuple[str, ...]:
        """Return in words what the second reader did with it, and whether it still has to read."""
        case, from_band = self.case, raised_from(self.case)
        said = [words.raised_from(from_band)] if from_band else []
        said += [str(words.READ_BY_BOTH)] if is_read_by_both(case) and not from_band else []
        return (*said, *([str(words.NOT_READ_BY_BOTH)] if case.waits_for_second else []))

    @property
    def state_word(self) -> str:
        """Return the state in words."""
        return str(words.STATES[self.case.state])


def case_page(
    case_id: CaseId, *, by: Member, now: datetime, act: Act = Act.CASE_OPENED
) -> CasePage:
    """Open a case (the audit keeps who did) and return its page; raises NoSuchCase."""
    case = open_case(case_id, by=by, now=now, act=act)
    conversation = case.conversation
    names = {str(member.pk): member.name for member in Member.objects.all()}
    names[OPERATOR] = _("the desk's machine")
    work = work_on(case, by=by, names=names, today=localdate(now))
    cases, reader = [case, *work.inside], Reader(by.language, names)
    thread = tuple(_threads(cases, reader=reader))
    return CasePage(
        row=rows_of([case], look=Look(by, now))[0],
        conversation=conversation,
        thread=thread,
        others=tuple(same_identifier_cases(case_id, by=by)),
        moved=tuple(_moved(conversation, by=by)),
        events=acts.shown(events_about(f"case {case_id}"), names=names),
        timeline=timeline.draw((item.side, item.at) for item in thread),
        ladder=_ladder(case.stage),
        owner=names.get(case.owner, ""),
        colleagues=colleagues(by),
        blocked=why_unwritable(conversation),
        targets=tuple(CaseId(one.pk) for one in cases if not why_unwritable(one.conversation)),
        proposals=proposed(case, reader=by.language) if by.may(Permission.CASE_ANSWER) else (),
        review=library().state,
        work=work,
        sees=who_sees(case_id, by=by, now=now),
        now=now,
    )


def language_of_case(case: CaseId, *, by: Member) -> str:
    """Return the language that the family writes; raises NoSuchCase."""
    return str(the_visible(case, by=by).language)


def _moved(conversation: Conversation, *, by: Member) -> list[CaseId]:
    """Return where the conversation goes on or came from, of what the member may see."""
    joined = [one.case_id for one in moves.joined(conversation)]
    return [CaseId(key) for key in visible(by).filter(pk__in=joined).values_list("pk", flat=True)]


def _threads(cases: Iterable[Case], *, reader: Reader) -> list[Item]:
    """Return what stands in a case and in those that are worked on in it, in one order."""
    items = [item for case in cases for item in _thread(case, reader=reader)]
    return sorted(items, key=lambda item: (item.at, item.side == "system"))


def _thread(case: Case, *, reader: Reader) -> list[Item]:
    marks, conversation = marks_of(case.assessment), case.conversation
    messages = conversation.messages.prefetch_related("attachments")
    told = [one for one in entries(messages) if one.first.kind != ReplyKind.RECEIVED]
    items = [_message(entry, marks=marks, reader=reader) for entry in told]
    items += [_note(note, names=reader.names) for note in case.notes.all()]
    items += [_waiting(reply, names=reader.names) for reply in _unsealed(conversation)]
    items += [_refusal(taken) for taken in _refused(conversation)]
    translated = [_beside(item, case=case, reader=reader) for item in items]
    return [replace(item, case=case.pk, language=case.language) for item in translated]


def _beside(item: Item, *, case: Case, reader: Reader) -> Item:
    """Return it with what the phrase book says to it, when the family writes another language."""
    if item.side not in {"family", "desk"} or case.language == reader.language:
        return item

    def sides(said: Iterable[Piece]) -> tuple[Side, ...]:
        whole = "".join(piece.text for piece in said)
        return in_runs(beside(whole, of=case.language, to=reader.language))

    chat = tuple(replace(line, sides=sides(line.pieces)) for line in item.chat)
    return replace(item, sides=sides(item.pieces), chat=chat)


def _message(entry: Entry, *, marks: Marks, reader: Reader) -> Item:
    first = entry.first
    side = "family" if first.direction == Direction.REPORT else "desk"
    is_automatic = side == "desk" and not first.author
    return Item(
        side="system" if is_automatic else side,
        at=first.at,
        day=entry.day,
        kind=str(words.KINDS.get(first.kind, first.kind)),
        author=reader.names.get(first.author, ""),
        pieces=tuple(pieces(entry.text, marks=marks.get(Place(first.pk, -1), ()))),
        chat=tuple(_chat(entry, marks=marks)),
        chat_length=len(entry.chat),
        attachments=tuple(one for part in entry.messages for one in part.attachments.all()),
        notices=tuple(_notices(entry)),
        state="" if side == "family" else str(words.REPLY_STATES[ReplyState.DELIVERED]),
    )


def _notices(entry: Entry) -> Iterator[str]:
    if entry.has_gap_before:
        yield str(words.GAP)
    if entry.missing:
        yield words.missing_parts(entry.missing)


def _chat(entry: Entry, *, marks: Marks) -> Iterator[ShownLine]:
    key, skipped = entry.first.pk, 0
    shown = _lines_to_show(entry, marks=marks)
    for number, line in enumerate(entry.chat):
        if number not in shown:
            skipped += 1
            continue
        marked = marks.get(Place(key, number), ())
        yield ShownLine(line.sender, line.at, pieces(line.text, marks=marked), skipped)
        skipped = 0
    if skipped:
        yield ShownLine("", "", [], skipped)


def _lines_to_show(entry: Entry, *, marks: Marks) -> set[int]:
    count = len(entry.chat)
    if count <= LONG_CHAT:
        return set(range(count))
    marked = [place.line for place in marks if place.message == entry.first.pk]
    near = {line + step for line in marked for step in range(-NEIGHBOURS, NEIGHBOURS + 1)}
    return {line for line in near if 0 <= line < count} | {0, count - 1}


def _note(note: InternalNote, *, names: dict[str, str]) -> Item:
    return Item(
        side="internal",
        at=note.at,
        day=localdate(note.at),
        author=names.get(note.author, ""),
        pieces=(Piece(note.text, ""),),
    )


def _unsealed(conversation: Conversation) -> Iterable[Reply]:
    """Return a person's replies that have not left."""
    return conversation.replies.filter(state=ReplyState.WAITING).exclude(author="")


def _waiting(reply: Reply, *, names: dict[str, str]) -> Item:
    return Item(
        side="desk",
        at=reply.written_at,
        day=localdate(reply.written_at),
        kind=str(words.KINDS[reply.kind]),
        author=names.get(reply.author, ""),
        pieces=(Piece(reply.text, ""),),
        state=str(words.REPLY_STATES[ReplyState(reply.state)]),
        reply=reply.pk,
        leaves_at=reply.written_at + TAKE_BACK,
    )


def _refused(conversation: Conversation) -> Iterable[Taken]:
    return Taken.objects.filter(mailbox=conversation.mailbox, outcome__in=REFUSALS)


def _refusal(taken: Taken) -> Item:
    at = datetime.combine(taken.day, datetime.max.time()).astimezone()
    notice = str(words.OUTCOMES[Outcome(taken.outcome)])
    return Item(side="system", at=at, day=taken.day, notices=(notice,))


def _ladder(stage: int | None) -> tuple[Step, ...]:
    return tuple(
        Step(
            number=number,
            word=str(word),
            is_reached=stage is not None and number <= stage,
            is_here=number == stage,
        )
        for number, word in enumerate(words.STAGES)
    )


def colleagues(by: Member) -> tuple[Member, ...]:
    """Return whom the member may make the owner of a case."""
    if not by.may(Permission.CASE_ASSIGN_OTHERS):
        return (by,)
    roles = [Role.OFFICER, Role.LEAD]
    return tuple(Member.objects.filter(is_active=True, role__in=roles).order_by("name"))
