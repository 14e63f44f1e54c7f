"""The claims beside the articles they rest on, where the articles' texts are at hand."""

import os
import re
import unicodedata
from pathlib import Path

import pytest

from geo.story import Story
from geo.story.names import fold
from geo.views.people import name_of
from geo.wording.language import LANGUAGES, Language

FOLDER = Path(os.environ.get("DATELINE_ARTICLES") or "no folder named")

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(),
    reason="the articles' texts are not part of the project: DATELINE_ARTICLES names no folder that is there",
)


def plain(text: str) -> str:
    """A text without what a copy of it may change unseen: kinds of spaces, line ends, composed accents."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


@pytest.fixture(scope="module")
def articles(shipped_story: Story) -> dict[str, list[str]]:
    """The paragraphs (lines that are not blank) of each source's article, by the source's id."""
    texts = {
        source.source_id: (FOLDER / f"{source.article}.txt").read_text("utf-8") for source in shipped_story.sources
    }
    return {source: [plain(line) for line in text.splitlines() if line.strip()] for source, text in texts.items()}


def test_every_source_has_its_article(shipped_story: Story) -> None:
    """Each source's article is a file of its own, and no article is left without a source."""
    stems = [source.article for source in shipped_story.sources]
    assert len(set(stems)) == len(stems)
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(stems)


def test_every_claims_paragraph_exists(articles: dict[str, list[str]], shipped_story: Story) -> None:
    """No claim names a paragraph before the first or after the last of its article."""
    assert [] == [
        claim.claim_id for claim in shipped_story.claims if not 1 <= claim.paragraph <= len(articles[claim.source_id])
    ]


def test_every_person_is_named_in_the_paragraph(articles: dict[str, list[str]], shipped_story: Story) -> None:
    """The family name stands there, in French or English spelling; where it comes first, the whole name."""
    assert shipped_story.people
    missing = []
    for person in shipped_story.people:
        names = [name_of(shipped_story, person, Language(code)) for code in LANGUAGES]
        spelt = [fold(name.whole if person.family_name_first else name.family) for name in names]
        text = fold("".join(articles[person.source_id][person.paragraph - 1 : person.paragraph]))
        if not any(re.search(rf"\b{re.escape(name)}\b", text) for name in spelt):
            missing.append(person.person_id)
    assert [] == missing


@pytest.mark.parametrize("column", ["when_as_written", "place_as_written"])
def test_every_claims_words_are_in_its_paragraph(
    articles: dict[str, list[str]], shipped_story: Story, column: str
) -> None:
    """The words that a claim quotes for a time or a place stand in the very paragraph it names, letter by letter."""
    quoted = [claim for claim in shipped_story.claims if getattr(claim, column)]
    assert quoted
    missing = {
        claim.claim_id: getattr(claim, column)
        for claim in quoted
        if plain(getattr(claim, column)) not in articles[claim.source_id][claim.paragraph - 1]
    }
    assert {} == missing


def test_quotes_are_a_few_words(shipped_story: Story) -> None:
    """What is quoted is an expression of a few words, never a sentence."""
    for claim in shipped_story.claims:
        for words in (claim.when_as_written, claim.place_as_written):
            assert len(words.split()) < 8, claim.claim_id
