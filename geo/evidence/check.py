"""`python -m geo.evidence.check FOLDER`: what a story states that rests on nothing.

Beside the faults of the format it lists statements that no claim carries: a date finer than any claim's, a place that
no claim names, a status that no stance supports, a leg or a drawn version that nobody reports, an origin that nobody
has a claim from. Each is mended, or accepted by a row of `accepted.csv` in the story's folder, with its reason.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from geo.evidence.dating import is_undated
from geo.evidence.editions import STATUS_OF_STANCE
from geo.geocoding.gazetteer import Gazetteer
from geo.story import Story, StoryError, load_story
from geo.story.files import FileError, read_rows, read_text
from geo.story.format import Event, Place

ACCEPTED: Final = "accepted.csv"
_COLUMNS: Final = ["check", "id", "reason"]
_LARGEST_BYTES: Final = 1_000_000


class Finding(NamedTuple):
    """A statement that rests on nothing: the check that finds it, the row's table and id, what is wrong, what to do."""

    check: str
    table: str
    id: str
    what: str
    remedy: str

    def __str__(self) -> str:
        """The finding as one line."""
        return f"{self.check}: {self.table}, {self.id}: {self.what} {self.remedy}"


def findings(story: Story) -> list[Finding]:
    """All that a story states without a claim that carries it, in the order of the checks and of the tables."""
    return [*_dates(story), *_places(story), *_statuses(story), *_legs(story), *_versions(story), *_origins(story)]


def accepted(folder: Path) -> dict[tuple[str, str], str]:
    """The reasons of the findings that a story accepts, by check and id; none where it has no such file.

    Raises FileError if the file cannot be read, ValueError if it is not a table of check, id and reason.
    """
    if not (folder / ACCEPTED).exists():
        return {}
    text = read_text(folder, ACCEPTED, _LARGEST_BYTES)
    header, *rows = [row.cells for row in read_rows(text.splitlines(keepends=True))] or [[]]
    if header != _COLUMNS:
        raise ValueError(f"{ACCEPTED} must have the columns {', '.join(_COLUMNS)}; instead got {', '.join(header)!r}")
    for number, row in enumerate(rows, start=2):
        if len(row) != len(_COLUMNS) or not all(row):
            raise ValueError(f"{ACCEPTED}, row {number}: fill in {', '.join(_COLUMNS)}; instead got {row!r}")
    return {(check, row_id): reason for check, row_id, reason in rows}


def _dates(story: Story) -> Iterator[Finding]:
    for event in story.events:
        claims = story.claims_by_event[event.event_id]
        when = event.when
        spans = [claim.when.end - claim.when.start for claim in claims if claim.when and claim.when.end]
        if when.end is None or when.approximate or when.uncertain or is_undated(story, event, claims):
            continue
        if not spans or when.end - when.start < min(spans):
            told = "none of its claims has a date." if not spans else "its date is finer than any of its claims'."
            yield Finding("date", "events", event.event_id, told, "Give the date as a claim does, or mark it with ~.")


def _places(story: Story) -> Iterator[Finding]:
    gazetteer = Gazetteer(story)
    for event in story.events:
        claims = story.claims_by_event[event.event_id]
        named = {gazetteer.find(claim.place_as_written) for claim in claims if claim.place_as_written}
        if event.place_basis == "stated" and not named & _around(story, event):
            what = "its place is said to be stated, and no claim names it."
            yield Finding("place", "events", event.event_id, what, "Quote the words for it, or call it inferred.")


def _around(story: Story, event: Event) -> set[str | None]:
    """The place of an event and what it is a part of."""
    around: set[str | None] = set()
    place: Place | None = story.place_by_id[event.place_id]
    while place:
        around.add(place.place_id)
        place = story.place_by_id.get(place.part_of)
    return around


def _statuses(story: Story) -> Iterator[Finding]:
    for event in story.events:
        statuses = {STATUS_OF_STANCE[claim.stance] for claim in story.claims_by_event[event.event_id]}
        if event.status != "superseded" and event.status not in statuses:
            what = f"it is {event.status}, and its claims make it {', '.join(sorted(statuses))}."
            yield Finding("status", "events", event.event_id, what, "Correct the status, or the stance of a claim.")


def _legs(story: Story) -> Iterator[Finding]:
    for leg in story.legs:
        claims = story.claims_by_event[leg.event_id] if leg.event_id else []
        if leg.evidence == "stated" and not any(claim.stance == "reports" for claim in claims):
            what = "it is said to be stated, and no claim of its event reports it."
            yield Finding("leg", "legs", leg.leg_id, what, "Name the event that reports it, or call it inferred.")


def _versions(story: Story) -> Iterator[Finding]:
    for version in story.versions:
        claim = story.claim_by_id[version.claim_id]
        is_denied = story.event_by_id[claim.event_id].status == "denied"
        if version.drawn and (claim.stance == "denies") != is_denied:
            what = "it is drawn, and its claim and its event disagree on whether it happened."
            yield Finding("version", "versions", version.version_id, what, "Draw another version, or none.")


def _origins(story: Story) -> Iterator[Finding]:
    used = {claim.origin_id for claim in story.claims} | {origin.root for origin in story.origins}
    for origin in story.origins:
        if origin.origin_id not in used:
            what = "no claim and no other origin has anything from it."
            yield Finding("origin", "origins", origin.origin_id, what, "Remove it, or name it in a claim.")


def main(arguments: list[str] | None = None) -> int:
    """List faults and findings; the exit status is 1 if there are any that are not accepted."""
    parser = argparse.ArgumentParser(prog="python -m geo.evidence.check", description=__doc__)
    parser.add_argument("story", type=Path, help="folder of the story")
    folder = parser.parse_args(arguments).story
    try:
        story, reasons = load_story(folder), accepted(folder)
    except StoryError as error:
        print(*error.faults, sep="\n", file=sys.stderr)
        return 1
    except (FileError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    found = findings(story)
    open_ones = [finding for finding in found if (finding.check, finding.id) not in reasons]
    stale = reasons.keys() - {(finding.check, finding.id) for finding in found}
    print(
        *open_ones,
        *(f"{ACCEPTED}: {check}, {row_id}: found no more. Remove the row." for check, row_id in sorted(stale)),
        sep="\n",
        end="\n" if open_ones or stale else "",
    )
    print(f"{len(open_ones)} open, {len(found) - len(open_ones)} accepted.")
    return 1 if open_ones or stale else 0


if __name__ == "__main__":
    sys.exit(main())
