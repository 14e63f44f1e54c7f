"""The train of the shipped story: where the articles allow it to have been, moment by moment."""

from datetime import datetime

import pytest

from geo.journey.itinerary import Itinerary, itineraries, itinerary
from geo.story import Story

KHASAN, VOSTOCHNY, KOMSOMOLSK = 712, 2243, 3217
"""Kilometres of travel along the line as drawn."""

# By Pyongyang's clock; what the articles allow, in kilometres of travel. None: no article says.
MOMENTS = [
    ("10T11:00", None),
    ("10T18:00", (0, KHASAN)),  # left that afternoon (000, paragraph 7)
    ("11T00:00", (0, KHASAN)),
    ("11T12:00", (0, KHASAN)),
    ("12T00:00", (0, KHASAN)),  # in Russia on Tuesday (000, paragraph 5; 004, paragraph 5)
    ("12T05:00", (0, KHASAN)),
    ("12T06:00", (0, VOSTOCHNY)),  # and may have gone on after the morning's reception
    ("12T11:00", (KHASAN, VOSTOCHNY)),
    ("12T18:00", (KHASAN, VOSTOCHNY)),  # still at Khasan, or on its way
    ("13T00:00", (KHASAN, VOSTOCHNY)),
    ("13T12:00", (KHASAN, VOSTOCHNY)),  # at the cosmodrome on Wednesday (001, paragraph 11)
    ("13T15:00", (KHASAN, KOMSOMOLSK)),
    ("13T18:00", (VOSTOCHNY, KOMSOMOLSK)),
    ("14T00:00", (VOSTOCHNY, KOMSOMOLSK)),
    ("14T12:00", (VOSTOCHNY, KOMSOMOLSK)),
    ("14T18:00", (VOSTOCHNY, KOMSOMOLSK)),  # Thursday evening: still there, or arrived
    ("15T11:00", (KOMSOMOLSK, KOMSOMOLSK)),  # before Friday morning's factories (004, paragraphs 7 and 9)
    ("15T22:00", None),
]


@pytest.fixture(scope="module")
def train(shipped_story: Story) -> Itinerary:
    """The train of 2023 as the story has it."""
    found = itinerary(shipped_story, "russia-2023")
    assert found is not None
    return found


def at(time: str) -> datetime:
    """A time of September 2023 in Pyongyang."""
    return datetime.fromisoformat(f"2023-09-{time}+09:00")


@pytest.mark.parametrize(("time", "possible"), MOMENTS)
def test_where_the_articles_allow_the_train(train: Itinerary, time: str, possible: tuple[int, int] | None) -> None:
    """All that the articles allow is possible, and nothing else."""
    position = train.position(at(time))
    assert possible == (position and (round(position.from_km), round(position.to_km)))


def test_no_article_states_a_speed(shipped_story: Story) -> None:
    """A journey of 20 hours was forecast (003, paragraph 7), which is no greatest speed."""
    assert {None} == {leg.max_km_h for leg in shipped_story.legs}


def test_twenty_nine_to_forty_seven_hours(train: Itinerary) -> None:
    """From Sunday afternoon to Tuesday before noon, as the versions of the journey's length say."""
    first = train.legs[0]
    assert (29, 47) == tuple(
        (end - start).total_seconds() / 3600
        for start, end in ((first.depart.last, first.arrive.first), (first.depart.first, first.arrive.last))
    )


def test_the_version_that_left_on_monday(shipped_story: Story) -> None:
    """It is at Pyongyang until Monday (003, paragraph 6), and at Khasan by the noon at which the other one is."""
    _, monday = itineraries(shipped_story)
    assert "departure-monday" == monday.version
    assert monday.position(at("10T23:59")) is None
    told = [monday.position(at(time)) for time in ("11T00:00", "11T12:00", "12T11:00")]
    assert [(0, 0, 0), (0, 0, KHASAN), (KHASAN, KHASAN, VOSTOCHNY)] == [
        (round(position.from_km), round(position.km), round(position.to_km)) for position in told if position
    ]


WINDOWS = [
    ("arrival-khasan", "2023-09-12T00:00+10:00/2023-09-12T12:00+10:00"),
    ("welcome-komsomolsk", "2023-09-14T00:00+10:00/2023-09-15T12:00+10:00"),
    ("arrival-sunan", "2024-06-18T20:00+09:00/2024-06-19T06:00+09:00"),
    ("greeting-sunan", "2024-06-18T20:00+09:00/2024-06-19T06:00+09:00"),
    ("limousine-ride", "2024-06-18T20:00+09:00/2024-06-19T06:00+09:00"),
    ("guest-house-night", "2024-06-18T20:00+09:00/2024-06-19T06:00+09:00"),
]


@pytest.mark.parametrize(("event", "when"), WINDOWS)
def test_the_window_of_an_event_is_its_legs(shipped_story: Story, event: str, when: str) -> None:
    """An arrival is dated as its leg's, and as wide as the articles leave it: by night has no side of midnight."""
    assert when == shipped_story.event_by_id[event].when.text
    assert {when} >= {leg.arrive.text for leg in shipped_story.legs if leg.event_id == event and leg.arrive}
