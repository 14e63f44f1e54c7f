"""From a name to points: providers, what they propose, and how proposals are ranked.

A provider is a geopy geocoder that tells all it knows of a name as candidates. A chain asks several providers and
ranks what they say; names that stand together in a document are resolved together, because a town that lies near
the other places of its document, or in a country that it names, is likelier meant than a larger one elsewhere.

Nothing here opens a connection.
"""

import math
from abc import abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, ClassVar, Final, NamedTuple, TypeAlias

import numpy as np
import pandas as pd
from geopy.distance import EARTH_RADIUS
from geopy.exc import GeopyError
from geopy.geocoders.base import Geocoder  # noqa: TID251 - the base class, no client
from geopy.location import Location
from geopy.point import Point

from geo.geocoding.gazetteer import Gazetteer

LatLon: TypeAlias = tuple[float, float]
BoundingBox: TypeAlias = tuple[LatLon, LatLon]
Found: TypeAlias = Location | list[Location] | None

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


@dataclass(frozen=True, slots=True)
class Query:
    """A name to be resolved.

    ``language`` is BCP 47 or empty. ``countries`` (ISO 3166-1 alpha-2, upper case) and ``box`` (lat_lon of its
    south-west and its north-east corner, in degrees) leave only what lies in them.
    """

    name: str
    language: str = ""
    countries: frozenset[str] = frozenset()
    box: BoundingBox | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean, as one provider knows it.

    ``kind`` is the story format's ``geo_precision``; ``lat``, ``lon`` are WGS 84 degrees; ``admin1`` is the code
    of the first-order division it lies in (``US.CA``); ``importance`` (0 to 1) is a provider's own measure where
    it has no population. ``match`` (0 to 1) is how well its name is the name asked for. ``score`` (0 to 1) and
    ``reasons`` are set by ranking.
    """

    provider: str
    ref: str
    name: str
    kind: str
    country: str
    lat: float
    lon: float
    population: int = 0
    importance: float = 0.0
    match: float = 1.0
    admin1: str = ""
    capital: bool = False
    score: float = 0.0
    reasons: tuple[str, ...] = ()


class Provider(Geocoder):  # type: ignore[misc]  # geopy has no types
    """A geopy geocoder that tells every candidate it knows for a name."""

    provider: ClassVar[str]

    @abstractmethod
    def candidates(self, query: Query) -> list[Candidate]:
        """What the name may mean, in no particular order.

        Raises GeopyError where the provider cannot answer; its message tells the name, the cause and the remedy.
        """

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        country_codes: Collection[str] = (),
        bounding_box: BoundingBox | None = None,
        language: str = "",
    ) -> Found:
        """What geopy's geocoders answer: the likeliest Location, or all, or None. ``raw`` is the candidate."""
        countries = frozenset(code.upper() for code in country_codes)
        ranked = rank(self.candidates(Query(query, language, countries, bounding_box)))
        locations = [
            location(candidate.name, (candidate.lat, candidate.lon), asdict(candidate)) for candidate in ranked
        ]
        if not locations:
            return None
        return locations[0] if exactly_one else locations


def location(address: str, lat_lon: LatLon, raw: Mapping[str, Any]) -> Location:
    """A geopy Location at WGS 84 degrees.

    Raises ValueError where the point is not on Earth: geopy itself would turn longitude 200 into -160.
    """
    lat, lon = lat_lon
    if not -90 <= lat <= 90:
        raise ValueError(f"A latitude lies between -90 and 90 degrees; instead got {lat!r} for {address!r}.")
    if not -180 <= lon <= 180:
        raise ValueError(f"A longitude lies between -180 and 180 degrees; instead got {lon!r} for {address!r}.")
    return Location(address, Point(lat, lon), dict(raw))


def within(lat_lon: LatLon, box: BoundingBox) -> bool:
    """Whether a point lies in a box; one whose west lies east of its east crosses the antimeridian."""
    lat, lon = lat_lon
    (south, west), (north, east) = box
    in_longitude = west <= lon <= east if west <= east else lon >= west or lon <= east
    return south <= lat <= north and in_longitude


class StoryGeocoder(Provider):
    """The places of one story, by any name its gazetteer knows."""

    provider = "story"

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Answer from that gazetteer."""
        super().__init__()
        self._gazetteer = gazetteer

    def candidates(self, query: Query) -> list[Candidate]:
        """The place of that name. A story's names are unambiguous: there is at most one."""
        place_id = self._gazetteer.find(query.name)
        if place_id is None:
            return []
        place = self._gazetteer.place(place_id)
        if math.isnan(place["lat"]) or math.isnan(place["lon"]):
            return []
        if query.box and not within((place["lat"], place["lon"]), query.box):
            return []
        if query.countries and place["country"] not in query.countries:
            return []
        return [
            Candidate(
                provider=self.provider,
                ref=place_id,
                name=place["name_en"],
                kind=place["geo_precision"],
                country=place["country"],
                lat=float(place["lat"]),
                lon=float(place["lon"]),
            )
        ]


class _Names(NamedTuple):
    """The two tables of a story that its gazetteer is made of."""

    places: pd.DataFrame
    toponyms: pd.DataFrame


def story_geocoder(folder: Path) -> StoryGeocoder:
    """A geocoder from the tables of a story's folder, which need not be a valid story yet.

    A place without coordinates stands where ``geocodes.csv`` has its chosen candidate, or is not found. Raises
    OSError where a table cannot be read, ValueError or KeyError where it is no table of places or toponyms.
    """
    tables = [pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False) for name in ("places", "toponyms")]
    places, toponyms = tables
    chosen = _chosen(folder / "geocodes.csv")
    for axis in ("lat", "lon"):
        known = [
            float(own or chosen[axis].get(place_id) or "nan")
            for own, place_id in zip(places[axis], places["place_id"], strict=True)
        ]
        places[axis] = known
    return StoryGeocoder(Gazetteer(_Names(places, toponyms)))


def _chosen(path: Path) -> dict[str, dict[str, str]]:
    """The coordinates of the chosen candidates as text, by axis and place; none where there is no register yet."""
    if not path.exists():
        return {"lat": {}, "lon": {}}
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    chosen = rows[rows["decision"] == "chosen"]
    return {axis: dict(zip(chosen["place_id"], chosen[axis], strict=True)) for axis in ("lat", "lon")}


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a query.

    ``candidates`` are ranked, the best first. ``verdict`` is ``found``; ``ambiguous``, where another is about as
    likely and far away, or the name is only similar; or ``not found``, and the candidates are suggestions.
    ``faults`` has a sentence for each provider that could not be asked.
    """

    query: Query
    candidates: tuple[Candidate, ...]
    verdict: str
    faults: tuple[str, ...] = ()

    @property
    def chosen(self) -> Candidate | None:
        """The candidate that the name is taken for; None where nothing was found."""
        return None if self.verdict == "not found" else self.candidates[0]


class Chain(Provider):
    """Several providers, asked in their order. What a story knows, it knows: no other provider is asked then."""

    provider = "chain"

    def __init__(self, providers: Sequence[Provider]) -> None:
        """Ask these providers."""
        super().__init__()
        self._providers = providers

    def candidates(self, query: Query) -> list[Candidate]:
        """What all of them propose. Raises the GeopyError of the first that cannot answer."""
        found, errors = self._proposed(query)
        if errors:
            raise errors[0]
        return found

    def answers(self, queries: Sequence[Query]) -> list[Answer]:
        """An answer for each query, in their order; all are taken to be of one document."""
        proposed = [self._proposed(query) for query in queries]
        ranked = rank_together([found for found, _ in proposed])
        return [
            Answer(query, tuple(candidates), verdict(candidates), tuple(map(str, errors)))
            for query, candidates, (_, errors) in zip(queries, ranked, proposed, strict=True)
        ]

    def _proposed(self, query: Query) -> tuple[list[Candidate], list[GeopyError]]:
        """What the providers propose, and the errors of those that cannot answer."""
        found: list[Candidate] = []
        errors: list[GeopyError] = []
        for provider in self._providers:
            try:
                found += _unless_known(provider.candidates(query), found)
            except GeopyError as error:
                errors.append(error)
            if found and provider.provider == StoryGeocoder.provider:
                break
        return found, errors


def _unless_known(proposed: list[Candidate], known: list[Candidate]) -> list[Candidate]:
    """Leave out what another provider has already proposed: the same kind of place within five kilometres."""
    same_km = 5.0
    return [
        new
        for new in proposed
        if not any(
            new.kind == old.kind and _km((new.lat, new.lon), (old.lat, old.lon)) < same_km
            for old in known
            if new.provider != old.provider
        )
    ]


def verdict(ranked: Sequence[Candidate]) -> str:
    """What ranked candidates amount to: ``found``, ``ambiguous`` or ``not found``."""
    if not ranked or ranked[0].match < LIKELY_NAME:
        return "not found"
    best = ranked[0]
    rivals = (
        other
        for other in ranked[1:]
        if best.score - other.score < CLOSE_SCORES and _km((best.lat, best.lon), (other.lat, other.lon)) > APART_KM
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
    if candidate.provider == StoryGeocoder.provider:
        return 1.0
    return candidate.match**2 * (_BASE + _PROMINENCE * _prominence(candidate) + _AGREEMENT * agreement)


def _prominence(candidate: Candidate) -> float:
    """From 0 for a hamlet to 1 for the largest country."""
    people = candidate.population
    known = math.log10(people + 1) / _MOST_DIGITS if people else candidate.importance
    bonus = _KIND_BONUS.get("capital" if candidate.capital else candidate.kind, 0.0)
    return min(1.0, max(0.0, known + bonus))


def _reasons(candidate: Candidate) -> list[str]:
    if candidate.provider == StoryGeocoder.provider:
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


def _agreement(
    flat: Sequence[Candidate], support: "np.ndarray[Any, Any]", owner: "np.ndarray[Any, Any]"
) -> tuple["np.ndarray[Any, Any]", "np.ndarray[Any, Any]"]:
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


def _affinity(flat: Sequence[Candidate]) -> "np.ndarray[Any, Any]":
    """How much each candidate (column) speaks for each other (row): the strongest of nearness and containment."""
    lat, lon = (np.radians([getattr(candidate, axis) for candidate in flat]) for axis in ("lat", "lon"))
    # Areas have no point: being near the middle of one says nothing. Nor does another name of the same place.
    area = np.array([candidate.kind in ("country", "region") for candidate in flat])
    half = np.sin((lat[:, None] - lat) / 2) ** 2
    half = half + np.cos(lat)[:, None] * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    km = 2 * EARTH_RADIUS * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
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


def _agreeing(
    flat: Sequence[Candidate], support: "np.ndarray[Any, Any]", heard: "np.ndarray[Any, Any]"
) -> list[tuple[str, ...]]:
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


def _km(one: LatLon, other: LatLon) -> float:
    (lat, lon), (other_lat, other_lon) = ((math.radians(a), math.radians(b)) for a, b in (one, other))
    half = math.sin((lat - other_lat) / 2) ** 2
    half += math.cos(lat) * math.cos(other_lat) * math.sin((lon - other_lon) / 2) ** 2
    return float(2 * EARTH_RADIUS * math.asin(math.sqrt(min(1.0, half))))
