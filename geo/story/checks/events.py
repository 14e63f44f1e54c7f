"""Events: their trips, places, links, and that each rests on a claim."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from geo.story import rules
from geo.story.cells import Rows
from geo.story.checks.links import circle_faults
from geo.story.faults import Fault
from geo.story.format import BACKGROUND, Claim, Event, Leg

# As many as are read in a quarter of a minute.
MOST_CAPTION_WORDS: Final = 40


def check_trips(rows: Rows, trips: Sequence[str]) -> Iterator[Fault]:
    """Events and legs of trips that the story does not have."""
    tables: tuple[tuple[str, Mapping[int, Event | Leg], Sequence[str]], ...] = (
        ("events", rows[Event], [*trips, BACKGROUND]),
        ("legs", rows[Leg], trips),
    )
    for table, of_table, allowed in tables:
        for number, row in of_table.items() if table in rows.whole else ():
            if row.trip and row.trip not in allowed:
                yield rules.TRIP_KNOWN.fault(table, number, "trip", row.trip, allowed=", ".join(allowed))


def _cells(rows: Rows) -> Iterator[Fault]:
    if not rows[Event]:
        yield rules.EVENTS_GIVEN.fault("events", None, None)
    for number, event in rows[Event].items():
        if event.place_id and not event.place_basis:
            yield rules.PLACE_BASIS.fault("events", number, "place_basis")
        if event.place_basis and not event.place_id:
            yield rules.BASIS_PLACE.fault("events", number, "place_basis", event.place_basis)
        if event.status == "superseded" and not event.replaced_by:
            yield rules.SUPERSEDED_BY.fault("events", number, "replaced_by")
        if bool(event.title_then_en) != bool(event.title_then_fr):
            empty = "title_then_fr" if event.title_then_en else "title_then_en"
            yield rules.TITLES_THEN.fault("events", number, empty)
        if bool(event.label_en) != bool(event.label_fr):
            yield rules.LABELS.fault("events", number, "label_fr" if event.label_en else "label_en")


def _key_moments(rows: Rows) -> Iterator[Fault]:
    numbered = [(number, event, event.key_moment) for number, event in rows[Event].items() if event.key_moment]
    seen: set[int] = set()
    latest: Event | None = None
    for number, event, moment in sorted(numbered, key=lambda row: row[2]):
        if moment in seen:
            yield rules.KEY_ONCE.fault("events", number, "key_moment", str(moment))
        elif latest and event.anchor < latest.anchor:
            yield rules.KEY_ORDER.fault("events", number, "key_moment", str(moment), other=latest.event_id)
        else:
            latest = event
        seen.add(moment)
        for column in ("summary_en", "summary_fr"):
            words = getattr(event, column).split()
            if len(words) > MOST_CAPTION_WORDS:
                yield rules.CAPTION_LENGTH.fault(
                    "events", number, column, str(len(words)), most=str(MOST_CAPTION_WORDS)
                )


def _claimed(rows: Rows) -> Iterator[Fault]:
    claimed = {claim.event_id for claim in rows[Claim].values()}
    for number, event in rows[Event].items():
        if event.event_id and event.event_id not in claimed:
            yield rules.EVENT_CLAIMED.fault("events", number, "event_id", event.event_id)


def _circles(rows: Rows) -> Iterator[Fault]:
    yield from circle_faults(rows, Event, "part_of", "fulfils", "replaced_by")


CHECKS: Final = (
    ({"events"}, _cells),
    ({"events"}, _key_moments),
    ({"events", "claims"}, _claimed),
    ({"events"}, _circles),
)
