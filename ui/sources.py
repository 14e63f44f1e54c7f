"""The list of the sources: article by article, paragraph by paragraph, what is claimed there."""

from collections.abc import Sequence

import streamlit as st

from geo.story import Story
from geo.story.articles import LARGEST_BYTES, MOST_PARAGRAPHS, Articles, Problem, read_articles
from geo.views.selection import Selection
from geo.views.sources import CitedClaim, Paragraph, SourceView, source_views
from geo.wording.language import Language
from ui import anchor, markup, stories

# So many names of ignored files are told; the rest is a number.
_NAMED_FILES = 12


def source_list(story: Story, language: Language, selection: Selection, chosen: str | None) -> str | None:
    """List every source with its paragraphs and their claims; mark the claims on the `chosen` event.

    Of the filters only the one of sources holds, since a paragraph is shown whole or not at all.
    Returns the id of the event whose button was pressed in this run, else None.
    """
    folder = stories.articles_folder()
    articles = read_articles(folder, story) if folder else Articles({})
    sheets = [
        sheet
        for sheet in source_views(story, language, articles)
        if not selection.source or sheet.source_id in selection.source
    ]
    unnamed = any(not sheet.outlet_named for sheet in sheets)
    _introduce(language, selection, articles, given=folder is not None, unnamed=unnamed)
    entries = [entry for sheet in sheets for paragraph in sheet.paragraphs for entry in paragraph.entries]
    first = next((entry.claim_id for entry in entries if entry.event_id == chosen), None)
    if first:
        markup.render("chosen_link.html", text=language.text("To what is said of the chosen event"))
    pressed = None
    with st.container(key="reading"):
        with st.container(key="beside"):
            untitled = language.text("without a headline")
            markup.render(
                "sources_contents.html", label=language.text("The articles"), sheets=sheets, untitled=untitled
            )
        with st.container(key="list"):
            for sheet in sheets:
                with st.container(key=f"sheet-{sheet.source_id}", gap=None):
                    pressed = _show_sheet(sheet, language, chosen, first) or pressed
    anchor.follow()
    return pressed


def _introduce(language: Language, selection: Selection, articles: Articles, given: bool, unnamed: bool) -> None:
    text = language.text
    lines = [text("Each article, and what its paragraphs say of which event, in the order of publication.")]
    if selection.trip or selection.kind or selection.status:
        lines.append(text("Here only the filter of sources holds: a paragraph is shown with all that it says."))
    if unnamed:
        lines.append(text("Where an article does not say who published it, it goes by its number."))
    if not given:
        lines.append(text("The articles’ texts are not shown here. Each claim names the paragraph it rests on."))
    markup.render(
        "sources_intro.html",
        lines=lines,
        heading=text("Articles that could not be read as they are"),
        problems=[_problem(problem, language) for problem in articles.problems],
        ignored=_ignored(articles.ignored, language),
    )


def _problem(problem: Problem, language: Language) -> str:
    """What is wrong with an article's file, and what to do, in a sentence."""
    text, file = language.text, problem.file
    sentences = {
        "folder": text("{file}: this folder cannot be read. Correct the path in DATELINE_ARTICLES.", file=file),
        "missing": text("{file} is not in the folder. Save the article’s text under this name.", file=file),
        "outside": text("{file} leads out of the folder. Put the file itself there.", file=file),
        "unreadable": text("{file} cannot be opened. Check that you may read it.", file=file),
        "large": text(
            "{file} is larger than {limit} megabytes. Keep the article’s text alone.",
            file=file,
            limit=LARGEST_BYTES // 1_000_000,
        ),
        "encoding": text("{file} is not text in UTF-8. Save it as UTF-8.", file=file),
        "long": text(
            "{file} has more than {limit} paragraphs. Keep the article’s text alone.", file=file, limit=MOST_PARAGRAPHS
        ),
        "short": text(
            "{file} has {has} paragraphs, but claims cite it up to paragraph {cited}. Complete the text, each "
            "paragraph on a line of its own.",
            file=file,
            has=problem.has,
            cited=problem.cited,
        ),
    }
    return sentences[problem.reason]


def _ignored(names: Sequence[str], language: Language) -> str:
    if not names:
        return ""
    named = ", ".join(names[:_NAMED_FILES])
    rest = len(names) - _NAMED_FILES
    if rest > 0:
        return language.count(
            "Not read, since no source names them: {names} and {n} other.",
            "Not read, since no source names them: {names} and {n} others.",
            rest,
            names=named,
        )
    return language.text("Not read, since no source names them: {names}.", names=named)


def _show_sheet(sheet: SourceView, language: Language, chosen: str | None, first: str | None) -> str | None:
    markup.render("source_facts.html", sheet=sheet, facts=_facts(sheet, language), colon=language.text(":"))
    with st.container(key=f"claims-{sheet.source_id}", gap=None):
        return _show_claims(sheet, language, chosen, first)


def _show_claims(sheet: SourceView, language: Language, chosen: str | None, first: str | None) -> str | None:
    pressed = None
    waiting: list[Paragraph] = []
    for paragraph in sheet.paragraphs:
        waiting.append(paragraph)
        if not paragraph.entries:
            continue
        _show_paragraphs(waiting, sheet, language)
        waiting = []
        for entry in paragraph.entries:
            if _show_entry(entry, sheet, language, entry.event_id == chosen, entry.claim_id == first):
                pressed = entry.event_id
    _show_paragraphs(waiting, sheet, language)
    return pressed


def _show_paragraphs(paragraphs: Sequence[Paragraph], sheet: SourceView, language: Language) -> None:
    """The heads and texts of paragraphs that follow each other; claims belong to the last of them, if to any."""
    if paragraphs:
        markup.render(
            "source_paragraphs.html",
            source_id=sheet.source_id,
            heads=[(language.text("Paragraph {n}", n=paragraph.number), paragraph) for paragraph in paragraphs],
            no_event=language.text("carries no event"),
            no_text=language.text("The text ends before this paragraph.") if sheet.has_text else "",
            lang=sheet.language,
        )


def _show_entry(entry: CitedClaim, sheet: SourceView, language: Language, chosen: bool, first: bool) -> bool:
    markup.render(
        "source_claim.html",
        entry=entry,
        lang=sheet.language,
        words={"when": language.text("When"), "where": language.text("Where")},
        colon=language.text(":"),
        chosen=chosen,
        first=first,
        chosen_text=language.text("Chosen on the map"),
    )
    return st.button(
        language.text("Show on the map"), key=f"show-{entry.claim_id}", type="tertiary", icon=":material/map:"
    )


def _facts(sheet: SourceView, language: Language) -> list[tuple[str, list[str]]]:
    """What is known of a source: a heading with one or more lines each."""
    text = language.text
    basis = text("Worked out from the text") if sheet.inferred else text("Stated on the page")
    facts = [
        (text("Outlet"), [] if sheet.outlet_named else [text("not named in the article")]),
        (text("Published"), [sheet.published_text]),
        (text("How the date is known"), [basis, *([sheet.published_note] if sheet.published_note else [])]),
        (text("Language"), [sheet.language_text]),
        (text("News agency"), [sheet.wire_text] if sheet.wire_text else []),
        (text("Sources it cites"), _origins(sheet, language)),
        (text("Claims"), [str(sheet.claims)]),
        (text("Paragraphs without an event"), [_without_event(sheet, language)]),
    ]
    return [fact for fact in facts if fact[1]]


def _origins(sheet: SourceView, language: Language) -> list[str]:
    lines = [
        language.text("{origin} ({n}; counted with {root})", origin=origin.name, root=origin.root, n=origin.claims)
        if origin.root
        else language.text("{origin} ({n})", origin=origin.name, n=origin.claims)
        for origin in sheet.origins
    ]
    if sheet.own_claims:
        lines.append(language.text("in the article’s own words ({n})", n=sheet.own_claims))
    return lines


def _without_event(sheet: SourceView, language: Language) -> str:
    numbers = ", ".join(
        str(start) if start == end else f"{start}–{end}" for start, end in sheet.without_event
    ) or language.text("none")
    if sheet.has_text:
        return numbers
    return language.text(
        "{numbers} (up to paragraph {last}, the last that is cited; only the text tells whether more follow)",
        numbers=numbers,
        last=sheet.last_cited,
    )
