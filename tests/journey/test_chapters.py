"""The compressed time axis."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.journey.chapters import Chapter, chapters
from geo.story import Trip, load_story, validate

ZONES = ("Asia/Vladivostok", "Asia/Pyongyang", "UTC", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago")
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


def trip(name: str, start: str, end: str, zone: str = "Asia/Vladivostok") -> Trip:
    return Trip(name, name, name, date.fromisoformat(start), date.fromisoformat(end), zone)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


RUSSIA = trip("russia", "2023-09-10", "2023-09-16")
KOREA = trip("korea", "2024-06-18", "2024-06-19", "Asia/Pyongyang")


@st.composite
def trips_apart(draw: Any) -> list[Trip]:
    """Up to four trips that do not overlap on any clock, in any order."""
    day = draw(st.dates(date(1950, 1, 1), date(2050, 1, 1)))
    found = []
    for number in range(draw(st.integers(0, 4))):
        day += timedelta(days=draw(st.integers(3, 900)))
        last = day + timedelta(days=draw(st.integers(0, 30)))
        found.append(Trip(f"trip-{number}", "", "", day, last, draw(st.sampled_from(ZONES))))
        day = last
    shuffled: list[Trip] = draw(st.permutations(found))
    return shuffled


AXES = st.tuples(trips_apart(), st.lists(MOMENTS, max_size=12)).filter(lambda given: any(given))


def near_turn_of_year(years: int = 40) -> st.SearchStrategy[datetime]:
    """Moments within two days of a New Year, where calendars of east and west disagree on the year."""
    return st.builds(
        lambda year, hours: datetime(1980 + year, 1, 1, tzinfo=UTC) + timedelta(hours=hours),
        st.integers(0, years),
        st.integers(-48, 48),
    )


def test_a_trip_runs_from_midnight_to_midnight_on_its_own_clock() -> None:
    """The 10th to the 16th at Vladivostok (UTC+10) is from 14:00 UTC of the 9th to 14:00 UTC of the 16th."""
    assert (utc("2023-09-09T14:00"), utc("2023-09-16T14:00")) == RUSSIA.span


def test_each_trip_is_a_chapter_and_so_is_what_lies_around() -> None:
    """Events before, between and after two trips make five chapters, in order of time."""
    found = chapters([KOREA, RUSSIA], [utc("1950-06-25"), utc("2023-12-01"), utc("2024-08-01")])
    assert ["before", "trip", "between", "trip", "after"] == [chapter.position for chapter in found]
    assert [None, RUSSIA, None, KOREA, None] == [chapter.trip for chapter in found]
    assert (utc("1950-01-01"), utc("2025-01-01")) == (found[0].start, found[-1].end)


def test_time_without_events_has_no_chapter() -> None:
    """Nine months without an event between two trips take no width at all."""
    assert [RUSSIA, KOREA] == [chapter.trip for chapter in chapters([RUSSIA, KOREA], [utc("2023-09-12")])]


def test_a_year_that_begins_in_the_far_east_is_not_the_year_before() -> None:
    """What is filed under 1950 at Pyongyang, already 31 December in UTC, opens the axis at 1950."""
    assert utc("1950-01-01") == chapters([RUSSIA], [utc("1949-12-31T15:00")])[0].start


def test_a_longer_trip_is_wider() -> None:
    """Seven days take more of the axis than two, and a trip more than background."""
    before, long, between, short = chapters([RUSSIA, KOREA], [utc("1950-06-25"), utc("2023-12-01")])
    assert before.share == between.share < short.share < long.share


def test_nothing_at_all_is_refused() -> None:
    """Without a trip and without an event there is no axis."""
    with pytest.raises(ValueError, match="instead got neither"):
        chapters([], [])


def test_overlapping_trips_are_refused_by_name() -> None:
    """Two trips at once cannot stand side by side."""
    with pytest.raises(ValueError, match="'other'"):
        chapters([RUSSIA, trip("other", "2023-09-16", "2023-09-20")], [])


@given(AXES)
def test_shares_sum_to_one(axis: tuple[list[Trip], list[datetime]]) -> None:
    """Every chapter has a width, and together they are the whole axis."""
    found = chapters(*axis)
    assert all(chapter.share > 0 for chapter in found)
    assert 1 == pytest.approx(sum(chapter.share for chapter in found))


@given(AXES)
def test_chapters_follow_each_other(axis: tuple[list[Trip], list[datetime]]) -> None:
    """Each chapter lasts, none begins before the one before it ends, and every trip has exactly one."""
    check_order(chapters(*axis), axis[0])


@given(trips_apart().map(lambda trips: trips[:2]), st.lists(near_turn_of_year(), min_size=1, max_size=4))
def test_chapters_last_at_the_turn_of_the_year(trips: list[Trip], anchors: list[datetime]) -> None:
    """Events of a New Year's Eve make chapters that last, wherever the trips lie."""
    check_order(chapters(trips, anchors), trips)


@pytest.mark.parametrize("anchor", ["2022-12-31T10:00", "2022-12-31T13:59", "2022-12-30T23:00"])
@pytest.mark.parametrize("trips", [[], [trip("new-year", "2023-01-01", "2023-01-05")]])
def test_an_event_just_before_the_new_year_has_a_chapter(trips: list[Trip], anchor: str) -> None:
    """What happened on the eve of a trip that begins on 1 January lies in a chapter that lasts."""
    found = chapters(trips, [utc(anchor)])
    check_order(found, trips)
    assert found[0].start <= utc(anchor) <= found[0].end


def edited(folder: Path, *trips: dict[str, str]) -> Path:
    """The story's folder, its trips replaced by these (each on top of its first)."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    first = package["dateline"]["trips"][0]
    package["dateline"]["trips"] = [first | trip for trip in trips]
    path.write_text(json.dumps(package), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("2023-09-16", "Europe/Moscow"), ("2023-09-17", "Asia/Vladivostok")),  # still the 16th at Moscow
        (("2023-09-16", "Pacific/Pago_Pago"), ("2023-09-17", "Pacific/Kiritimati")),
    ],
)
def test_trips_that_overlap_on_the_clock_are_a_fault(
    story_folder: Path, first: tuple[str, str], second: tuple[str, str]
) -> None:
    """A trip that begins far east of where the last one ends may begin before its end: validation tells."""
    tour = {"end": first[0], "timezone": first[1]}
    other = {"trip": "other", "start": second[0], "end": "2023-09-20", "timezone": second[1]}
    assert ["dateline.trips"] == [fault.column for fault in validate(edited(story_folder, tour, other))]


def test_trips_that_touch_are_none(story_folder: Path) -> None:
    """A trip may begin at the very midnight at which the one before it ends."""
    other = {"trip": "other", "start": "2023-09-17", "end": "2023-09-20"}
    story = load_story(edited(story_folder, {}, other))
    first, second = (chapter for chapter in chapters(story.trips, []) if chapter.trip)
    assert first.end == second.start


@pytest.mark.parametrize(
    "days", [("2023-09-10", "9999-12-31"), ("0001-01-01", "2023-09-16"), ("20230910", "2023-W37-6")]
)
def test_days_that_no_axis_can_hold_are_a_fault(story_folder: Path, days: tuple[str, str]) -> None:
    """A trip that ends with the calendar, or whose days are written in another way, is told of, not a traceback."""
    found = validate(edited(story_folder, {"start": days[0], "end": days[1]}))
    assert ["dateline.trips[0]"] == [fault.column for fault in found]


def check_order(found: Sequence[Chapter], trips: Sequence[Trip]) -> None:
    assert all(chapter.start < chapter.end for chapter in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert sorted(trips, key=lambda trip: trip.start) == [chapter.trip for chapter in found if chapter.trip]


@given(AXES)
def test_every_event_lies_in_a_chapter(axis: tuple[list[Trip], list[datetime]]) -> None:
    """Each anchor falls into a chapter, or less than a day before the first, where a far-eastern year begins."""
    found = chapters(*axis)
    for anchor in axis[1]:
        inside = any(chapter.start <= anchor <= chapter.end for chapter in found)
        assert inside or found[0].start - timedelta(days=1) <= anchor < found[0].start


@given(AXES, st.randoms())
def test_the_order_of_what_is_given_does_not_matter(axis: tuple[list[Trip], list[datetime]], random: Any) -> None:
    """The same trips and events in any order make the same axis."""
    trips, anchors = axis
    assert chapters(trips, anchors) == chapters(random.sample(trips, len(trips)), random.sample(anchors, len(anchors)))
