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

from geo.journey.itinerary import Itinerary, itinerary
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
    """The scenarios leave and arrive at the first, the middle and the last moment of each window."""
    found = tiny(story)
    assert [utc("2023-09-10T20:00"), utc("2023-09-11T20:00")] == [at for at, _ in found.early[:2]]
    assert [utc("2023-09-10T23:00"), utc("2023-09-11T23:00")] == [at for at, _ in found.likely[:2]]
    assert [utc("2023-09-11T02:00"), utc("2023-09-12T02:00")] == [at for at, _ in found.late[:2]]


def test_position(story: Story) -> None:
    """Half-way in time between two reports the train is likeliest half-way along the line."""
    found = tiny(story)
    position = found.position(utc("2023-09-11T11:00"))
    assert position is not None
    length = found.legs[0].to_km
    assert position.km == pytest.approx(length / 2)
    assert "first" == position.leg_id
    assert (length * 9 / 24, length * 15 / 24) == pytest.approx((position.from_km, position.to_km))
    line = found.band_line(position)
    assert (position.from_lat_lon, position.to_lat_lon) == (line[0], line[-1])
    assert (42.4, 130.7) in line
    lengths = sum(great_circle(a, b).km for a, b in pairwise(line))
    assert position.to_km - position.from_km == pytest.approx(lengths, rel=1e-3)


def test_collapsed_band(story: Story) -> None:
    """Between an arrival that is over and a departure that has not begun the train is at the stop."""
    found = tiny(story)
    position = found.position(utc("2023-09-12T02:00"))
    assert position is not None
    assert position.from_km == position.km == position.to_km == found.legs[0].to_km
    assert (43.0, 131.0) == pytest.approx(position.lat_lon)
    assert "first" == position.leg_id
    assert 2 == len(found.band_line(position))


def test_outside(story: Story) -> None:
    """Before the first departure, and after the day of the planned one, nothing is known."""
    found = tiny(story)
    assert found.position(utc("2023-09-10T19:59:59")) is None
    assert found.position(utc("2023-09-10T20:00")) is not None
    assert utc("2023-09-14T15:00") == found.known_until  # the end of 14 September in Yakutsk's time
    assert found.position(utc("2023-09-14T14:59:59")) is not None
    assert found.position(utc("2023-09-14T15:00")) is None


def test_known_until_last_arrival(story: Story) -> None:
    """Without a planned leg the knowledge ends with the last arrival."""
    found = tiny(replace(story, legs=story.legs[:2]))
    assert found.late[-1][0] == found.known_until


def test_naive_time(story: Story) -> None:
    """A time without its offset is refused."""
    with pytest.raises(ValueError, match="needs its offset"):
        tiny(story).position(datetime(2023, 9, 11))


def test_broken_chain(story: Story) -> None:
    """Legs that do not follow each other are refused by name."""
    with pytest.raises(ValueError, match=r"'second' starts at 'delta'.*'first', ends at 'beta'"):
        itinerary(edited(story, "legs", "second", from_place="delta"), "tour")


def test_contradicting_windows(story: Story) -> None:
    """A departure that is over before the train can have come is refused."""
    with pytest.raises(ValueError, match="contradicts"):
        itinerary(edited(story, "legs", "second", depart="2023-09-11T07:00+10:00"), "tour")


def test_windows_bound_each_other(story: Story) -> None:
    """The train leaves no earlier than it came, and comes no later than it left."""
    day = [(utc("2023-09-11T00:00"), utc("2023-09-12T00:00"))]
    windows = [
        *day,
        (utc("2023-09-11T06:00"), utc("2023-09-13T00:00")),
        *day,
        (START, utc("2023-09-14T00:00")),
    ]
    found = tiny(with_windows(story, windows))
    assert [utc("2023-09-11T06:00")] * 3 == [at for at, _ in found.early[1:]]
    assert [utc("2023-09-12T00:00")] * 3 == [at for at, _ in found.late[:3]]


@TINY
@given(HOURS)
def test_band_is_ordered(story: Story, hours: tuple[int, ...]) -> None:
    """At all times latest ≤ likeliest ≤ earliest, and no scenario ever goes back."""
    found = tiny(with_windows(story, windows_of(hours)))
    known = (found.known_until - found.early[0][0]) / 200
    positions = [found.position(found.early[0][0] + step * known) for step in range(200)]
    kept = [position for position in positions if position is not None]
    assert 200 == len(kept)
    for position in kept:
        assert 0 <= position.from_km <= position.km <= position.to_km <= found.km[-1]
    for distances in ([p.from_km for p in kept], [p.km for p in kept], [p.to_km for p in kept]):
        assert sorted(distances) == pytest.approx(distances)


@TINY
@given(HOURS)
def test_band_collapses_at_stops(story: Story, hours: tuple[int, ...]) -> None:
    """Whenever the train must have come and cannot have left, the band is the stop."""
    found = tiny(with_windows(story, windows_of(hours)))
    came, left = found.late[1][0], found.early[2][0]
    if came < left:
        position = found.position(came + (left - came) / 2)
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
