"""Numbers of a run, and how they are told."""

import math
from collections.abc import Sequence
from statistics import median
from typing import Final

SHARES: Final = (50, 95, 99)


def percentiles(values: Sequence[float], shares: Sequence[int] = SHARES) -> dict[int, float]:
    """The values below which so many percent lie (nearest rank); nothing where there are no values."""
    ordered = sorted(values)
    if not ordered:
        return {}
    return {share: ordered[max(0, math.ceil(share / 100 * len(ordered)) - 1)] for share in shares}


def middle(values: Sequence[float]) -> float | None:
    """The median; None where there are no values."""
    return median(values) if values else None
