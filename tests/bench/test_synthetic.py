"""Synthetic stories are stories: what is measured on them is measured on what the app shows."""

import pytest

from bench import synthetic
from geo.map.scene import scene
from geo.story import Story
from geo.wording.language import Language


@pytest.mark.parametrize("n", [1, 10, 1500])
def test_a_synthetic_story_has_so_many_events(n: int) -> None:
    """Each event is there with its claim, in time order, and has a place on the map."""
    told = scene(synthetic.story(n), Language("en"))
    assert n == len(told["events"])
    assert {1} == {len(event["claims"]) for event in told["events"]}
    assert all(event["lat"] is not None for event in told["events"])
    assert min(n, synthetic.MOST_PLACES) == len({(event["lat"], event["lon"]) for event in told["events"]})


def test_peers_draw_the_same_moments() -> None:
    """The player's events and the peers' markers are of the same times and places."""
    drawn = {(round(moment.at.timestamp() * 1000), moment.lat, moment.lon) for moment in synthetic.moments(50)}
    events = scene(synthetic.story(50), Language("en"))["events"]
    assert drawn == {(event["start"], event["lat"], event["lon"]) for event in events}


def test_the_shipped_story_has_moments_for_the_peers(shipped_story: Story) -> None:
    """Events with a day and a place are drawn by the peers, in time order."""
    found = synthetic.story_moments(shipped_story)
    assert 30 < len(found) < len(shipped_story.events)
    assert found == sorted(found, key=lambda moment: moment.at)
