"""What the time player receives."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from geo.journey.itinerary import itinerary
from geo.map.scene import scene
from geo.story import Story
from geo.wording.language import LANGUAGES, Language
from tests.support.stories import HOSTILE, edited

RELATIONS = {"fulfils": "fulfilled_by", "replaced_by": "replaces", "part_of": "parts"}


def of(story: Story, code: str = "en") -> Any:
    return scene(story, Language(code))


def by_id(told: Any) -> dict[str, Any]:
    return {event["id"]: event for event in told["events"]}


def milliseconds(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


@pytest.fixture(scope="module", params=LANGUAGES)
def told(request: pytest.FixtureRequest, shipped_scenes: dict[str, Any]) -> Any:
    """The scene of the story that comes with the project, in each language."""
    return shipped_scenes[request.param]


# -- the tiny story: what becomes of a row ----------------------------------------------------------------------------


def test_a_day_is_a_block_on_the_clock_of_its_place(story: Story) -> None:
    """The 13th at Gamma (UTC+9) runs from its midnight to its next, and is filed under its middle."""
    visit = by_id(of(story))["visit"]
    assert milliseconds("2023-09-13T00:00+09:00") == visit["start"]
    assert milliseconds("2023-09-14T00:00+09:00") == visit["end"]
    assert milliseconds("2023-09-13T12:00+09:00") == visit["anchor"]
    assert "Asia/Yakutsk" == visit["zone"]


def test_what_has_no_place_keeps_the_storys_clock(story: Story) -> None:
    """An event without a place has no coordinates and no name of a place, and the story's time zone."""
    plan = by_id(of(story))["plan"]
    assert (None, None, None, "UTC") == (plan["lat"], plan["lon"], plan["place_name"], plan["zone"])


def test_an_open_span_has_no_end(story: Story) -> None:
    """What a source gives no end stays open."""
    assert by_id(of(edited(story, "events", "visit", when="2023-09-13/..")))["visit"]["end"] is None


def test_only_an_hour_names_its_clock(story: Story) -> None:
    """The offset stands beside an hour; a day has none."""
    events = by_id(of(story))
    assert "UTC+10" in events["departure"]["when_note"]
    assert "UTC" not in events["visit"]["when_note"]


def test_claims_come_in_the_order_of_their_articles(story: Story) -> None:
    """An event told twice has both claims, the older article's first, and counts its articles."""
    departure = by_id(of(story))["departure"]
    assert ["s000", "s001"] == [claim["source"] for claim in departure["claims"]]
    assert ["fr", "fr"] == [claim["language"] for claim in departure["claims"]]
    assert "2" in departure["claims_heading"]


def test_an_origin_and_an_inferred_date_are_told(story: Story) -> None:
    """A claim names who the article has it from, and says where the article's date was worked out."""
    stated, inferred = by_id(of(story))["departure"]["claims"]
    assert "KCNA" in inferred["stance_text"]
    assert "KCNA" not in stated["stance_text"]
    assert len(inferred["published_text"]) > len(stated["published_text"])


def test_a_wide_place_has_a_radius(story: Story) -> None:
    """A country is a circle, a town and a site are points."""
    events = by_id(of(story))
    assert events["war"]["radius_km"] > 0
    assert (0, 0) == (events["visit"]["radius_km"], events["departure"]["radius_km"])


def test_a_leg_that_nobody_dates_belongs_to_its_whole_trip(story: Story) -> None:
    """A valid leg without departure and arrival begins with its trip."""
    flight = of(story)["legs"][-1]
    assert [[43.0, 132.0], [42.0, 130.0]] == flight["line"]
    assert milliseconds("2023-09-10T00:00+10:00") == flight["start"]
    assert (None, None) == (flight["from_km"], flight["to_km"])


def test_a_leg_from_nowhere_is_not_drawn(story: Story) -> None:
    """A leg whose start no source tells has no line, and so no place in the scene."""
    legs = of(edited(story, "legs", "flight", from_place=""))["legs"]
    assert ["stated", "inferred", "planned"] == [leg["evidence"] for leg in legs]


def test_the_story_opens_with_what_first_happened(story: Story) -> None:
    """A reader first sees an event of the trip that happened; if none did, the player finds its own beginning."""
    assert "departure" == of(story)["opening"]
    assert of(edited(story, "events", status="planned"))["opening"] is None


def test_hostile_text_is_carried_as_it_is(hostile_story: Story) -> None:
    """The scene neither escapes nor interprets a story's words: they are text until the player shows them."""
    told = json.loads(json.dumps(of(hostile_story)))
    title = by_id(told)["visit"]["title"]
    assert HOSTILE.split() == title.split()
    assert HOSTILE in told["events"][-1]["claims"][0]["when_as_written"]


def test_a_story_without_trips_is_all_background(story: Story) -> None:
    """Events alone make a scene: one chapter, no train, no view to fit."""
    alone = replace(edited(story, "events", trip="background"), trips=(), legs=())
    told = of(alone)
    assert ([], [], None) == (told["trains"], told["legs"], told["opening"])
    assert ["before"] == [chapter["id"].partition("-")[0] for chapter in told["chapters"]]
    assert 5 == len(told["events"])


def test_a_story_without_a_train_has_none(story: Story) -> None:
    """Where no leg by train is reported there is no train, and no leg counts kilometres."""
    told = of(replace(story, legs=story.legs[2:]))
    assert [] == told["trains"]
    assert {None} == {leg["to_km"] for leg in told["legs"]}


# -- the story that comes with the project: what holds for all of it --------------------------------------------------


def test_the_scene_is_json(told: Any) -> None:
    """What the browser receives is JSON as it is: no NaN, no type of numpy or pandas, keys that are text."""
    assert told == json.loads(json.dumps(told, allow_nan=False))


def test_every_event_is_dated_and_claimed(told: Any, shipped_story: Story) -> None:
    """Nothing is on screen without evidence: each event of the story is there, with a date in words and a claim."""
    assert set(shipped_story.event_by_id) == {event["id"] for event in told["events"]}
    assert len(shipped_story.claims) == sum(len(event["claims"]) for event in told["events"])
    for event in told["events"]:
        assert event["claims"], event["id"]
        for text in ("title", "status_text", "kind_text", "when_text", "short_when", "claims_heading"):
            assert event[text].strip(), (event["id"], text)


def test_events_come_in_order_of_time(told: Any) -> None:
    """Events ascend by the moment they are filed under; the player's search for a moment rests on it."""
    anchors = [event["anchor"] for event in told["events"]]
    assert sorted(anchors) == anchors


def test_events_lie_in_their_spans(told: Any) -> None:
    """A moment an event is filed under lies within its span, to the hours by which calendars differ."""
    half_a_day = 14 * 3600_000
    for event in told["events"]:
        assert event["start"] <= event["anchor"], event["id"]
        assert event["end"] is None or event["start"] < event["end"], event["id"]
        assert event["end"] is None or event["anchor"] <= event["end"] + half_a_day, event["id"]


def test_relations_are_symmetric(told: Any) -> None:
    """What fulfils, replaces or is part of another is named there too, and the reverse."""
    events = by_id(told)
    forwards = {(name, event["id"], event[name]) for event in events.values() for name in RELATIONS if event[name]}
    backwards = {
        (name, other, event["id"])
        for event in events.values()
        for name, back in RELATIONS.items()
        for other in event[back]
    }
    assert forwards
    assert forwards == backwards


def test_chapters_hold_all_events(told: Any) -> None:
    """Chapters have ids of their own, follow each other, fill the axis, and every event names one of them."""
    chapters = told["chapters"]
    ids = [chapter["id"] for chapter in chapters]
    assert len(set(ids)) == len(ids)
    assert {event["chapter"] for event in told["events"]} <= set(ids)
    assert 1 == pytest.approx(sum(chapter["share"] for chapter in chapters))
    assert all(one["end"] <= other["start"] for one, other in pairwise(chapters))
    order = [ids.index(event["chapter"]) for event in told["events"]]
    assert sorted(order) == order


def test_an_events_chapter_is_the_one_its_moment_falls_in(told: Any) -> None:
    """The list's headings and the map's axis agree on which chapter an event belongs to."""
    chapters = {chapter["id"]: chapter for chapter in told["chapters"]}
    for event in told["events"]:
        chapter = chapters[event["chapter"]]
        assert chapter is told["chapters"][0] or chapter["start"] <= event["anchor"], event["id"]
        assert event["anchor"] <= chapter["end"], event["id"]


def test_knots_of_a_train_ascend(told: Any) -> None:
    """In each scenario neither time nor kilometres ever go back, and all three go the same way."""
    assert told["trains"]
    for train in told["trains"]:
        assert sorted(train["km"]) == train["km"]
        assert len(train["km"]) == len(train["lat_lon"])
        for name in ("early", "likely", "late"):
            times, km = zip(*train[name], strict=True)
            assert (sorted(times), sorted(km)) == (list(times), list(km))
        early, likely, late = ([at for at, _ in train[name]] for name in ("early", "likely", "late"))
        assert all(first <= middle <= last for first, middle, last in zip(early, likely, late, strict=True))
        assert train["from"] == early[0]
        assert late[-1] <= train["until"]
        assert sorted(stop["km"] for stop in train["stops"]) == [stop["km"] for stop in train["stops"]]


def test_the_train_is_the_itinerarys(told: Any, shipped_story: Story) -> None:
    """Line and end of knowledge are those that Python computes, to a metre and a millisecond."""
    for train in told["trains"]:
        found = itinerary(shipped_story, train["trip"])
        assert found is not None
        assert found.km == pytest.approx(train["km"], abs=1e-3)
        assert found.lat_lon.tolist() == [pytest.approx(point, abs=1e-5) for point in train["lat_lon"]]
        assert found.known_until == datetime.fromtimestamp(train["until"] / 1000, UTC)


def test_what_is_drawn_is_on_earth(told: Any) -> None:
    """Marks, lines and labels have coordinates of this world, latitude first, and lines have two ends."""
    points = [(event["lat"], event["lon"]) for event in told["events"] if event["lat"] is not None]
    points += [(label["lat"], label["lon"]) for label in told["labels"]]
    for leg in told["legs"]:
        assert len(leg["line"]) >= 2, leg["line"][0]
        points += leg["line"]
    for chapter in told["chapters"]:
        points += chapter["bounds"] or []
    assert all(-90 <= lat <= 90 and -180 <= lon <= 180 for lat, lon in points)


def test_the_view_of_a_trip_holds_its_lines(told: Any) -> None:
    """Each trip's part of the world contains every line that is drawn for it; the background has no part of its own."""
    bounds = {chapter["trip"]: chapter["bounds"] for chapter in told["chapters"]}
    assert bounds.pop("background") is None
    assert {leg["trip"] for leg in told["legs"]} <= bounds.keys()
    for trip, ((south, west), (north, east)) in bounds.items():
        assert (south < north, west < east) == (True, True)
        for leg in told["legs"]:
            if leg["trip"] == trip:
                assert all(south <= lat <= north and west <= lon <= east for lat, lon in leg["line"]), leg["line"][0]


def test_the_opening_event_is_one_of_the_storys(told: Any) -> None:
    """The story opens at an event that happened."""
    assert "happened" == by_id(told)[told["opening"]]["status"]


def skeleton(value: Any) -> Any:
    """Ids, numbers and structure; of a text only that it is one."""
    if isinstance(value, dict):
        return {key: value[key] if key in ("id", "source", "zone") else skeleton(value[key]) for key in value}
    if isinstance(value, list):
        return [skeleton(part) for part in value]
    return "" if isinstance(value, str) else value


def test_both_languages_tell_the_same(shipped_scenes: dict[str, Any]) -> None:
    """English and French have the same events, chapters, lines and numbers; only words differ."""
    english, french = (shipped_scenes[code] for code in LANGUAGES)
    labels = [{label["kind"] for label in told["labels"]} for told in (english, french)]
    assert labels[0] == labels[1]
    # Names of the basemap differ in number, too.
    assert skeleton(english | {"labels": []}) == skeleton(french | {"labels": []})
    assert english["words"] != french["words"]
    titles = [[event["title"] for event in told["events"]] for told in (english, french)]
    assert all(titles[0])
    assert all(titles[1])


def test_every_word_of_the_player_is_given(told: Any) -> None:
    """No label of a button or a heading is empty, and slots are the same in every language."""
    assert all(text.strip() for text in told["words"].values())
    assert all(text.strip() for text in told["statuses"].values())
    assert "{place}" in told["words"]["train_at"]
