"""Invented cases in bulk: 10,000 open and 200,000 closed, with words, numbers and a thread each."""

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

OPEN, CLOSED = 10_000, 200_000
BATCH = 2_000
NUMBERS = 60_000
SHARED, OFTEN = 400, 0.2
"""So many numbers are seen again and again; the rest once or twice."""

PARTS = (
    "Пишуть з невідомого номера, кажуть, що сиділи разом",
    "Просять сфотографувати військову машину біля вокзалу",
    "Обіцяють передати листа і дзвінок від чоловіка",
    "Кажуть нікому не розповідати і видалити чат",
    "Вимагають підпалити релейну шафу, інакше його битимуть",
    "Просять гроші на лікарню і номер картки",
    "Звонили с неизвестного номера, говорили про обмен",
    "They ask to carry a parcel to the station",
    "Він не відповів на запитання, яке знає лише родина",
    "Обіцяють внести до списку на обмін за винагороду",
)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
REGIONS = ("UA-05", "UA-12", "UA-30", "UA-46", "UA-63", "")


def fill() -> None:
    """Write the cases; the same ones each time."""
    from oberih.core.time import now  # noqa: PLC0415  # needs Django's set-up

    draw, moment = random.Random(11), now()  # noqa: S311  # a benchmark
    every = _cases(draw, moment=moment)
    _numbers()
    while batch := list(islice(every, BATCH)):
        _write(batch, draw=draw)


def _cases(draw: random.Random, *, moment: Any) -> Iterator[Any]:  # noqa: ANN401  # a moment
    from oberih.desk.models import Case  # noqa: PLC0415  # needs Django's set-up

    for number in range(CLOSED + OPEN):
        is_open = number >= CLOSED
        age = timedelta(minutes=(CLOSED + OPEN - number) * (2 if is_open else 5))
        band = draw.choice(("stop", "warning", "verify", "none"))
        state = draw.choice(("new", "open", "open", "waiting")) if is_open else "closed"
        yield Case(
            id=_name(number),
            state=state,
            band=band,
            urgency={"stop": 1, "warning": 2, "verify": 2, "none": 3}[band],
            language=draw.choice(("uk", "uk", "uk", "ru", "en")),
            region=draw.choice(REGIONS),
            tactics=draw.sample(["P1", "H1", "C1", "C4", "K2", "M2"], 2),
            assessment={"band": band, "tactics": [], "spans": [], "places": []},
            stage=draw.randrange(8),
            under18=number % 97 == 0,
            filed_at=moment - age,
            waiting_since=moment - age if state in {"new", "open"} else None,
        )


def _name(number: int) -> str:
    """Return the n-th case's id; a fixed shuffle of the numbers."""
    drawn = (number * 982_451_653 + 12_345) % 32**8
    letters = "".join(ALPHABET[drawn // 32**place % 32] for place in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def _numbers() -> None:
    from oberih.desk.models import Identifier  # noqa: PLC0415  # needs Django's set-up

    rows = (Identifier(id=one + 1, kind="phone", value=_phone(one)) for one in range(NUMBERS))
    Identifier.objects.bulk_create(rows, batch_size=BATCH)


def _phone(number: int) -> str:
    return f"+38050{number % 1000:03d}{number // 1000:02d}01"


def _write(cases: list[Any], *, draw: random.Random) -> None:
    from oberih.desk.models import (  # noqa: PLC0415  # needs Django's set-up
        Case,
        CaseIdentifier,
        Conversation,
        Message,
    )

    Case.objects.bulk_create(cases)
    talks = [
        Conversation(mailbox=f"{int(_digits(case.pk)):064x}", case=case, recipient="r",
                     verify_key="v", wrapped_mac=b"m", last_report=1)
        for case in cases
    ]  # fmt: skip
    Conversation.objects.bulk_create(talks)
    texts = [" ".join(draw.sample(PARTS, 4)) for _ in cases]
    picks = [_pick(draw) for _ in cases]
    Message.objects.bulk_create(
        Message(conversation=talk, direction="report", sequence=1, day=talk.case.filed_at.date(),
                at=talk.case.filed_at, kind="report", text=f"{text} {_phone(pick)}", epoch=1,
                digest=talk.mailbox)
        for talk, text, pick in zip(talks, texts, picks, strict=True)
    )  # fmt: skip
    CaseIdentifier.objects.bulk_create(
        CaseIdentifier(case=case, identifier_id=pick + 1, day=case.filed_at.date())
        for case, pick in zip(cases, picks, strict=True)
    )
    _write_words(
        cases, texts=[f"{one} {_phone(pick)}" for one, pick in zip(texts, picks, strict=True)]
    )


def _write_words(cases: list[Any], *, texts: list[str]) -> None:
    from oberih.desk.models import SearchDocument  # noqa: PLC0415  # needs Django's set-up
    from oberih.desk.search.index import START, scope_of, words_of  # noqa: PLC0415  # the same
    from oberih.desk.search.stems import VERSION, marks_of  # noqa: PLC0415  # the same

    stems = {part: words_of([part]) for part in PARTS}
    SearchDocument.objects.bulk_create(
        SearchDocument(
            id=int((case.filed_at - START).total_seconds() * 1_000_000),
            case=case,
            stems=" ".join([
                scope_of(case),
                *sorted(set().union(*(stems[part] for part in PARTS if part in text))
                        | marks_of(text)),
            ]),
            version=VERSION,
        )
        for case, text in zip(cases, texts, strict=True)
    )  # fmt: skip


def _pick(draw: random.Random) -> int:
    return draw.randrange(SHARED) if draw.random() < OFTEN else draw.randrange(SHARED, NUMBERS)


def _digits(name: str) -> int:
    return int.from_bytes(name.encode())
