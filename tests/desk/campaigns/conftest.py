"""The cast of the desk's cases takes part in the tests of campaigns too."""

from tests.desk.cases.conftest import (
    attach,
    browse,
    desk,
    family,
    front,
    lead,
    member,
    officer,
    olha,
    one_ring,
    ring,
)

__all__ = [
    "attach",
    "browse",
    "desk",
    "family",
    "front",
    "lead",
    "member",
    "officer",
    "olha",
    "one_ring",
    "ring",
]
