"""How candidates are ranked, one name alone or the names of a document together.

A town that lies near the other places of its document, or in a country that it names, is likelier meant than a larger
one elsewhere.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, TypeAlias

import numpy as np
from geopy.distance import EARTH_RADIUS, great_circle

from geo.geocoding.candidates import Candidate

Array: TypeAlias = "np.ndarray[Any, Any]"

# From here on two names count as the same; below, one is a guess and is never called found.
SAME_NAME: Final = 0.9
# Below this a guess is a suggestion only.
LIKELY_NAME: Final = 0.85
# Two candidates this near one another in score, and this far apart on the ground, leave a name ambiguous.
CLOSE_SCORES: Final = 0.05
APART_KM: Final = 161.0

# What a score is made of: how well the name fits multiplies a sum of how prominent the place is and how well it
# agrees with the document. Chosen so that the larger of two towns wins until the document speaks against it; the
# benchmark measures them.
_BASE: Final = 0.2
_PROMINENCE: Final = 0.4
_AGREEMENT: Final = 0.4
# The most populous places have some 10^9 inhabitants.
_MOST_DIGITS: Final = 9.0
_KIND_BONUS: Final = {"country": 0.2, "capital": 0.15, "region": -0.05}
# How much another place of the document speaks for a candidate.
_NEAR_KM: Final = 120.0
_SAME_POINT_KM: Final = 1.0
_CONTAINED_IN_REGION: Final = 0.7
_SAME_REGION: Final = 0.4
_CONTAINED_IN_COUNTRY: Final = 0.25
_SAME_COUNTRY: Final = 0.15
_MOST_WEIGHED: Final = 30
_HALF_AGREED: Final = 0.7
_ROUNDS: Final = 3
_SHARPNESS: Final = 12.0


def verdict(ranked: Sequence[Candidate]) -> str:
    """What ranked candidates amount to: ``found``, ``ambiguous`` or ``not found``."""
    if not ranked or ranked[0].match < LIKELY_NAME:
        return "not found"
    best = ranked[0]
    rivals = (
        other
        for other in ranked[1:]
        if best.score - other.score < CLOSE_SCORES and great_circle(best.lat_lon, other.lat_lon).km > APART_KM
    )
    return "ambiguous" if best.match < SAME_NAME or any(rivals) else "found"


def rank(candidates: Sequence[Candidate]) -> list[Candidate]:
    """One name's candidates by score, the best first, each with its score and the reasons for it."""
    return _scored(candidates, [0.0] * len(candidates), [()] * len(candidates))


def _scored(
    candidates: Sequence[Candidate], agreements: Sequence[float], more: Sequence[tuple[str, ...]]
) -> list[Candidate]:
    scored = [
        replace(
            candidate,
            score=round(_score(candidate, agreement), 4),
            reasons=(*_reasons(candidate), *reasons),
        )
        for candidate, agreement, reasons in zip(candidates, agreements, more, strict=True)
    ]
    return sorted(scored, key=_order)


def _score(candidate: Candidate, agreement: float) -> float:
    if candidate.provider == "story":
        return 1.0
    return candidate.match**2 * (_BASE + _PROMINENCE * _prominence(candidate) + _AGREEMENT * agreement)


def _prominence(candidate: Candidate) -> float:
    """From 0 for a hamlet to 1 for the largest country."""
    people = candidate.population
    known = math.log10(people + 1) / _MOST_DIGITS if people else candidate.importance
    bonus = _KIND_BONUS.get("capital" if candidate.capital else candidate.kind, 0.0)
    return min(1.0, max(0.0, known + bonus))


def _reasons(candidate: Candidate) -> list[str]:
    if candidate.provider == "story":
        return ["story"]
    reasons = ["name" if candidate.match >= SAME_NAME else "similar-name"]
    if candidate.kind == "country" or candidate.capital:
        reasons.append("country" if candidate.kind == "country" else "capital")
    elif candidate.population:
        reasons.append("population")
    elif candidate.importance:
        reasons.append("importance")
    return reasons


def rank_together(proposed: Sequence[Sequence[Candidate]]) -> list[list[Candidate]]:
    """The candidates of the names of one document, each list ranked in the light of the others.

    A candidate's score adds what speaks for it: for every other name the strongest of nearness and containment,
    weighted with how likely that name's candidate is itself (a greedy form of the usual joint resolution).
    """
    weighed = [_likeliest(candidates) for candidates in proposed]
    flat = [candidate for candidates in weighed for candidate in candidates]
    owner = np.repeat(np.arange(len(weighed)), [len(candidates) for candidates in weighed])
    if len(set(owner.tolist())) < 2:
        return [rank(candidates) for candidates in proposed]
    support = np.where(owner[:, None] == owner[None, :], 0.0, _affinity(flat))
    agreement, heard = _agreement(flat, support, owner)
    names = _agreeing(flat, support, heard)
    ranked, start = [], 0
    for candidates, some in zip(proposed, weighed, strict=True):
        end = start + len(some)
        together = _scored(some, agreement[start:end].tolist(), names[start:end])
        ranked.append(sorted(together + rank([other for other in candidates if other not in some]), key=_order))
        start = end
    return ranked


def _likeliest(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that are weighed against those of other names: what they cost grows with their square."""
    if len(candidates) <= _MOST_WEIGHED:
        return list(candidates)
    return sorted(candidates, key=lambda candidate: -_score(candidate, 0.0))[:_MOST_WEIGHED]


def _order(candidate: Candidate) -> tuple[float, int, str]:
    """Sorts the best first."""
    return -candidate.score, -candidate.population, candidate.ref


def _agreement(flat: Sequence[Candidate], support: Array, owner: Array) -> tuple[Array, Array]:
    """How far the document speaks for each candidate, 0 to 1, and the weight that each candidate ended with.

    Belief starts from the score alone and is shared among the candidates of a name; a few rounds let the names
    that are clear settle those that are not.
    """
    scores = np.array([_score(candidate, 0.0) for candidate in flat])
    _, starts, name = np.unique(owner, return_index=True, return_inverse=True)
    agreement = weight = np.zeros(len(flat))
    for _ in range(_ROUNDS):
        weight = np.exp(_SHARPNESS * (scores - np.maximum.reduceat(scores, starts)[name]))
        weight /= np.add.reduceat(weight, starts)[name]
        total = np.maximum.reduceat(support * weight[None, :], starts, axis=1).sum(axis=1)
        agreement = total / (total + _HALF_AGREED)
        scores = np.array([_score(candidate, a) for candidate, a in zip(flat, agreement, strict=True)])
    return agreement, weight


def _affinity(flat: Sequence[Candidate]) -> Array:
    """How much each candidate (column) speaks for each other (row): the strongest of nearness and containment."""
    lat, lon = (np.array([getattr(candidate, axis) for candidate in flat]) for axis in ("lat", "lon"))
    # Areas have no point: being near the middle of one says nothing. Nor does another name of the same place.
    area = np.array([candidate.kind in ("country", "region") for candidate in flat])
    km = kilometres(lat[:, None], lon[:, None], lat, lon)
    same = km < _SAME_POINT_KM
    near = np.where(area[:, None] | area, 0.0, np.exp(-km / _NEAR_KM))
    country, admin1 = (np.array([getattr(candidate, name) for candidate in flat]) for name in ("country", "admin1"))
    same_country = (country[:, None] == country) & (country != "")
    same_region = (admin1[:, None] == admin1) & (admin1 != "")
    region = np.array([candidate.kind == "region" for candidate in flat])
    whole = np.array([candidate.kind == "country" for candidate in flat])
    together = np.where(same_country, np.where(whole, _CONTAINED_IN_COUNTRY, _SAME_COUNTRY), 0.0)
    together = np.where(same_region, np.where(region, _CONTAINED_IN_REGION, _SAME_REGION), together)
    return np.asarray(np.where(same, 0.0, np.maximum(near, together)))


def _agreeing(flat: Sequence[Candidate], support: Array, heard: Array) -> list[tuple[str, ...]]:
    """For each candidate the reason that the document adds, with the name of the place that adds most."""
    weighted = support * heard[None, :]
    best = weighted.argmax(axis=1)
    reasons: list[tuple[str, ...]] = []
    for row, column in enumerate(best):
        if weighted[row, column] < _SAME_COUNTRY / 2:
            reasons.append(())
            continue
        this, other = flat[row], flat[column]
        if support[row, column] in (_CONTAINED_IN_REGION, _CONTAINED_IN_COUNTRY):
            word = "in"
        elif support[row, column] in (_SAME_REGION, _SAME_COUNTRY):
            word = "same-region" if this.admin1 and this.admin1 == other.admin1 else "same-country"
        else:
            word = "near"
        reasons.append((f"{word}:{other.name}",))
    return reasons


def kilometres(lat: Array, lon: Array, other_lat: Array, other_lon: Array) -> Array:
    """Great-circle distances between points in WGS 84 degrees, as geopy measures them, but of whole arrays at once.

    By the spherical law of cosines, which is right to a metre at any distance.
    """
    lat, lon, other_lat, other_lon = (np.radians(degrees) for degrees in (lat, lon, other_lat, other_lon))
    cosine = np.sin(lat) * np.sin(other_lat) + np.cos(lat) * np.cos(other_lat) * np.cos(lon - other_lon)
    return np.asarray(EARTH_RADIUS * np.arccos(np.clip(cosine, -1, 1)))
