"""The train's position between reports."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from geopy.distance import great_circle
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.journey.itinerary import Itinerary, Position, itineraries, itinerary
from geo.story import Story
from tests.support.stories import edited

TINY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
START = datetime(2023, 9, 11, tzinfo=UTC)
# The hours of two departures and two arrivals, in order at the earliest, and by how much later at the latest.
HOURS = st.tuples(*[st.integers(0, 30)] * 8)


def utc(text: str) -> datetime:
    """An instant in UTC, written without its offset."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def tiny(story: Story) -> Itinerary:
    """The itinerary of the tiny story."""
    found = itinerary(story, "tour")
    assert found is not None
    return found


def at(found: Itinerary, time: str) -> Position:
    """The position at a time in UTC."""
    position = found.position(utc(time))
    assert position is not None
    return position


def with_windows(story: Story, windows: Sequence[tuple[datetime, datetime]]) -> Story:
    """The story with other departures and arrivals of its first two legs."""
    texts = [f"{first.isoformat()}/{last.isoformat()}" for first, last in windows]
    first = edited(story, "legs", "first", depart=texts[0], arrive=texts[1])
    return edited(first, "legs", "second", depart=texts[2], arrive=texts[3])


def windows_of(hours: Sequence[int]) -> list[tuple[datetime, datetime]]:
    """Four windows whose starts follow each other, and whose ends do."""
    starts = np.cumsum(hours[:4])
    ends = np.maximum.accumulate(starts + np.array(hours[4:]) + 1)
    return [
        (START + timedelta(hours=int(first)), START + timedelta(hours=int(last)))
        for first, last in zip(starts, ends, strict=True)
    ]


def test_legs(story: Story) -> None:
    """The reported legs by train are chained; a planned one and one by air are not."""
    assert ["first", "second"] == [leg.leg_id for leg in tiny(story).legs]


def test_no_train(story: Story) -> None:
    """A trip without a reported train has no itinerary."""
    assert itinerary(replace(story, legs=story.legs[2:]), "tour") is None
    assert itinerary(story, "elsewhere") is None


def test_lengths(story: Story) -> None:
    """The kilometres of a leg are the great-circle length of its track."""
    found = tiny(story)
    first = great_circle((42.0, 130.0), (42.4, 130.7)).km + great_circle((42.4, 130.7), (43.0, 131.0)).km
    second = great_circle((43.0, 131.0), (44.0, 131.0)).km
    assert [0.0, first, first + second] == pytest.approx(
        [found.legs[0].from_km, found.legs[0].to_km, found.legs[1].to_km]
    )
    assert found.legs[0].to_km == found.legs[1].from_km
    assert (5, 2) == found.lat_lon.shape
    assert (0.0, first + second) == pytest.approx((found.km[0], found.km[-1]))


def test_knots(story: Story) -> None:
    """Without a greatest speed a leg is a step: possible from the earliest departure to the latest arrival.

    The steady pace goes from the middle of the departure to the middle of the arrival.
    """
    found = tiny(story)
    assert [utc("2023-09-10T20:00")] * 2 == [at for at, _ in found.greatest[:2]]
    assert [utc("2023-09-10T23:00"), utc("2023-09-11T23:00")] == [at for at, _ in found.steady[:2]]
    assert [utc("2023-09-12T02:00")] * 2 == [at for at, _ in found.least[:2]]


def test_whole_leg_without_a_greatest_speed(story: Story) -> None:
    """Between two reports the train can have been anywhere on the leg; half-way in time the steady pace is half-way."""
    found = tiny(story)
    length = found.legs[0].to_km
    position = at(found, "2023-09-11T11:00")
    assert (0, length / 2, length) == pytest.approx((position.from_km, position.km, position.to_km))
    assert "first" == position.leg_id
    assert (42.0, 130.0) == pytest.approx(position.from_lat_lon)
    assert (43.0, 131.0) == pytest.approx(position.to_lat_lon)


@pytest.mark.parametrize(
    ("time", "least", "greatest"),
    [
        ("2023-09-10T20:00", 0, 0),  # it can leave now at the earliest
        ("2023-09-10T23:00", 0, 30),
        ("2023-09-11T11:00", 0, 1),  # 1: the whole leg
        ("2023-09-11T23:00", -30, 1),  # three hours before it must be there
        ("2023-09-12T02:00", 1, 1),
    ],
)
def test_a_greatest_speed_bounds_the_prism(story: Story, time: str, least: float, greatest: float) -> None:
    """At 10 km/h it has come at most as far as since its earliest departure, and can still make its latest arrival."""
    found = tiny(edited(story, "legs", "first", max_km_h=10))
    length = found.legs[0].to_km
    position = at(found, time)
    expected = [length if km == 1 else length + km if km < 0 else km for km in (least, greatest)]
    assert expected == pytest.approx([position.from_km, position.to_km])


def test_a_greatest_speed_narrows_the_windows(story: Story) -> None:
    """At 6 km/h the 144 km take just under a day: who left at 20:00 at the earliest is not there a day before."""
    found = tiny(edited(story, "legs", "first", max_km_h=6, arrive="2023-09-11T06:00+10:00/2023-09-12T12:00+10:00"))
    first, way = found.legs[0], timedelta(hours=found.legs[0].to_km / 6)
    assert utc("2023-09-10T20:00") + way == first.arrive.first
    assert utc("2023-09-12T02:00") - way > first.depart.last  # its own window ends before


def test_collapsed_band(story: Story) -> None:
    """Between an arrival that is over and a departure that has not begun the train is at the stop."""
    found = tiny(edited(story, "legs", "second", depart="2023-09-12T14:00+10:00/2023-09-12T18:00+10:00"))
    for time in ("2023-09-12T02:00", "2023-09-12T03:00", "2023-09-12T04:00"):  # the ends included
        position = at(found, time)
        assert position.from_km == position.km == position.to_km == found.legs[0].to_km
        assert (43.0, 131.0) == pytest.approx(position.lat_lon)
        assert "first" == position.leg_id
    assert found.legs[1].to_km == at(found, "2023-09-12T04:00:01").to_km


def test_outside(story: Story) -> None:
    """Before the first departure, and after the last arrival, nothing is known, whatever was planned for later."""
    found = tiny(story)
    assert ("onward",) == found.onward
    assert found.position(utc("2023-09-10T19:59:59")) is None
    assert found.position(utc("2023-09-10T20:00")) is not None
    assert utc("2023-09-13T15:00") == found.known_until  # the end of 13 September in Yakutsk's time
    last = at(found, "2023-09-13T15:00")
    assert last.from_km == last.km == last.to_km == found.km[-1]
    assert found.position(utc("2023-09-13T15:00:01")) is None


def test_known_until_a_reported_departure(story: Story) -> None:
    """Where a departure from the last stop is reported, but no arrival, the train is there until it can have left."""
    found = tiny(edited(story, "legs", "onward", evidence="stated"))
    assert utc("2023-09-13T15:00") == found.known_until  # 14 September begins in Yakutsk
    found = tiny(edited(story, "legs", "onward", evidence="stated", depart="2023-09-15T10:00+09:00/.."))
    assert utc("2023-09-15T01:00") == found.known_until
    assert found.km[-1] == at(found, "2023-09-15T00:00").from_km
    assert () == found.onward


def test_naive_time(story: Story) -> None:
    """A time without its offset is refused."""
    with pytest.raises(ValueError, match="needs its offset"):
        tiny(story).position(datetime(2023, 9, 11))


def test_broken_chain(story: Story) -> None:
    """Legs that do not follow each other are refused by name."""
    with pytest.raises(ValueError, match=r"'second' starts at 'delta'.*'first', ends at 'beta'"):
        itinerary(edited(story, "legs", "second", from_place="delta"), "tour")


@pytest.mark.parametrize(
    ("leg", "cells"), [("second", {"depart": "2023-09-11T07:00+10:00"}), ("first", {"max_km_h": 2})]
)
def test_contradicting_windows(story: Story, leg: str, cells: dict[str, str]) -> None:
    """A departure that is over before the train can have come is refused, and a speed at which it comes too late."""
    with pytest.raises(ValueError, match="'first': its times contradict"):
        itinerary(edited(story, "legs", leg, **cells), "tour")


def test_windows_bound_each_other(story: Story) -> None:
    """The train leaves no earlier than it came, and comes no later than it left."""
    day = [(utc("2023-09-11T00:00"), utc("2023-09-12T00:00"))]
    windows = [
        *day,
        (utc("2023-09-11T06:00"), utc("2023-09-13T00:00")),
        *day,
        (START, utc("2023-09-14T00:00")),
    ]
    first, second = tiny(with_windows(story, windows)).legs
    assert [utc("2023-09-11T06:00")] * 3 == [window.first for window in (first.arrive, second.depart, second.arrive)]
    assert [utc("2023-09-12T00:00")] * 3 == [window.last for window in (first.depart, first.arrive, second.depart)]


# -- versions that were set aside -------------------------------------------------------------------------------------


def with_version(story: Story, **cells: str) -> Story:
    """The tiny story with the version of its superseded event, in which the train left later for Beta."""
    other = edited(story, "legs", "first", leg_id="later", event_id="forecast", **cells)
    return replace(story, legs=(*story.legs, other.legs[0]))


def test_a_version_has_its_own_leg_and_the_storys_others(story: Story) -> None:
    """What was set aside is no part of the journey, and replaces one leg in its own version of it."""
    told = with_version(story, depart="2023-09-11T20:00+10:00/2023-09-11T22:00+10:00")
    own, version = itineraries(told)
    assert [("", ["first", "second"]), ("forecast", ["later", "second"])] == [
        (found.version, [leg.leg_id for leg in found.legs]) for found in (own, version)
    ]
    assert tiny(story).greatest == own.greatest
    assert utc("2023-09-11T10:00") == version.known_from
    assert (version.least, version.steady) == (itinerary(told, "tour", "forecast").least, version.steady)  # type: ignore[union-attr]


def test_a_version_of_another_way_stands_alone(story: Story) -> None:
    """Legs that stand for none of the story's own are a journey of their own."""
    told = with_version(story, to_place="delta")
    assert [["first", "second"], ["later"]] == [[leg.leg_id for leg in found.legs] for found in itineraries(told)]


# -- what holds for all windows and speeds ----------------------------------------------------------------------------

# From 256 km/h on, the 255 km of the line are done in the hour that is left at the least.
SPEEDS = st.integers(256, 1000)


def with_speed(story: Story, speed: int | None) -> Story:
    """The story with a greatest speed of the train on both legs."""
    if speed is None:
        return story
    first = edited(story, "legs", "first", max_km_h=speed)
    return edited(first, "legs", "second", max_km_h=speed)


def positions(found: Itinerary) -> list[Position]:
    """Two hundred positions from the first departure on."""
    known = (found.known_until - found.known_from) / 199
    kept = [found.position(found.known_from + step * known) for step in range(200)]
    return [position for position in kept if position is not None]


@TINY
@given(HOURS, st.none() | SPEEDS)
def test_the_prism_contains_the_steady_pace(story: Story, hours: tuple[int, ...], speed: int | None) -> None:
    """At all times least ≤ steady ≤ greatest, and none ever goes back."""
    found = tiny(with_speed(with_windows(story, windows_of(hours)), speed))
    kept = positions(found)
    assert len(kept) >= 199  # the last may be rounded out
    for position in kept:
        assert 0 <= position.from_km <= position.km <= position.to_km <= found.km[-1]
    for distances in ([p.from_km for p in kept], [p.km for p in kept], [p.to_km for p in kept]):
        assert sorted(distances) == pytest.approx(distances)
    # Nothing had to be pushed back into the prism but by a rounding.
    times, km = zip(*found.steady, strict=True)
    steady = np.interp([p.at.timestamp() for p in kept], [time.timestamp() for time in times], km)
    assert steady == pytest.approx([p.km for p in kept])


@TINY
@given(HOURS, SPEEDS)
def test_a_greatest_speed_only_shrinks_the_prism(story: Story, hours: tuple[int, ...], speed: int) -> None:
    """Whatever is possible at a greatest speed is possible without one, and at a greater one."""
    told = with_windows(story, windows_of(hours))
    slow, fast, free = (tiny(with_speed(told, limit)) for limit in (speed, 1000, None))
    for position in positions(slow):
        for wider in (fast.position(position.at), free.position(position.at)):
            assert wider is not None
            assert wider.from_km <= position.from_km + 1e-6
            assert position.to_km <= wider.to_km + 1e-6


@TINY
@given(HOURS, st.none() | SPEEDS)
def test_the_prism_collapses_at_certain_reports(story: Story, hours: tuple[int, ...], speed: int | None) -> None:
    """Whenever the train must have come and cannot have left, all that is possible is the stop."""
    found = tiny(with_speed(with_windows(story, windows_of(hours)), speed))
    came, left = found.legs[0].arrive.last, found.legs[1].depart.first
    for moment in (came, left) if came <= left else ():
        position = found.position(moment)
        assert position is not None
        assert (found.legs[0].to_km, found.legs[0].to_km) == pytest.approx((position.from_km, position.to_km))


@TINY
@given(st.lists(st.tuples(st.floats(41, 45), st.floats(129, 133)), min_size=2, max_size=12))
def test_length_of_any_track(story: Story, points: list[tuple[float, float]]) -> None:
    """The kilometres end with the sum of the track's steps, and each kilometre is a point of the line."""
    rest = tuple(waypoint for waypoint in story.tracks if waypoint.track_id != "alpha-beta")
    bend = story.tracks[1]
    drawn = tuple(bend.model_copy(update={"seq": n, "lat": lat, "lon": lon}) for n, (lat, lon) in enumerate(points))
    found = tiny(replace(story, tracks=rest + drawn))
    length = sum(great_circle(a, b).km for a, b in pairwise(points))
    assert found.legs[0].to_km == pytest.approx(length)
    assert len(points) + 2 == len(found.km) == len(found.lat_lon)
    assert (np.diff(found.km) >= 0).all()
