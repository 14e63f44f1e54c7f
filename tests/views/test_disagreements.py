"""The questions on which the articles differ."""

from dataclasses import replace

import pytest

from geo.story import Story
from geo.views.disagreements import disagreement_views, questions_on
from geo.wording.language import LANGUAGES, Language
from tests.support.stories import StoryWith

ENGLISH = Language("en")


def version(version_id: str, claim_id: str, says: str, drawn: str = "false", why: str = "So.") -> dict[str, str]:
    """A row of versions on the question “day”, the same in both languages."""
    texts = {"says_en": says, "says_fr": says, "why_en": why, "why_fr": why}
    return {"version_id": version_id, "disagreement_id": "day", "claim_id": claim_id, "drawn": drawn} | texts


def judged(story: Story) -> list[tuple[str, list[tuple[str, list[str]]], tuple[str, ...]]]:
    """Of the tiny story's question: verdicts with their answers, who gives them, and the reasons."""
    (view,) = disagreement_views(story, ENGLISH)
    return [
        (
            judgement.verdict,
            [(answer.says, [witness.claim_id for witness in answer.witnesses]) for answer in judgement.answers],
            judgement.reasons,
        )
        for judgement in view.judgements
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_version_is_listed_once(shipped_story: Story, code: str) -> None:
    """Each claim that answers a question stands below it once, and no answer or reason is printed twice."""
    views = disagreement_views(shipped_story, Language(code))
    found = [
        (view.disagreement_id, witness.claim_id)
        for view in views
        for judgement in view.judgements
        for answer in judgement.answers
        for witness in answer.witnesses
    ]
    assert sorted((row.disagreement_id, row.claim_id) for row in shipped_story.versions) == sorted(found)
    for view in views:
        answers = [(judgement.verdict, answer.says) for judgement in view.judgements for answer in judgement.answers]
        assert len(answers) == len(set(answers)) == view.versions
        reasons = [(judgement.verdict, judgement.reasons) for judgement in view.judgements]
        assert len(reasons) == len(set(reasons))


def test_the_shipped_story_says_what_would_settle_each_question(shipped_story: Story) -> None:
    """In both languages, with no two questions alike."""
    for code in LANGUAGES:
        settles = [view.settle for view in disagreement_views(shipped_story, Language(code))]
        assert all(settles)
        assert len(settles) == len(set(settles))


def test_what_is_said_and_judged_alike_is_one_version(story_with: StoryWith) -> None:
    """With all who give it in the order of publication; versions that share a reason share a box."""
    told = story_with(
        versions=[
            version("day-1", "c-001-02-1", "On Monday."),
            version("day-2", "c-000-03-1", "On Wednesday."),
            version("day-3", "c-000-02-1", "On Monday."),
            version("day-4", "c-001-04-1", "Nobody knows.", why="Another reason."),
        ]
    )
    monday = ("On Monday.", ["c-000-02-1", "c-001-02-1"])
    assert [
        ("open", [monday, ("On Wednesday.", ["c-000-03-1"])], ("So.",)),
        ("open", [("Nobody knows.", ["c-001-04-1"])], ("Another reason.",)),
    ] == judged(told)


def test_one_version_may_have_several_reasons(story_with: StoryWith) -> None:
    """It is still listed once, and each reason with it."""
    told = story_with(
        versions=[
            version("day-1", "c-000-02-1", "On Monday.", why="One."),
            version("day-2", "c-001-02-1", "On Monday.", why="Two."),
        ]
    )
    assert [("open", [("On Monday.", ["c-000-02-1", "c-001-02-1"])], ("One.", "Two."))] == judged(told)


def test_the_same_words_judged_otherwise_stay_apart(story_with: StoryWith) -> None:
    """What is drawn is not mixed with what was set aside."""
    told = story_with(
        versions=[version("day-1", "c-000-02-1", "On Monday.", "true"), version("day-2", "c-001-02-1", "On Monday.")]
    )
    assert [
        ("drawn", [("On Monday.", ["c-000-02-1"])], ("So.",)),
        ("aside", [("On Monday.", ["c-001-02-1"])], ("So.",)),
    ] == judged(told)


def test_nothing_is_set_aside_where_nothing_is_preferred(story: Story) -> None:
    """A question of which no version is drawn is not settled; where one is, the others were set aside."""
    (settled,) = disagreement_views(story, ENGLISH)
    assert [("drawn", "On the map"), ("aside", "Set aside")] == [
        (judgement.verdict, judgement.verdict_text) for judgement in settled.judgements
    ]
    assert ("On Monday.",) == settled.drawn
    undecided = replace(story, versions=tuple(row.model_copy(update={"drawn": False}) for row in story.versions))
    (open_,) = disagreement_views(undecided, ENGLISH)
    assert ["Not settled", "Not settled"] == [judgement.verdict_text for judgement in open_.judgements]
    assert () == open_.drawn


def test_a_witness_is_told_with_paragraph_stance_and_origin(story_with: StoryWith) -> None:
    """As on the card: outlet, day, paragraph, what it does and from whom."""
    told = story_with(versions=[version("day-1", "c-001-01-1", "On Monday.")])
    (view,) = disagreement_views(told, ENGLISH)
    witness = view.judgements[-1].answers[0].witnesses[0]
    assert ("Another paper", "14 September 2023 (inferred)") == (witness.outlet, witness.published_text)
    assert ("s001", 1, "paragraph 1") == (witness.source_id, witness.paragraph, witness.paragraph_text)
    assert "Reported as fact, citing KCNA" == witness.stance_text


def test_events_are_in_the_order_of_time(story: Story) -> None:
    """Each that a version's claim is about, once, with its sign and status."""
    (view,) = disagreement_views(story, ENGLISH)
    assert [("departure", "●", "Happened"), ("forecast", "✕", "Not borne out")] == [
        (event.event_id, event.sign, event.status_text) for event in view.events
    ]


def test_questions_are_in_the_order_of_the_story(story_with: StoryWith) -> None:
    """By the earliest event of a journey that each bears on; background counts where there is nothing else."""
    told = story_with(
        disagreements=[
            {"disagreement_id": "late", "question_en": "Late?", "question_fr": "Tard ?"},
            {"disagreement_id": "background", "question_en": "Before?", "question_fr": "Avant ?"},
        ],
        versions=[
            version("late-1", "c-001-02-1", "Late.") | {"disagreement_id": "late"},
            version("late-2", "c-001-04-1", "Long ago.") | {"disagreement_id": "late"},
            version("background-1", "c-001-04-1", "In 1950.") | {"disagreement_id": "background"},
            version("background-2", "c-001-04-1", "In 1953.") | {"disagreement_id": "background"},
        ],
    )
    views = disagreement_views(told, ENGLISH)
    assert ["background", "day", "late"] == [view.disagreement_id for view in views]
    assert ["war", "visit"] == [event.event_id for event in views[-1].events]


def test_the_questions_of_an_event(story: Story) -> None:
    """Those that one of its claims answers; most events have none."""
    assert ["day"] == [question.disagreement_id for question in questions_on(story, "departure")]
    assert [] == questions_on(story, "visit")


def test_a_question_that_two_claims_of_an_event_answer_is_named_once(shipped_story: Story) -> None:
    """However many versions it has."""
    questions = questions_on(shipped_story, "agreement-during-visit")
    assert ["accord-signed"] == [question.disagreement_id for question in questions]


def test_french_is_typeset(story: Story) -> None:
    """A question mark keeps its space."""
    (view,) = disagreement_views(story, Language("fr"))
    assert "Quel jour\u00a0?" == view.question
    assert "" == view.settle
