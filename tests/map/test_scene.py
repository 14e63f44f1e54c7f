"""What the time player receives."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from geo.evidence.editions import Editions
from geo.journey.itinerary import itinerary
from geo.map.labels import labels
from geo.map.scene import scene
from geo.story import Story
from geo.views.events import status_text
from geo.wording.language import LANGUAGES, Language
from tests.support.stories import DATELINE, HOSTILE, StoryWith, edited

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
    assert (None, False) == (plan["place_note"], plan["is_area"])


def test_an_open_span_has_no_end(story: Story) -> None:
    """What a source gives no end stays open."""
    assert by_id(of(edited(story, "events", "visit", when="2023-09-13/..")))["visit"]["end"] is None


def test_only_an_hour_names_its_clock(story: Story) -> None:
    """The offset stands beside an hour; a day has none."""
    events = by_id(of(story))
    assert "UTC+10" in events["departure"]["when_note"]
    assert "UTC" not in (events["visit"]["when_note"] or "")


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


def test_a_wide_place_is_an_area(story: Story) -> None:
    """The point of a country only stands for it; a town and a site are points."""
    events = by_id(of(story))
    assert events["war"]["is_area"]
    assert not events["visit"]["is_area"]
    assert not events["departure"]["is_area"]


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


# -- the tiny story: what is told, word for word ----------------------------------------------------------------------


def test_an_event_is_told_in_full(story: Story) -> None:
    """A departure with an hour, a place and two claims, as the player receives it."""
    departure = by_id(of(story))["departure"]
    stated, inferred = departure.pop("claims")
    assert [1, 2] == [edition["claims"] for edition in departure.pop("editions")]
    at = milliseconds("2023-09-11T06:00+10:00")
    assert {
        "id": "departure",
        "trip": "tour",
        "chapter": "tour",
        "status": "happened",
        "status_text": "Happened",
        "kind": "travel",
        "kind_text": "Travel",
        "title": "Departure",
        "key": 1,
        "label": "Departure",
        "summary": "",
        "actors": "A, B",
        "summit": False,
        "claims_heading": "In 2 articles, at least 2 independent origins",
        "known": milliseconds("2023-09-12T00:00+00:00"),
        "start": at,
        "end": at + 60_000,
        "anchor": at + 30_000,
        "zone": "Asia/Vladivostok",
        "when_text": "Monday, 11 September 2023, 06:00",
        "short_when": "11 Sept 2023",
        "when_note": "local time (Alpha), UTC+10",
        "hour_text": "06:00",
        "head_date": "Monday, 11 September 2023",
        "head_clock": "Alpha · UTC+10",
        "has_hours": True,
        "lat": 42.0,
        "lon": 130.0,
        "place_name": "Alpha",
        "place_note": None,
        "is_area": False,
        "fulfils": "plan",
        "replaced_by": None,
        "part_of": None,
        "fulfilled_by": [],
        "replaces": [],
        "parts": [],
    } == departure
    assert {
        "id": "c-000-02-1",
        "source": "s000",
        "outlet": "A paper",
        "language": "fr",
        "published_text": "12 September 2023",
        "paragraph": 2,
        "paragraph_text": "paragraph 2",
        "stance_text": "Reported as fact",
        "when_as_written": "lundi matin",
        "place_as_written": "Alfa",
        "note": "",
        "dating": "“lundi matin” → article of Tuesday, 12 September 2023 → "
        "the context refers to the time of another event → Monday, 11 September 2023",
        "placing": "“Alfa” → Alpha (site) → not Alfa (Russia), 6,480 km away",
    } == stated
    assert {
        "id": "c-001-01-1",
        "source": "s001",
        "outlet": "Another paper",
        "language": "fr",
        "published_text": "14 September 2023 (inferred)",
        "paragraph": 1,
        "paragraph_text": "paragraph 1",
        "stance_text": "Reported as fact, citing KCNA",
        "when_as_written": "",
        "place_as_written": "",
        "note": "",
        "dating": None,
        "placing": None,
    } == inferred


def test_a_vague_event_is_told_in_full(story: Story) -> None:
    """A visit on about a day, in a town that we inferred, which replaces a forecast."""
    visit = by_id(of(story))["visit"]
    names = ("when_text", "when_note", "hour_text", "has_hours", "place_note", "replaces")
    assert {
        "when_text": "about Wednesday, 13 September 2023",
        "when_note": None,
        "hour_text": "",
        "has_hours": False,
        "place_note": "Somewhere in the town or city · The place is inferred, not stated",
        "replaces": ["forecast"],
    } == {name: visit[name] for name in names}
    assert "In 1 article, at least 1 independent origin" == visit["claims_heading"]


def test_a_span_of_days_is_told_without_hours(story_with: StoryWith) -> None:
    """Not even where it is a single day."""
    visit = by_id(of(story_with(events=[{"event_id": "visit", "when": "2023-09-13/2023-09-13"}])))["visit"]
    assert ("", False) == (visit["hour_text"], visit["has_hours"])


def test_a_war_of_years_is_told_without_hours(story: Story) -> None:
    """Years have no hour to be unknown; a country's point only stands for it."""
    war = by_id(of(story))["war"]
    names = ("when_text", "short_when", "when_note", "hour_text", "place_note", "is_area")
    assert {
        "when_text": "1950–1953",
        "short_when": "1950–1953",
        "when_note": "A moment somewhere in this span",
        "hour_text": "",
        "place_note": "Somewhere in the country",
        "is_area": True,
    } == {name: war[name] for name in names}


def test_french_readers_are_told_in_french(story: Story) -> None:
    """Titles, names of places, dates and sentences are French ones, with French spaces before colons."""
    told = of(story, "fr")
    visit = by_id(told)["visit"]
    assert ("Visite", "A eu lieu", "Gamma-sur-l’Eau") == (visit["title"], visit["status_text"], visit["place_name"])
    assert "vers le mercredi 13 septembre 2023" == visit["when_text"]
    assert "Dans 1 article, au moins 1 origine indépendante" == visit["claims_heading"]
    assert ("fr", "Une tournée", "Quel jour\u00a0?") == (
        told["language"],
        told["title"],
        told["disagreements"][0]["question"],
    )
    assert ["Lundi.", "Mercredi."] == [version["says"] for version in told["disagreements"][0]["versions"]]
    assert "Bêta" == told["trains"][0]["stops"][1]["name"]
    assert "Annoncé" == told["statuses"]["planned"]
    assert "Temps" == told["words"]["time"]
    assert told["figures"][0]["lines"][1].startswith("grand cercle Alpha – Bêta\u00a0: 138 km")
    placing = by_id(told)["departure"]["claims"][0]["placing"]
    assert "« Alfa » → Alpha (site) → et non Alfa (Russie), à 6 480 km" == placing.replace("\u00a0", " ").replace(
        "\u202f", " "
    )


@pytest.mark.parametrize(
    ("kind", "status", "expected"),
    [("summit", "happened", True), ("summit", "planned", False), ("visit", "happened", False)],
)
def test_a_summit_is_one_that_was_held(story_with: StoryWith, kind: str, status: str, expected: bool) -> None:
    """Only where the leaders have met does the map say so."""
    told = of(story_with(events=[{"event_id": "visit", "kind": kind, "status": status}]))
    assert expected is by_id(told)["visit"]["summit"]


def test_names_of_actors_and_origins_are_the_readers_own(story_with: StoryWith) -> None:
    """French readers read French names of actors and origins, English readers the English ones."""
    story = story_with(
        dateline={"names_fr": {"North Korea": "Corée du Nord", "the agency": "l’agence"}},
        events=[{"event_id": "departure", "actors": "North Korea; B"}],
        claims=[{"claim_id": "c-001-01-1", "attributed_to": "the agency; B"}],
    )
    english, french = (by_id(of(story, code))["departure"] for code in LANGUAGES)
    assert ("North Korea, B", "Corée du Nord, B") == (english["actors"], french["actors"])
    assert "Reported as fact, citing the agency, B" == english["claims"][1]["stance_text"]
    assert "Rapporté comme un fait, selon l’agence, B" == french["claims"][1]["stance_text"]


def test_a_sentence_takes_a_name_with_its_article(story_with: StoryWith) -> None:
    """An origin and a place that have one carry it into stances, reasons, halts and clocks, in both languages."""
    the_agency = {"name_in_sentence_en": "the agency", "name_in_sentence_fr": "l’agence"}
    story = story_with(
        origins=[{"origin_id": "kcna", **the_agency}],
        places=[{"place_id": "alpha", "name_in_sentence_en": "the Alpha", "name_in_sentence_fr": "le cap Alpha"}],
    )
    english, french = (of(story, code) for code in LANGUAGES)
    stances = [by_id(told)["departure"]["claims"][1]["stance_text"] for told in (english, french)]
    assert ["Reported as fact, citing the agency", "Rapporté comme un fait, selon l’agence"] == stances
    halts = [(told["trains"][0]["stops"][0]["name"], told["trains"][0]["stops"][0]["at"]) for told in (english, french)]
    assert [("the Alpha", "at the Alpha"), ("le cap Alpha", "au cap Alpha")] == halts
    assert "heure locale du cap Alpha, UTC+10" == by_id(french)["departure"]["when_note"]
    assert ["Alpha", "Alpha"] == [by_id(told)["departure"]["place_name"] for told in (english, french)]


@pytest.mark.parametrize(
    ("claims", "english", "french"),
    [
        ({"origin_id": "kcna", "attributed_to": "KCNA"}, "Denied by State media", "Démenti par l’État"),
        ({"origin_id": "", "attributed_to": ""}, "Denied", "Démenti"),
    ],
)
def test_who_denies_is_named_from_the_claims(
    story_with: StoryWith, claims: dict[str, str], english: str, french: str
) -> None:
    """Whom those who deny come down to, and nobody where no claim that denies names anybody."""
    story = story_with(
        origins=[{"origin_id": "state", "name_in_sentence_fr": "l’État"}],
        events=[{"event_id": "visit", "status": "denied"}],
        claims=[{"claim_id": "c-001-02-1", "stance": "denies", **claims}],
    )
    told = [of(story, code) for code in LANGUAGES]
    assert [english, french] == [by_id(scene)["visit"]["status_text"] for scene in told]
    assert ["Denied", "Démenti"] == [scene["statuses"]["denied"] for scene in told]


def test_who_denies_is_named_as_far_as_known(shipped_story: Story) -> None:
    """Of two that deny both are named, each once; one that alleges is not."""
    event = shipped_story.event_by_id["agreement-during-visit"]
    claims = shipped_story.claims_by_event[event.event_id]
    both = [claims[0], claims[2], claims[0].model_copy(update={"origin_id": "kcna", "attributed_to": "KCNA"})]
    english = Language("en")
    assert "Denied by the Kremlin" == status_text(shipped_story, event, claims, english)
    assert "Denied by the Kremlin and the North Korean state" == status_text(shipped_story, event, both, english)
    alleging = [claim.model_copy(update={"stance": "alleges"}) for claim in claims]
    assert "Denied" == status_text(shipped_story, event, alleging, english)


@pytest.mark.parametrize(
    ("ref", "geocoder", "expected"),
    [("osm:node/1", "geonames", True), ("manual", "nominatim", True), ("manual", "geonames", False)],
)
def test_the_map_names_those_whose_points_it_has(story: Story, ref: str, geocoder: str, expected: bool) -> None:
    """OpenStreetMap's contributors, where a waypoint or a place is theirs."""
    told = of(edited(edited(story, "tracks", ref=ref), "places", geocoder=geocoder))
    assert expected is told["attribution"].endswith("© OpenStreetMap contributors")


def test_notes_are_in_the_readers_language(story_with: StoryWith) -> None:
    """Notes and summaries of the story come in both languages."""
    story = story_with(
        events=[{"event_id": "visit", "summary_en": "In short", "summary_fr": "En bref"}],
        claims=[{"claim_id": "c-001-02-1", "note_en": "A note", "note_fr": "Une remarque"}],
        legs=[{"leg_id": "first", "note_en": "By night", "note_fr": "De nuit"}],
    )
    told = [of(story, code) for code in LANGUAGES]
    visits = [by_id(scene)["visit"] for scene in told]
    assert ["In short", "En bref"] == [visit["summary"] for visit in visits]
    assert ["A note", "Une remarque"] == [visit["claims"][0]["note"] for visit in visits]
    assert ["By night", "De nuit"] == [scene["legs"][0]["note"] for scene in told]


def test_the_longer_journey_of_words_to_a_date(story_with: StoryWith) -> None:
    """Words, article's day, rule and result: the rule that reads the words, or what the date rests on instead."""
    claims = [
        {"claim_id": "c-000-02-1", "when_as_written": "lundi", "when_basis": "rule", "when": "2023-09-11"},
        {"claim_id": "c-001-01-1", "when_basis": "publication", "when": "2023-09-14"},
    ]
    first, second = by_id(of(story_with(claims=claims)))["departure"]["claims"]
    assert first["dating"].startswith("“lundi” → article of Tuesday, 12 September 2023 → a weekday")
    assert first["dating"].endswith(" → Monday, 11 September 2023")
    assert (
        "no words for the time → article of Thursday, 14 September 2023 → dated by the article’s own day → "
        "Thursday, 14 September 2023" == second["dating"]
    )


@pytest.mark.parametrize("basis", ["lasting", "context", "estimate"])
def test_words_that_are_not_there_are_not_spoken_of(story_with: StoryWith, basis: str) -> None:
    """Where a claim has no words for the time, the rule does not speak of words either."""
    note = {"note_en": "Why", "note_fr": "Pourquoi"}
    claims = [{"claim_id": "c-001-01-1", "when_basis": basis, "when": "2023-09-11", **note}]
    steps = by_id(of(story_with(claims=claims)))["departure"]["claims"][1]["dating"].split(" → ")
    assert "no words for the time" == steps[0]
    assert "words" not in steps[2]


def test_a_claims_date_is_on_the_clock_of_its_place(story_with: StoryWith) -> None:
    """An hour in a claim's date is told on the clock of its event's place."""
    claims = [{"claim_id": "c-000-02-1", "when": "2023-09-11T06:00+10:00"}]
    dating = by_id(of(story_with(claims=claims)))["departure"]["claims"][0]["dating"]
    assert dating.endswith(" → Monday, 11 September 2023, 06:00")


def test_what_a_name_could_mean_otherwise(story_with: StoryWith) -> None:
    """A claim's name leads to its place, then to the event's if that is another, and past at most two others."""
    bearers = [
        {"place_id": "alpha", "toponym": "Alfa", "provider_ref": str(number), "lat": str(lat), "name": f"Alfa {lat}"}
        | {"decision": "rejected", "provider": "geonames", "kind": "settlement", "country": "RU", "lon": "37.0"}
        | {"reasons": "other-kind", "decided_by": "geonames", "decided_on": "2026-11-20"}
        for number, lat in ((10, 50), (11, 45))
    ]
    story = story_with(geocodes=bearers, claims=[{"claim_id": "c-001-02-1", "place_as_written": "Alfa"}])
    events = by_id(of(story))
    here = events["departure"]["claims"][0]["placing"]
    assert "“Alfa” → Alpha (site) → not Alfa (Russia), 6,480 km away → not Alfa 50 (Russia), 6,763 km away" == here
    elsewhere = events["visit"]["claims"][0]["placing"]
    assert elsewhere.startswith("“Alfa” → Alpha (site) → Gamma-on-Sea (town or city) → not Alfa (Russia)")


def test_a_name_of_one_place_says_so(story_with: StoryWith) -> None:
    """Where no other place bears the name, or no place at all, that is told."""
    claims = [
        {"claim_id": "c-001-02-1", "place_as_written": "Gamma"},
        {"claim_id": "c-000-03-1", "place_as_written": "Beta"},
    ]
    events = by_id(of(story_with(claims=claims)))
    nowhere = "No other place of this name was found"
    assert f"“Gamma” → Gamma-on-Sea (town or city) → {nowhere}" == events["visit"]["claims"][0]["placing"]
    assert f"“Beta” → Beta (town or city) → {nowhere}" == events["forecast"]["claims"][0]["placing"]


def test_claims_of_one_day_come_by_article_and_paragraph(story_with: StoryWith) -> None:
    """Of articles of one day the first in the table of ids comes first, and in it the paragraphs in order."""
    claim = {"event_id": "visit", "stance": "reports", "when_basis": "none"}
    story = story_with(
        sources=[{"source_id": "s000", "published": "2023-09-14"}],
        claims=[
            {"claim_id": "c-001-10-1", "source_id": "s001", "paragraph": "10"} | claim,
            {"claim_id": "c-001-09-1", "source_id": "s001", "paragraph": "9"} | claim,
            {"claim_id": "c-000-11-1", "source_id": "s000", "paragraph": "11"} | claim,
        ],
    )
    expected = ["c-000-11-1", "c-001-02-1", "c-001-09-1", "c-001-10-1"]
    assert expected == [found["id"] for found in by_id(of(story))["visit"]["claims"]]


def test_an_event_is_known_from_its_first_article_on(story_with: StoryWith) -> None:
    """Of two articles the earlier counts, at midnight UTC of its day."""
    told = by_id(of(story_with(sources=[{"source_id": "s000", "published": "2023-09-13"}])))
    assert milliseconds("2023-09-13T00:00+00:00") == told["departure"]["known"]
    assert milliseconds("2023-09-14T00:00+00:00") == told["visit"]["known"]


def test_events_of_one_moment_come_by_their_start(story_with: StoryWith) -> None:
    """Two events filed under one noon: the one that begins earlier comes first."""
    hours = {"event_id": "forecast", "when": "2023-09-13T09:00+10:00/2023-09-13T15:00+10:00"}
    day = {"event_id": "visit", "when": "2023-09-13", "place_id": "alpha"}
    events = by_id(of(story_with(events=[hours, day])))
    assert events["forecast"]["anchor"] == events["visit"]["anchor"]
    order = list(events)
    assert order.index("visit") < order.index("forecast")


@pytest.mark.parametrize("when", ["2023", "2023-09"])
def test_years_and_months_begin_together(story_with: StoryWith, when: str) -> None:
    """A year in the far east and one in UTC are filed under one moment, so that the table decides their order."""
    events = by_id(of(story_with(events=[{"event_id": "plan", "when": when}, {"event_id": "visit", "when": when}])))
    assert events["plan"]["anchor"] == events["visit"]["anchor"]
    assert events["plan"]["start"] > events["visit"]["start"]
    west = [{"place_id": "gamma", "timezone": "America/New_York"}]
    visit = by_id(of(story_with(places=west, events=[{"event_id": "visit", "when": when}])))["visit"]
    assert visit["start"] == visit["anchor"]


def test_relations_are_told_both_ways(story_with: StoryWith) -> None:
    """What is part of another is named there, and the reverse."""
    events = by_id(of(story_with(events=[{"event_id": "visit", "part_of": "departure"}])))
    assert ("departure", ["visit"]) == (events["visit"]["part_of"], events["departure"]["parts"])
    assert ("plan", ["departure"]) == (events["departure"]["fulfils"], events["plan"]["fulfilled_by"])
    assert ("visit", ["forecast"]) == (events["forecast"]["replaced_by"], events["visit"]["replaces"])


# -- the tiny story: editions, disagreements, figures -----------------------------------------------------------------


def test_an_edition_tells_what_was_known_otherwise(story: Story) -> None:
    """By the end of 12 September one article was out: the departure was a day, the forecast still stood."""
    told = of(story)
    tuesday, thursday = milliseconds("2023-09-12T00:00+00:00"), milliseconds("2023-09-14T00:00+00:00")
    assert [
        {"from": tuesday, "title": "As known on 12 September 2023, from 1 article of 2"},
        {"from": thursday, "title": "As known on 14 September 2023, from 2 articles of 2"},
    ] == told["editions"]
    assert {
        "departure": [
            {
                "from": tuesday,
                "start": milliseconds("2023-09-11T00:00+10:00"),
                "end": milliseconds("2023-09-12T00:00+10:00"),
                "when_text": "Monday, 11 September 2023",
                "when_note": "The day is known, the hour is not",
                "hour_text": "hour unknown",
                "has_hours": False,
                "claims_heading": "In 1 article, at least 1 independent origin",
                "claims": 1,
                "noted": False,
            },
            {"from": thursday, "claims": 2, "noted": True},
        ],
        "plan": [{"from": tuesday, "claims": 1, "noted": True}],
        "forecast": [
            {
                "from": tuesday,
                "status": "predicted",
                "status_text": "Predicted",
                "replaced_by": None,
                "claims": 1,
                "noted": False,
            },
            {"from": thursday, "claims": 1, "noted": True},
        ],
        "visit": [{"from": thursday, "claims": 1, "noted": True}],
        "war": [{"from": thursday, "claims": 1, "noted": True}],
    } == {event["id"]: event["editions"] for event in told["events"]}
    assert {"first": tuesday, "second": thursday, "onward": tuesday, "flight": tuesday} == {
        leg["id"]: leg["known"] for leg in told["legs"]
    }


def test_an_article_after_all_events_has_its_time_on_the_axis(story_with: StoryWith) -> None:
    """The clock of the news has each day of publication on the axis, at noon, also after the last event."""
    late = of(story_with(sources=[{"source_id": "s001", "published": "2025-03-02"}]))
    last = late["chapters"][-1]
    assert last["start"] <= milliseconds("2025-03-02T12:00+00:00") <= last["end"]
    assert ("background", "What came after") == (last["trip"], last["title"])


def test_our_words_wait_for_all_that_they_tell(story: Story) -> None:
    """Until its row is told an event has its title of before, no summary and no notes; nor is its place led to."""
    cells = {"known_with": "s001", "title_then_en": "Then", "title_en": "Now", "summary_en": "All", "actors": "A"}
    told = edited(story, "events", "departure", place_id="beta", **cells)
    tuesday, thursday = by_id(of(told))["departure"]["editions"]
    assert ("Then", "", False) == (tuesday["title"], tuesday["summary"], tuesday["noted"])
    assert tuesday["placings"][0].startswith("“Alfa” → Alpha")
    assert "Beta" not in tuesday["placings"][0]
    assert {"from", "claims", "noted"} == thursday.keys()
    assert (True, 2) == (thursday["noted"], thursday["claims"])


def test_a_leg_is_given_up_with_its_event(shipped_scenes: dict[str, Any]) -> None:
    """The way to Vladivostok by rail was expected from the first article on, until Vostochny was known."""
    legs = {leg["id"]: leg for leg in shipped_scenes["en"]["legs"]}
    expected = legs["train-pyongyang-vladivostok-expected"]
    assert (milliseconds("2023-09-11T00:00+00:00"), True) == (expected["known"], expected["only_then"])
    assert expected["known"] < expected["given_up"]
    assert legs["train-vostochny-komsomolsk"]["given_up"] is None


def test_a_leg_that_was_never_expected_is_known_from_no_day(story_with: StoryWith) -> None:
    """A forecast is first read of when it is already replaced: its leg was given up on that day, and never stood."""
    early = [{"source_id": "s001", "published": "2023-09-11"}]
    legs = of(story_with(sources=early, legs=[{"leg_id": "flight", "event_id": "forecast"}]))["legs"]
    assert (None, milliseconds("2023-09-12T00:00+00:00")) == (legs[-1]["known"], legs[-1]["given_up"])


def test_a_leg_of_a_trip_without_events_is_known_from_no_day(story: Story) -> None:
    """A leg without an event is known by its trip's events; where there are none, from no day."""
    flight = of(edited(story, "events", trip="background"))["legs"][-1]
    assert (None, None) == (flight["known"], flight["given_up"])


@pytest.mark.parametrize(
    ("part", "whole", "then"), [("visit", "departure", {"parts": []}), ("departure", "visit", {"part_of": None})]
)
def test_what_was_not_known_yet_is_no_relation(
    story_with: StoryWith, part: str, whole: str, then: dict[str, Any]
) -> None:
    """On 12 September nobody knew of the visit: the departure was no part of it, nor it a part of the departure."""
    departure = by_id(of(story_with(events=[{"event_id": part, "part_of": whole}])))["departure"]
    first, last = departure["editions"]
    assert then.items() <= first.items()
    assert not then.keys() & last.keys()


def test_an_edition_counts_its_articles(shipped_scenes: dict[str, Any]) -> None:
    """Of five articles one more is out with each edition."""
    titles = [edition["title"].partition(", ")[2] for edition in shipped_scenes["en"]["editions"]]
    assert ["from 1 article of 5", *(f"from {n} articles of 5" for n in range(2, 6))] == titles


def test_a_disagreement_is_told_in_full(story: Story) -> None:
    """A question with its versions: who says what since when, what is drawn, and why."""
    known = milliseconds("2023-09-12T00:00+00:00")
    assert [
        {
            "id": "day",
            "question": "Which day?",
            "events": ["departure", "forecast"],
            "versions": [
                {"says": "On Monday.", "claim": "c-000-02-1", "known": known, "drawn": True, "why": "It was there."},
                {"says": "On Wednesday.", "claim": "c-000-03-1", "known": known, "drawn": False, "why": "A forecast."},
            ],
        }
    ] == of(story)["disagreements"]


def test_versions_come_in_the_order_of_their_articles(story_with: StoryWith) -> None:
    """By day of publication, then article, then paragraph."""
    version = {"disagreement_id": "day", "says_en": "?", "says_fr": "?", "drawn": "false", "why_en": "?", "why_fr": "?"}
    versions = [
        {"version_id": "day-3", "claim_id": "c-001-04-1"} | version,
        {"version_id": "day-4", "claim_id": "c-001-02-1"} | version,
        {"version_id": "day-5", "claim_id": "c-000-01-1"} | version,
    ]
    of_one_day = ["c-000-01-1", "c-000-02-1", "c-000-03-1", "c-001-02-1", "c-001-04-1"]
    for day in ("2023-09-12", "2023-09-14"):
        told = of(story_with(versions=versions, sources=[{"source_id": "s000", "published": day}]))
        assert of_one_day == [found["claim"] for found in told["disagreements"][0]["versions"]]
    late = of(story_with(versions=versions, sources=[{"source_id": "s000", "published": "2023-09-15"}]))
    assert of_one_day[3:] + of_one_day[:3] == [found["claim"] for found in late["disagreements"][0]["versions"]]
    assert ["departure", "forecast", "plan", "visit", "war"] == late["disagreements"][0]["events"]


def test_a_figure_is_checked_in_the_open(story: Story) -> None:
    """The arithmetic of a stated distance: the unit, the great circle, the line."""
    assert [
        {
            "claim": "c-000-02-1",
            "lines": [
                "70 mi × 1.609344 = 113 km",
                "great circle Alpha – Beta: 138 km; the figure is off by -18.5 %",
                "along the line as drawn, which is shorter than the railway: 144 km, 1.04 times as far",
            ],
        }
    ] == of(story)["figures"]


def test_a_figure_without_a_line_is_checked_by_the_great_circle(story_with: StoryWith) -> None:
    """Where no track is named, two lines of arithmetic are all there is."""
    (figure,) = of(story_with(figures=[{"figure_id": "far", "track_id": ""}]))["figures"]
    assert 2 == len(figure["lines"])


# -- the tiny story: chapters, view, opening --------------------------------------------------------------------------

BACK = {
    "trip": "back",
    "title_en": "The way back",
    "title_fr": "Le retour",
    "start": "2024-06-18",
    "end": "2024-06-19",
    "timezone": "Asia/Seoul",
}


def two_trips(story_with: StoryWith) -> Story:
    """A second trip, with an event between the two and one after both."""
    background = {"trip": "background", "status": "happened", "kind": "statement", "title_en": "?", "title_fr": "?"}
    claim = {"source_id": "s001", "stance": "predicts", "when_basis": "none", "paragraph": "7"}
    return story_with(
        dateline={"trips": [*DATELINE["trips"], BACK]},
        events=[
            {"event_id": "meanwhile", "when": "2024-01-10"} | background,
            {"event_id": "later", "when": "2025-03"} | background,
            {"event_id": "homecoming", "when": "2024-06-18"} | background | {"trip": "back"},
        ],
        claims=[
            {"claim_id": f"c-001-07-{number}", "event_id": event} | claim
            for number, event in enumerate(("meanwhile", "later", "homecoming"), start=1)
        ],
    )


def test_chapters_have_captions(story_with: StoryWith) -> None:
    """Trips are called by their titles and days, what lies around them by what it is and its years or length."""
    story = two_trips(story_with)
    names = ("id", "trip", "title", "short_title", "hint", "zone")
    shrunk = "time drawn shorter here"
    between = "Between the journeys"
    assert [
        ("before-19500101", "background", "What came before", "1950–2023", f"What came before: {shrunk}", "UTC"),
        ("tour", "tour", "The tour", "10–16 Sept 2023", "The tour: hour by hour", "Asia/Vladivostok"),
        ("between-20230916", "background", between, "9 months", f"{between}: {shrunk}", "UTC"),
        ("back", "back", "The way back", "18–19 Jun 2024", "The way back: hour by hour", "Asia/Seoul"),
        ("after-20240619", "background", "What came after", "2024–2025", f"What came after: {shrunk}", "UTC"),
    ] == [tuple(chapter[name] for name in names) for chapter in of(story)["chapters"]]
    french = of(story, "fr")["chapters"]
    assert ["La tournée", "Le retour"] == [chapter["title"] for chapter in french if chapter["trip"] != "background"]
    assert "10–16 sept. 2023" == french[1]["short_title"]
    assert ("Entre les voyages", "9\u00a0mois") == (french[2]["title"], french[2]["short_title"])


def test_what_lies_between_trips_lasts_a_day_at_least(story_with: StoryWith) -> None:
    """The days of two trips on far clocks leave hours between them, told as a day."""
    next_day = BACK | {"start": "2023-09-17", "end": "2023-09-18", "timezone": "America/New_York"}
    story = story_with(
        dateline={"trips": [*DATELINE["trips"], next_day]},
        events=[{"event_id": "plan", "trip": "background", "when": "2023-09-16T20:00+00:00"}],
    )
    assert "1 day" == next(found for found in of(story)["chapters"] if found["id"].startswith("between"))["short_title"]


def test_chapters_begin_and_end_on_their_own_clocks(story_with: StoryWith) -> None:
    """A trip runs from its first midnight to the one after its last day, on its clock; chapters in between touch."""
    chapters = of(two_trips(story_with))["chapters"]
    ends = [(milliseconds(start), milliseconds(end)) for start, end in (
        ("1950-01-01T00:00+00:00", "2023-09-10T00:00+10:00"),
        ("2023-09-10T00:00+10:00", "2023-09-17T00:00+10:00"),
        ("2023-09-17T00:00+10:00", "2024-06-18T00:00+09:00"),
        ("2024-06-18T00:00+09:00", "2024-06-20T00:00+09:00"),
        ("2024-06-20T00:00+09:00", "2026-01-01T00:00+00:00"),
    )]  # fmt: skip
    assert ends == [(chapter["start"], chapter["end"]) for chapter in chapters]
    assert chapters[1]["share"] > chapters[3]["share"] > chapters[0]["share"] == chapters[2]["share"]


def test_an_event_is_in_the_chapter_it_falls_in(story_with: StoryWith) -> None:
    """By its moment, and not by its trip."""
    chapters = {event["id"]: event["chapter"] for event in of(two_trips(story_with))["events"]}
    assert {
        "war": "before-19500101",
        "visit": "tour",
        "meanwhile": "between-20230916",
        "homecoming": "back",
        "later": "after-20240619",
    }.items() <= chapters.items()


def test_a_chapter_begins_with_its_first_moment(story_with: StoryWith) -> None:
    """What is filed under the very midnight on which a trip begins is of the trip."""
    lasting = {"event_id": "visit", "place_id": "alpha", "when": "2023-09-10T00:00+10:00/.."}
    told = of(story_with(events=[lasting]))
    visit = by_id(told)["visit"]
    assert told["chapters"][1]["start"] == visit["anchor"]
    assert "tour" == visit["chapter"]


def bounds_of(story: Story) -> Any:
    return next(chapter["bounds"] for chapter in of(story)["chapters"] if chapter["trip"] == "tour")


def test_the_map_fits_a_trips_lines(story: Story) -> None:
    """South-west and north-east of all its lines, with a margin of 0.4°."""
    assert [[pytest.approx(41.6), pytest.approx(129.6)], [pytest.approx(44.4), pytest.approx(132.4)]] == bounds_of(
        story
    )


FAR = {"place_id": "far", "name_en": "Far", "name_fr": "Loin", "kind": "settlement", "country": "RU", "lat": "50.0"}
FAR |= {"lon": "140.0", "geo_precision": "settlement", "timezone": "Asia/Vladivostok", "geocoder": "geonames"}
FOUND = {"place_id": "far", "decision": "chosen", "provider": "geonames", "provider_ref": "50", "name": "Far"}
FOUND |= {"toponym": "Far", "kind": "settlement", "country": "RU", "lat": "50.0", "lon": "140.0", "reasons": "name"}
FOUND |= {"decided_by": "geonames", "decided_on": "2026-11-20"}


@pytest.mark.parametrize(
    ("event", "precision", "is_in_view"),
    [
        ({"kind": "travel"}, "settlement", True),
        ({"kind": "ceremony"}, "settlement", True),
        ({"kind": "summit"}, "settlement", True),
        ({"kind": "display"}, "site", True),
        ({"kind": "statement"}, "settlement", False),
        ({"kind": "visit", "trip": "background"}, "settlement", False),
        ({"kind": "summit"}, "region", False),
        ({"kind": "summit"}, "country", False),
    ],
)
def test_the_map_fits_a_trips_places(
    story_with: StoryWith, event: dict[str, str], precision: str, is_in_view: bool
) -> None:
    """Places of what the travellers did widen the view; commentary, background and what has no point do not."""
    story = story_with(
        places=[FAR | {"geo_precision": precision}],
        geocodes=[FOUND],
        events=[{"event_id": "visit", "place_id": "far", "place_basis": "inferred"} | event],
    )
    _, (north, east) = bounds_of(story)
    assert [north, east] == pytest.approx([50.4, 140.4] if is_in_view else [44.4, 132.4])


@pytest.mark.parametrize(("points", "margin"), [(19, 0.4), (20, 0)])
def test_a_long_line_is_its_own_margin(story_with: StoryWith, points: int, margin: float) -> None:
    """A line drawn with many points fills the view: it needs no margin around it."""
    story = story_with(
        without=[*("second", "onward", "flight"), *("forecast", "c-000-03-1"), *("day", "day-1", "day-2")],
        tracks=[
            {"track_id": "alpha-beta", "seq": str(seq), "kind": "waypoint", "ref": "manual"}
            | {"lat": str(42 + seq / points), "lon": str(130 + seq / points)}
            for seq in range(4, points)
        ]
        # The departure's place counts, too.
        + [{"track_id": "alpha-beta", "seq": str(points), "name": "Beta", "lat": "43.0", "lon": "131.0"}
           | {"kind": "station", "ref": "geonames:2"}],
        events=[{"event_id": "departure", "kind": "statement"}],
    )  # fmt: skip
    line = of(story)["legs"][0]["line"]
    assert points == len(line)
    (south, west), (north, east) = bounds_of(story)
    lats, lons = zip(*line, strict=True)
    assert (min(lats) - margin, min(lons) - margin) == (pytest.approx(south), pytest.approx(west))
    assert (max(lats) + margin, max(lons) + margin) == (pytest.approx(north), pytest.approx(east))


def test_a_trip_of_nothing_to_see_has_no_view(story_with: StoryWith) -> None:
    """Without a line and without a place of its own a trip leaves the map as it is."""
    everywhere = ["first", "second", "onward", "flight"]
    story = story_with(
        without=everywhere,
        events=[{"event_id": event, "kind": "statement"} for event in ("departure", "visit", "forecast")],
    )
    assert bounds_of(story) is None


def test_the_story_opens_on_its_first_trip_that_happened(story_with: StoryWith) -> None:
    """What came before the first trip is not the beginning; a trip of which nothing happened is passed over."""
    assert "departure" == of(two_trips(story_with))["opening"]
    events = [{"event_id": event, "status": "planned"} for event in ("departure", "visit")]
    assert of(story_with(events=events))["opening"] is None


# -- the tiny story: legs and trains ----------------------------------------------------------------------------------


def test_a_leg_begins_by_the_clock_it_departs_by(story_with: StoryWith) -> None:
    """A day of departure begins at midnight where the leg starts, a day of arrival where it ends."""
    gone, come = {"depart": "2023-09-14", "arrive": ""}, {"depart": "", "arrive": "2023-09-14"}
    nine, ten = milliseconds("2023-09-14T00:00+09:00"), milliseconds("2023-09-14T00:00+10:00")
    for days, expected in ((gone, nine), (come, ten)):
        assert expected == of(story_with(legs=[{"leg_id": "onward"} | days]))["legs"][2]["start"]


def test_a_leg_to_somewhere_unnamed_keeps_the_storys_clock(story_with: StoryWith) -> None:
    """A leg whose start is not told, but whose line is, begins by the story's own clock."""
    onward = {"leg_id": "onward", "from_place": "", "depart": "2023-09-14"}
    assert milliseconds("2023-09-14T00:00+00:00") == of(story_with(legs=[onward]))["legs"][2]["start"]


def test_a_leg_is_told_in_full(story: Story) -> None:
    """What a leg is, since when it is drawn, where it runs, and which kilometres of the train's line it is."""
    first = of(story)["legs"][0]
    assert {
        "id": "first",
        "trip": "tour",
        "only_then": False,
        "known": milliseconds("2023-09-12T00:00+00:00"),
        "given_up": None,
        "evidence": "stated",
        "start": milliseconds("2023-09-11T06:00+10:00"),
        "line": [[42.0, 130.0], [42.4, 130.7], [43.0, 131.0]],
        "from_km": 0,
        "to_km": pytest.approx(143.9, abs=0.1),
        "note": "",
    } == first


def test_a_leg_of_a_forecast_was_real_only_then(story_with: StoryWith) -> None:
    """A leg of an event that hindsight sets aside is marked, and no other is."""
    legs = of(story_with(legs=[{"leg_id": "flight", "event_id": "forecast"}]))["legs"]
    assert [False, False, False, True] == [leg["only_then"] for leg in legs]


def test_a_leg_of_what_was_given_up_at_once_was_never_known(story_with: StoryWith) -> None:
    """Where one article tells both the forecast and what replaced it, no reader knew its leg."""
    sources = [{"source_id": "s001", "published": "2023-09-12"}]
    leg = of(story_with(sources=sources, legs=[{"leg_id": "flight", "event_id": "forecast"}]))["legs"][-1]
    assert (None, milliseconds("2023-09-12T00:00+00:00")) == (leg["known"], leg["given_up"])


def test_a_leg_of_a_trip_without_events_is_never_known(story_with: StoryWith) -> None:
    """Nobody has told readers of it: it is drawn in hindsight alone."""
    story = story_with(dateline={"trips": [*DATELINE["trips"], BACK]}, legs=[{"leg_id": "flight", "trip": "back"}])
    leg = of(story)["legs"][-1]
    assert ("back", None, None) == (leg["trip"], leg["known"], leg["given_up"])


def test_a_leg_without_a_start_on_the_map_leaves_the_others(story_with: StoryWith) -> None:
    """Of four legs one has no line; the three after and before it stay."""
    legs = of(story_with(legs=[{"leg_id": "first", "from_place": "", "track_id": "", "rail_km": ""}]))["legs"]
    assert ["second", "onward", "flight"] == [leg["id"] for leg in legs]


def test_a_train_is_told_in_full(story: Story) -> None:
    """Its line by kilometres, its halts by name and clock, and from when until when it is followed."""
    (train,) = of(story)["trains"]
    assert "tour" == train["trip"]
    assert [[42.0, 130.0], [42.4, 130.7], [43.0, 131.0], [43.0, 131.0], [44.0, 131.0]] == train["lat_lon"]
    assert [0, 72.822, 143.901, 143.901, 255.096] == train["km"]
    assert [("Alpha", "Asia/Vladivostok"), ("Beta", "Asia/Vladivostok"), ("Gamma-on-Sea", "Asia/Yakutsk")] == [
        (stop["name"], stop["zone"]) for stop in train["stops"]
    ]
    assert [0, pytest.approx(143.901, abs=1e-3), pytest.approx(255.096, abs=1e-3)] == [
        stop["km"] for stop in train["stops"]
    ]
    assert train["version"] is None
    assert milliseconds("2023-09-11T06:00+10:00") == train["from"] == train["greatest"][0][0]
    assert milliseconds("2023-09-12T12:00+10:00") == train["least"][0][0]
    assert milliseconds("2023-09-11T09:00+10:00") == train["steady"][0][0]
    assert milliseconds("2023-09-14T00:00+09:00") == train["until"]
    assert [
        {"leg": "first", "start": milliseconds("2023-09-11T06:00+10:00")},
        {"leg": "second", "start": milliseconds("2023-09-12T15:00+10:00")},
        {"leg": "onward", "start": milliseconds("2023-09-14T00:00+09:00")},
    ] == train["legs"]


def test_a_trains_line_is_told_to_the_metre(story_with: StoryWith) -> None:
    """Five decimals of a degree: more would only make the payload longer."""
    waypoint = {"track_id": "alpha-beta", "seq": "2", "lat": "42.4000049", "lon": "130.7000051"}
    (train,) = of(story_with(tracks=[waypoint]))["trains"]
    assert [42.4, 130.70001] == train["lat_lon"][1]


@pytest.fixture(params=["America/New_York", "Pacific/Auckland"])
def elsewhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The server's own clock is that of New York, then of Auckland."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system cannot change the clock of a running program")
def test_the_servers_clock_is_of_no_matter(shipped_story: Story, shipped_scenes: dict[str, Any]) -> None:
    """A story is told alike wherever the server stands."""
    assert shipped_scenes["en"] == of(shipped_story)


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
    """Neither time nor kilometres ever go back; what can be comes first, and what must be last."""
    assert told["trains"]
    for train in told["trains"]:
        assert sorted(train["km"]) == train["km"]
        assert len(train["km"]) == len(train["lat_lon"])
        for name in ("least", "steady", "greatest"):
            times, km = zip(*train[name], strict=True)
            assert (sorted(times), sorted(km)) == (list(times), list(km))
        greatest, steady, least = ([at for at, _ in train[name]] for name in ("greatest", "steady", "least"))
        assert all(first <= middle <= last for first, middle, last in zip(greatest, steady, least, strict=True))
        assert train["from"] == greatest[0]
        assert least[-1] <= train["until"]
        assert sorted(stop["km"] for stop in train["stops"]) == [stop["km"] for stop in train["stops"]]


def test_the_train_is_the_itinerarys(told: Any, shipped_story: Story) -> None:
    """Line and end of knowledge are those that Python computes, to a metre and a millisecond."""
    for train in told["trains"]:
        found = itinerary(shipped_story, train["trip"], train["version"] or "")
        assert found is not None
        assert found.km == pytest.approx(train["km"], abs=1e-3)
        assert found.lat_lon.tolist() == [pytest.approx(point, abs=1e-5) for point in train["lat_lon"]]
        assert found.known_until == datetime.fromtimestamp(train["until"] / 1000, UTC)


def test_a_train_is_on_one_leg_after_the_other(told: Any) -> None:
    """What the card says of the leg is of the one the train is on, and of the plan once no report is left."""
    runs = told["trains"][0]["legs"]
    moments = {
        "2023-09-11T12:00+09:00": "train-pyongyang-khasan",
        "2023-09-12T18:00+10:00": "train-khasan-vostochny",
        "2023-09-13T12:00+09:00": "train-khasan-vostochny",
        "2023-09-15T11:00+10:00": "train-vostochny-komsomolsk",
        "2023-09-15T18:00+10:00": "train-komsomolsk-vladivostok",
    }
    assert moments == {
        at: next(run["leg"] for run in reversed(runs) if run["start"] <= milliseconds(at)) for at in moments
    }


def test_the_train_of_a_version_set_aside(told: Any) -> None:
    """The version that has the train leave on Monday has a train of its own, whose leg neither clock draws."""
    own, monday = told["trains"]
    assert (None, "departure-monday") == (own["version"], monday["version"])
    assert milliseconds("2023-09-11T00:00+09:00") == monday["from"]
    assert ["train-pyongyang-khasan-monday", *(run["leg"] for run in own["legs"][1:])] == [
        run["leg"] for run in monday["legs"]
    ]
    leg = next(leg for leg in told["legs"] if leg["id"] == "train-pyongyang-khasan-monday")
    assert (True, None, None) == (leg["only_then"], leg["known"], leg["given_up"])
    assert leg["note"]


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


def test_what_the_map_is_drawn_from_is_named(shipped_story: Story, shipped_scenes: dict[str, Any]) -> None:
    """The sources of the basemap are named, and names on the map come with the scene."""
    named = {"Natural Earth · GeoNames CC BY 4.0 · Leaflet · © OpenStreetMap contributors"}
    assert named == {told["attribution"] for told in shipped_scenes.values()}
    for code, told in shipped_scenes.items():
        assert labels(shipped_story, Editions(shipped_story), Language(code)) == told["labels"]


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


@pytest.mark.parametrize(
    ("when", "means", "anchor"),
    [
        ("2023-09-12/2023-09-14", "", "2023-09-13T12:00+10:00"),
        ("2023-09-12/2023-09-14", "within", "2023-09-13T12:00+10:00"),
        ("2023-09-12/2023-09-14", "throughout", "2023-09-12T00:00+10:00"),
        ("2023-08-01/2023-09-14", "within", "2023-08-01T00:00+10:00"),
        ("2023-09-12/..", "", "2023-09-12T23:59+10:00"),
    ],
)
def test_what_fell_within_a_few_days_is_told_in_their_middle(story: Story, when: str, means: str, anchor: str) -> None:
    """At their start it may still have been ahead; what lasts is told from its start."""
    departure = by_id(of(edited(story, "events", "departure", when=when, when_means=means)))["departure"]
    assert milliseconds(anchor) == departure["anchor"]
