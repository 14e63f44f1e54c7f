import pytest

from geo.evidence.stated_distances import checks
from geo.story import Story


def test_a_mile_is_a_mile(story: Story) -> None:
    """Miles are turned into kilometres by their definition, and measured against both of our lines."""
    (check,) = checks(story)
    assert 70 * 1.609344 == pytest.approx(check.stated_km)
    assert check.track_km is not None
    assert check.great_circle_km <= check.track_km
    assert check.stated_km / check.great_circle_km - 1 == pytest.approx(check.difference)


def test_the_425_miles_hold(shipped_story: Story) -> None:
    """The article's distance between Pyongyang and Vladivostok is the great circle, to one part in a thousand."""
    (check,) = checks(shipped_story)
    assert abs(check.difference) < 0.001
    assert check.track_km is not None
    assert 1.3 < check.track_km / check.great_circle_km < 1.6
