"""What the player receives: a story in one language, ready to be drawn; `geo.map.payload` declares it."""

from collections.abc import Sequence
from typing import Any, Final, cast

from geo.evidence.editions import Editions
from geo.evidence.stated_distances import KM_A_UNIT, Check, checks
from geo.journey.chapters import chapters
from geo.journey.itinerary import itineraries
from geo.map import payload
from geo.map.areas import areas
from geo.map.axis import chapter_at, chapter_payload
from geo.map.events import event_payloads, midnight, noon
from geo.map.labels import labels
from geo.map.route import leg_payloads, lines, train_payload
from geo.story import Story
from geo.story.faults import N_
from geo.story.format import Disagreement, Version
from geo.views.disagreements import VERDICT
from geo.wording import vocabulary
from geo.wording.language import Language

_WORDS: Final = {
    "time": N_("Time"),
    "map": N_("Map of the journey"),
    "event": N_("The event at this moment"),
    "chapters": N_("Chapters"),
    "play": N_("Play"),
    "pause": N_("Pause"),
    "previous": N_("Previous moment"),
    "next": N_("Next moment"),
    "key_moments": N_("Key moments"),
    "key_moment": N_("{number}. {title}, {when}"),
    "every_event": N_("All {n} events"),
    "options": N_("Options"),
    "pace": N_("Reading pace"),
    "pace_slow": N_("slow"),
    "pace_steady": N_("steady"),
    "pace_quick": N_("quick"),
    "later": N_("{duration} later"),
    "time_more": N_("Show this time closer"),
    "time_less": N_("Show more time"),
    "introduction": N_("Introduction"),
    "follow": N_("Follow the story ({minutes} min)"),
    "what_was_known": N_("What readers knew at the time"),
    "see_differences": N_("See where they differ"),
    "see_question": N_("The whole question, and what would settle it"),
    "who_says": N_("Who says so"),
    "they_disagree": N_("They disagree"),
    "more": N_("More at this moment"),
    "how_we_know": N_("How we know"),
    "fullscreen": N_("Full screen"),
    "legend": N_("Key"),
    "summit_site": N_("Where the two leaders met"),
    "train_band": N_("The train can have been anywhere on this stretch; the engine is where a steady pace puts it"),
    "train_at": N_("The train: {place}"),
    "train_between": N_("The train: anywhere between {from} and {to}."),
    "train_steady": N_("At a steady pace: some {km} km of travel from {origin} as drawn; the railway is longer."),
    "train_set_aside": N_("This version was set aside. {train}"),
    "train_unknown": N_("No article follows the train beyond this point."),
    "when": N_("When"),
    "your_time": N_("Your time ({zone})"),
    "where": N_("Where"),
    "who": N_("Who"),
    "no_place": N_("No place is given"),
    "no_match": N_("No event matches. Take away a filter or a search word."),
    "no_event": N_("Nothing has been reported yet at this moment."),
    "also_here": N_("Also here"),
    "clock": N_("Show"),
    "clock_happened": N_("what happened"),
    "clock_news": N_("what was known that day"),
    "unpublished": N_("No article has been published yet at this moment."),
    "checked": N_("A figure, checked"),
    "how_known": N_("How we know the date and the place"),
    "same_time": N_("At the same time"),
    "told_same_day": N_("Told the same day"),
    "train": N_("The train"),
    "zoom_in": N_("Zoom in"),
    "zoom_out": N_("Zoom out"),
    "zoom_hint": N_("{key} + wheel zooms the map"),
    "touch_hint": N_("Two fingers move the map"),
    "open_whole": N_("Open in Dateline"),
    "pending": N_("More is planned here"),
    "vague": N_("Somewhere in a region or a country: no exact point"),
    "key_mark": N_("Key moment, in the order of the story"),
    "ahead": N_("Still to come"),
    "earlier_summit": N_("An earlier meeting, with its year"),
    "no_point": N_("{place}: no exact point"),
    "far": N_("{place}, {km} km"),
    "show_far": N_("{place}, {km} km away: show it on the map"),
    "home": N_("The whole journey"),
    "marks": N_("The marks on the map, from west to east"),
    "mark": N_("{title} ({when})"),
    "fulfils": N_("Announced as"),
    "fulfilled_by": N_("What came of it"),
    "replaced_by": N_("Replaced by"),
    "replaces": N_("Instead of"),
    "part_of": N_("Part of"),
    "parts": N_("In detail"),
    "graph": N_("Graph"),
    "graph_train": N_("The journey as a graph"),
    "graph_train_hint": N_(
        "Kilometres of travel upwards, time to the right. Shaded: where the train can have been by its reports, with a "
        "dashed edge where the stretch is inferred. Line: a steady pace, which is a guess. Dots: what is reported at "
        "a stop."
    ),
    "graph_aside_hint": N_("Dotted: a version that was set aside."),
    "graph_places": N_("What happened where, and when"),
    "graph_places_hint": N_(
        "A row for each place, a dot for each event, a number where several are too close to be told apart. A bar is "
        "as long as the event lasted, or as its time is uncertain."
    ),
    "graph_news": N_("What was told of which place, and when"),
    "graph_news_hint": N_(
        "A row for each place, by the day on which an article first told of it; a number where there are several "
        "events."
    ),
    "graph_dots": N_("Events in the graph; arrow keys go from one to the next"),
    "graph_several": N_("{n} events: {titles}"),
    "graph_tell": N_("Point at a dot to read what it stands for; click to go there."),
    "graph_table": N_("As a table"),
    "graph_table_train": N_("As a table, and how long and how fast"),
    "graph_stop": N_("Stop"),
    "graph_arrived": N_("Arrived"),
    "graph_left": N_("Departed"),
    "graph_seen": N_("Reported here"),
    "graph_event": N_("Event"),
    "graph_status": N_("Status"),
    "graph_more": N_("Further places, in the table alone: {n}."),
    "graph_no_place": N_("Events without a place: {n}."),
    "graph_pace": N_("How long, how fast"),
    "graph_pace_note": N_(
        "Average speeds, halts included, along the line as drawn. The railway is longer, so the train was faster than "
        "these figures, by as much as it is longer."
    ),
    "graph_aside": N_("Set aside: {title}"),
}
_VERDICT_WORDS: Final = {
    "drawn": VERDICT["drawn"],
    "set_aside": VERDICT["aside"],
    "not_settled": VERDICT["open"],
}
_LEG_WORDS: Final = {f"leg_{code}": message for code, message in vocabulary.EVIDENCE.items()}
_ATTRIBUTION: Final = "Natural Earth · GeoNames CC BY 4.0 · Leaflet"


def scene(story: Story, language: Language) -> payload.Scene:
    """All that the player needs to draw `story` for any moment, in `language`."""
    trains = itineraries(story)
    editions = Editions(story)
    axis = chapters(story.trips, [*(event.anchor for event in story.events), *map(noon, editions.days)])
    line_of = lines(story)
    events = event_payloads(story, editions, language)
    for event in events:
        event["chapter"] = chapter_at(event["anchor"], axis)
    return payload.Scene(
        language=language.code,
        title=language.of(story, "title"),
        intro=language.typeset(language.of(story, "intro")),
        told_by=_told_by(story, language),
        is_disputed=bool(story.disagreements),
        attribution=_attribution(story),
        words=cast(
            payload.Words,
            {name: language.text(message) for name, message in (_WORDS | _VERDICT_WORDS | _LEG_WORDS).items()},
        ),
        statuses=cast(Any, {code: language.text(word) for code, word in vocabulary.STATUS.items()}),
        chapters=[chapter_payload(story, chapter, line_of, language) for chapter in axis],
        events=cast(list[payload.Event], events),
        editions=_editions(story, editions, language),
        disagreements=[_disagreement(story, question, language) for question in story.disagreements],
        figures=[_figure(story, check, language) for check in checks(story)],
        opening=_opening(story, events),
        legs=leg_payloads(story, editions, trains, language),
        trains=[train_payload(story, train, trains, language) for train in trains],
        labels=labels(story, editions, language),
        areas=areas(story),
    )


def _attribution(story: Story) -> str:
    """Whose work the map is; a story that took points from OpenStreetMap names its contributors (ODbL)."""
    from_osm = any(waypoint.ref.startswith("osm:") for waypoint in story.tracks)
    from_osm = from_osm or any(place.geocoder == "nominatim" for place in story.places)
    return f"{_ATTRIBUTION} · © OpenStreetMap contributors" if from_osm else _ATTRIBUTION


def _told_by(story: Story, language: Language) -> str:
    """How many articles tell the story, and on how many questions they differ."""
    articles = language.count("{n} article tells it.", "{n} articles tell it.", len(story.sources))
    if not story.disagreements:
        return articles
    differ = language.count(
        "On {n} question they do not agree.", "On {n} questions they do not agree.", len(story.disagreements)
    )
    return f"{articles} {differ}"


def _editions(story: Story, editions: Editions, language: Language) -> list[payload.Edition]:
    known = 0
    found = []
    for day in editions.days:
        known += sum(source.published == day for source in story.sources)
        title = language.count(
            "As known on {day}, from {n} article of {total}",
            "As known on {day}, from {n} articles of {total}",
            known,
            day=language.day(day),
            total=len(story.sources),
        )
        found.append(cast(payload.Edition, {"from": midnight(day), "title": title}))
    return found


def _figure(story: Story, check: Check, language: Language) -> payload.Figure:
    """The arithmetic of a checked figure, with the claim that states it."""
    number = language.number
    off = round(100 * check.difference, 1)
    verdict = (
        language.text("the figure is off by {share} %", share=number(off, 1)) if off else language.text("it matches")
    )
    ends = (story.place_by_id[place] for place in (check.from_place, check.to_place))
    lines = [
        f"{number(check.value)} {check.unit} × {number(KM_A_UNIT[check.unit], 6)} = {number(check.stated_km)} km",
        language.text(
            "great circle {between}: {km} km; {verdict}",
            between=" – ".join(language.of(place, "name") for place in ends),
            km=number(check.great_circle_km),
            verdict=verdict,
        ),
    ]
    if check.track_km is not None:
        lines.append(
            language.text(
                "along the line as drawn, which is shorter than the railway: {km} km, {ratio} times as far",
                km=number(check.track_km),
                ratio=number(check.track_km / check.great_circle_km, 2),
            )
        )
    return payload.Figure(claim=check.claim_id, lines=[language.typeset(line) for line in lines])


def _disagreement(story: Story, question: Disagreement, language: Language) -> payload.Disagreement:
    """A question with its versions in order of publication, and the ids of the events it bears on."""
    versions = {row.claim_id: row for row in story.versions if row.disagreement_id == question.disagreement_id}
    claims = story.in_order_of_publication(story.claim_by_id[claim_id] for claim_id in versions)
    return payload.Disagreement(
        id=question.disagreement_id,
        question=language.typeset(language.of(question, "question")),
        events=sorted({claim.event_id for claim in claims}),
        versions=[_version(versions[claim.claim_id], midnight(story.published(claim)), language) for claim in claims],
    )


def _version(version: Version, known: int, language: Language) -> payload.Version:
    return payload.Version(
        says=language.typeset(language.of(version, "says")),
        claim=version.claim_id,
        known=known,
        drawn=version.drawn,
        why=language.typeset(language.of(version, "why")),
    )


def _opening(story: Story, events: Sequence[dict[str, Any]]) -> str | None:
    """The event a first-time reader sees: the first that happened on the first trip."""
    for trip in story.trips:
        for event in events:
            if event["trip"] == trip.trip and event["status"] == "happened":
                return str(event["id"])
    return None
