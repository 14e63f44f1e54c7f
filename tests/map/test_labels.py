"""Names on the map: which, in what order, from what zoom on."""

from datetime import UTC, datetime

import pytest

from geo.evidence.editions import Editions
from geo.map.labels import labels as labels_of
from geo.map.payload import Label
from geo.story import Story
from geo.wording.language import LANGUAGES, Language
from tests.support.stories import StoryWith


def labels(story: Story, language: Language) -> list[Label]:
    return labels_of(story, Editions(story), language)


def own(story: Story, code: str = "en") -> list[Label]:
    return [label for label in labels(story, Language(code)) if label["kind"] == "story"]


def by_name(story: Story) -> dict[object, Label]:
    return {label["name"]: label for label in own(story)}


def test_a_label_is_told_in_full(story: Story) -> None:
    """The name, where it stands, from what zoom, and how far from the middle of its mark."""
    beta = by_name(story)["Beta"]
    place = {"name": "Beta", "lat": 43.0, "lon": 131.0}
    assert {**place, "kind": "story", "min_zoom": 0, "clearance": 9, "known": 1694476800000} == beta


def test_names_are_in_the_readers_language(story: Story) -> None:
    """Of the story and of the basemap."""
    assert ["Beta", "Gamma-on-Sea", "Alpha"] == [label["name"] for label in own(story)]
    assert ["Bêta", "Gamma-sur-l’Eau", "Alpha"] == [label["name"] for label in own(story, "fr")]
    names = [{label["name"] for label in labels(story, Language(code))} for code in LANGUAGES]
    assert ("North Korea" in names[0], "Corée du Nord" in names[1]) == (True, True)
    assert "North Korea" not in names[1]


def test_a_place_of_no_event_has_no_name_on_the_map(story: Story) -> None:
    """Delta is in the table of places alone; a country is named by the basemap."""
    assert not {"Delta", "Country"} & by_name(story).keys()


def test_towns_come_before_sites_and_the_busiest_first(story_with: StoryWith) -> None:
    """Where names would overlap the player keeps the first: towns by how much happens there, then sites."""
    events = [
        {"event_id": "plan", "place_id": "gamma", "place_basis": "stated"},
        {"event_id": "war", "place_id": "alpha", "place_basis": "stated"},
        {"event_id": "forecast", "place_id": "alpha", "place_basis": "stated"},
        {"event_id": "visit", "place_id": "beta"},
    ]
    assert ["Beta", "Gamma-on-Sea", "Alpha"] == [label["name"] for label in own(story_with(events=events))]
    events[3]["place_id"] = "gamma"
    events[2]["place_id"] = "beta"
    assert ["Gamma-on-Sea", "Beta", "Alpha"] == [label["name"] for label in own(story_with(events=events))]


@pytest.mark.parametrize(
    ("part_of", "zoom"), [("beta", 8), ("delta", 0), ("country", 0), ("", 0)], ids=["town", "silent", "country", "none"]
)
def test_a_site_in_a_town_is_named_close_up(story_with: StoryWith, part_of: str, zoom: int) -> None:
    """Where its town is named on the map; elsewhere it is named at once, and so are towns."""
    told = by_name(story_with(places=[{"place_id": "alpha", "part_of": part_of}]))
    assert (zoom, 0, 0) == (told["Alpha"]["min_zoom"], told["Beta"]["min_zoom"], told["Gamma-on-Sea"]["min_zoom"])


def test_the_name_of_a_summits_place_keeps_clear_of_its_ring(story_with: StoryWith) -> None:
    """A summit's mark is larger than others'."""
    told = by_name(story_with(events=[{"event_id": "visit", "kind": "summit"}]))
    assert (16, 9) == (told["Gamma-on-Sea"]["clearance"], told["Beta"]["clearance"])


def test_only_sites_and_towns_are_named(story_with: StoryWith) -> None:
    """A region has no point to be named at; a station that stands for its town, and a town as a site, have one."""
    region = [{"place_id": "beta", "kind": "region", "geo_precision": "region"}]
    assert ["Gamma-on-Sea", "Alpha"] == list(by_name(story_with(places=region)))
    told = story_with(places=[{"place_id": "alpha", "geo_precision": "settlement"}])
    assert ["Beta", "Gamma-on-Sea"] == list(by_name(told))
    told = story_with(places=[{"place_id": "alpha", "kind": "settlement"}])
    assert ["Beta", "Gamma-on-Sea", "Alpha"] == list(by_name(told))


def test_the_names_of_the_basemap_come_after_the_storys(story_with: StoryWith) -> None:
    """The player writes the first of two names: the story's own, or the basemap's until the place is known."""
    plain = labels(story_with(), Language("en"))
    assert {"country", "sea"} <= {label["kind"] for label in plain}
    assert ["story"] * 3 == [label["kind"] for label in plain[:3]]
    renamed = labels(story_with(places=[{"place_id": "beta", "name_en": "Vladivostok"}]), Language("en"))
    assert ["story", "city"] == [label["kind"] for label in renamed if label["name"] == "Vladivostok"]


def test_a_place_is_named_once_an_article_puts_something_there(shipped_story: Story) -> None:
    """On 11 September Pyongyang and Vladivostok, on the 12th Khasan; the basemap's names are no news."""
    known = {label["name"]: label["known"] for label in own(shipped_story)}
    days = {
        name: datetime.fromtimestamp((known[name] or 0) / 1000, UTC).day
        for name in ("Pyongyang", "Vladivostok", "Khasan", "Vostochny Cosmodrome")
    }
    assert {"Pyongyang": 11, "Vladivostok": 11, "Khasan": 12, "Vostochny Cosmodrome": 14} == days
    assert {None} == {label["known"] for label in labels(shipped_story, Language("en")) if label["kind"] != "story"}


def test_a_name_of_the_basemap_is_told_in_full(story: Story) -> None:
    """With the kind that says how it is written, and the room of its dot."""
    found = next(label for label in labels(story, Language("en")) if label["name"] == "Vladivostok")
    assert {"name", "lat", "lon", "kind", "min_zoom", "clearance", "known"} == found.keys()
    assert [43.1, 131.9] == pytest.approx([found["lat"], found["lon"]], abs=0.1)
    assert ("city", 8) == (found["kind"], found["clearance"])
