"""The train's timetable and paces in words."""

from typing import Any

import pytest

from geo.map.scene import scene
from geo.story import Story
from geo.wording.language import Language
from tests.support.stories import edited

NO_TRAIN = "No train has ever been that fast"


def train_of(story: Story, code: str = "en", number: int = 0) -> Any:
    return scene(story, Language(code))["trains"][number]


def stays(story: Story, code: str = "en") -> list[tuple[str, str]]:
    return [(stop["arrived"], stop["left"]) for stop in train_of(story, code)["stops"]]


def bounds(story: Story, number: int = 0) -> list[tuple[str, str]]:
    return [
        (bound["arithmetic"].replace("\u00a0", " "), bound["words"].replace("\u00a0", " "))
        for bound in train_of(story)["paces"][number]["bounds"]
    ]


def test_a_stop_says_when_it_was_reached_and_left(story: Story) -> None:
    """On its own clock; the train is followed from the first stop to the last."""
    assert [
        ("followed from here on", "Monday, 11 September 2023, between 06:00 and 12:00"),
        (
            "Tuesday, 12 September 2023, between 06:00 and 12:00",
            "Tuesday, 12 September 2023, between 12:00 and 18:00",
        ),
        ("Wednesday, 13 September 2023", "followed as far as here"),
    ] == stays(story)
    assert ("mercredi 13 septembre 2023", "suivi jusqu’ici") == stays(story, "fr")[2]


def test_a_day_ends_at_24_hours(story: Story) -> None:
    """Not at 00:00, which reads as its beginning."""
    late = edited(story, "legs", "second", depart="2023-09-12T12:00+10:00/2023-09-13T00:00+10:00")
    assert "Tuesday, 12 September 2023, between 12:00 and 24:00" == stays(late)[1][1]
    assert "mardi 12 septembre 2023, entre 12\u00a0h et 24\u00a0h" == stays(late, "fr")[1][1]


def test_a_time_to_the_minute_and_days_in_a_row(story: Story) -> None:
    """A single minute is no window; whole days are days."""
    timed = edited(story, "legs", "first", arrive="2023-09-12T06:00+10:00")
    assert "Tuesday, 12 September 2023, 06:00" == stays(timed)[1][0]
    days = edited(story, "legs", "second", arrive="2023-09-13/2023-09-14")
    assert "13–14 Sept 2023" == stays(days)[2][0]


def test_windows_that_others_narrow_keep_whole_minutes(story: Story) -> None:
    """What a greatest speed leaves of a window ends within a minute; the text leaves out none of it."""
    fast = edited(story, "legs", "first", max_km_h=6, arrive="2023-09-11T06:00+10:00/2023-09-12T12:00+10:00")
    assert "between 05:59 and 12:00" in stays(fast)[1][0]


def test_the_arithmetic_is_on_show(story: Story) -> None:
    """Kilometres by hours, at most and at least, with the two reports that they rest on."""
    assert [
        (
            "144 km ÷ 30 h ≈ 4.8 km/h",
            "At most 30 h: left on 11 Sept 2023, 06:00 (UTC+10), arrived on 12 Sept 2023, 12:00 (UTC+10).",
        ),
        (
            "144 km ÷ 18 h ≈ 8 km/h",
            "At least 18 h: left on 11 Sept 2023, 12:00 (UTC+10), arrived on 12 Sept 2023, 06:00 (UTC+10).",
        ),
    ] == bounds(story)


def test_each_end_is_on_the_clock_of_its_place(story: Story) -> None:
    """Gamma's clock is an hour behind: the day of the arrival begins there an hour later."""
    assert "left on 12 Sept 2023, 18:00 (UTC+10), arrived on 13 Sept 2023, 00:00 (UTC+9)" in bounds(story, 1)[1][1]
    assert bounds(story, 1)[1][1].startswith("At least 7 h")


def test_minutes_are_told_where_there_are_any(story: Story) -> None:
    timed = edited(story, "legs", "first", arrive="2023-09-12T06:00+10:00/2023-09-12T12:20+10:00")
    assert bounds(timed)[0][1].startswith("At most 30 h 20 min")
    soon = edited(story, "legs", "first", arrive="2023-09-11T12:40+10:00/2023-09-12T12:00+10:00")
    assert bounds(soon)[1][1].startswith("At least 40 min")
    exact = edited(story, "legs", "first", depart="2023-09-11T06:00+10:00", arrive="2023-09-12T06:00+10:00")
    assert ["At most 24 h", "At least 24 h"] == [words.partition(":")[0] for _, words in bounds(exact)]


def test_without_a_shortest_time_there_is_no_greatest_speed(story: Story) -> None:
    """A leg that leaves on a day and arrives on the same: it may have come as soon as it left."""
    same = edited(story, "legs", "first", depart="2023-09-11", arrive="2023-09-11")
    arithmetic, words = bounds(same)[1]
    assert "" == arithmetic
    assert words.startswith("No shortest time follows from the reports")
    assert "km/h" in bounds(same)[0][0]


def test_a_greatest_speed_is_named_as_the_bound(story: Story) -> None:
    same = edited(story, "legs", "first", depart="2023-09-11", arrive="2023-09-11", max_km_h=50)
    arithmetic, words = bounds(same)[1]
    assert arithmetic.endswith("≈ 50 km/h")
    assert "for which a greatest speed is given" in words


@pytest.mark.parametrize(("minutes", "expected"), [(14, True), (15, False)])
def test_no_train_is_faster_than_the_record(story: Story, minutes: int, expected: bool) -> None:
    """144 km in 14 minutes are 619 km/h, in 15 minutes 578: the record is 603."""
    arrive = f"2023-09-11T12:{minutes}+10:00/2023-09-12T12:00+10:00"
    assert expected == (NO_TRAIN in bounds(edited(story, "legs", "first", arrive=arrive))[1][1])


def test_legs_come_one_by_one_and_then_all_the_way(story: Story) -> None:
    """Each with its kilometres and its evidence; a train of one leg has no whole beside it."""
    found = train_of(story)["paces"]
    assert ["Alpha – Beta, 144 km", "Beta – Gamma-on-Sea, 111 km"] == [pace["title"] for pace in found[:2]]
    assert found[2]["title"].startswith("All the way from Alpha to Gamma-on-Sea, ")
    assert ["Journey reported", "Journey inferred", ""] == [
        pace["evidence"].partition(" f")[0].partition(";")[0] for pace in found
    ]
    alone = edited(story, "legs", "second", evidence="planned")
    assert 1 == len(train_of(alone)["paces"])


def test_a_version_tells_only_what_it_has_otherwise(shipped_story: Story) -> None:
    """Its first leg and the whole way; the legs that it shares are told once."""
    own, version = (train_of(shipped_story, number=number)["paces"] for number in (0, 1))
    assert (4, 2) == (len(own), len(version))
    assert own[0]["title"] == version[0]["title"]
    assert own[0]["bounds"] != version[0]["bounds"]


def test_the_shipped_journey_in_figures(shipped_story: Story) -> None:
    """712 km in 29 to 47 hours."""
    assert ["712 km ÷ 47 h ≈ 15 km/h", "712 km ÷ 29 h ≈ 25 km/h"] == [text for text, _ in bounds(shipped_story)]
