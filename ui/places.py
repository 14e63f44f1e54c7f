"""The register of the places: each with its spellings, its point, why it is there, and what else was possible."""

from collections.abc import Mapping, Sequence

import streamlit as st

from geo.story import Story
from geo.views.places import PlaceView, place_views
from geo.views.selection import Selection, selected
from geo.wording.language import Language
from ui import locator, markup, stories

_DECIMALS = 4

# Id, short date and title of an event.
_Line = tuple[str, str, str]


def place_list(story: Story, language: Language, selection: Selection, chosen: str | None) -> None:
    """List every place; of the events there, those that pass the filters. Mark the place of the `chosen` event."""
    entries = _register(story, language)
    locator.style()
    markup.render("places_intro.html", lines=_lines(entries, language))
    with st.container(key="reading"):
        with st.container(key="beside"):
            contents = [(entry.place_id, entry.name) for entry in entries]
            markup.render("places_contents.html", label=language.text("Places"), contents=contents)
        with st.container(key="list"):
            _show(story, entries, language, selection, chosen)


def _show(
    story: Story, entries: Sequence[PlaceView], language: Language, selection: Selection, chosen: str | None
) -> None:
    passing = set(selected(story, selection))
    events = stories.scene_of(story, language.code)["events"]
    lines = {
        event["id"]: (event["id"], event["short_when"], event["title"]) for event in events if event["id"] in passing
    }
    here = next((entry.place_id for entry in entries if chosen in entry.event_ids), None)
    markup.render(
        "places.html",
        places=[_place(entry, lines, language) for entry in entries],
        here=here,
        here_text=language.text("the chosen event is here"),
        words=_words(language),
        lang=language.code,
        colon=language.text(":"),
    )


@stories.kept
def _register(story: Story, language: Language) -> list[PlaceView]:
    return place_views(story, language)


def _lines(entries: Sequence[PlaceView], language: Language) -> list[str]:
    text = language.text
    by_hand = sum(entry.by_hand for entry in entries)
    unnamed = sum(not entry.is_named for entry in entries)
    astray = sum(not entry.naive_is_right for entry in entries)
    return [
        text("How each place of the story became a point on the map, and what else its name could have meant."),
        text(
            "{n} places: {found} found in GeoNames in the light of all the others, {by_hand} set by hand. Looked up by "
            "name alone, {astray} of them would have landed elsewhere, or nowhere.",
            n=len(entries),
            found=len(entries) - by_hand,
            by_hand=by_hand,
            astray=astray,
        ),
        *(
            [
                language.count(
                    "Of these, {n} is named by no claim and has no event.",
                    "Of these, {n} are named by no claim and have no event.",
                    unnamed,
                )
            ]
            if unnamed
            else []
        ),
    ]


def _words(language: Language) -> dict[str, str]:
    text = language.text
    return {
        "spellings": text("Spellings"),
        "point": text("Point"),
        "provider": text("Coordinates from"),
        "decided": text("Chosen"),
        "by_hand": text("by hand"),
        "automatic": text("by the look-up"),
        "why": text("Reasons"),
        "note": text("Note"),
        "naive": text("Name alone finds"),
        "rejected": text("Rejected"),
        "events": text("Events here"),
        "map": text("Map of the place and of what was rejected"),
    }


def _place(entry: PlaceView, lines: Mapping[str, _Line], language: Language) -> dict[str, object]:
    """A place; `lines` are the events that pass the filters, by id."""
    cut = locator.locator([(entry.lat, entry.lon), *((other.lat, other.lon) for other in entry.rejected)])
    rejected = [
        language.text(
            "{name} ({country}, {kind}), {km} km away: {reason}",
            name=other.name,
            country=other.country,
            kind=other.kind_text,
            km=language.number(other.km),
            reason=other.reason_text,
        )
        for other in entry.rejected
    ]
    return {
        "entry": entry,
        "point": _point(entry, language),
        "cut": cut,
        "rejected": list(zip(cut.points[1:], rejected, strict=True)),
        "events": [lines[event_id] for event_id in entry.event_ids if event_id in lines],
    }


def _point(entry: PlaceView, language: Language) -> str:
    """Latitude and longitude with their hemispheres: 42.4286° N, 130.6456° E."""
    north, east = entry.lat >= 0, entry.lon >= 0
    return language.text(
        "{lat}° {north}, {lon}° {east} ({precision})",
        lat=language.number(abs(entry.lat), _DECIMALS),
        north=language.text("N") if north else language.text("S"),
        lon=language.number(abs(entry.lon), _DECIMALS),
        east=language.text("E") if east else language.text("W"),
        precision=entry.precision_text,
    )
