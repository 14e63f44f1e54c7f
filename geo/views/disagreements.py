"""What readers read of a disagreement: the versions side by side, who gives them, which one is drawn and why."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from geo.story import Story
from geo.story.faults import N_
from geo.story.format import Claim, Disagreement, Event, Version
from geo.views.claims import origin_text, published_text
from geo.views.events import event_view
from geo.wording import vocabulary
from geo.wording.language import Language

Verdict = Literal["drawn", "aside", "open"]

VERDICT: Final[dict[Verdict, str]] = {
    "drawn": N_("On the map"),
    "aside": N_("Set aside"),
    "open": N_("Not settled"),
}


@dataclass(frozen=True)
class Witness:
    """One claim that gives a version: which paragraph of which source, what it does, and whom it has that from."""

    claim_id: str
    source_id: str
    paragraph: int
    outlet: str
    published_text: str
    paragraph_text: str
    stance_text: str


@dataclass(frozen=True)
class Answer:
    """One version of the answer, with all who give it in the order of publication."""

    says: str
    witnesses: tuple[Witness, ...]


@dataclass(frozen=True)
class Judgement:
    """Versions that share a verdict and the reasons for it."""

    verdict: Verdict
    verdict_text: str
    answers: tuple[Answer, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Concerned:
    """An event that a question bears on."""

    event_id: str
    sign: str
    status_text: str
    title: str
    short_when: str


@dataclass(frozen=True)
class DisagreementView:
    """A question that the sources answer differently, in words of one language.

    `judgements` are in the order in which the first version of each was published, `events` in the order of time.
    `drawn` is what the map takes for true, nothing where the question is not settled; `settle` may be "".
    """

    disagreement_id: str
    question: str
    judgements: tuple[Judgement, ...]
    drawn: tuple[str, ...]
    settle: str
    events: tuple[Concerned, ...]

    @property
    def versions(self) -> int:
        """How many different answers there are; what several articles say alike counts once."""
        return sum(len(judgement.answers) for judgement in self.judgements)


def disagreement_views(story: Story, language: Language) -> list[DisagreementView]:
    """All questions in the order of the story: by the earliest event that each bears on."""
    questions = sorted(story.disagreements, key=lambda question: _earliest(story, question))
    return [_view(story, question, language) for question in questions]


def questions_on(story: Story, event_id: str) -> list[Disagreement]:
    """The questions that an event bears on, each once, in the order of the table of versions."""
    ids = dict.fromkeys(version.disagreement_id for version in story.versions_by_event[event_id])
    return [story.disagreement_by_id[disagreement_id] for disagreement_id in ids]


def _earliest(story: Story, question: Disagreement) -> datetime:
    """When the first event of a question begins.

    Background counts only where there is nothing else: a question of a journey stands with the journey, even if some
    version of the answer looks back for years.
    """
    trips = {trip.trip for trip in story.trips}
    events = _events(story, question)
    return min(event.when.start for event in [event for event in events if event.trip in trips] or events)


def _events(story: Story, question: Disagreement) -> list[Event]:
    """The events that a question bears on, in the order of time."""
    claims = _claims(story, question)
    events = {claim.event_id: story.event_by_id[claim.event_id] for claim in claims}
    return sorted(events.values(), key=lambda event: event.when.start)


def _claims(story: Story, question: Disagreement) -> list[Claim]:
    versions = story.versions_by_disagreement[question.disagreement_id]
    return story.in_order_of_publication(story.claim_by_id[version.claim_id] for version in versions)


def _view(story: Story, question: Disagreement, language: Language) -> DisagreementView:
    judgements = _judgements(story, question, language)
    return DisagreementView(
        disagreement_id=question.disagreement_id,
        question=language.typeset(language.of(question, "question")),
        judgements=judgements,
        drawn=tuple(answer.says for found in judgements if found.verdict == "drawn" for answer in found.answers),
        settle=language.typeset(language.of(question, "settle")),
        events=tuple(_concerned(story, event, language) for event in _events(story, question)),
    )


def _judgements(story: Story, question: Disagreement, language: Language) -> tuple[Judgement, ...]:
    """The versions: what is said and judged alike made one, and those that share their reasons together."""
    versions = story.versions_by_disagreement[question.disagreement_id]
    is_settled = any(version.drawn for version in versions)
    by_claim = {version.claim_id: version for version in versions}
    alike: defaultdict[tuple[Verdict, str], list[Claim]] = defaultdict(list)
    for claim in _claims(story, question):
        version = by_claim[claim.claim_id]
        alike[_verdict(version, is_settled), _says(version, language)].append(claim)
    together: defaultdict[tuple[Verdict, tuple[str, ...]], list[Answer]] = defaultdict(list)
    for (verdict, says), claims in alike.items():
        reasons = _reasons((by_claim[claim.claim_id] for claim in claims), language)
        together[verdict, reasons].append(Answer(says, _witnesses(story, claims, language)))
    return tuple(
        Judgement(verdict, language.text(VERDICT[verdict]), tuple(answers), reasons)
        for (verdict, reasons), answers in together.items()
    )


def _verdict(version: Version, is_settled: bool) -> Verdict:
    """As the card has it: what is not drawn was set aside only where another version was preferred to it."""
    if version.drawn:
        return "drawn"
    return "aside" if is_settled else "open"


def _says(version: Version, language: Language) -> str:
    return language.typeset(language.of(version, "says"))


def _reasons(versions: Iterable[Version], language: Language) -> tuple[str, ...]:
    return tuple(dict.fromkeys(language.typeset(language.of(version, "why")) for version in versions))


def _witnesses(story: Story, claims: Sequence[Claim], language: Language) -> tuple[Witness, ...]:
    return tuple(
        Witness(
            claim_id=claim.claim_id,
            source_id=claim.source_id,
            paragraph=claim.paragraph,
            outlet=story.source_by_id[claim.source_id].outlet,
            published_text=published_text(story, claim.source_id, language),
            paragraph_text=language.text("paragraph {n}", n=claim.paragraph),
            stance_text=vocabulary.stance_text(claim.stance, origin_text(story, claim, language), language),
        )
        for claim in claims
    )


def _concerned(story: Story, event: Event, language: Language) -> Concerned:
    view = event_view(story, event, story.claims_by_event[event.event_id], language)
    return Concerned(
        event.event_id, vocabulary.STATUS_SIGN[event.status], view.status_text, view.title, view.short_when
    )
