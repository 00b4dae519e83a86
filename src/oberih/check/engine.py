"""The check: a conversation and answers in, one assessment out; web/src/check.ts is its twin."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from oberih.check.blocks import blocks_of, speaks_itself
from oberih.check.frames import LONGEST, Hit, reading_of
from oberih.check.rules import Rules, load
from oberih.check.sequence import Course, Said, is_described, replies_to
from oberih.check.values import ORDER, Assessment, Band, Conversation, Route, Span

PIECES = 25


def assess(
    conversation: Conversation, *, answers: Mapping[str, bool], rules: Rules | None = None
) -> Assessment:
    """Return the assessment of a conversation and of the ticked call questions.

    Messages from "me" never raise a band; words of despair in them open support; the second reader
    hears from them whether she talks with her own people.
    """
    found = _Found(rules or load())
    lends = speaks_itself(conversation)
    messages = conversation.messages
    for index, message in enumerate(messages):
        replies = replies_to(index, messages=messages) if found.rules.second else ()
        for text, borrowed in blocks_of(message):
            said = Said(message.who, message.at, borrowed and lends, replies)
            found.read(text, index=index, said=None if message.sender == "me" else said)
    found.tick(answers)
    return found.assessment()


@dataclass(slots=True)
class _Found:
    rules: Rules
    band: Band = Band.NONE
    hits: list[tuple[int, int, Hit]] = field(default_factory=list)
    ticked: list[Mapping[str, str]] = field(default_factory=list)
    first: dict[Band, int] = field(default_factory=dict)
    support: bool = False
    described: bool = False
    dangerous: bool = False
    course: Course = field(init=False)

    def __post_init__(self) -> None:
        self.course = Course(self.rules)

    def read(self, text: str, *, index: int, said: Said | None) -> None:
        """Read a message, mine where nobody else said it; a very long one in pieces."""
        for offset in range(0, min(len(text), LONGEST * PIECES) or 1, LONGEST):
            piece = text[offset : offset + LONGEST]
            self._read_piece(piece, at=(index, offset), said=said)

    def _read_piece(self, text: str, *, at: tuple[int, int], said: Said | None) -> None:
        reading = reading_of(text, rules=self.rules, mine=said is None)
        self.support |= any(hit.frame.slot == "support" for hit in reading.hits)
        if said is None:
            return
        described = said.borrowed or is_described(reading, rules=self.rules)
        self.described |= described and bool(reading.hits)
        physical = self.rules.sequence["physical"]
        self.dangerous |= any(hit.frame.tactic in physical for hit in reading.hits)
        band, hits = self.course.take(reading, said=said)
        self.hits += [(*at, hit) for hit in hits if hit.frame.slot != "support"]
        self._raise(band, index=at[0])

    def tick(self, answers: Mapping[str, bool]) -> None:
        """Let ticked answers raise by their own hard rules."""
        questions = self.rules.questions
        points = 0
        for code in sorted(answers):
            question = questions.get(code)
            if question is None or answers[code] is not True:
                continue
            self.ticked.append(question)
            points += int(question["points"])
            self.support |= question["slot"] == "support"
        if not self.ticked:
            return
        sequence = self.rules.sequence
        demand = any(one["slot"] in {*sequence["demands"], "threat"} for one in self.ticked)
        total = points + self.course.total()
        if demand and total >= int(sequence["stop"]):
            self._raise(Band.STOP, index=None)
        elif total >= int(sequence["warning"]):
            self._raise(Band.WARNING, index=None)
        elif total >= int(sequence["verify"]):
            self._raise(Band.VERIFY, index=None)

    def assessment(self) -> Assessment:
        slots = {hit.frame.slot for _, _, hit in self.hits} | {one["slot"] for one in self.ticked}
        tactics = {hit.frame.tactic for _, _, hit in self.hits}
        tactics |= {one["tactic"] for one in self.ticked}
        stages = [self.rules.sequence["stages"].get(slot, 0) for slot in slots]
        stage = max(stages, default=0) or None
        physical = self.dangerous or bool(tactics & set(self.rules.sequence["physical"]))
        route = self._route(slots, tactics=tactics)
        return Assessment(
            band=self.band,
            route=route,
            tactics=tuple(code for code in self.rules.tactics if code in tactics),
            stage=stage,
            spans=self._spans(),
            first_warning=self.first.get(Band.WARNING),
            first_stop=self.first.get(Band.STOP),
            support=self.support,
            physical=physical and self.band in ORDER[2:],
            described=self.described,
            advice=self._advice(route, physical=physical, stage=stage),
            follows=tuple(self.rules.follows.get(str(stage or 0), ())),
        )

    def _raise(self, band: Band, *, index: int | None) -> None:
        if ORDER.index(band) > ORDER.index(self.band):
            self.band = band
        if index is not None and band in {Band.WARNING, Band.STOP}:
            self.first.setdefault(Band.WARNING, index)
        if index is not None and band is Band.STOP:
            self.first.setdefault(Band.STOP, index)

    def _route(self, slots: set[str], *, tactics: set[str]) -> Route:
        if self.band is Band.NONE:
            return Route.NONE
        raised = self.band in ORDER[2:]
        strong = slots & {"crime", "small", "threat", "proof"}
        coercive = raised and slots & set(self.rules.sequence["coercive"])
        if not strong and ("money" in slots or ("fraud" in slots and not coercive)):
            return Route.FRAUD
        if raised or strong:
            return Route.COERCION
        return Route.OFFICIAL if "official" in slots or "P6" in tactics else Route.NONE

    def _spans(self) -> tuple[Span, ...]:
        """Return spans in reading order; those of one slot that touch are one."""
        spans = [Span(i, o + h.start, o + h.end, h.frame.slot) for i, o, h in self.hits]
        spans.sort(key=lambda one: (one.message, one.slot, one.start, one.end))
        merged: list[Span] = []
        for span in spans:
            last = merged[-1] if merged else None
            is_same = last and (last.message, last.slot) == (span.message, span.slot)
            if last and is_same and span.start <= last.end + 1:
                merged[-1] = replace(last, end=max(last.end, span.end))
            else:
                merged.append(span)
        return tuple(sorted(merged))

    def _advice(self, route: Route, *, physical: bool, stage: int | None) -> tuple[str, ...]:
        codes: list[str] = []
        raised = self.band in ORDER[2:]
        codes += ["physical"] if physical and raised else []
        codes += ["support"] if self.support else []
        codes += [f"{self.band.value}-{route.value}"]
        codes += [f"stage-{stage}"] if stage and raised else []
        codes += ["described"] if self.described and not raised else []
        return tuple(code for code in codes if code in self.rules.advice)
