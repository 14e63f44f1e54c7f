"""What an event's date rests on."""

from collections.abc import Collection

from geo.story import Story
from geo.story.format import Claim, Event


def is_undated(story: Story, event: Event, claims: Collection[Claim]) -> bool:
    """Whether no claim's words date an event: its days are only those on which articles told of it.

    These are one such day, marked as approximate, or the time from the first to the last of them.
    """
    if any(claim.when and claim.when_basis != "publication" for claim in claims):
        return False
    when, days = event.when, {story.published(claim).isoformat() for claim in claims}
    if when.precision == "day":
        return when.approximate and when.text.rstrip("~%") in days
    return len(days) > 1 and when.text == f"{min(days)}/{max(days)}"
