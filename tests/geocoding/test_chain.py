"""geo.geocoding.chain: what a chain of providers answers, and how candidates are ranked, alone and together."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from geopy.distance import great_circle
from geopy.exc import GeocoderServiceError
from hypothesis import given
from hypothesis import strategies as st

from geo.geocoding.candidates import Answer, Candidate, Provider, Query, within
from geo.geocoding.chain import Chain
from geo.geocoding.providers.story import StoryGeocoder
from geo.geocoding.ranking import kilometres, rank, rank_together, verdict


class Listed(Provider):
    """A provider that knows what a test lists; what it lists as None it fails to answer."""

    provider = "geonames"

    def __init__(self, **known: list[Candidate] | None) -> None:
        self.known = known
        self.asked: list[str] = []

    def candidates(self, query: Query) -> list[Candidate]:
        self.asked.append(query.name)
        found = self.known.get(query.name, [])
        if found is None:
            raise GeocoderServiceError("it is out of order")
        return found


def town(ref: str, country: str, lat: float, lon: float, population: int, admin1: str = "") -> Candidate:
    return Candidate("geonames", ref, ref.title(), "settlement", country, lat, lon, population, admin1=admin1)


PARIS = town("paris", "FR", 48.85, 2.35, 2_100_000)
PARIS_TEXAS = town("paris-texas", "US", 33.66, -95.56, 25_000, "US.TX")
DALLAS = town("dallas", "US", 32.78, -96.81, 1_300_000, "US.TX")
TEXAS = replace(town("texas", "US", 31.5, -99.3, 29_000_000, "US.TX"), kind="region")
LYON = town("lyon", "FR", 45.75, 4.85, 520_000)


def chosen(answers: list[Answer]) -> list[str | None]:
    return [answer.chosen.ref if answer.chosen else None for answer in answers]


def test_alone_the_larger_wins_and_together_the_nearer() -> None:
    """Of two towns the populous one is meant, until the document speaks for the other."""
    chain = Chain([Listed(Paris=[PARIS, PARIS_TEXAS], Dallas=[DALLAS], Texas=[TEXAS], Lyon=[LYON])])
    assert ["paris"] == chosen(chain.answers([Query("Paris")]))
    assert ["paris", "lyon"] == chosen(chain.answers([Query("Paris"), Query("Lyon")]))
    texan = chain.answers([Query("Paris"), Query("Dallas"), Query("Texas")])
    assert ["paris-texas", "dallas", "texas"] == chosen(texan)
    assert "in:Texas" in texan[0].candidates[0].reasons


def test_another_name_of_the_same_place_says_nothing() -> None:
    """A second spelling of the wrong town does not make it likelier."""
    other_spelling = replace(PARIS_TEXAS, name="Parris")
    chain = Chain([Listed(Paris=[PARIS, PARIS_TEXAS], Parris=[other_spelling])])
    assert "paris" == chosen(chain.answers([Query("Paris"), Query("Parris")]))[0]


def test_what_the_story_knows_asks_nobody_else(story_folder: Path) -> None:
    """A name of the gazetteer is settled; another goes to the next provider."""
    geonames = Listed(Alfa=[PARIS], Paris=[PARIS])
    chain = Chain([StoryGeocoder(story_folder), geonames])
    assert ["alpha", "paris"] == chosen(chain.answers([Query("Alfa"), Query("Paris")]))
    assert ["Paris"] == geonames.asked


def test_country_and_box_leave_what_lies_in_them(story_folder: Path) -> None:
    """The story's own places are bound by them, too."""
    geocoder = StoryGeocoder(story_folder)
    assert 1 == len(geocoder.candidates(Query("Alfa", countries=frozenset({"RU"}), box=((40, 120), (50, 140)))))
    assert [] == geocoder.candidates(Query("Alfa", countries=frozenset({"KP"})))
    assert [] == geocoder.candidates(Query("Alfa", box=((0, 0), (10, 10))))


def test_a_provider_that_fails_is_told_and_the_others_answer() -> None:
    """The fault is the provider's own sentence; what was found stays found, and the other names go on."""
    failing, working = Listed(Paris=None, Lyon=[]), Listed(Paris=[PARIS], Lyon=[LYON])
    answers = Chain([failing, working]).answers([Query("Paris"), Query("Lyon")])
    assert ["paris", "lyon"] == chosen(answers)
    assert ("it is out of order",) == answers[0].faults
    assert () == answers[1].faults


def test_two_providers_propose_a_place_once() -> None:
    """The same kind of place within five kilometres is one, the first provider's."""
    again = replace(PARIS, provider="nominatim", ref="node/1", lat=48.86)
    other = Listed(Paris=[again, replace(again, ref="node/2", lat=33.0, lon=-95.0)])
    other.provider = "nominatim"  # type: ignore[misc]  # one of this test's own
    (found,) = Chain([Listed(Paris=[PARIS]), other]).answers([Query("Paris")])
    assert ["node/2", "paris"] == sorted(candidate.ref for candidate in found.candidates)


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        ([], "not found"),
        ([PARIS], "found"),
        ([PARIS, PARIS_TEXAS], "found"),
        ([DALLAS, replace(DALLAS, ref="another", lat=-32.0)], "ambiguous"),
        ([DALLAS, replace(DALLAS, ref="another", lat=34.8)], "ambiguous"),
        ([DALLAS, replace(DALLAS, ref="its-airport", lat=32.9)], "found"),
        ([replace(PARIS, match=0.87)], "ambiguous"),
        ([replace(PARIS, match=0.8)], "not found"),
    ],
)
def test_verdict(candidates: list[Candidate], expected: str) -> None:
    """Equal rivals far apart and similar names are ambiguous; what is only alike is a suggestion."""
    assert expected == verdict(rank(candidates))


places = st.builds(
    Candidate,
    provider=st.sampled_from(["geonames", "nominatim", "story"]),
    ref=st.uuids().map(str),
    name=st.text(max_size=5),
    kind=st.sampled_from(["site", "settlement", "region", "country"]),
    country=st.sampled_from(["RU", "KP", "US", ""]),
    lat=st.floats(-90, 90),
    lon=st.floats(-180, 180),
    population=st.integers(0, 2_000_000_000),
    importance=st.floats(0, 1),
    match=st.floats(0, 1),
    admin1=st.sampled_from(["US.TX", "US.CA", ""]),
    capital=st.booleans(),
)


@given(st.lists(st.lists(places, max_size=4), max_size=5))
def test_ranking_loses_nothing(proposed: list[list[Candidate]]) -> None:
    """Every candidate keeps its name's list, with a score from 0 to 1 and the best first, wherever it lies."""
    ranked = rank_together(proposed)
    assert [sorted(c.ref for c in candidates) for candidates in proposed] == [
        sorted(c.ref for c in candidates) for candidates in ranked
    ]
    for candidates in ranked:
        scores = [candidate.score for candidate in candidates]
        assert sorted(scores, reverse=True) == scores
        assert all(0 <= score <= 1 for score in scores)


@given(st.lists(st.lists(places, min_size=1, max_size=3), min_size=2, max_size=4))
def test_the_order_of_names_does_not_matter(proposed: list[list[Candidate]]) -> None:
    """A document's names may come in any order."""
    mirrored = rank_together(proposed[::-1])[::-1]
    assert [[(c.ref, c.score) for c in each] for each in rank_together(proposed)] == [
        [(c.ref, c.score) for c in each] for each in mirrored
    ]


def test_a_box_may_cross_the_antimeridian() -> None:
    """One whose west lies east of its east does."""
    assert within((10, 179), ((0, 170), (20, -170)))
    assert within((10, -179), ((0, 170), (20, -170)))
    assert not within((10, 0), ((0, 170), (20, -170)))
    assert not within((30, 179), ((0, 170), (20, -170)))


@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), min_size=2, max_size=2))
def test_distances_are_geopys(points: list[tuple[float, float]]) -> None:
    """Many at once come to what geopy measures one by one."""
    one, other = (np.array(point) for point in points)
    assert pytest.approx(great_circle(*points).km, abs=0.001) == kilometres(*one, *other)


def test_a_story_without_coordinates_is_known_from_its_register(story_folder: Path) -> None:
    """A blank place stands where its chosen row does; without that row it is not found."""
    file = story_folder / "places.csv"
    file.write_text(file.read_text("utf-8").replace("42.0,130.0", ",").replace("43.0,131.0", ","), "utf-8")
    register = story_folder / "geocodes.csv"
    rows = register.read_text("utf-8").splitlines(keepends=True)
    register.write_text("".join(row for row in rows if not row.startswith("beta,")), "utf-8")
    geocoder = StoryGeocoder(story_folder)
    assert [(42.0, 130.0)] == [(found.lat, found.lon) for found in geocoder.candidates(Query("Alfa"))]
    assert [] == geocoder.candidates(Query("Beta"))
    register.unlink()
    assert [] == StoryGeocoder(story_folder).candidates(Query("Alfa"))
