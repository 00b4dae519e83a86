"""The cast of the desk's cases takes part in the tests of the register too."""

import os
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest

from oberih.core import time
from oberih.staff.roles import Role
from tests.desk.cases.conftest import browse, lead, member, officer

__all__ = ["browse", "lead", "member", "officer"]


@pytest.fixture
def tracing(member: Callable[[Role], Any]) -> Any:  # noqa: ANN401  # Django is set up later
    return member(Role.TRACING)


@pytest.fixture
def register(tracing: Any) -> Any:  # noqa: ANN401  # the same
    """Return the register's cast: sources and people in few words."""
    return import_module("register_cast").Cast(tracing, time.now(), os.urandom)
