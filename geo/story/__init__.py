"""The record: a story's tables as typed rows, read, checked and refused with all its faults at once."""

from geo.story.record import COLUMNS, Fault, Story, StoryError, Trip, load_story, validate

__all__ = ["COLUMNS", "Fault", "Story", "StoryError", "Trip", "load_story", "validate"]
