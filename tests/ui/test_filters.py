"""The filters: how many events a value has, what the button and the paper say of them, and the way back."""

from pathlib import Path
from typing import Any

import pytest

from geo.story import Story
from geo.views.selection import FILTERS, Selection, selected
from tests.support.stories import HOSTILE
from tests.support.visit import Visit, Visitor
from ui.filters import counts
from ui.markup import as_markdown


def button_of(shown: Visit) -> str:
    """What the button that opens the filters says."""
    labels = [block.proto.popover.label for block in _blocks(shown.app.main) if block.type == "popover"]
    (label,) = map(str, labels)
    return label


def _blocks(block: Any) -> list[Any]:
    """All that is within a block, at any depth."""
    children = list(getattr(block, "children", {}).values())
    return [*children, *(inner for child in children for inner in _blocks(child))]


@pytest.mark.parametrize("name", FILTERS)
def test_a_values_number_is_that_of_the_events_it_lets_pass(shipped_story: Story, name: str) -> None:
    """Of each value of each filter, as many as the list then shows."""
    for value, number in counts(shipped_story, name).items():
        chosen: dict[str, Any] = {name: (value,)}
        assert number == len(selected(shipped_story, Selection(**chosen))), value


def test_each_choice_says_its_number(visit: Visitor, shipped_story: Story) -> None:
    """Beside the words of every value stands how many events have it."""
    (kinds,) = [choice for choice in visit("status").app.pills if choice.key == "kind"]
    assert f"Summit ({counts(shipped_story, 'kind')['summit']})" in kinds.options


def test_the_button_names_what_is_chosen(visit: Visitor) -> None:
    """Two values by name, and how many more; without a choice it says only what it opens."""
    assert "Filters" == button_of(visit("status"))
    assert "Filters: Summit" == button_of(visit("status", kind="summit"))
    assert "Filters: Summit, Gift +1" == button_of(visit("status", kind=["summit", "gift"], status="happened"))


def test_one_press_removes_the_filters(visit: Visitor, shipped_story: Story) -> None:
    """While a filter is on, a button beside it brings everything back; without one there is no such button."""
    shown = visit("events", kind="summit", status="happened")
    shown.app.button(key="remove-filters").click()
    shown.again()
    assert len(shipped_story.events) == len(shown.listed)
    assert {"lang": ["en"]} == shown.address
    assert "remove-filters" not in {button.key for button in shown.app.button}


def test_the_paper_names_filters_and_search(visit: Visitor) -> None:
    """What narrows the list is printed with it; where nothing does, nothing is said."""
    printed = visit("events", kind="summit", q="Vladivostok").parsed.texts("p")
    assert "Kind of event: Summit · Search: “Vladivostok”" in printed
    assert not any("Kind of event" in text for text in visit("events").parsed.texts("p"))


def test_a_hostile_value_is_only_text(visit: Visitor, shown_story: Path) -> None:
    """Marks of Markdown in a trip's title are escaped in its choice."""
    (trip,) = [choice for choice in visit("status").app.pills if choice.key == "trip"]
    assert trip.options
    for mark in "*_`[]<>$~":
        assert f"a\\{mark}b" == as_markdown(f"a{mark}b")
    assert "1\\. a" == as_markdown("1. a")
    assert "\\# a" == as_markdown("# a")
    assert ":material/" not in as_markdown(":material/map:")
    assert "\\<script\\>" in as_markdown(HOSTILE)
    assert "Summit, Kim’s (3): a" == as_markdown("Summit, Kim’s (3): a")
