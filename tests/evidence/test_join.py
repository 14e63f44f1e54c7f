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
    assert [claim.claim_id for claim in story.claims] == list(joined["claim_id"])
    row = joined.iloc[1]
    assert ("departure", "c-000-02-1", "s000", "Alpha") == tuple(row[["event_id", "claim_id", "source_id", "name_en"]])
    assert ("2023-09-11T06:00+10:00", "2023-09-11") == (row["when"], row["claim_when"])
    assert ("travel", "station") == (row["kind"], row["place_kind"])
    assert (2, 42.0) == (row["paragraph"], row["lat"])


def test_no_place(story: Story) -> None:
    """An event without a place is kept; its place's names are empty and its coordinates are missing."""
    row = join(story).iloc[0]
    assert ("plan", "", "") == (row["event_id"], row["name_en"], row["place_kind"])
    assert pd.isna(row["lat"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(keep=st.sets(st.integers(0, 5)), drop=st.sets(st.integers(0, 4)))
def test_nothing_is_lost(story: Story, keep: set[int], drop: set[int]) -> None:
    """Whatever claims and places there are, each event is in the rows, with each of its claims or without any."""
    claims = tuple(story.claims[at] for at in sorted(keep))
    places = tuple(place for at, place in enumerate(story.places) if at not in drop)
    rows = join(replace(story, claims=claims, places=places))
    assert {event.event_id for event in story.events} == set(rows["event_id"])
    assert {claim.claim_id for claim in claims} == set(rows["claim_id"]) - {""}
    unclaimed = {event.event_id for event in story.events} - {claim.event_id for claim in claims}
    assert len(claims) + len(unclaimed) == len(rows)
    assert rows.loc[rows["event_id"].isin(unclaimed), "paragraph"].isna().all()
