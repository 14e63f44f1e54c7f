"""A story as one table: events joined with their claims, sources and places."""

from typing import Final

import pandas as pd

from geo.story import Story

_NUMBERS: Final = ("lat", "lon", "paragraph")


def join(story: Story) -> pd.DataFrame:
    """Join events ⨝ claims ⨝ sources ⨝ places, in the order of events and claims.

    One row a claim, with the columns of the four tables; a column whose name an earlier table of these has too is
    prefixed ``claim_``, ``source_`` or ``place_``. Text that is missing is "", a missing ``lat``, ``lon`` or
    ``paragraph`` is NA: an event may have no place, and, of an edition, no claim yet.
    """
    rows = story.frame("events")
    rows = _joined(rows, story.frame("claims"), "event_id", "claim_")
    rows = _joined(rows, story.frame("sources"), "source_id", "source_")
    rows = _joined(rows, story.frame("places"), "place_id", "place_")
    rows["paragraph"] = rows["paragraph"].astype("Int64")
    texts = {str(column): "" for column in rows if column not in _NUMBERS}
    return rows.fillna(texts)


def _joined(rows: pd.DataFrame, table: pd.DataFrame, key: str, prefix: str) -> pd.DataFrame:
    clashing = [column for column in table if column in rows and column != key]
    renamed = table.rename(columns={column: f"{prefix}{column}" for column in clashing})
    return rows.merge(renamed, how="left", on=key)
