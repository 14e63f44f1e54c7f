"""geo.views.places: what is told of each place."""

from dataclasses import asdict

import pytest

from geo.geocoding.decisions import spellings
from geo.story import Story
from geo.views.places import PlaceView, elsewhere, place_views
from geo.wording.language import LANGUAGES, Language
from tests.support.stories import StoryWith


def test_every_place_is_told_in_both_languages(shipped_story: Story) -> None:
    """Each with its point, the reason for it, and what its name alone leads to."""
    english, french = (place_views(shipped_story, Language(code)) for code in LANGUAGES)
    assert [place.place_id for place in shipped_story.places] == [entry.place_id for entry in english]
    for one, other in zip(english, french, strict=True):
        assert one.why != other.why
        assert all(one.why)
        assert all(other.why)
        assert one.naive_text != other.naive_text
        assert (one.lat, one.lon, one.event_ids) == (other.lat, other.lon, other.event_ids)


def test_a_naive_look_up_is_told(shipped_story: Story) -> None:
    """Khassan leads to Iran; Vladivostok to itself; a station's name nowhere."""
    told = {entry.place_id: entry for entry in place_views(shipped_story, Language("en"))}
    assert "“Khassan” leads to Ḩasan Nūrān (Iran), 7,012 km away" == told["khasan"].naive_text
    assert told["vladivostok"].naive_is_right
    assert told["komsomolsk-station"].naive_text.endswith("finds nothing")
    assert ["IR", "IN"] == [row.country for row, _ in elsewhere(shipped_story, "khasan")]


def test_reasons_are_words(story: Story) -> None:
    """A candidate's reasons name the story's place in the reader's language; a person's note stands alone."""
    told = {entry.place_id: entry for entry in place_views(story, Language("fr"))}
    assert ("porte ce nom", "est proche de Delta") == told["beta"].why
    assert ("Au milieu",) == told["country"].why
    assert told["country"].by_hand
    (rejected,) = told["alpha"].rejected
    assert ("Alfa", "Russie", "pas la sorte de lieu dont il s’agit") == (
        rejected.name, rejected.country, rejected.reason_text,
    )  # fmt: skip


def test_the_first_spelling_is_the_articles_own(story: Story) -> None:
    """The one that the claims use most; the French name of a place that none of them names."""
    tables = (story.places, story.toponyms, story.claims)
    names = spellings(*([row.cells() for row in table] for table in tables))
    assert "Alfa" == names["alpha"][0]
    assert "Bêta" == names["beta"][0]


@pytest.mark.parametrize("code", LANGUAGES)
def test_hostile_names_stay_text(hostile_story: Story, code: str) -> None:
    """Whatever the tables hold is told as it stands."""
    assert len(hostile_story.places) == len(place_views(hostile_story, Language(code)))


def entries(story: Story, code: str = "en") -> dict[str, PlaceView]:
    return {entry.place_id: entry for entry in place_views(story, Language(code))}


def other(**columns: str) -> dict[str, str]:
    """A row of a candidate for Beta that was not chosen."""
    row = {"place_id": "beta", "toponym": "Beta", "decision": "rejected", "provider": "geonames", "kind": "settlement"}
    row |= {"provider_ref": "70", "name": "Beta", "country": "FR", "lat": "48.0", "lon": "2.0", "reasons": "name"}
    return row | {"decided_by": "geonames", "decided_on": "2026-11-20"} | columns


def test_an_entry_is_told_in_full(story: Story) -> None:
    """A place with its reasons, its names, and the one candidate that was rejected."""
    told = asdict(entries(story)["alpha"])
    (rejected,) = told.pop("rejected")
    assert {
        "place_id": "alpha",
        "name": "Alpha",
        "name_local": "Альфа",
        "within": "Country, Russia",
        "precision_text": "site",
        "lat": 42.0,
        "lon": 130.0,
        "spellings": (("Alfa", "fr"),),
        "provider_text": "GeoNames 1, there “Alpha”",
        "decided_text": "20 November 2026",
        "by_hand": False,
        "why": ("bears the name",),
        "note": "",
        "is_named": True,
        "naive_text": "“Alfa” leads to Alfa (Russia), 6,480 km away",
        "naive_is_right": False,
        "event_ids": ("departure",),
    } == told
    assert {
        "name": "Alfa",
        "country": "Russia",
        "kind_text": "town or city",
        "toponym": "Alfa",
        "lat": 55.0,
        "lon": 37.0,
        "km": pytest.approx(6480.1, abs=0.1),
        "reason_text": "not the kind of place that is meant",
        "by_hand": False,
    } == rejected


def test_an_entry_is_told_in_french(story: Story) -> None:
    """Names, countries and sentences are the reader's."""
    alpha, gamma = (entries(story, "fr")[place] for place in ("alpha", "gamma"))
    assert ("Gamma-sur-l’Eau", "Pays, Russie", "ville") == (gamma.name, gamma.within, gamma.precision_text)
    assert "20 novembre 2026" == alpha.decided_text
    assert "GeoNames 1, sous le nom «\u00a0Alpha\u00a0»" == alpha.provider_text
    assert "«\u00a0Alfa\u00a0» mène à Alfa (Russie), à 6\u202f480 km de là" == alpha.naive_text


def test_a_note_is_in_the_readers_language(story_with: StoryWith) -> None:
    """The French note where there is one, else the only one."""
    notes = [{"place_id": "alpha", "note": "A cape", "note_fr": "Un cap"}, {"place_id": "beta", "note": "A town"}]
    story = story_with(places=notes)
    english, french = (entries(story, code) for code in LANGUAGES)
    assert ("A cape", "A town") == (english["alpha"].note, english["beta"].note)
    assert ("Un cap", "A town") == (french["alpha"].note, french["beta"].note)


def test_a_place_that_only_shapes_the_line_is_not_named(story: Story) -> None:
    """No claim quotes Delta, and nothing happens there; Alpha is quoted, Beta and Gamma have events."""
    assert ["delta"] == [place for place, entry in entries(story).items() if not entry.is_named]


def test_reasons_take_french_names_with_their_article(story_with: StoryWith) -> None:
    """A reason that names a place has the preposition with its article."""
    story = story_with(places=[{"place_id": "delta", "name_in_sentence_fr": "le delta"}])
    assert ("porte ce nom", "est proche du delta") == entries(story, "fr")["beta"].why


def test_a_place_has_its_own_names_only(story_with: StoryWith) -> None:
    """Spellings of other places are theirs, each once, in the order of the table."""
    more = [{"toponym": "Alfa-Stadt", "lang": "de", "place_id": "alpha"}, {"toponym": "B", "place_id": "beta"}]
    told = entries(story_with(toponyms=[more[0], more[1] | {"lang": "ru"}]))
    assert (("Alfa", "fr"), ("Alfa-Stadt", "de")) == told["alpha"].spellings
    assert (("B", "ru"),) == told["beta"].spellings
    assert () == told["delta"].spellings


def test_a_place_has_its_own_events_only(story_with: StoryWith) -> None:
    """In the order of the table; a place of no event has none."""
    told = entries(story_with(events=[{"event_id": "war", "place_id": "beta"}]))
    assert [("forecast", "war"), ("visit",), ()] == [told[place].event_ids for place in ("beta", "gamma", "delta")]


def test_a_place_lies_in_all_that_holds_it(story_with: StoryWith) -> None:
    """From the nearest place to the country, which is not told twice, and not of a country."""
    assert (
        "Beta, Country, Russia"
        == entries(story_with(places=[{"place_id": "alpha", "part_of": "beta"}]))["alpha"].within
    )
    named = story_with(places=[{"place_id": "country", "name_en": "Russia", "name_fr": "Russie"}])
    assert ("Russia", "") == (entries(named)["alpha"].within, entries(named)["country"].within)
    nowhere = story_with(places=[{"place_id": "alpha", "country": ""}, {"place_id": "beta", "country": "XX"}])
    assert ("Country", "Country, XX") == (entries(nowhere)["alpha"].within, entries(nowhere)["beta"].within)
    alone = story_with(places=[{"place_id": "alpha", "part_of": ""}])
    assert "Russia" == entries(alone)["alpha"].within


@pytest.mark.parametrize(
    ("provider", "expected"),
    [
        ("manual", "entered by hand"),
        ("geonames", "GeoNames 2, there “Beta”"),
        ("nominatim", "Nominatim 2, there “Beta”"),
    ],
)
def test_where_a_point_comes_from(story_with: StoryWith, provider: str, expected: str) -> None:
    """The provider, and the number and name that the place has there."""
    row = {"place_id": "beta", "provider_ref": "2", "provider": provider}
    assert expected == entries(story_with(geocodes=[row]))["beta"].provider_text


def test_every_reason_is_told(story_with: StoryWith) -> None:
    """In their order; the naive answer is no reason; other places are named in the reader's language."""
    reasons = "name; naive; population; near:Gamma; in:Country; near:Elsewhere"
    story = story_with(geocodes=[{"place_id": "beta", "provider_ref": "2", "reasons": reasons, "population": "1200"}])
    assert (
        "bears the name",
        "has 1,200 inhabitants",
        "lies near Gamma-on-Sea",
        "lies in Country",
        "lies near Elsewhere",
    ) == entries(story)["beta"].why
    assert "est proche de Gamma-sur-l’Eau" == entries(story, "fr")["beta"].why[2]


def test_unknown_inhabitants_are_none(story_with: StoryWith) -> None:
    """A chosen candidate whose population is not known has 0."""
    row = {"place_id": "beta", "provider_ref": "2", "reasons": "population", "population": ""}
    assert ("has 0 inhabitants",) == entries(story_with(geocodes=[row]))["beta"].why


def test_what_a_person_decided_rests_on_the_note(story_with: StoryWith) -> None:
    """The note in the reader's language, typeset as it, and the sign of a hand."""
    by_hand = {"place_id": "beta", "provider_ref": "2", "decided_by": "curator"}
    story = story_with(geocodes=[by_hand | {"note_en": "Seen: there", "note_fr": "Vu : là"}])
    assert ("Seen: there",) == entries(story)["beta"].why
    assert ("Vu\u00a0: là",) == entries(story, "fr")["beta"].why
    assert (True, False) == (entries(story)["beta"].by_hand, entries(story)["gamma"].by_hand)


@pytest.mark.parametrize(
    ("reasons", "expected"),
    [
        ("name; other-country; other-kind", "in another country"),
        ("other-kind; other-country", "not the kind of place that is meant"),
        ("name; settled", "the point was set by hand"),
        ("name", "smaller, or further from the story’s other places"),
        ("", "smaller, or further from the story’s other places"),
    ],
)
def test_why_a_candidate_was_rejected(story_with: StoryWith, reasons: str, expected: str) -> None:
    """The first reason against it; a candidate that nothing speaks against was less likely."""
    (rejected,) = entries(story_with(geocodes=[other(reasons=reasons)]))["beta"].rejected
    assert (expected, False, "France", "town or city") == (
        rejected.reason_text,
        rejected.by_hand,
        rejected.country,
        rejected.kind_text,
    )


def test_a_note_stands_for_the_reason_against(story_with: StoryWith) -> None:
    """What a person rejected is told by the person's own words."""
    note = {"decided_by": "curator", "note_en": "A village", "note_fr": "Un village", "reasons": "other-kind"}
    story = story_with(geocodes=[other(**note)])
    told = [entries(story, code)["beta"].rejected[0] for code in LANGUAGES]
    assert [("A village", True), ("Un village", True)] == [(found.reason_text, found.by_hand) for found in told]


def test_the_name_alone_leads_to_its_most_populous_bearer(story_with: StoryWith) -> None:
    """To the place itself within 50 km, to another one beyond, or to nothing."""
    story = story_with(geocodes=[other(reasons="name; naive", lat="43.0", lon="131.6")])
    beta = entries(story)["beta"]
    assert ("“Bêta” finds the same place", True) == (beta.naive_text, beta.naive_is_right)
    story = story_with(geocodes=[other(reasons="naive", lat="43.0", lon="131.63", name="B")])
    beta = entries(story)["beta"]
    assert ("“Bêta” leads to B (France), 51 km away", False) == (beta.naive_text, beta.naive_is_right)
    chosen = {"place_id": "beta", "provider_ref": "2", "reasons": "naive; name"}
    beta = entries(story_with(geocodes=[chosen]))["beta"]
    assert ("“Bêta” finds the same place", True) == (beta.naive_text, beta.naive_is_right)
    beta = entries(story_with(geocodes=[other()]))["beta"]
    assert ("“Bêta” finds nothing", False) == (beta.naive_text, beta.naive_is_right)


def test_other_places_of_a_name_come_with_the_naive_first(story_with: StoryWith) -> None:
    """Those chosen and those within 50 km are the place itself; the others are told with their distance."""
    story = story_with(
        geocodes=[
            other(provider_ref="71", name="Near", lat="43.1", lon="131.1"),
            other(provider_ref="72", name="Likely"),
            other(provider_ref="73", name="Naive", reasons="name; naive", lat="0", lon="0"),
        ]
    )
    found = elsewhere(story, "beta")
    assert ["Naive", "Likely"] == [row.name for row, _ in found]
    assert [pytest.approx(13196, abs=1), pytest.approx(8732, abs=1)] == [km for _, km in found]
    assert [] == elsewhere(story, "gamma")


def test_spellings_begin_with_what_articles_write_most() -> None:
    """By how often claims use them, of equals the longer; then French, English, local, and the rest, each once."""
    place = {"place_id": "x", "name_fr": "Fr", "name_en": "En", "name_local": "Lo"}
    toponyms = [{"place_id": "x", "toponym": name} for name in ("rest", "one", "longer", "most", "En")]
    claims = [{"place_as_written": name} for name in ("most", "one", "most", "longer", "stranger")]
    assert {"x": ["most", "longer", "one", "Fr", "En", "Lo", "rest"]} == spellings([place], toponyms, claims)
    assert {"x": ["Fr", "En"]} == spellings([place | {"name_local": ""}], [], claims)
    two = spellings([place, place | {"place_id": "y"}], toponyms, [])
    assert ["Fr", "En", "Lo"] == two["y"]


def test_a_country_by_another_point_is_the_same_country(shipped_story: Story) -> None:
    """Two points for Russia or Ukraine lie far apart and mean one country: none is rejected, or led astray to."""
    for code in LANGUAGES:
        told = {place.place_id: place for place in place_views(shipped_story, Language(code))}
        for country in ("russia", "ukraine"):
            assert "country" not in {other.kind_text for other in told[country].rejected}
            assert "pays" not in {other.kind_text for other in told[country].rejected}
            assert told[country].naive_is_right
    assert "country" not in {row.kind for row, _ in elsewhere(shipped_story, "russia")}
    assert 15 == sum(not place.naive_is_right for place in place_views(shipped_story, Language("en")))


def test_a_town_of_the_same_name_far_away_is_another(story_with: StoryWith) -> None:
    """Only of areas is a point far away the same place."""
    far = {"place_id": "beta", "provider": "geonames", "provider_ref": "77", "toponym": "Beta", "decision": "rejected"}
    found = {"name": "Beta", "kind": "settlement", "country": "RU", "lat": "55.0", "lon": "37.0"}
    by = {"decided_by": "geonames", "decided_on": "2026-11-20"}
    story = story_with(geocodes=[far | found | by])
    assert ["Beta"] == [row.name for row, _ in elsewhere(story, "beta")]
