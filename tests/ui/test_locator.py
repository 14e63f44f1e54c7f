"""ui.locator: the cut of the world around a few points."""

from hypothesis import given
from hypothesis import strategies as st

from ui.locator import locator

points = st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), min_size=1, max_size=6)


@given(points)
def test_every_point_is_in_the_cut(given_points: list[tuple[float, float]]) -> None:
    """Each lies within the box, in the order given; the cut is never larger than the world."""
    cut = locator(given_points)
    assert len(given_points) == len(cut.points)
    for left, top in cut.points:
        assert -0.01 <= left <= 100.01
        assert -0.01 <= top <= 100.01
    assert all(size >= 99.99 for size in cut.size)
    assert all(-0.01 <= position <= 100.01 for position in cut.position)


def test_one_point_is_in_the_middle_of_forty_degrees() -> None:
    """A lone place gets the land around it."""
    cut = locator([(42.0, 130.0)])
    assert ((50.0, 50.0),) == cut.points
    assert (900.0, 900.0) == cut.size


def test_north_is_up_and_east_is_right() -> None:
    """As on every map."""
    (south_west, north_east) = locator([(10.0, 20.0), (40.0, 90.0)]).points
    assert south_west[0] < north_east[0]
    assert south_west[1] > north_east[1]


def test_points_across_the_world_show_the_world() -> None:
    """Nothing is cut off."""
    assert (100.0, 100.0) == locator([(60.0, -179.0), (-60.0, 179.0)]).size
