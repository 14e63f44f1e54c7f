"""The record: a story's tables as typed rows, read, checked and refused with all its faults at once."""

from geo.story.faults import Fault
from geo.story.loading import StoryError, load_story, validate
from geo.story.record import Story, Trip

__all__ = ["Fault", "Story", "StoryError", "Trip", "load_story", "validate"]
