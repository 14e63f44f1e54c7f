"""Claims: that their dates, stances, origins and versions are such as an article can give."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from geo.story import rules
from geo.story.cells import Rows, available_zones
from geo.story.checks.links import circle_faults
from geo.story.faults import Fault
from geo.story.format import Claim, Disagreement, Event, Origin, Place, Source, Version
from geo.story.when import When

_LAST_CLOCK: Final = timezone(timedelta(hours=-12))  # where each day ends last


def _dates(rows: Rows) -> Iterator[Fault]:
    """Claims that report what begins only after their source was published.

    A calendar date is compared with the day of publication as both are written. A time is late only once that day
    has ended everywhere on earth, for what zone an article is dated in is not known.
    """
    places = {event.event_id: event.place_id for event in rows[Event].values()}
    zones = {place.place_id: place.timezone for place in rows[Place].values()}
    published = {source.source_id: source.published for source in rows[Source].values()}
    for number, claim in rows[Claim].items():
        day = published.get(claim.source_id)
        if claim.stance != "reports" or claim.when is None or day is None:
            continue
        name = zones.get(places.get(claim.event_id, ""), "")
        zone = ZoneInfo(name) if name in available_zones() else UTC
        if _begins_after(claim.when, zone, day):
            yield rules.REPORTED_BEFORE.fault(
                "claims", number, "when", claim.when.text, source=claim.source_id, published=day
            )


def _begins_after(when: When, zone: tzinfo, published: date) -> bool:
    clock = _LAST_CLOCK if "T" in when.text.partition("/")[0] else zone
    return when.start.astimezone(clock).date() > published


def _cells(rows: Rows) -> Iterator[Fault]:
    for number, claim in rows[Claim].items():
        if claim.when_basis == "rule" and not claim.when_as_written:
            yield rules.RULE_WORDS.fault("claims", number, "when_basis", claim.when_basis)
        if claim.attributed_to and not claim.origin_id:
            yield rules.ATTRIBUTED_ORIGIN.fault("claims", number, "origin_id", attributed_to=claim.attributed_to)
        if claim.origin_id and not claim.attributed_to:
            yield rules.ORIGIN_ATTRIBUTED.fault("claims", number, "attributed_to", origin=claim.origin_id)


def _contradictions(rows: Rows) -> Iterator[Fault]:
    """Claims that deny what their paragraph reports, or report what it denies."""
    first: dict[tuple[str, int, str], tuple[int, str]] = {}
    for number, claim in rows[Claim].items():
        if claim.stance in ("reports", "denies"):
            paragraph = (claim.source_id, claim.paragraph, claim.event_id)
            before, stance = first.setdefault(paragraph, (number, claim.stance))
            if stance != claim.stance:
                yield rules.STANCES_AGREE.fault("claims", number, "stance", claim.stance, first=before, stance=stance)


def _origins(rows: Rows) -> Iterator[Fault]:
    yield from circle_faults(rows, Origin, "root")


def _lone_versions(rows: Rows) -> Iterator[Fault]:
    counts = Counter(version.disagreement_id for version in rows[Version].values())
    # A question without versions is told of itself, one with a single version of that version.
    tables: tuple[tuple[str, Mapping[int, Disagreement | Version], int], ...] = (
        ("disagreements", rows[Disagreement], 0),
        ("versions", rows[Version], 1),
    )
    for table, of_table, lone in tables:
        for number, row in of_table.items():
            question = row.disagreement_id
            if question and counts[question] == lone:
                yield rules.VERSIONS_DIFFER.fault(table, number, "disagreement_id", question, disagreement=question)


CHECKS: Final = (
    ({"events", "claims", "places", "sources"}, _dates),
    ({"claims"}, _cells),
    ({"claims"}, _contradictions),
    ({"origins"}, _origins),
    ({"disagreements", "versions"}, _lone_versions),
)
