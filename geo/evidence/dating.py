"""What an event's date rests on."""

from collections.abc import Collection

from geo.story import Story
from geo.story.format import Claim, Event


def is_undated(story: Story, event: Event, claims: Collection[Claim]) -> bool:
    """Whether no claim's words date an event: its day, marked as approximate, is only that of an article."""
    if event.when.precision != "day" or not event.when.approximate:
        return False
    if any(claim.when and claim.when_basis != "publication" for claim in claims):
        return False
    return event.when.text.rstrip("~%") in {story.published(claim).isoformat() for claim in claims}
