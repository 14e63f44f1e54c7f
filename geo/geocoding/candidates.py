"""What a provider is asked, what it proposes, and what becomes of a query."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

LatLon: TypeAlias = tuple[float, float]
BoundingBox: TypeAlias = tuple[LatLon, LatLon]


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

    @property
    def lat_lon(self) -> LatLon:
        """The point."""
        return self.lat, self.lon


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a query.

    ``candidates`` are ranked, the best first. ``verdict`` is ``found``; ``ambiguous``, where another is about as
    likely and far away, or the name is only similar; or ``not found``, and the candidates are suggestions.
    ``faults`` has a sentence for each provider that could not be asked.
    """

    candidates: tuple[Candidate, ...]
    verdict: str
    faults: tuple[str, ...] = ()

    @property
    def chosen(self) -> Candidate | None:
        """The candidate that the name is taken for; None where nothing was found."""
        return None if self.verdict == "not found" else self.candidates[0]


class Provider(ABC):
    """A source of places by name."""

    provider: ClassVar[str]

    @abstractmethod
    def candidates(self, query: Query) -> list[Candidate]:
        """What the name may mean, in no particular order.

        Raises GeopyError where the provider cannot answer; its message gives the name, the cause and the remedy.
        """


def within(lat_lon: LatLon, box: BoundingBox) -> bool:
    """Whether a point lies in a box; one whose west lies east of its east crosses the antimeridian."""
    lat, lon = lat_lon
    (south, west), (north, east) = box
    in_longitude = west <= lon <= east if west <= east else lon >= west or lon <= east
    return south <= lat <= north and in_longitude
