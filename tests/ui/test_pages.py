"""Every page, in both languages, for all that a reader or an address may ask."""

from pathlib import Path
from typing import Any

import pytest

from geo.story import Story
from geo.views.selection import FILTERS
from geo.wording.language import LANGUAGES
from tests.support.visit import Visitor

PAGES = ("journey", "events", "disagreements", "sources", "places", "people", "status")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_page_runs_in_its_language(visit: Visitor, shipped_story: Story, page: str, code: str) -> None:
    """Each page runs to its end in the language that the address names, under its own name and the story's."""
    shown = visit(page, lang=code)
    assert not shown.app.exception
    (title,) = shown.titles
    story_title = getattr(shipped_story, f"title_{code}").split()  # spaces may be typeset
    assert story_title in (title.split(), *(text.split() for text in shown.parsed.texts("p")))
    assert (page == "journey") == (story_title == title.split())
    assert {"lang": [code]} == shown.address


def test_languages_share_no_label(visit: Visitor) -> None:
    """What a reader reads on the list differs from language to language, filters and buttons included."""
    english, french = (visit("events", lang=code).app for code in LANGUAGES)
    same_in_both = {"Source"}
    labels = [
        {widget.label for widgets in (app.pills, app.text_input, app.toggle, app.button) for widget in widgets}
        for app in (english, french)
    ]
    assert same_in_both == labels[0] & labels[1]


def test_every_filter_is_on_every_page(visit: Visitor) -> None:
    """Trip, kind, status and source can be chosen on every page, and nothing is chosen at first."""
    for page in PAGES:
        shown = visit(page).app
        assert set(FILTERS) == {choice.key for choice in shown.pills}
        assert [[]] * len(FILTERS) == [choice.value for choice in shown.pills]


def test_the_list_has_every_event_in_order_of_time(visit: Visitor, shipped_story: Story) -> None:
    """Without filters the list is the whole story, each event once, under the heading of its chapter."""
    shown = visit("events")
    assert sorted(shipped_story.event_by_id) == sorted(shown.listed)
    assert len(shown.headings) >= len(shipped_story.trips)


@pytest.mark.parametrize("name", ["trip", "kind", "status"])
def test_a_filter_narrows_the_list(visit: Visitor, shipped_story: Story, name: str) -> None:
    """Choosing a value leaves the events that have it; taking it away brings the others back."""
    shown = visit("events")
    events = shipped_story.events
    value = getattr(events[-1], name)
    shown.app.pills(key=name).set_value([value])
    shown.again()
    assert {event.event_id for event in events if getattr(event, name) == value} == set(shown.listed)
    assert [value] == shown.address[name]
    shown.app.pills(key=name).set_value([])
    shown.again()
    assert len(events) == len(shown.listed)
    assert name not in shown.address


def test_a_source_narrows_the_list(visit: Visitor, shipped_story: Story) -> None:
    """Choosing an article leaves the events that it tells."""
    source = shipped_story.sources[0].source_id
    shown = visit("events", source=source)
    assert {claim.event_id for claim in shipped_story.claims if claim.source_id == source} == set(shown.listed)


def test_a_search_narrows_the_list_and_is_in_the_address(visit: Visitor) -> None:
    """What is typed is searched for and kept in the address."""
    shown = visit("events")
    everything = len(shown.listed)
    shown.app.text_input(key="q").set_value("khassan")
    shown.again()
    assert 0 < len(shown.listed) < everything
    assert ["khassan"] == shown.address["q"]


@pytest.mark.parametrize(("code", "said"), [("en", "They disagree (1)"), ("fr", "Désaccord (1)")])
def test_an_event_says_that_the_articles_differ(visit: Visitor, shown_story: Path, code: str, said: str) -> None:
    """It leads to each question that it bears on; other events have no such line."""
    shown = visit("events", lang=code)
    assert 2 == shown.html.count(f'href="disagreements?lang={code}#question-day"')
    assert 2 == sum(text.startswith(said) for text in shown.parsed.texts("p"))


def test_a_list_without_events_says_so(visit: Visitor) -> None:
    """A search that nothing matches leaves a sentence, not an empty page."""
    shown = visit("events", q="no event holds these words")
    assert [] == shown.listed
    assert 1 == len(shown.app.info)
    assert not shown.app.exception


def test_an_event_chosen_in_the_list_is_the_sessions(visit: Visitor, shipped_story: Story) -> None:
    """Pressing an event's button notes the event, and leaves the time to it."""
    shown = visit("events", time="2023-09-11T13:20:00Z")
    event = shipped_story.events[-1].event_id
    shown.app.button(key=f"show-{event}").click()
    shown.again()
    assert not shown.app.exception
    assert (event, None) == (shown.app.session_state["event"], shown.app.session_state["time"])


# -- addresses ---------------------------------------------------------------------------------------------------------


def test_an_address_restores_what_it_holds(visit: Visitor, shipped_story: Story) -> None:
    """Language, event, every filter, search and switch of an address are the session's, and stay in the address."""
    event = shipped_story.events[0]
    query = {
        "lang": "fr",
        "event": event.event_id,
        "trip": event.trip,
        "kind": event.kind,
        "status": event.status,
        "source": list(shipped_story.source_by_id),
        "q": "a",
        "superseded": "1",
    }
    for page in PAGES:
        shown = visit(page, **query)
        assert {name: [value] if isinstance(value, str) else value for name, value in query.items()} == shown.address
        assert [event.trip] == shown.app.pills(key="trip").value
        assert list(shipped_story.source_by_id) == shown.app.pills(key="source").value
        assert shown.app.toggle(key="superseded").value


def test_a_time_of_an_address_wins_over_its_event(visit: Visitor, shipped_story: Story) -> None:
    """Between two events the address names the time alone."""
    shown = visit(time="2023-09-11T13:20:00Z", event=shipped_story.events[0].event_id)
    assert {"lang": ["en"], "time": ["2023-09-11T13:20:00Z"]} == shown.address


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "query",
    [
        {"event": "no-such-event"},
        {"event": "x" * 100_000},
        {"event": ["no-such-event"] * 1000},
        {"kind": "no-such-kind", "trip": "", "status": "HAPPENED", "source": "s999"},
        {"kind": ["<script>alert(1)</script>", "${1}", "' or 1=1"]},
        {"lang": "xx"},
        {"lang": ["", "de", "x" * 500]},
        {"time": "yesterday"},
        {"time": "2023-13-45T99:99"},
        {"time": "2023-09-11"},
        {"time": "2023-09-11T10:00"},  # without its offset
        {"time": "9" * 300},
        {"time": "-1"},
        {"superseded": "yes"},
        {"q": "x" * 201},
        {"no-such-parameter": "1"},
        {"": "1"},
    ],
)
def test_what_the_story_does_not_know_is_as_good_as_absent(visit: Visitor, page: str, query: dict[str, Any]) -> None:
    """Unknown, broken, huge and repeated values fall back quietly: the page is the one of an address without them."""
    shown = visit(page, **query)
    assert not shown.app.exception
    assert not shown.app.error
    assert {"lang": ["en"]} == shown.address
    assert [[]] * len(FILTERS) == [choice.value for choice in shown.app.pills]


def test_known_values_among_unknown_ones_are_kept_once(visit: Visitor) -> None:
    """Of a filter's values those that the story has are taken, each once; of several languages the first known one."""
    shown = visit("events", status=["nonsense", "planned", "planned", "denied"], lang=["xx", "fr", "en"])
    assert ["planned", "denied"] == shown.app.pills(key="status").value
    assert {"lang": ["fr"], "status": ["planned", "denied"]} == shown.address


def test_a_changed_address_is_followed(visit: Visitor) -> None:
    """A reader who edits the address bar of a running session gets what the new address holds."""
    shown = visit("events", status="planned")
    planned = shown.listed
    shown.app.query_params["status"] = ["denied"]
    shown.again()
    assert set(planned).isdisjoint(shown.listed)
    assert ["denied"] == shown.address["status"]


def test_a_choice_wins_over_the_address_it_came_with(visit: Visitor) -> None:
    """The browser sends a choice with the address of that moment, which may be older than the one written last."""
    shown = visit("events", lang="fr", status="planned")
    shown.app.query_params["status"] = ["denied"]
    shown.app.segmented_control(key="lang").set_value("en")
    shown.again()
    assert {"lang": ["en"], "status": ["planned"]} == shown.address


@pytest.mark.parametrize("time", ["20230911T132000Z", "2023-W37-1T13:20:00+00:00", "2023-09-11T13:20:00+10:00:30"])
def test_a_time_that_a_browser_cannot_read_is_as_good_as_absent(visit: Visitor, time: str) -> None:
    """Python reads more kinds of times than a browser does; the address keeps only what the player can go to."""
    assert {"lang": ["en"]} == visit(time=time).address


# -- the frame ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_a_page_run_by_its_file_gets_the_frame(visit: Visitor, shown_story: Path, page: str) -> None:
    """A page that a fresh server runs without app.py has headline, filters and language all the same."""
    shown = visit(page)
    assert not shown.app.exception
    assert "A tour" in [*shown.titles, *shown.parsed.texts("p")]
    assert set(FILTERS) == {choice.key for choice in shown.app.pills}
    assert {"lang": ["en"]} == shown.address


def test_another_story_is_shown_where_one_is_named(visit: Visitor, shown_story: Path) -> None:
    """DATELINE_STORY names the folder of the story that the app shows."""
    shown = visit("events")
    assert {"plan", "departure", "visit", "forecast", "war"} == set(shown.listed)


def test_a_correction_shows_without_a_restart(visit: Visitor, shown_story: Path) -> None:
    """A table that was corrected on disk is read again on the next run."""
    assert 5 == len(visit("events").listed)
    package = shown_story / "datapackage.json"
    package.write_text(package.read_text("utf-8").replace('"A tour"', '"A longer tour"'), "utf-8")
    assert ["A longer tour"] == visit("journey").titles
