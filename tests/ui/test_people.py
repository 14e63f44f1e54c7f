"""The page People: each person in a line, where an article says it, and the events."""

import json
from pathlib import Path

import pytest

from geo.story import Story
from geo.views.people import person_views
from geo.wording.language import LANGUAGES, Language
from tests.support.stories import HOSTILE, TABLES
from tests.support.visit import Visit, Visitor


def links(shown: Visit) -> list[str]:
    """The pages that the bar for phones, which has those of the navigation, leads to."""
    return [link.proto.page for link in shown.app.get("page_link")]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_person_is_on_the_page(visit: Visitor, shipped_story: Story, code: str) -> None:
    """A heading, a line and a source for each, and a link to each event."""
    shown = visit("people", lang=code)
    assert not shown.app.exception
    views = person_views(shipped_story, Language(code))
    assert [view.name.whole for view in views] == shown.headings
    texts = shown.parsed.texts("p")
    assert {" ".join(view.line.split()) for view in views} <= set(texts)
    assert len(views) == shown.html.count(f'href="./sources?lang={code}#source-s')
    events = sum(len(view.appears_in) + len(view.is_source_for) for view in views)
    assert events == shown.html.count(f'href="./?lang={code}&amp;event=')


def test_languages_share_no_words_of_the_page(visit: Visitor, shown_story: Path) -> None:
    """What the page says of itself differs from language to language."""
    english, french = (visit("people", lang=code).parsed for code in LANGUAGES)
    for tag in ("summary", "h3"):
        assert set(english.texts(tag)).isdisjoint(french.texts(tag))


def test_a_paragraph_is_linked_where_the_page_sources_has_it(visit: Visitor, shown_story: Path) -> None:
    """Without the articles' texts only paragraphs that claims cite are there; else the link leads to the source."""
    html = visit("people").html
    assert '#source-s000-paragraph-2"' in html
    assert '#source-s000"' in html
    assert "#source-s000-paragraph-9" not in html


def test_events_are_counted_and_grouped(visit: Visitor, shown_story: Path) -> None:
    """How many there are is told before they are unfolded, and to whom the count belongs."""
    shown = visit("people")
    assert ["1 event", "2 events"] == shown.parsed.texts("summary")
    assert 'aria-label="2 events: Zet Bo"' in shown.html
    assert ["Appears in", "Is a source for"] == shown.parsed.texts("h3")
    assert 2 == shown.parsed.texts("p").count("no event")


def test_filters_narrow_the_events_and_keep_the_people(visit: Visitor, shown_story: Path) -> None:
    """Whoever has no event left is still there, and it is told why."""
    shown = visit("people", status="planned")
    assert 4 == len(shown.headings)
    assert ["1 event"] == shown.parsed.texts("summary")
    assert 3 == shown.parsed.texts("p").count("no event with these filters")


def test_whether_somebody_is_only_named_is_told(visit: Visitor, shown_story: Path) -> None:
    """Of a story where everybody is in an event it would not be true."""
    said = "Some are only named and are in no event."
    assert said in visit("people").parsed.texts("p")
    rows = TABLES["people"].splitlines(keepends=True)
    (shown_story / "people.csv").write_text("".join([*rows[:2], rows[3]]), "utf-8")
    assert said not in visit("people").parsed.texts("p")


def test_a_story_without_people_has_no_such_page(visit: Visitor, shown_story: Path) -> None:
    """The navigation names the page only where there is something to read."""
    assert "people" in links(visit("events"))
    (shown_story / "people.csv").unlink()
    file = shown_story / "datapackage.json"
    package = json.loads(file.read_text("utf-8"))
    package["resources"] = [table for table in package["resources"] if table["name"] != "people"]
    file.write_text(json.dumps(package), "utf-8")
    shown = visit("events")
    assert not shown.app.exception
    assert "places" in links(shown)
    assert "people" not in links(shown)


def test_hostile_tables_stay_text(visit: Visitor, shown_story: Path) -> None:
    """Names and lines are shown as they stand, never as markup."""
    quoted = '"' + HOSTILE.replace('"', '""') + '"'
    table = TABLES["people"].replace("Anna Mo", quoted).replace("Leads the tour.", quoted)
    (shown_story / "people.csv").write_text(table, "utf-8")
    shown = visit("people")
    assert not shown.app.exception
    assert HOSTILE not in shown.html
    assert any(" ".join(HOSTILE.split()) in text for text in shown.parsed.texts("p"))
