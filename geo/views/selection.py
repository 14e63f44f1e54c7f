"""What the reader chose to see: the filters, and which events pass them."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Final

import pandas as pd

from geo.story.names import fold
from geo.story.record import Story
from geo.story.when import parse_when
from geo.wording.language import LANGUAGES, Language
from geo.wording.vocabulary import KIND, STATUS

FILTERS: Final = ("trip", "kind", "status", "source")


@dataclass(frozen=True)
class Selection:
    """The chosen values of each filter (empty: all pass) and the words searched for."""

    trip: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    search: str = ""

    @property
    def is_all(self) -> bool:
        """Whether nothing is filtered out."""
        return not any(getattr(self, field.name) for field in fields(self))


def values(story: Story, name: str) -> list[str]:
    """The values of filter `name` (one of `FILTERS`) that the story uses, in order of first use."""
    if name == "source":
        return list(story.sources["source_id"])
    return list(dict.fromkeys(story.events[name]))


def selected(story: Story, selection: Selection) -> list[str]:
    """The ids of the events that pass every filter, in the order of the table."""
    events = story.events
    keep = pd.Series(True, index=events.index)
    for name in ("trip", "kind", "status"):
        if chosen := getattr(selection, name):
            keep &= events[name].isin(chosen)
    if selection.source:
        claimed = story.claims.loc[story.claims["source_id"].isin(selection.source), "event_id"]
        keep &= events["event_id"].isin(set(claimed))
    if words := fold(selection.search).split():
        keep &= _texts(story).map(lambda text: all(word in text for word in words))
    return list(events.loc[keep, "event_id"])


def _texts(story: Story) -> pd.Series:
    """All that is written of each event, folded, in every language and with its places' spellings."""
    events = story.events
    names = story.places.set_index("place_id")[["name_en", "name_fr", "name_local"]].agg(" ".join, axis=1)
    spellings = story.toponyms.groupby("place_id")["toponym"].agg(" ".join)
    columns = ["title_en", "title_fr", "summary_en", "summary_fr", "actors"]
    outlets = story.claims["source_id"].map(story.sources.set_index("source_id")["outlet"])
    published = outlets.groupby(story.claims["event_id"]).agg(" ".join)
    written: Iterable[pd.Series] = (
        events[columns].agg(" ".join, axis=1),
        events["event_id"].map(published).fillna(""),
        _in_words(story),
        events["place_id"].map(names).fillna(""),
        events["place_id"].map(spellings).fillna(""),
    )
    joined = pd.Series("", index=events.index)
    for column in written:
        joined = joined + " " + column
    return joined.map(fold)


def _in_words(story: Story) -> pd.Series:
    """Kind, status and date of each event as readers see them, in every language."""
    rows = list(story.events.to_dict("records"))
    told = pd.Series("", index=story.events.index)
    for language in map(Language, LANGUAGES):
        told += [
            " ".join(
                (
                    "",
                    language.text(KIND[row["kind"]]),
                    language.text(STATUS[row["status"]]),
                    language.when(parse_when(row["when"], zone := story.zone(row["place_id"])), zone),
                )
            )
            for row in rows
        ]
    return told
