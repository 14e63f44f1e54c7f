"""The questions on which the articles differ: what each says, who says it, which version is drawn and why."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from geo.story import Story
from geo.views.disagreements import DisagreementView, Verdict, disagreement_views
from geo.views.selection import Selection
from geo.wording.language import Language
from ui import anchor, markup, stories

# The verdicts as signs, beside their words; the first two are those of the map.
_SIGN: Final[dict[Verdict, str]] = {"drawn": "●", "aside": "✕", "open": "?"}


def question_list(story: Story, language: Language, selection: Selection) -> None:
    """List all questions, whatever `selection` filters: a question is shown whole, with all its versions."""
    views = _views(story, language)
    if not views:
        st.info(language.text("The articles of this story answer no question differently."))
        return
    markup.render(
        "questions_intro.html",
        lines=_lines(views, selection, language),
        label=language.text("They disagree"),
        contents=[(view.disagreement_id, view.question, _versions(view, language)) for view in views],
    )
    markup.render(
        "questions.html",
        questions=views,
        sign=_SIGN,
        words=_words(language),
        colon=language.text(":"),
        lang=language.code,
    )
    anchor.follow()


@stories.kept
def _views(story: Story, language: Language) -> list[DisagreementView]:
    return disagreement_views(story, language)


def _lines(views: Sequence[DisagreementView], selection: Selection, language: Language) -> list[str]:
    lines = [
        language.count(
            "{n} question on which the articles differ, in the order of the story.",
            "{n} questions on which the articles differ, in the order of the story.",
            len(views),
        )
        + " "
        + language.count(
            "{n} version in all; what says the same stands together.",
            "{n} versions in all; what says the same stands together.",
            sum(view.versions for view in views),
        ),
        language.text("This page is hindsight: it reads all articles at once, whatever clock the map shows."),
    ]
    if not selection.is_all:
        lines.append(language.text("The filters do not hold here: every question is shown, with all its versions."))
    return lines


def _versions(view: DisagreementView, language: Language) -> str:
    return language.count("{n} version", "{n} versions", view.versions)


def _words(language: Language) -> dict[str, str]:
    text = language.text
    return {
        "why": text("Why"),
        "drawn": text("What the map draws"),
        "none_drawn": text("None of the versions is preferred: each event stands with its own mark."),
        "settle": text("What would settle it"),
        "events": text("Events"),
        "show": text("Show on the map"),
    }
