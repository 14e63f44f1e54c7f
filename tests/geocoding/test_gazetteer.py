"""From a toponym to a place."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.geocoding.gazetteer import Gazetteer
from geo.story import Story
from geo.story.names import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Komsomolsk-sur-l’Amour", "KOMSOMOLSK SUR L'AMOUR"),
        ("P’yŏngyang", "pyongyang"),
        ("Vostotchny", "  vostotchny "),
        ("Corée du Nord", "coree  du nord"),
        ("Comsomolʹsk", "comsomolsk"),
        ("Straße", "STRASSE"),
        ("평양", unicodedata.normalize("NFD", "평양")),
        ("Хаса́н", "хасан"),
    ],
)
def test_same_name(one: str, other: str) -> None:
    """Accents, case, apostrophes, hyphens and spaces make no other name."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("か", "が"), ("Khasan", "Kazan"), ("평양", "평안")])
def test_other_name(one: str, other: str) -> None:
    """What changes the letter makes another name."""
    assert fold(one) != fold(other)


@given(st.text())
def test_fold_once(name: str) -> None:
    """Folding a folded name changes nothing."""
    assert fold(name) == fold(fold(name))


@given(st.text(st.characters(max_codepoint=127)))
def test_fold_ascii(name: str) -> None:
    """The short way for ASCII comes to what the long way does."""
    assert fold(f"{name} é") == f"{fold(name)} e".strip()


@pytest.mark.parametrize(
    ("toponym", "place_id"),
    [
        ("alfa", "alpha"),
        ("Альфа", "alpha"),
        ("BETA", "beta"),
        ("gamma sur l'eau", "gamma"),
        ("Gamma on Sea", "gamma"),
        ("Atlantis", None),
        ("", None),
        ("-", None),
    ],
)
def test_find(story: Story, toponym: str, place_id: str | None) -> None:
    """A place is found by its names and its toponyms, and nothing else is."""
    assert place_id == Gazetteer(story).find(toponym)


def test_place(story: Story) -> None:
    """A place is its row."""
    assert "Bêta" == Gazetteer(story).place("beta").name_fr
    with pytest.raises(KeyError):
        Gazetteer(story).place("atlantis")
