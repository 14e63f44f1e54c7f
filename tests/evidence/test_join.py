"""The join of events, claims, sources and places."""

from dataclasses import replace

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.evidence.join import join
from geo.story import Story


def test_rows(story: Story) -> None:
    """A row tells the event, the claim, its source and the place, clashing names prefixed."""
    joined = join(story)
    assert list(story.claims["claim_id"]) == list(joined.rows["claim_id"])
    row = joined.rows.iloc[1]
    assert ("departure", "c-000-02-1", "s000", "Alpha") == tuple(row[["event_id", "claim_id", "source_id", "name_en"]])
    assert ("2023-09-11T06:00+10:00", "2023-09-11") == (row["when"], row["claim_when"])
    assert ("travel", "station") == (row["kind"], row["place_kind"])
    assert (2, 42.0) == (row["paragraph"], row["lat"])


def test_no_place(story: Story) -> None:
    """An event without a place is kept; its place's names are empty and its coordinates are missing."""
    row = join(story).rows.iloc[0]
    assert ("plan", "", "") == (row["event_id"], row["name_en"], row["place_kind"])
    assert pd.isna(row["lat"])


def test_unmatched(story: Story) -> None:
    """What did not match is told with its table, id, column and value."""
    claims = story.claims.copy()
    claims.loc[0, "event_id"] = "nothing"
    claims.loc[1, "source_id"] = "s999"
    events = story.events.copy()
    events.loc[1, "place_id"] = "atlantis"
    joined = join(replace(story, claims=claims, events=events))
    assert [
        ("events", "plan", "event_id", "plan"),
        ("events", "departure", "place_id", "atlantis"),
        ("claims", "c-000-01-1", "event_id", "nothing"),
        ("claims", "c-000-02-1", "source_id", "s999"),
        ("places", "alpha", "place_id", "alpha"),
        ("places", "delta", "place_id", "delta"),
    ] == list(joined.unmatched.itertuples(index=False, name=None))
    assert "plan" in set(joined.rows["event_id"])
    unclaimed = joined.rows[joined.rows["event_id"] == "plan"]
    assert unclaimed["paragraph"].isna().all()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(keep=st.sets(st.integers(0, 5)), drop=st.sets(st.integers(0, 4)))
def test_nothing_is_lost(story: Story, keep: set[int], drop: set[int]) -> None:
    """Whatever claims and places there are, each event and claim is in the rows or among the unmatched."""
    claims = story.claims.loc[sorted(keep)].reset_index(drop=True)
    joined = join(replace(story, claims=claims, places=story.places.drop(index=sorted(drop))))
    found = set(joined.rows["claim_id"]) - {""}
    unmatched = set(joined.unmatched["id"])
    assert set(story.events["event_id"]) == set(joined.rows["event_id"])
    assert set(claims["claim_id"]) == found
    assert len(found) + len(set(story.events["event_id"]) - set(claims["event_id"])) == len(joined.rows)
    assert set(story.events["event_id"]) - set(claims["event_id"]) <= unmatched
