"""What must hold in a story beyond its cells, by subject: each check as far as the tables that it needs are there."""

from collections.abc import Mapping
from itertools import chain
from typing import Any

from geo.story.cells import Rows
from geo.story.checks import claims, events, journeys, offsets, package, people, places
from geo.story.faults import Fault


def check_story(description: Mapping[str, Any], rows: Rows) -> list[Fault]:
    """The faults of a story's description (`datapackage.json`) and of its rows.

    A check of rows runs if all its tables were read and have all the columns they must have.
    """
    trips = package.trip_names(description)
    checks = [*places.CHECKS, *events.CHECKS, *claims.CHECKS, *people.CHECKS, *journeys.CHECKS, *offsets.CHECKS]
    whole = ((tables, check) for tables, check in checks if rows.whole >= tables)
    of_rows = chain.from_iterable(check(rows) for _, check in whole)
    return [*package.check(description), *events.check_trips(rows, trips), *of_rows]
