"""The time axis as the player draws it: chapters with their words, clocks and views."""

from collections.abc import Mapping, Sequence
from datetime import timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_interval, format_timedelta

from geo.journey.chapters import Chapter
from geo.map import payload
from geo.map.events import milliseconds
from geo.map.route import Line, bounds
from geo.story import Story
from geo.story.faults import N_
from geo.wording.language import Language

CHAPTER_TITLES: Final = {
    "before": N_("What came before"),
    "between": N_("Between the journeys"),
    "after": N_("What came after"),
}


def chapter_payload(story: Story, chapter: Chapter, line_of: Mapping[str, Line], language: Language) -> payload.Chapter:
    """A chapter; `line_of` are the lines of the legs by id."""
    trip = chapter.trip
    title, note = _words(chapter, language)
    zone = trip.timezone if trip else story.timezone
    return payload.Chapter(
        id=_id(chapter),
        trip=trip.trip if trip else "background",
        title=title,
        short_title=_span_text(chapter, ZoneInfo(zone), language),
        hint=language.text("{chapter}: {note}", chapter=title, note=note),
        zone=zone,
        start=milliseconds(chapter.start),
        end=milliseconds(chapter.end),
        share=chapter.share,
        bounds=bounds(story, trip.trip, line_of) if trip else None,
    )


def chapter_at(anchor: int, axis: Sequence[Chapter]) -> str:
    """The id of the chapter that a moment (Unix milliseconds) falls in; in a gap, the one before it."""
    begun = [chapter for chapter in axis if milliseconds(chapter.start) <= anchor]
    return _id(begun[-1] if begun else axis[0])


def _id(chapter: Chapter) -> str:
    """A trip's id, or for background its place among the trips and its start, which tell chapters apart."""
    return chapter.trip.trip if chapter.trip else f"{chapter.position}-{chapter.start:%Y%m%d}"


def _words(chapter: Chapter, language: Language) -> tuple[str, str]:
    if chapter.trip:
        return language.of(chapter.trip, "title"), language.text("hour by hour")
    return language.text(CHAPTER_TITLES[chapter.position]), language.text("time drawn shorter here")


def _span_text(chapter: Chapter, zone: tzinfo, language: Language) -> str:
    start, end = chapter.start.astimezone(zone), chapter.end.astimezone(zone)
    last = end - timedelta(microseconds=1)
    if chapter.position == "between":
        return str(format_timedelta(end - start, granularity="day", locale=language.locale))
    skeleton = "yMMMd" if chapter.trip else "y"
    return str(format_interval(start.date(), last.date(), skeleton, locale=language.locale))
