"""The story from its sources' side."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.story import Story
from geo.story.articles import Articles
from geo.views.sources import Run, marked, source_views
from geo.wording.language import LANGUAGES, Language
from tests.support.stories import HOSTILE, edited

ENGLISH = Language("en")


def test_sources_are_in_order_of_publication(shipped_story: Story) -> None:
    """Every source has one sheet, the earliest first."""
    sheets = source_views(shipped_story, ENGLISH)
    days = [sheet.published for sheet in sheets]
    assert sorted(days) == days
    assert sorted(source.source_id for source in shipped_story.sources) == sorted(sheet.source_id for sheet in sheets)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_claim_is_in_the_ledger_once(shipped_story: Story, code: str) -> None:
    """The sheets hold all claims, each under its source and its paragraph, and count their origins."""
    sheets = source_views(shipped_story, Language(code))
    found = [
        (entry.claim_id, sheet.source_id, paragraph.number)
        for sheet in sheets
        for paragraph in sheet.paragraphs
        for entry in paragraph.entries
    ]
    expected = [(claim.claim_id, claim.source_id, claim.paragraph) for claim in shipped_story.claims]
    assert sorted(expected) == sorted(found)
    for sheet in sheets:
        assert sheet.claims == sheet.own_claims + sum(origin.claims for origin in sheet.origins)


def test_paragraphs_without_an_event_are_named(story: Story) -> None:
    """Without the text these are the numbers in between that no claim cites, as first and last of each run."""
    first, second = source_views(story, ENGLISH)
    assert (3, ()) == (first.last_cited, first.without_event)
    assert (4, ((3, 3),)) == (second.last_cited, second.without_event)
    assert [1, 2, 4] == [paragraph.number for paragraph in second.paragraphs]
    assert not second.has_text


def test_with_the_text_every_paragraph_is_listed(story: Story) -> None:
    """Cited or not, up to the end of the text; the quoted words are marked in their paragraph."""
    text = ("C’est lundi.", "Parti lundi\u00a0 matin d’Alfa.", "Trois.", "Quatre.", "Cinq.")
    first = source_views(story, ENGLISH, Articles({"s000": text}))[0]
    assert [1, 2, 3, 4, 5] == [paragraph.number for paragraph in first.paragraphs]
    assert ((4, 5),) == first.without_event
    assert list(text) == ["".join(run.text for run in paragraph.runs) for paragraph in first.paragraphs]
    assert ["lundi\u00a0 matin", "Alfa"] == [run.text for run in first.paragraphs[1].runs if run.quoted]


def test_a_text_that_is_too_short_drops_no_claim(story: Story) -> None:
    """Paragraphs that are cited beyond the end of the text are listed without words."""
    first = source_views(story, ENGLISH, Articles({"s000": ("Un.",)}))[0]
    assert [1, 2, 3] == [paragraph.number for paragraph in first.paragraphs]
    assert 3 == first.claims
    assert () == first.paragraphs[2].runs


def test_a_source_that_no_claim_cites_has_a_sheet(story: Story) -> None:
    """Nothing of it is cited, and that is what its sheet says."""
    bare = replace(story, claims=tuple(claim for claim in story.claims if claim.source_id == "s000"))
    sheet = source_views(bare, ENGLISH)[1]
    assert ((), (), 0, 0) == (sheet.paragraphs, sheet.without_event, sheet.last_cited, sheet.claims)


def test_an_origin_is_named_in_the_readers_language(story: Story) -> None:
    """With whom it counts as, and how many claims it vouches for."""
    (english,), (french,) = (source_views(story, Language(code))[0].origins for code in LANGUAGES)
    assert ("KCNA", "State media", 1) == (english.name, english.root, english.claims)
    assert "Médias d’État" == french.root
    entry = source_views(story, Language("fr"))[0].paragraphs[0].entries[0]
    assert "Annoncé, selon KCNA" == entry.stance_text


def test_a_date_says_whether_it_was_worked_out(story: Story) -> None:
    """An inferred day of publication is marked as such; a stated one is not."""
    stated, inferred = source_views(story, ENGLISH)
    assert ("12 September 2023", False) == (stated.published_text, stated.inferred)
    assert ("14 September 2023 (inferred)", True) == (inferred.published_text, inferred.inferred)
    assert "French" == stated.language_text


def test_an_agency_says_whether_it_was_worked_out(story: Story) -> None:
    """An inferred wire is marked as such; a stated one, and none, are not."""
    assert ["AFP", ""] == [sheet.wire_text for sheet in source_views(story, ENGLISH)]
    inferred = edited(story, "sources", wire_basis="inferred")
    assert ["AFP (inferred)", ""] == [sheet.wire_text for sheet in source_views(inferred, ENGLISH)]
    assert "AFP (par déduction)" == source_views(inferred, Language("fr"))[0].wire_text


# -- marks -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "quotes", "quoted"),
    [
        ("Ce mardi matin, mardi", ["mardi"], ["mardi", "mardi"]),
        ("mardi et mardis", ["mardi"], ["mardi"]),
        ("les mardis", ["mardi"], ["mardi"]),
        ("ce mardi matin", ["ce mardi", "mardi matin"], ["ce mardi matin"]),
        ("à Khassan\u202f!", ["Khassan !"], ["Khassan\u202f!"]),
        ("a (b) .*", ["(b)", ".*"], ["(b)", ".*"]),
        ("rien", ["absent", "", "  "], []),
        ("e\u0301te\u0301", ["\u00e9t\u00e9"], ["\u00e9t\u00e9"]),
        ("", ["x"], []),
    ],
)
def test_quoted_words_are_marked(text: str, quotes: list[str], quoted: list[str]) -> None:
    """Wherever they stand as words of their own, else within words; overlapping quotes are one mark."""
    assert quoted == [run.text for run in marked(text, quotes) if run.quoted]


@given(st.text(alphabet="ab .\u00a0(", max_size=30), st.lists(st.text(alphabet="ab .(", max_size=4), max_size=4))
def test_marks_change_no_text(text: str, quotes: list[str]) -> None:
    """The runs put together are the text, none is empty, and only neighbours that touch are both marked."""
    runs = marked(text, quotes)
    assert text == "".join(run.text for run in runs)
    assert all(run.text for run in runs)


def test_hostile_text_is_only_text() -> None:
    """Markup in a paragraph stays in its runs, letter by letter."""
    assert (Run(HOSTILE, True),) == marked(HOSTILE, [HOSTILE])
