"""What the reader chose: filters and search."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.story import Story
from geo.views.selection import FILTERS, Selection, selected, values
from tests.support.stories import TABLES, StoryWith

TINY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
EVENTS = ["plan", "departure", "visit", "forecast", "war"]
CHOICES = {
    "trip": ["tour", "background", "elsewhere"],
    "kind": ["statement", "travel", "visit", "conflict", "summit"],
    "status": ["happened", "planned", "superseded", "denied"],
    "source": ["s000", "s001", "s099"],
}
SEARCHES = st.sampled_from(["", " ", "departure", "Départ", "gamma", "alfa", "a; b", "guerre", "visit gamma", "zzz"])
SELECTIONS = st.builds(
    Selection,
    search=SEARCHES,
    **{name: st.lists(st.sampled_from(some), unique=True, max_size=3).map(tuple) for name, some in CHOICES.items()},
)


def choosing(name: str, chosen: Any, others: Selection = Selection()) -> Selection:  # noqa: B008 - it is frozen
    """A selection with another value of one filter."""
    return replace(others, **{name: chosen})


def test_an_empty_selection_selects_all(story: Story) -> None:
    """With nothing chosen every event passes, in the order of the table."""
    assert EVENTS == list(story.event_by_id) == selected(story, Selection())
    assert Selection().is_all


@pytest.mark.parametrize(
    ("name", "chosen", "passing"),
    [
        ("trip", ("background",), ["war"]),
        ("kind", ("travel",), ["departure", "forecast"]),
        ("status", ("planned", "superseded"), ["plan", "forecast"]),
        ("source", ("s001",), ["departure", "visit", "war"]),
        ("status", ("denied",), []),
        ("source", ("no such source",), []),
    ],
)
def test_a_filter_lets_pass_what_has_one_of_its_values(
    story: Story, name: str, chosen: tuple[str, ...], passing: list[str]
) -> None:
    """Values of one filter add up; an event of two sources passes with either."""
    selection = choosing(name, chosen)
    assert not selection.is_all
    assert passing == selected(story, selection)


@TINY
@given(SELECTIONS)
def test_filters_narrow_each_other_in_any_order(story: Story, selection: Selection) -> None:
    """Several filters let pass what each of them alone lets pass, in the order of the table."""
    parts = [choosing(name, getattr(selection, name)) for name in (*FILTERS, "search")]
    passing = set(EVENTS).intersection(*(selected(story, part) for part in parts))
    assert [event for event in EVENTS if event in passing] == selected(story, selection)


@TINY
@given(SELECTIONS, st.sampled_from(FILTERS), st.data())
def test_another_value_never_takes_events_away(
    story: Story, selection: Selection, name: str, data: st.DataObject
) -> None:
    """To a filter that has a value, one more only adds events."""
    chosen = getattr(selection, name) or (CHOICES[name][0],)
    fewer = choosing(name, chosen, selection)
    more = choosing(name, (*chosen, data.draw(st.sampled_from(CHOICES[name]))), selection)
    assert set(selected(story, fewer)) <= set(selected(story, more))


@TINY
@given(SELECTIONS)
def test_the_order_of_values_does_not_matter(story: Story, selection: Selection) -> None:
    """A filter is a set: its values may be given in any order."""
    turned = replace(selection, **{name: getattr(selection, name)[::-1] for name in FILTERS})
    assert selected(story, selection) == selected(story, turned)


@pytest.mark.parametrize("search", ["départ", "DEPART", "Depart", "dé", "de\u0301part"])
def test_search_forgives_accents_and_case(story: Story, search: str) -> None:
    """With or without accents, composed or not, in capitals or small letters, one event is found by its title."""
    assert "departure" in selected(story, Selection(search=search))
    assert selected(story, Selection(search="depart")) == selected(story, Selection(search="DÉPART"))


@TINY
@given(st.sampled_from(["Départ", "Visite", "Gamma-sur-l’Eau", "Guerre", "Альфа", "Prévision"]), st.data())
def test_any_spelling_finds_the_same(story: Story, word: str, data: st.DataObject) -> None:
    """Case, accents, apostrophes and hyphens of a search make no difference."""
    spellings = [str.upper, str.lower, str.title, lambda text: text.replace("’", "'").replace("-", " ")]
    changed = data.draw(st.sampled_from(spellings))(word).replace(
        "é", data.draw(st.sampled_from(["é", "e", "E\u0301"]))
    )
    assert selected(story, Selection(search=word)) == selected(story, Selection(search=changed)) != []


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("Bêta", ["forecast"]),  # the place's name
        ("Гамма", ["visit"]),  # its local name
        ("alfa", ["departure"]),  # a spelling of a source
        ("guerre", ["war"]),  # a title in the other language
        ("visite gamma", ["visit"]),  # words from different columns
        ("visite beta", []),  # every word must be found
        ("disagree", ["departure", "forecast"]),  # the articles differ on something that it bears on
        ("désaccord", ["departure", "forecast"]),
        ("which day", ["departure", "forecast"]),  # the question
        ("quel jour", ["departure", "forecast"]),
        ("  ", EVENTS),
        ("-", EVENTS),
    ],
)
def test_search_reads_titles_places_and_spellings(story: Story, search: str, found: list[str]) -> None:
    """All words must occur, each anywhere in what is written of the event in either language."""
    assert found == selected(story, Selection(search=search))


def test_search_reads_the_answers_of_an_events_own_claims(story_with: StoryWith) -> None:
    """What another event's claim answers to the same question is not said of this one."""
    answer = {"version_id": "day-2", "claim_id": "c-000-03-1", "disagreement_id": "day", "drawn": "false"}
    answer |= {"says_en": "At noon", "says_fr": "À midi", "why_en": "So", "why_fr": "Ainsi"}
    told = story_with(versions=[answer])
    assert ["forecast"] == selected(told, Selection(search="at noon"))
    assert ["forecast"] == selected(told, Selection(search="a midi"))


def test_signs_of_a_pattern_are_only_signs(story: Story) -> None:
    """A search is text, not a pattern."""
    for search in (".*", "(", "[a-z]+", "\\", "%", "${x}", "<script>"):
        assert [] == selected(story, Selection(search=search))


def test_the_values_of_a_filter_are_those_the_story_uses(story: Story) -> None:
    """A filter offers each value once, in order of first use; sources in the order of their table."""
    assert ["tour", "background"] == values(story, "trip")
    assert ["statement", "travel", "visit", "conflict"] == values(story, "kind")
    assert ["planned", "happened", "superseded"] == values(story, "status")
    assert ["s000", "s001"] == values(story, "source")
    for name in FILTERS:
        for value in values(story, name):
            assert selected(story, choosing(name, (value,))), f"{name}={value}"


def test_the_tiny_storys_events_are_the_ones_named_here() -> None:
    """The expectations above speak of the events of the tiny story."""
    assert EVENTS == [line.split(",")[0] for line in TABLES["events"].splitlines()[1:]]
