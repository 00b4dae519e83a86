"""Who takes part in the tests of cases: a desk, its front, families, officers."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from oberih.core import time
from oberih.staff.roles import Role


def cast() -> Any:  # noqa: ANN401  # its modules need Django's set-up, which comes later than this
    """Return the cast."""
    return import_module("desk_cast")


@pytest.fixture(scope="session")
def one_ring(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Start one ring for all tests of cases: stretching its words takes a while."""
    states: list[Any] = []
    folder = tmp_path_factory.mktemp("ring")
    running = import_module("running_ring").start_in_thread(folder, now=time.now(), states=states)
    yield running
    states[0].stopped.set()


@pytest.fixture
def ring(one_ring: Any) -> Any:  # noqa: ANN401  # the same
    """Return the one ring, unlocked; each test has a public log of its own."""
    (one_ring.keys / "secrets" / "log-head").unlink(missing_ok=True)
    one_ring.client.unlock(one_ring.passphrase)
    return one_ring


@pytest.fixture
def front() -> Any:  # noqa: ANN401  # the same
    return cast().SimulatedFront()


@pytest.fixture
def desk(ring: Any, front: Any, tmp_path: Path) -> Any:  # noqa: ANN401  # the same
    return cast().make_desk(ring, front=front, data=tmp_path)


@pytest.fixture
def family(desk: Any) -> Callable[[], Any]:  # noqa: ANN401  # the same
    """Return a function that brings a new family each time."""
    numbers = iter(range(1000))
    return lambda: cast().Family(desk.ring, desk.front, cast().receipt_keys(next(numbers)))


@pytest.fixture
def olha(family: Callable[[], Any]) -> Any:  # noqa: ANN401  # the same
    return family()


@pytest.fixture
def attach(desk: Any) -> Callable[..., Any]:  # noqa: ANN401  # the same
    """Return a function that seals a file to the desk: what is announced, and the sealed bytes."""
    return lambda content, name="photo.png": cast().sealed_file(desk.ring, content, name=name)


@pytest.fixture
def front_away(front: Any) -> Any:  # noqa: ANN401  # the same
    """Return a context in which the front does not take replies."""

    @contextmanager
    def away() -> Iterator[None]:
        front.is_away = True
        try:
            yield
        finally:
            front.is_away = False

    return away


@pytest.fixture
def member(db: None) -> Callable[[Role], Any]:
    """Return a function that makes a member of a role."""
    del db
    members = import_module("oberih.staff.models").Member.objects
    join_team = import_module("oberih.staff.teams").join_team

    def make(role: Role, *, team: str = "desk") -> Any:  # noqa: ANN401  # the same
        made = members.create(name=f"{role} {os.urandom(3).hex()}", role=role)
        join_team(made, team=team)
        return made

    return make


@pytest.fixture
def officer(member: Callable[[Role], Any]) -> Any:  # noqa: ANN401  # the same
    return member(Role.OFFICER)


@pytest.fixture
def lead(member: Callable[[Role], Any]) -> Any:  # noqa: ANN401  # the same
    return member(Role.LEAD)


@pytest.fixture
def browse(client: Any) -> Callable[[Any], Any]:  # noqa: ANN401  # Django's test browser
    """Return a function that gives the browser of a signed-in member."""

    def signed_in(who: Any) -> Any:  # noqa: ANN401  # the same
        client.defaults["HTTP_HOST"] = "localhost"
        client.force_login(who, backend=import_module("oberih.staff.passkeys").BACKEND)
        session = client.session
        session["signed_in_by"] = "demo link"
        session.save()
        return client

    return signed_in


@pytest.fixture
def root_key(ring: Any) -> None:  # noqa: ANN401  # the same
    """Lay the operator's root key where the desk has it."""
    place = import_module("django.conf").settings.DATA / "keys" / "root.pub"
    place.parent.mkdir(exist_ok=True)
    place.write_bytes((ring.keys / "root.pub").read_bytes())


@pytest.fixture
def public_front(desk: Any) -> Iterator[None]:  # noqa: ANN401  # the same
    """Serve what families see of the simulated front; it takes envelopes from anybody."""
    desk.turn()
    with import_module("serving_front").serving(desk.front):
        yield
