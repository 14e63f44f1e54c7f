"""The page Places: every place with its point, why it is there, and what was rejected."""

from pathlib import Path

import pytest

from geo.story import Story
from geo.views.places import place_views
from geo.wording.language import LANGUAGES, Language
from tests.support.stories import HOSTILE, TABLES
from tests.support.visit import Visitor


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_place_is_on_the_page(visit: Visitor, shipped_story: Story, code: str) -> None:
    """A heading for each, a row for each rejected candidate, and a link to each event there."""
    shown = visit("places", lang=code)
    assert not shown.app.exception
    html = shown.html
    assert len(shipped_story.places) == html.count('<article class="place')
    assert sum(len(place.rejected) for place in place_views(shipped_story, Language(code))) == html.count(
        'class="locator-other"'
    )
    assert sum(bool(event.place_id) for event in shipped_story.events) == html.count(f"./?lang={code}&amp;event=")


@pytest.mark.parametrize(
    ("code", "note", "unnamed"),
    [
        ("en", "On the drawn line; named in no article.", "Of these, 10 are named by no claim and have no event."),
        ("fr", "Sur la ligne tracée\u00a0; nommée dans aucun article.", "Parmi eux, 10 ne sont nommés par aucune "),
    ],
)
def test_a_place_that_no_article_names_says_so(
    visit: Visitor, shipped_story: Story, code: str, note: str, unnamed: str
) -> None:
    """Its note is on the page, and the introduction counts such places."""
    html = visit("places", lang=code).html
    assert 4 == html.count(f">{note}</dd>")
    assert unnamed in html


def test_names_stand_apart(visit: Visitor, shown_story: Path) -> None:
    """A name from right to left, in its own element, moves nothing around it."""
    (shown_story / "places.csv").write_text(TABLES["places"].replace("alpha,Alpha", "alpha,القاهرة (1)!"), "utf-8")
    html = visit("places").html
    assert "<bdi>القاهرة (1)!</bdi>" in html


def test_languages_share_no_heading_of_facts(visit: Visitor, shown_story: Path) -> None:
    """What the page says of itself differs from language to language."""
    english, french = (visit("places", lang=code).parsed.texts("dt") for code in LANGUAGES)
    assert {"Point"} >= set(english) & set(french)


def test_filters_narrow_the_events_and_keep_the_places(visit: Visitor, shown_story: Path) -> None:
    """A place stays on the register, whatever happened there."""
    everything, planned = visit("places"), visit("places", status="planned")
    assert everything.html.count('<article class="place') == planned.html.count('<article class="place')
    assert everything.html.count("event=departure") == 1
    assert planned.html.count("event=departure") == 0


def test_the_place_of_the_chosen_event_is_marked(visit: Visitor, shown_story: Path) -> None:
    """And no other."""
    shown = visit("places", event="departure")
    assert 1 == shown.html.count('class="place place-chosen"')
    assert "the chosen event is here" in shown.parsed.texts("mark")


def test_hostile_tables_stay_text(visit: Visitor, shown_story: Path) -> None:
    """Names, notes and references are shown as they stand, never as markup."""
    quoted = '"' + HOSTILE.replace('"', '""') + '"'
    table = TABLES["geocodes"].replace("Alfa,settlement", f"{quoted},settlement").replace("In the middle", quoted)
    (shown_story / "geocodes.csv").write_text(table, "utf-8")
    shown = visit("places")
    assert not shown.app.exception
    assert HOSTILE not in shown.html
    assert any(" ".join(HOSTILE.split()) in text for text in shown.parsed.texts("li"))
