"""Who takes part in the tests of cases: a desk, its front, families, officers."""

import os
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from oberih.staff.roles import Role


def cast() -> Any:  # noqa: ANN401  # its modules need Django's set-up, which comes later than this
    """Return the cast."""
    return import_module("desk_cast")


@pytest.fixture
def front() -> Any:  # noqa: ANN401  # the same
    return cast().SimulatedFront()


@pytest.fixture
def desk(ring: Any, front: Any, tmp_path: Path) -> Any:  # noqa: ANN401  # the same
    return cast().make_desk(ring, front=front, data=tmp_path)


@pytest.fixture
def family(desk: Any) -> Iterator[Callable[[], Any]]:  # noqa: ANN401  # the same
    """Return a function that brings a new family each time."""
    numbers = iter(range(1000))
    yield lambda: cast().Family(desk.ring, desk.front, cast().receipt_keys(next(numbers)))


@pytest.fixture
def olha(family: Callable[[], Any]) -> Any:  # noqa: ANN401  # the same
    return family()


@pytest.fixture
def member(db: None) -> Callable[[Role], Any]:
    """Return a function that makes a member of a role."""
    del db
    members = import_module("oberih.staff.models").Member.objects
    return lambda role: members.create(name=f"{role} {os.urandom(3).hex()}", role=role)


@pytest.fixture
def officer(member: Callable[[Role], Any]) -> Any:  # noqa: ANN401  # the same
    return member(Role.OFFICER)


@pytest.fixture
def lead(member: Callable[[Role], Any]) -> Any:  # noqa: ANN401  # the same
    return member(Role.LEAD)
