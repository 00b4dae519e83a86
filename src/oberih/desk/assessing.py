"""What a conversation weighs on the desk: its assessment becomes band, reasons and urgency."""

from oberih.check.engine import assess
from oberih.check.values import ORDER, Assessment, Band
from oberih.desk import threads
from oberih.desk.calls.marking import says_danger
from oberih.desk.models import Case
from oberih.desk.urgency import Signs, urgency_of

QUIET = (Band.NONE, Band.VERIFY)
"""What the engine answers alone and the second reader reads afterwards."""

BOTH = "both"
"""Where a stored assessment keeps that both readers have read all that it is about."""

RAISED_FROM = "raised_from"
"""Where a stored assessment keeps the engine's own answer, when both readers raised it."""


def apply_assessment(case: Case, *, thread: list[threads.Entry]) -> None:
    """Assess the whole conversation again and set what the queue shows; the caller saves.

    The engine alone reads. What both readers raised stays until both have read the new message.
    """
    material = threads.material(thread)
    found = assess(material.conversation, answers=case.answers)
    if raised_from(case) and _weight(found.band) < _weight(case.band):
        _keep_raised(case, engine=found)
    else:
        _set(case, found=found, places=material.places)
    case.urgency = urgency_of(signs_of(case))
    case.waits_for_second = found.band in QUIET or bool(raised_from(case))


def raise_assessment(case: Case, *, found: Assessment, places: tuple[threads.Place, ...]) -> bool:
    """Set what both readers found where it is louder; tell whether it was. The caller saves.

    Where both had raised it already, an equal answer is set too: it knows the newest message.
    """
    engine, stood = raised_from(case), case.band
    is_louder = _weight(found.band) > _weight(stood)
    if not is_louder and not (engine and found.band == stood):
        case.assessment = {**case.assessment, BOTH: True}
        return False
    support, physical, urgency = case.support, case.physical, case.urgency
    _set(case, found=found, places=places)
    case.assessment |= {BOTH: True, RAISED_FROM: engine or stood}
    case.support, case.physical = case.support or support, case.physical or physical
    case.urgency = min(urgency, urgency_of(signs_of(case)))
    return is_louder


def raised_from(case: Case) -> str:
    """Return the engine's own answer where both readers raised the case, else nothing."""
    return str(case.assessment.get(RAISED_FROM, ""))


def is_read_by_both(case: Case) -> bool:
    """Tell whether both readers have read all that the case's assessment is about."""
    return case.assessment.get(BOTH) is True


def signs_of(case: Case) -> Signs:
    """Return what decides about the case's urgency."""
    return Signs(band=case.band, physical=case.physical, support=case.support, under18=case.under18)


def _set(case: Case, *, found: Assessment, places: tuple[threads.Place, ...]) -> None:
    case.band, case.route, case.stage = found.band, found.route, found.stage
    case.tactics = list(found.tactics)
    case.support, case.physical = found.support, found.physical or says_danger(case.answers)
    case.assessment = _with_places(found, places=places)


def _keep_raised(case: Case, *, engine: Assessment) -> None:
    """Leave what both readers raised, and take over what makes a case more urgent."""
    case.assessment = {**case.assessment, BOTH: False, RAISED_FROM: engine.band.value}
    case.support = case.support or engine.support
    case.physical = case.physical or engine.physical or says_danger(case.answers)


def _with_places(found: Assessment, *, places: tuple[threads.Place, ...]) -> dict[str, object]:
    return {**found.as_json(), "places": [[place.message, place.line] for place in places]}


def _weight(band: str) -> int:
    return ORDER.index(Band(band))
