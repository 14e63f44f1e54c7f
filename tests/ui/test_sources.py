"""The page Sources: every claim under its paragraph, with and without the articles' texts."""

from pathlib import Path

import pytest

from geo.story import Story
from geo.wording.language import LANGUAGES
from tests.support.stories import HOSTILE
from tests.support.visit import Visit, Visitor


@pytest.fixture(autouse=True)
def _no_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that the tester has is not the tests'."""
    monkeypatch.delenv("DATELINE_ARTICLES", raising=False)


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of made-up articles for the tiny story, which the app is told of."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "000.txt").write_text("Un titre, lundi.\nParti lundi matin d’Alfa.\nTrois.\nQuatre.\n", "utf-8")
    (folder / "001.txt").write_text("Un.\nDeux.\nTrois.\nQuatre.\n", "utf-8")
    monkeypatch.setenv("DATELINE_ARTICLES", str(folder))
    return folder


def text_of(shown: Visit) -> str:
    return " ".join(" ".join(shown.parsed.texts(tag)) for tag in ("p", "dd", "h2", "h3", "h4", "li", "blockquote"))


def html_of(shown: Visit) -> str:
    return "".join(element.proto.body for element in shown.app.get("html"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_source_and_claim_is_on_the_page(visit: Visitor, shipped_story: Story, code: str) -> None:
    """A heading for each source, for each cited paragraph and for each claim, and a button for each claim."""
    shown = visit("sources", lang=code)
    assert not shown.app.exception
    claims = shipped_story.claims
    assert len(shipped_story.sources) == len(shown.headings)
    assert len({(claim.source_id, claim.paragraph) for claim in claims}) == len(shown.parsed.texts("h3"))
    assert len(claims) == len(shown.parsed.texts("h4"))
    assert sorted(shipped_story.claim_by_id) == sorted(shown.listed)


def test_every_cited_paragraph_has_an_anchor(visit: Visitor, shipped_story: Story) -> None:
    """Once each, by which other pages lead to it."""
    html = visit("sources").html
    for source, paragraph in {(claim.source_id, claim.paragraph) for claim in shipped_story.claims}:
        assert 1 == html.count(f'id="source-{source}-paragraph-{paragraph}"')


def test_languages_share_no_heading_of_facts(visit: Visitor, shown_story: Path) -> None:
    """What the page says of itself differs from language to language."""
    english, french = (visit("sources", lang=code) for code in LANGUAGES)
    assert set(english.parsed.texts("dt")).isdisjoint(french.parsed.texts("dt"))
    assert set(english.parsed.texts("h3")).isdisjoint(french.parsed.texts("h3"))


def test_paragraphs_without_an_event_are_told_by_number(visit: Visitor, shown_story: Path) -> None:
    """Without the text, as far as the last paragraph that is cited."""
    shown = visit("sources")
    told = [text for text in shown.parsed.texts("dd") if "up to paragraph" in text]
    assert ["none (up to paragraph 3", "3 (up to paragraph 4"] == [text.split(",")[0] for text in told]


def test_with_the_texts_every_paragraph_is_read(visit: Visitor, shown_story: Path, articles: Path) -> None:
    """Each paragraph in its order, those without an event named so, the quoted words marked."""
    shown = visit("sources")
    assert not shown.app.exception
    assert 8 == len(shown.parsed.texts("blockquote"))
    assert "Parti lundi matin d’Alfa." == shown.parsed.texts("blockquote")[1]
    assert ["lundi", "lundi matin", "Alfa"] == shown.parsed.texts("mark")
    empty = [text for text in shown.parsed.texts("h3") if "carries no event" in text]
    assert ["Paragraph 4 · carries no event", "Paragraph 3 · carries no event"] == empty
    assert "are not shown here" not in text_of(shown)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_bad_folder_is_told_in_words(visit: Visitor, shown_story: Path, articles: Path, code: str) -> None:
    """Wrong encoding, a short text and other files are named; every claim is still there."""
    (articles / "000.txt").write_bytes("Été".encode("latin-1"))
    (articles / "001.txt").write_text("Un.\n", "utf-8")
    (articles / "notes <b>.md").touch()
    shown = visit("sources", lang=code)
    assert not shown.app.exception
    problems = [text for text in shown.parsed.texts("li") if text.startswith(("000.txt", "001.txt"))]
    assert 2 == len(problems)
    assert "UTF-8" in problems[0]
    assert "4" in problems[1]
    assert "notes <b>.md" in text_of(shown)
    assert 6 == len(shown.listed)


def test_a_folder_that_is_not_there_is_told(visit: Visitor, shown_story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong path is named with the way out, and the page is the one without texts."""
    monkeypatch.setenv("DATELINE_ARTICLES", "/no/such/<folder>")
    shown = visit("sources")
    assert not shown.app.exception
    assert "/no/such/<folder>: this folder cannot be read." in text_of(shown)


def test_hostile_articles_are_only_text(visit: Visitor, shown_story: Path, articles: Path) -> None:
    """Markup in an article's text makes no element, marked or not."""
    claims = shown_story / "claims.csv"
    claims.write_text(claims.read_text("utf-8").replace("lundi,,kcna", "<img src=x>,,kcna", 1), "utf-8")
    line = " ".join(HOSTILE.split())  # ends of lines would end the paragraph
    (articles / "000.txt").write_text(f"{line} <img src=x>\nDeux.\nTrois.\n", "utf-8")
    shown = visit("sources")
    assert not shown.app.exception
    assert f"{line} <img src=x>" == shown.parsed.texts("blockquote")[0]
    assert "<img src=x>" in shown.parsed.texts("mark")
    page = "".join(body.proto.body for body in shown.app.get("html") if "blockquote" in body.proto.body)
    assert page
    assert "<img" not in page
    assert "<script" not in page


def test_the_chosen_events_claims_are_marked(visit: Visitor, shown_story: Path) -> None:
    """An event of the address is marked at each of its claims, and a link leads to the first."""
    shown = visit("sources", event="departure")
    assert ["Chosen on the map"] * 2 == shown.parsed.texts("mark")
    bodies = html_of(shown)
    assert (1, 1) == (bodies.count('id="chosen"'), bodies.count('href="#chosen"'))
    assert 2 == bodies.count('class="claim claim-chosen"')
    assert '#chosen"' not in html_of(visit("sources"))


def test_choosing_a_claim_chooses_its_event(visit: Visitor, shown_story: Path) -> None:
    """The button notes the event, and leaves the time to it."""
    shown = visit("sources", time="2023-09-11T13:20:00Z")
    shown.app.button(key="show-c-001-02-1").click()
    shown.again()
    assert not shown.app.exception
    assert ("visit", None) == (shown.app.session_state["event"], shown.app.session_state["time"])


def test_only_the_filter_of_sources_holds(visit: Visitor, shown_story: Path) -> None:
    """A source can be chosen alone; of another filter the page says that it does not hold here."""
    assert 1 == len(visit("sources", source="s001").headings)
    filtered = visit("sources", status="planned")
    assert 2 == len(filtered.headings)
    assert "only the filter of sources holds" in text_of(filtered)
