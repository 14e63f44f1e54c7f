"""How many articles carry an event, and on how many independent origins they rest."""

from collections.abc import Iterable
from typing import NamedTuple

from geo.story import Story
from geo.story.format import Claim


class Corroboration(NamedTuple):
    """How many articles carry an event, and, as a lower bound, how many independent origins it has."""

    articles: int
    origins: int


def corroboration(story: Story, claims: Iterable[Claim]) -> Corroboration:
    """Count the articles and, as a lower bound, the independent origins of the claims of one event.

    Denials are left out, as they corroborate nothing; what is only denied is counted by its denials. An origin counts
    as the one it repeats or speaks for (``root``). What an article says in its own words is its wire agency's, or its
    own where it has none, and adds an origin only where no article of that wire attributes the event to anybody.
    """
    voices = [_voice(story, claim) for claim in claims]
    counted = [voice for voice in voices if not voice.denies] or voices
    attributing = {voice.own for voice in counted if voice.root}
    own_words = {voice.own for voice in counted} - attributing
    roots = {voice.root for voice in counted if voice.root}
    return Corroboration(len({voice.source for voice in counted}), len(roots) + len(own_words))


class _Voice(NamedTuple):
    """Who speaks in a claim: the article, its wire or itself, and the root of the origin it names, if any."""

    source: str
    own: str
    root: str
    denies: bool


def _voice(story: Story, claim: Claim) -> _Voice:
    own = story.source_by_id[claim.source_id].wire or f"article {claim.source_id}"
    root = root_of(story, claim.origin_id) if claim.origin_id else ""
    return _Voice(claim.source_id, own, root, claim.stance == "denies")


def root_of(story: Story, origin_id: str) -> str:
    """The origin that an origin comes down to: itself if it repeats or speaks for no other."""
    while above := story.origin_by_id[origin_id].root:
        origin_id = above
    return origin_id
