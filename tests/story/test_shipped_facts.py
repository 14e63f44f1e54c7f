"""The story that comes with the project: what must stay true of it, whatever is corrected."""

from datetime import UTC, datetime, timedelta

import pytest
from geopy.distance import great_circle

from geo.evidence.stated_distances import checks
from geo.story import Story
from tests.support import ROOT


@pytest.mark.parametrize(
    ("event", "status"),
    [
        ("vladivostok-planned", "planned"),
        ("pacific-fleet-planned", "planned"),
        ("lavrov-visit-planned", "planned"),
        ("documents-planned-2024", "planned"),
        ("partnership-possible-2024", "predicted"),
        ("agreement-during-visit", "denied"),
        ("destination-vladivostok", "superseded"),
        ("summit-vostochny", "happened"),
        ("arrival-khasan", "happened"),
    ],
)
def test_no_plan_is_told_as_a_fact(shipped_story: Story, event: str, status: str) -> None:
    """What no article reports as done stays planned; what one denies is not settled."""
    assert status == shipped_story.event_by_id[event].status


@pytest.mark.parametrize(
    ("place", "lat_lon", "hours"),
    [
        ("khasan", (42.43, 130.64), 10),
        ("vostochny-cosmodrome", (51.88, 128.33), 9),
        ("komsomolsk-station", (50.57, 137.01), 10),
        ("gagarin-plant", (50.60, 137.08), 10),
        ("vladivostok", (43.11, 131.87), 10),
        ("pyongyang", (39.03, 125.75), 9),
        ("sunan-airport", (39.22, 125.67), 9),
    ],
)
def test_the_sites_are_where_they_are(
    shipped_story: Story, place: str, lat_lon: tuple[float, float], hours: int
) -> None:
    """Within 10 km of the coordinates that any atlas gives, and on the clock kept there in September 2023."""
    assert great_circle(lat_lon, shipped_story.place_by_id[place].lat_lon).km < 10
    at = datetime(2023, 9, 13, tzinfo=UTC).astimezone(shipped_story.zone(place))
    assert timedelta(hours=hours) == at.utcoffset()


def test_the_stated_distance_is_that_of_the_map(shipped_story: Story) -> None:
    """425 miles are 684 km, and so far are Pyongyang and Vladivostok as the crow flies."""
    (check,) = [check for check in checks(shipped_story) if check.value == 425]
    assert 684 == round(check.stated_km)
    assert abs(check.difference) < 0.02


@pytest.mark.parametrize(
    ("words", "day"),
    [("lundi", 0), ("mardi", 1), ("mercredi", 2), ("jeudi", 3), ("vendredi", 4), ("dimanche", 6)],
)
def test_weekdays_fall_on_their_day(shipped_story: Story, words: str, day: int) -> None:
    """Where a claim's words name a weekday alone, its date is one."""
    named = [claim for claim in shipped_story.claims if claim.when_as_written.casefold() == words and claim.when]
    for claim in named:
        assert claim.when is not None
        zone = shipped_story.zone(shipped_story.event_by_id[claim.event_id].place_id)
        assert day == claim.when.start.astimezone(zone).weekday(), claim.claim_id


def test_the_changelog_counts_what_there_is(shipped_story: Story) -> None:
    """Its events and places are those of the tables."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f"{len(shipped_story.events)} events" in text
    assert f"{len(shipped_story.places)} places" in text
