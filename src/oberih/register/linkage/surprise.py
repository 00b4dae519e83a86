"""How often strangers look alike in these very lists, read from rows whose person is known.

A row that is firmly linked is nobody else. How many of its other candidates look good is therefore
what chance, kin and namesakes do here. The model believes to know the same of the rows that are not
linked; where both disagree, the model is corrected by one number.
"""

import math

import numpy as np

from oberih.register.linkage.assignment import Sides
from oberih.register.linkage.candidates import Floats

_FIRM = (0.9, 1.0)
"""From no to full belief that a row is linked elsewhere: a slope, no digit decides."""
_GOOD = (-4.0, -3.0)
"""The same for what looks good enough to be counted (a power of two)."""
_DOUBT = 100.0
"""How many pairs' worth of belief in the model stands against what is counted."""
_MOST = 3.0


def surprise(probability: Floats, *, power: Floats, sides: Sides) -> float:
    """Return by how many powers of two the odds of strangers exceed what the model believes."""
    a, b = sides.lengths.a, sides.lengths.b
    total_a: Floats = np.bincount(sides.a, probability, minlength=a).astype(float)
    total_b: Floats = np.bincount(sides.b, probability, minlength=b).astype(float)
    elsewhere = np.maximum(
        _slope(total_a[sides.a] - probability, _FIRM), _slope(total_b[sides.b] - probability, _FIRM)
    )
    good = _slope(power, _GOOD)
    open_ = float((a - _slope(total_a, _FIRM).sum()) * (b - _slope(total_b, _FIRM).sum()))
    if open_ < 1:
        return 0.0
    seen = float((elsewhere * good).sum())
    believed = float(((1 - elsewhere) * good * (1 - probability)).sum()) * (a * b - open_) / open_
    return min(max(math.log2((seen + _DOUBT) / (believed + _DOUBT)), -_MOST), _MOST)


def _slope(found: Floats, ends: tuple[float, float]) -> Floats:
    """Return nought below the one end, one above the other, and a straight line between."""
    return np.asarray(np.clip((found - ends[0]) / (ends[1] - ends[0]), 0.0, 1.0))
