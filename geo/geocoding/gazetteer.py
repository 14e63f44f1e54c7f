"""The gazetteer of one story: from a toponym, in any of its spellings, to a place."""

from typing import Protocol

import pandas as pd

from geo.story.names import fold


class Named(Protocol):
    """What a gazetteer needs of a story."""

    @property
    def places(self) -> pd.DataFrame:
        """The table of places."""

    @property
    def toponyms(self) -> pd.DataFrame:
        """The table of their names."""


class Gazetteer:
    """The places of a story by id and by name."""

    def __init__(self, story: Named) -> None:
        """Learn the names of the places of a story, then its toponyms, which win over a name they share."""
        self._places = {place["place_id"]: place for _, place in story.places.iterrows()}
        self._by_name: dict[str, str] = {}
        for column in ("name_local", "name_fr", "name_en"):
            self._learn(story.places[column], story.places["place_id"])
        self._learn(story.toponyms["toponym"], story.toponyms["place_id"])

    def _learn(self, names: pd.Series, place_ids: pd.Series) -> None:
        pairs = zip(names, place_ids, strict=True)
        self._by_name |= {fold(name): place_id for name, place_id in pairs if fold(name)}

    def find(self, toponym: str) -> str | None:
        """The id of the place of that name, in any language or spelling of the story; None if unknown."""
        return self._by_name.get(fold(toponym))

    def place(self, place_id: str) -> pd.Series:
        """The row of a place. Raises KeyError where the story has no such place."""
        return self._places[place_id]
