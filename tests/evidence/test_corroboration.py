from typing import Any

import pytest

from geo.evidence.corroboration import corroboration
from geo.story import Story
from tests.support.stories import StoryWith, edited


def counts(story: Story, event_id: str) -> tuple[int, ...]:
    return tuple(corroboration(story, story.claims_by_event[event_id]))


@pytest.mark.parametrize(
    ("event_id", "articles", "origins"),
    [
        ("arrival-khasan", 2, 1),
        ("summit-vostochny", 2, 1),
        ("putin-visit-planned", 2, 1),
        ("meeting-expected-far-east", 2, 3),
        ("departure-pyongyang", 1, 2),
        ("vladivostok-meeting-2019", 1, 1),
        ("white-house-urges-halt", 1, 1),
        ("us-suspects-arms-purchase", 3, 1),
        ("kim-no-foreign-travel", 4, 2),
        ("agreement-during-visit", 1, 1),
    ],
)
def test_two_papers_on_one_origin_count_as_one(
    shipped_story: Story, event_id: str, articles: int, origins: int
) -> None:
    """Articles are counted as printed, origins as they come down to who vouches for the event."""
    assert (articles, origins) == counts(shipped_story, event_id)


def test_every_event_has_an_article_and_an_origin(shipped_story: Story) -> None:
    """An event is in some of the articles; an article has at least one origin, be it itself."""
    for event in shipped_story.events:
        articles, origins = counts(shipped_story, event.event_id)
        assert 1 <= articles <= len(shipped_story.sources), event.event_id
        assert origins >= 1, event.event_id


def test_own_words_add_nothing_to_what_the_wire_attributes(story: Story) -> None:
    """The departure has an AFP article's own words and KCNA in another; once both are AFP's, it is KCNA alone."""
    assert (2, 2) == counts(story, "departure")
    assert (2, 1) == counts(edited(story, "sources", wire="AFP"), "departure")


def test_articles_of_one_wire_speak_with_one_voice(story: Story) -> None:
    """Own words of two articles are two origins, or one if they are one agency's."""
    own_words = edited(story, "claims", origin_id="", attributed_to="")
    assert (2, 2) == counts(own_words, "departure")
    assert (2, 1) == counts(edited(own_words, "sources", wire="AFP"), "departure")


def test_who_repeats_an_origin_is_that_origin(story: Story) -> None:
    """KCNA and the state it speaks for are one."""
    state = edited(story, "claims", "c-000-02-1", origin_id="state")
    assert (2, 1) == counts(edited(state, "claims", "c-001-01-1", origin_id="kcna"), "departure")


def test_who_denies_does_not_corroborate(story_with: StoryWith) -> None:
    """A denial beside two reports adds neither an article nor an origin; denials alone are counted."""
    paper = {"outlet": "A third paper", "language": "fr", "published": "2023-09-15", "published_basis": "stated"}
    denial = {"event_id": "departure", "source_id": "s002", "paragraph": "1", "stance": "denies", "when_basis": "none"}
    more: dict[str, Any] = {
        "sources": [{"source_id": "s002", "article": "002"} | paper],
        "claims": [{"claim_id": "c-002-01-1"} | denial],
    }
    assert (2, 2) == counts(story_with(**more), "departure")
    more["claims"] += [{"claim_id": claim, "stance": "denies"} for claim in ("c-000-02-1", "c-001-01-1")]
    assert (3, 3) == counts(story_with(**more), "departure")
