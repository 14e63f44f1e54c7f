"""The gazetteer of one story: from a toponym, in any of its spellings, to a place."""

from collections.abc import Iterable
from typing import Protocol

from geo.story.format import Place, Toponym
from geo.story.names import fold


class Named(Protocol):
    """What a gazetteer needs of a story."""

    @property
    def places(self) -> Iterable[Place]:
        """The places."""

    @property
    def toponyms(self) -> Iterable[Toponym]:
        """Their names."""


class Gazetteer:
    """The places of a story by id and by name."""

    def __init__(self, story: Named) -> None:
        """Learn the names of the places of a story, then its toponyms, which win over a name they share."""
        self._places = {place.place_id: place for place in story.places}
        self._by_name: dict[str, str] = {}
        for column in ("name_local", "name_fr", "name_en"):
            self._learn((getattr(place, column), place.place_id) for place in self._places.values())
        self._learn((toponym.toponym, toponym.place_id) for toponym in story.toponyms)

    def _learn(self, names: Iterable[tuple[str, str]]) -> None:
        self._by_name |= {folded: place_id for name, place_id in names if (folded := fold(name))}

    def find(self, toponym: str) -> str | None:
        """The id of the place of that name, in any language or spelling of the story; None if unknown."""
        return self._by_name.get(fold(toponym))

    def place(self, place_id: str) -> Place:
        """A place. Raises KeyError where the story has no such place."""
        return self._places[place_id]
