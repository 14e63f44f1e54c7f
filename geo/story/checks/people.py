"""People: that each is one row."""

from collections.abc import Iterator
from typing import Final

from geo.story import rules
from geo.story.cells import Rows
from geo.story.faults import Fault
from geo.story.format import Person
from geo.story.names import fold


def _names(rows: Rows) -> Iterator[Fault]:
    """Names of two people. An event's actors are names alone: they must lead to one person."""
    first: dict[str, int] = {}
    for number, person in rows[Person].items():
        if not person.name:
            continue
        before = first.setdefault(fold(person.name), number)
        if before != number:
            yield rules.PERSON_ONCE.fault("people", number, "name", person.name, first=before)


CHECKS: Final = (({"people"}, _names),)
