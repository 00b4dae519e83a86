"""The start-up probe of processes that face the internet: what they must never have loaded."""

from collections.abc import Iterable

from oberih.core.errors import OberihError

INNER = (
    "desk",
    "campaigns",
    "register",
    "alerts",
    "evidence",
    "staff",
    "audit",
    "client",
    "keys",
    "sandbox",
)
"""The packages of the desk's side."""


class InnerPackageLoaded(OberihError):
    """This process faces the internet and has loaded a package of the desk: it does not start."""


def refuse_packages(names: Iterable[str], *, modules: Iterable[str]) -> None:
    """Raise InnerPackageLoaded when one of the modules belongs to one of these packages."""
    forbidden = set(names)
    for module in modules:
        package, _, rest = module.partition(".")
        if package == "oberih" and rest.split(".")[0] in forbidden:
            raise InnerPackageLoaded
