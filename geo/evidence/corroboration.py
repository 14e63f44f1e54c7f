"""How many articles carry an event, and on how many independent origins they rest."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

import pandas as pd

from geo.story.record import Story

_COLUMNS: Final = ["event_id", "articles", "origins"]


def corroboration(story: Story) -> pd.DataFrame:
    """Count the articles and, as a lower bound, the independent origins of each event.

    One row an event, in their order: event_id, articles, origins. Denials are left out, as they corroborate
    nothing; an event that is only denied is counted by its denials. An origin counts as the one it repeats or
    speaks for (``root``). What an article says in its own words is its wire agency's, or its own where it has none,
    and adds an origin only where no article of that wire attributes the event to anybody.
    """
    roots = _roots(story.origins)
    wires = dict(zip(story.sources["source_id"], story.sources["wire"], strict=True))
    claims: dict[str, list[_Voice]] = defaultdict(list)
    for row in story.claims.to_dict("records"):
        source = row["source_id"]
        own = wires.get(source) or f"article {source}"
        claims[row["event_id"]].append(_Voice(source, own, roots.get(row["origin_id"], ""), row["stance"] == "denies"))
    counts = [(event_id, *_count(claims[event_id])) for event_id in story.events["event_id"]]
    return pd.DataFrame(counts, columns=pd.Index(_COLUMNS))


class _Voice(NamedTuple):
    """Who speaks in a claim: the article, its wire or itself, and the root of the origin it names, if any."""

    source: str
    own: str
    root: str
    denies: bool


def _count(voices: Sequence[_Voice]) -> tuple[int, int]:
    counted = [voice for voice in voices if not voice.denies] or voices
    attributing = {voice.own for voice in counted if voice.root}
    own_words = {voice.own for voice in counted} - attributing
    roots = {voice.root for voice in counted if voice.root}
    return len({voice.source for voice in counted}), len(roots) + len(own_words)


def _roots(origins: pd.DataFrame) -> dict[str, str]:
    """Each origin with the one it comes down to: itself if it repeats or speaks for no other."""
    above = dict(zip(origins["origin_id"], origins["root"], strict=True))

    def root(origin: str) -> str:
        return root(above[origin]) if above[origin] else origin

    return {origin: root(origin) for origin in above}
