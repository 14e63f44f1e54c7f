"""Events joined with their claims, places and sources, and everything that did not match beside it."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.story.record import Story

_NUMBERS: Final = ("lat", "lon", "paragraph")


@dataclass(frozen=True, eq=False)
class Joined:
    """The join and its remainder.

    ``rows``: one row a claim, and one for each event without a claim, with the columns of events, claims,
    sources and places; a column whose name an earlier table of these has too is prefixed ``claim_``,
    ``source_`` or ``place_``. Text that is missing is "", a missing ``lat``, ``lon`` or ``paragraph`` is NA.

    ``unmatched``: the columns table, id, column, value; one row for each event without claim, claim whose
    event or source is unknown, event whose place is unknown, source that no claim cites, place of no event.
    """

    rows: pd.DataFrame
    unmatched: pd.DataFrame


def join(story: Story) -> Joined:
    """Join events ⨝ claims ⨝ sources ⨝ places, in the order of events and claims. Nothing is lost unseen."""
    rows = story.events
    rows = _joined(rows, story.claims, "event_id", "claim_")
    rows = _joined(rows, story.sources, "source_id", "source_")
    rows = _joined(rows, story.places, "place_id", "place_")
    rows["paragraph"] = rows["paragraph"].astype("Int64")
    texts = {str(column): "" for column in rows if column not in _NUMBERS}
    return Joined(rows.fillna(texts), _unmatched(story))


def _joined(rows: pd.DataFrame, table: pd.DataFrame, key: str, prefix: str) -> pd.DataFrame:
    clashing = [column for column in table if column in rows and column != key]
    renamed = table.rename(columns={column: f"{prefix}{column}" for column in clashing})
    return rows.merge(renamed, how="left", on=key)


def _unmatched(story: Story) -> pd.DataFrame:
    events, claims = story.events, story.claims
    placed = events[events["place_id"] != ""]
    remainders = (
        _without("events", events, "event_id", claims["event_id"]),
        _without("events", placed, "place_id", story.places["place_id"]),
        _without("claims", claims, "event_id", events["event_id"]),
        _without("claims", claims, "source_id", story.sources["source_id"]),
        _without("sources", story.sources, "source_id", claims["source_id"]),
        _without("places", story.places, "place_id", events["place_id"]),
    )
    return pd.concat(remainders, ignore_index=True)


def _without(name: str, table: pd.DataFrame, column: str, known: pd.Series) -> pd.DataFrame:
    """The rows of a table whose value of a column is not among the known ones."""
    rest = table[~table[column].isin(known)]
    ids = rest.iloc[:, 0]
    return pd.DataFrame({"table": name, "id": ids, "column": column, "value": rest[column]}, dtype=str)
