"""Rows that lead from one to the next: they must not lead in a circle."""

from collections.abc import Iterator, Mapping

from geo.story import rules
from geo.story.cells import Rows
from geo.story.faults import Fault
from geo.story.format import Row


def circle_faults(rows: Rows, row_type: type[Row], *columns: str) -> Iterator[Fault]:
    """The circles that the links of a table's rows make, column by column."""
    key = row_type.key[0]
    numbers = {getattr(row, key): number for number, row in rows[row_type].items()}
    for column in columns:
        following = {getattr(row, key): getattr(row, column) for row in rows[row_type].values()}
        for circle in _circles(following):
            shown = " → ".join([*circle, circle[0]])
            first = circle[0]
            yield rules.NO_CIRCLE.fault(
                row_type.table, numbers[first], column, following[first], column=column, circle=shown
            )


def _circles(following: Mapping[str, str]) -> Iterator[list[str]]:
    """The circles of a graph in which each node points to one node, or to none ("")."""
    done: set[str] = set()
    for start in following:
        path: dict[str, None] = {}
        node = start
        while node and node not in done and node not in path:
            path[node] = None
            node = following.get(node, "")
        if node in path:
            nodes = list(path)
            yield nodes[nodes.index(node) :]
        done |= path.keys()
