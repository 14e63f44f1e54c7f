"""Numbers of a run."""

from bench.figures import middle, percentiles


def test_percentiles_are_values_of_the_run() -> None:
    """The nearest rank: at least so many percent of the values are as small."""
    assert {50: 5, 95: 10, 99: 10} == percentiles([10, 1, 9, 2, 8, 3, 7, 4, 6, 5])
    assert {50: 3.0} == percentiles([3.0], [50])


def test_no_values_have_no_figures() -> None:
    """What was not measured is not zero."""
    assert {} == percentiles([])
    assert middle([]) is None
