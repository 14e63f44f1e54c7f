"""The claims beside the articles they rest on, where the articles' texts are at hand."""

import os
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from geo.story.record import Story

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
    sources = shipped_story.sources
    return {
        source: [plain(line) for line in (FOLDER / f"{stem}.txt").read_text("utf-8").splitlines() if line.strip()]
        for source, stem in zip(sources["source_id"], sources["article"], strict=True)
    }


@pytest.fixture(scope="module")
def claims(shipped_story: Story) -> list[dict[str, Any]]:
    return [{str(column): cell for column, cell in row.items()} for row in shipped_story.claims.to_dict("records")]


def test_every_source_has_its_article(shipped_story: Story) -> None:
    """Each source's article is a file of its own, and no article is left without a source."""
    stems = list(shipped_story.sources["article"])
    assert len(set(stems)) == len(stems)
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(stems)


def test_every_claims_paragraph_exists(articles: dict[str, list[str]], claims: list[dict[str, Any]]) -> None:
    """No claim names a paragraph before the first or after the last of its article."""
    assert [] == [
        claim["claim_id"] for claim in claims if not 1 <= claim["paragraph"] <= len(articles[claim["source_id"]])
    ]


@pytest.mark.parametrize("column", ["when_as_written", "place_as_written"])
def test_every_claims_words_are_in_its_paragraph(
    articles: dict[str, list[str]], claims: list[dict[str, Any]], column: str
) -> None:
    """The words that a claim quotes for a time or a place stand in the very paragraph it names, letter by letter."""
    quoted = [claim for claim in claims if claim[column]]
    assert quoted
    missing = {
        claim["claim_id"]: claim[column]
        for claim in quoted
        if plain(claim[column]) not in articles[claim["source_id"]][claim["paragraph"] - 1]
    }
    assert {} == missing


def test_quotes_are_a_few_words(claims: list[dict[str, Any]]) -> None:
    """What is quoted is an expression of a few words, never a sentence."""
    for claim in claims:
        for column in ("when_as_written", "place_as_written"):
            assert len(claim[column].split()) < 8, claim["claim_id"]
