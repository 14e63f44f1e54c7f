"""How long the train was under way, and how fast."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from geo.journey.itinerary import Leg
from geo.journey.pace import pace
from geo.story.journeys import Window

NOON = datetime(2023, 9, 10, 12, tzinfo=UTC)


def window(first: float, last: float) -> Window:
    """From so many to so many hours after noon."""
    return Window(NOON + timedelta(hours=first), NOON + timedelta(hours=last))


def leg(depart: Window, arrive: Window, *, fastest: float = 0, km: tuple[float, float] = (0, 300)) -> Leg:
    return Leg("leg", "alpha", "beta", depart, arrive, timedelta(hours=fastest), *km)


def hours(duration: timedelta) -> float:
    return duration / timedelta(hours=1)


def test_the_windows_bound_the_time_and_so_the_speed() -> None:
    """Longest from the earliest departure to the latest arrival, shortest from the latest to the earliest."""
    found = pace([leg(window(0, 6), window(10, 20))])
    assert (4, 20) == (hours(found.shortest), hours(found.longest))
    assert (75, 15) == (found.fastest, found.slowest)
    assert not found.is_by_speed


@pytest.mark.parametrize("arrive", [window(6, 20), window(3, 20)])
def test_windows_that_meet_set_no_shortest_time(arrive: Window) -> None:
    """Where it may have come as soon as it left, no greatest average follows."""
    found = pace([leg(window(0, 6), arrive)])
    assert (0, None) == (hours(found.shortest), found.fastest)
    assert 15 == found.slowest


def test_a_greatest_speed_bounds_what_windows_leave_open() -> None:
    """The way at its greatest speed takes longer than the windows would allow, and only then it counts."""
    found = pace([leg(window(0, 6), window(7, 20), fastest=5)])
    assert (5, 60, True) == (hours(found.shortest), found.fastest, found.is_by_speed)
    found = pace([leg(window(0, 6), window(12, 20), fastest=5)])
    assert (6, 50, False) == (hours(found.shortest), found.fastest, found.is_by_speed)


def test_several_legs_are_one_way_with_its_halts() -> None:
    """From the first departure to the last arrival; their greatest speeds bound the sum."""
    first = leg(window(0, 2), window(4, 9), fastest=3)
    second = replace(leg(window(5, 11), window(12, 30), km=(300, 900)), fastest=timedelta(hours=8))
    found = pace([first, second])
    assert (900, 11, 30, True) == (found.km, hours(found.shortest), hours(found.longest), found.is_by_speed)


def test_a_movement_that_takes_no_time_has_no_speed() -> None:
    found = pace([leg(window(0, 0), window(0, 0))])
    assert (None, None) == (found.slowest, found.fastest)
