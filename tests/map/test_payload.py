"""What Python tells the player is what is declared, and the player's types are those declarations."""

from typing import Any, get_type_hints

import pytest
from pydantic import ConfigDict, TypeAdapter, ValidationError

from geo.map import payload
from geo.map.basemap import basemap
from geo.map.scene import scene
from geo.story import Story
from geo.wording.language import LANGUAGES, Language
from scripts import payload_types

# Nothing that is not declared; 1.0 is no text, "1" no number.
STRICT = ConfigDict(extra="forbid", strict=True)
SCENE = TypeAdapter(list[payload.Scene], config=STRICT)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_shipped_story_is_told_as_declared(shipped_story: Story, code: str) -> None:
    """Every key and every type of the payload is declared, and nothing declared is missing."""
    SCENE.validate_python([scene(shipped_story, Language(code))])


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_tiny_story_is_told_as_declared(story: Story, code: str) -> None:
    """A story of two articles, with a train, an aeroplane and what no source dates, is told as declared."""
    SCENE.validate_python([scene(story, Language(code))])


def test_the_basemap_is_told_as_declared() -> None:
    """Each layer is polygons or lines of whole numbers."""
    TypeAdapter(list[payload.BasemapLayer], config=STRICT).validate_python(basemap())


@pytest.mark.parametrize("event", [{"color": "red"}, {"start": "2023"}, {"status": "rumoured"}])
def test_what_is_not_declared_is_refused(story: Story, event: dict[str, Any]) -> None:
    """An undeclared key, a text for a number and an unknown code deep inside a payload are each found."""
    told: Any = scene(story, Language("en"))
    told["events"][0].update(event)
    with pytest.raises(ValidationError):
        SCENE.validate_python([told])


def test_an_edition_revises_fields_of_events() -> None:
    """What an edition tells otherwise has the name and the type that it has in an event, but for what claims tell."""
    hints: dict[str, Any] = get_type_hints(payload.EventEdition)
    own = [hints.pop(name) for name in ("from", "claims", "noted", "placings")]
    assert [int, int, bool, list[str | None]] == own
    assert hints.items() <= get_type_hints(payload.Event).items()


def test_the_players_types_are_current() -> None:
    """The checked-in types are what the script makes: run `python -m scripts.payload_types` after a change."""
    assert payload_types.declarations() == payload_types.TARGET.read_text("utf-8")
