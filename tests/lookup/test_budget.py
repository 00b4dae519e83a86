"""A network asks some for nothing, then pays by puzzles; nobody is shut out, nothing is written."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from oberih.client.lookup import look_up
from oberih.crypto.blind_questions import PATH, BlindQuestion, TooHard, is_solved, solve
from oberih.crypto.voprf import Mode, blind
from oberih.lookup.budget import EASIEST, HARDEST, Alarm, Budget, network
from oberih.lookup.public import address_of
from oberih.lookup.refusals import PuzzleNeeded
from tests.journeys.operator import Operator
from tests.lookup.conftest import fed, started
from tests.lookup.watching import NOT_KNOWN, REPORTED

HERE, NEAR, FAR = "198.51.100.7", "198.51.100.250", "203.0.113.7"


class Clock:
    """A given time in seconds."""

    def __init__(self) -> None:
        """Begin anywhere."""
        self.seconds = 1_000.0

    def __call__(self) -> float:
        """Return it."""
        return self.seconds


def asked() -> BlindQuestion:
    return BlindQuestion(1, tuple(os.urandom(32) for _ in range(4)))


def used_up(clock: Clock) -> Budget:
    budget = Budget(clock=clock, free_an_hour=40)
    for _ in range(10):
        budget.spend(asked(), address=HERE)
    return budget


def challenge(budget: Budget, *, address: str = HERE) -> bytes:
    with pytest.raises(PuzzleNeeded) as needed:
        budget.spend(asked(), address=address)
    return needed.value.challenge


def test_beyond_the_budget_the_whole_block_gets_a_puzzle_and_no_other() -> None:
    budget = used_up(Clock())

    assert challenge(budget, address=NEAR)[0] == EASIEST
    budget.spend(asked(), address=FAR)


def test_a_solved_puzzle_lets_one_question_through() -> None:
    budget = used_up(Clock())
    solved = solve(asked(), challenge=challenge(budget), hardest=HARDEST)

    budget.spend(solved, address=HERE)

    with pytest.raises(PuzzleNeeded):
        budget.spend(solved, address=HERE)


def test_a_solution_fits_only_its_own_question_and_block() -> None:
    budget = used_up(Clock())
    solved = solve(asked(), challenge=challenge(budget), hardest=HARDEST)
    other = replace(asked(), payment=solved.payment)

    assert is_solved(solved)
    assert not is_solved(other)
    for _ in range(10):
        budget.spend(asked(), address=FAR)
    with pytest.raises(PuzzleNeeded):
        budget.spend(solved, address=FAR)


def test_a_puzzle_is_good_for_five_minutes() -> None:
    clock = Clock()
    budget = used_up(clock)
    for _ in range(4):
        budget.spend(solve(asked(), challenge=challenge(budget), hardest=HARDEST), address=HERE)
    solved = solve(asked(), challenge=challenge(budget), hardest=HARDEST)
    clock.seconds += 301

    with pytest.raises(PuzzleNeeded):
        budget.spend(solved, address=HERE)


def test_a_puzzle_of_our_own_making_is_worth_nothing() -> None:
    budget = used_up(Clock())
    easy = bytes([1]) + bytes(31)

    with pytest.raises(PuzzleNeeded):
        budget.spend(solve(asked(), challenge=easy, hardest=HARDEST), address=HERE)


def test_puzzles_grow_with_each_doubling_up_to_the_hardest() -> None:
    budget = Budget(clock=Clock(), free_an_hour=10)
    used = budget._forgiven(budget.block(HERE))  # noqa: SLF001  # a sweep of years in no time
    bits = []
    for questions in (10, 19, 20, 40, 80, 10**9):
        used.questions = float(questions)
        bits.append(challenge(budget)[0])

    assert bits == [EASIEST, EASIEST, EASIEST + 1, EASIEST + 2, EASIEST + 3, HARDEST]


def test_an_hour_forgives_a_budget() -> None:
    clock = Clock()
    budget = used_up(clock)
    clock.seconds += 3600

    for _ in range(10):
        budget.spend(asked(), address=HERE)
    assert challenge(budget)


def test_a_client_does_not_solve_what_no_look_up_sets() -> None:
    with pytest.raises(TooHard):
        solve(asked(), challenge=bytes([60]) + bytes(31), hardest=HARDEST)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("198.51.100.7", "198.51.100.255", True),
        ("198.51.100.7", "198.51.101.7", False),
        ("2001:db8:1:2::1", "2001:db8:1:ff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:102::1", False),
        ("::ffff:198.51.100.7", "198.51.100.9", True),
        ("not an address", "", True),
    ],
)
def test_a_block_is_24_bits_or_56(one: str, other: str, *, same: bool) -> None:
    assert (network(one) == network(other)) is same


def test_blocks_are_kept_as_hashes_under_a_key_of_this_start() -> None:
    one, other = (Budget(clock=Clock(), free_an_hour=1) for _ in range(2))

    assert one.block(HERE) == one.block(NEAR) != other.block(HERE)
    assert HERE not in repr(one)


def test_the_alarm_rings_once_and_shuts_nobody_out() -> None:
    rung: list[bool] = []
    alarm = Alarm(Clock(), most_an_hour=10, ring=lambda: rung.append(True))

    for _ in range(10):
        alarm.count(4)

    assert rung == [True]


def test_a_family_behind_a_busy_address_still_gets_its_answer(tmp_path: Path) -> None:
    operator = Operator.found(tmp_path / "data")
    with started(operator, settings={"OBERIH_LOOKUP_FREE": "8"}) as place:
        fed(place)
        front = place.client()
        answers = [look_up([one], front=front)[0] for one in (REPORTED, NOT_KNOWN) * 3]

        assert [one.outcome.value for one in answers] == ["reported", "not known"] * 3
        assert place.lookup.told == ""


def test_overload_is_told_at_once_and_is_could_not_check(tmp_path: Path) -> None:
    operator = Operator.found(tmp_path / "data")
    with started(operator, settings={"OBERIH_LOOKUP_WAITING": "0"}) as place:
        question = replace(asked(), epoch=fed(place).epoch)

        answer = httpx.post(place.lookup.address + PATH, content=bytes(question))
        (told,) = look_up([REPORTED], front=place.client())

        assert (answer.status_code, answer.json()["error"]) == (503, "busy")
        assert told.outcome.value == "could not check"


@dataclass
class Request:
    """What arrives: from where, and what a header claims."""

    client: str
    headers: dict[str, str]
    method: str = "POST"
    path: str = PATH
    query_string: str = ""
    scheme: str = "http"


def test_only_our_own_proxy_may_say_who_asks() -> None:
    proxies = frozenset(["192.0.2.1"])
    claimed = {"x-real-ip": FAR}

    told = [Request("192.0.2.1:999", claimed), Request(f"{HERE}:999", claimed)]

    assert [address_of(one, proxies=proxies) for one in told] == [FAR, HERE]
    assert address_of(Request("[2001:db8::1]:9", {}), proxies=proxies) == "2001:db8::1"


def test_two_networks_behind_the_proxy_have_two_budgets(tmp_path: Path) -> None:
    operator = Operator.found(tmp_path / "data")
    with started(operator, settings={"OBERIH_LOOKUP_FREE": "3"}) as place:
        epoch = fed(place).epoch
        elements = voprf_elements()
        statuses = [
            httpx.post(
                place.lookup.address + PATH,
                content=bytes(BlindQuestion(epoch, elements)),
                headers={"X-Real-IP": address},
            ).status_code
            for address in (HERE, NEAR, FAR)
        ]

        assert statuses == [200, 429, 200]


def voprf_elements() -> tuple[bytes, ...]:
    return tuple(blind(os.urandom(8), mode=Mode.VOPRF).element for _ in range(4))
