"""The page They disagree: every question with all its versions, whatever is filtered."""

from pathlib import Path

import pytest

from geo.story import Story
from geo.views.disagreements import disagreement_views
from geo.wording.language import LANGUAGES, Language
from tests.support.stories import HOSTILE, TABLES
from tests.support.visit import Visit, Visitor


def facts(shown: Visit) -> list[str]:
    return shown.parsed.texts("dt")


@pytest.mark.parametrize(
    ("code", "questions", "versions"),
    [
        ("en", "19 questions on which the articles differ", "103 versions in all"),
        ("fr", "19 questions sur lesquelles les articles divergent", "103 versions en tout"),
    ],
)
def test_every_question_is_on_the_page(
    visit: Visitor, shipped_story: Story, code: str, questions: str, versions: str
) -> None:
    """A heading for each and a link to it, each version with its sources, and how many there are of both."""
    shown = visit("disagreements", lang=code)
    assert not shown.app.exception
    views = disagreement_views(shipped_story, Language(code))
    assert [" ".join(view.question.split()) for view in views] == shown.headings
    for view in views:
        assert 1 == shown.html.count(f'id="question-{view.disagreement_id}"')
        assert 1 == shown.html.count(f'href="#question-{view.disagreement_id}"')
    assert sum(view.versions for view in views) == shown.html.count('class="answer"')
    assert len(shipped_story.versions) == shown.html.count(f'href="sources?lang={code}#source-')
    (introduced,) = [text for text in shown.parsed.texts("p") if questions in text]
    assert versions in introduced


def test_a_version_leads_to_its_paragraph(visit: Visitor, shown_story: Path) -> None:
    """On the page Sources, where the paragraph has that anchor."""
    anchors = [f"source-s000-paragraph-{paragraph}" for paragraph in (2, 3)]
    html, sources = visit("disagreements").html, visit("sources").html
    for anchor in anchors:
        assert 1 == html.count(f'href="sources?lang=en#{anchor}"')
        assert 1 == sources.count(f'id="{anchor}"')


def test_an_event_leads_to_the_map_by_a_name_of_its_own(visit: Visitor, shown_story: Path) -> None:
    """Each link says which event it shows."""
    html = visit("disagreements").html
    for event, title in (("departure", "Departure"), ("forecast", "Forecast")):
        link = f'href="./?lang=en&amp;event={event}" target="_self" aria-label="Show on the map: {title}"'
        assert 1 == html.count(link)


def test_what_the_map_draws_and_what_would_settle_it(visit: Visitor, shown_story: Path) -> None:
    """The version that is drawn; and where the story says it, what would settle the question."""
    shown = visit("disagreements")
    assert ["What the map draws", "Events"] == facts(shown)
    assert "On Monday." == shown.parsed.texts("dd")[0]
    head, row = TABLES["disagreements"].splitlines()
    table = f"{head},settle_en,settle_fr\n{row},A diary.,Un agenda.\n"
    (shown_story / "disagreements.csv").write_text(table, "utf-8")
    shown = visit("disagreements", lang="fr")
    assert "Ce qui trancherait" in facts(shown)
    assert "Un agenda." in shown.parsed.texts("dd")


def test_a_question_that_nothing_settles_says_so(visit: Visitor, shown_story: Path) -> None:
    """No version is preferred, and none was set aside."""
    (shown_story / "versions.csv").write_text(TABLES["versions"].replace("true", "false"), "utf-8")
    shown = visit("disagreements")
    assert "None of the versions is preferred: each event stands with its own mark." in shown.parsed.texts("dd")
    verdicts = [text for text in shown.parsed.texts("p") if text.endswith(("Not settled", "Set aside", "On the map"))]
    assert ["? Not settled", "? Not settled"] == verdicts


def test_filters_take_no_question_away(visit: Visitor, shown_story: Path) -> None:
    """The page then says that they do not hold here, and only then."""
    everything, filtered = visit("disagreements"), visit("disagreements", status="planned", source="s001")
    assert everything.headings == filtered.headings
    assert "The filters do not hold here" in filtered.html
    assert "The filters do not hold here" not in everything.html


def test_the_clock_of_the_news_changes_nothing(visit: Visitor, shown_story: Path) -> None:
    """The page is hindsight, and says so."""
    assert visit("disagreements").html == visit("disagreements", clock="news").html
    assert "This page is hindsight" in visit("disagreements").html


def test_languages_share_no_heading_of_facts(visit: Visitor, shown_story: Path) -> None:
    """What the page says of itself differs from language to language."""
    english, french = (facts(visit("disagreements", lang=code)) for code in LANGUAGES)
    assert set(english).isdisjoint(french)


def links(shown: Visit) -> list[str]:
    return [link.proto.label for link in shown.app.get("page_link")]


def test_a_story_on_which_all_agree_has_no_such_page(visit: Visitor, shown_story: Path) -> None:
    """The navigation leaves it out; a link to it from elsewhere finds a sentence."""
    assert "They disagree" in links(visit("events"))
    for table in ("disagreements", "versions"):
        (shown_story / f"{table}.csv").write_text(TABLES[table].splitlines()[0] + "\n", "utf-8")
    shown = visit("disagreements")
    assert not shown.app.exception
    assert ["The articles of this story answer no question differently."] == [info.value for info in shown.app.info]
    assert "Sources" in links(shown)
    assert "They disagree" not in links(shown)
    assert "They disagree" not in visit("events").html


def test_hostile_tables_stay_text(visit: Visitor, shown_story: Path) -> None:
    """Questions, answers, reasons and titles are shown as they stand, never as markup."""
    quoted = '"' + HOSTILE.replace('"', '""') + '"'
    for table, word in [("disagreements", "Which day?"), ("versions", "On Monday."), ("versions", "It was there.")]:
        path = shown_story / f"{table}.csv"
        path.write_text(path.read_text("utf-8").replace(word, quoted), "utf-8")
    events = shown_story / "events.csv"
    events.write_text(events.read_text("utf-8").replace("stated,Departure", f"stated,{quoted}"), "utf-8")
    shown = visit("disagreements")
    assert not shown.app.exception
    assert "<img" not in shown.html
    assert any(" ".join(HOSTILE.split()) in text for text in shown.headings)
