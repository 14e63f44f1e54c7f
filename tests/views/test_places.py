"""geo.views.places: what is told of each place."""

import pytest

from geo.geocoding.decisions import spellings
from geo.story import Story
from geo.views.places import elsewhere, register
from geo.wording.language import LANGUAGES, Language


def test_every_place_is_told_in_both_languages(shipped_story: Story) -> None:
    """Each with its point, the reason for it, and what its name alone leads to."""
    english, french = (register(shipped_story, Language(code)) for code in LANGUAGES)
    assert [place.place_id for place in shipped_story.places] == [entry.place_id for entry in english]
    for one, other in zip(english, french, strict=True):
        assert one.why != other.why
        assert all(one.why)
        assert all(other.why)
        assert one.naive_text != other.naive_text
        assert (one.lat, one.lon, one.event_ids) == (other.lat, other.lon, other.event_ids)


def test_a_naive_look_up_is_told(shipped_story: Story) -> None:
    """Khassan leads to Iran; Vladivostok to itself; a station's name nowhere."""
    told = {entry.place_id: entry for entry in register(shipped_story, Language("en"))}
    assert "“Khassan” leads to Ḩasan Nūrān (Iran), 7,012 km away" == told["khasan"].naive_text
    assert told["vladivostok"].naive_is_right
    assert told["komsomolsk-station"].naive_text.endswith("finds nothing")
    assert ["IR", "IN"] == [row.country for row, _ in elsewhere(shipped_story, "khasan")]


def test_reasons_are_words(story: Story) -> None:
    """A candidate's reasons name the story's place in the reader's language; a person's note stands alone."""
    told = {entry.place_id: entry for entry in register(story, Language("fr"))}
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
    assert len(hostile_story.places) == len(register(hostile_story, Language(code)))
