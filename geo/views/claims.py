"""What readers read of a claim: who says it where, in which words, and how these became a date and a place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Final

from geo.evidence.french_dates import resolve
from geo.geocoding.gazetteer import Gazetteer
from geo.story import Story
from geo.story.format import Claim, Event
from geo.story.when import parse_when
from geo.views.places import elsewhere
from geo.wording import vocabulary
from geo.wording.language import Language, isolated

# How many other places of a name a claim lists: the likeliest confusions, not all of GeoNames.
_MOST_OTHERS: Final = 2


@dataclass(frozen=True)
class ClaimView:
    """One claim in words.

    `when_as_written` and `place_as_written` are the source's words, in its `language`. `dating` and
    `placing` lead from them to the date and the place; None where the claim gives none.
    """

    id: str
    source: str
    outlet: str
    language: str
    published_text: str
    paragraph: int
    paragraph_text: str
    stance_text: str
    when_as_written: str
    place_as_written: str
    note: str
    dating: str | None
    placing: str | None


def claims_by_event(story: Story, language: Language) -> Mapping[str, list[ClaimView]]:
    """For each event, by id, the claims it rests on, in the order of the articles' dates and paragraphs."""
    gazetteer = Gazetteer(story)
    return {
        event.event_id: [
            _view(story, gazetteer, event, claim, language)
            for claim in story.in_order_of_publication(story.claims_by_event[event.event_id])
        ]
        for event in story.events
    }


def placings(story: Story, event: Event, claims: Iterable[Claim], language: Language) -> list[str | None]:
    """How the words of claims lead to a place, for an event as an edition knew it; see `ClaimView.placing`."""
    gazetteer = Gazetteer(story)
    return [_placing(story, gazetteer, event, claim, language) for claim in claims]


def published_text(story: Story, source_id: str, language: Language) -> str:
    """The day on which a source was published, and whether that is inferred."""
    source = story.source_by_id[source_id]
    day = language.day(source.published)
    return language.text("{date} (inferred)", date=day) if source.published_basis == "inferred" else day


def _view(story: Story, gazetteer: Gazetteer, event: Event, claim: Claim, language: Language) -> ClaimView:
    source = story.source_by_id[claim.source_id]
    return ClaimView(
        id=claim.claim_id,
        source=claim.source_id,
        outlet=source.outlet,
        language=source.language,
        published_text=published_text(story, claim.source_id, language),
        paragraph=claim.paragraph,
        paragraph_text=language.text("paragraph {n}", n=claim.paragraph),
        stance_text=vocabulary.stance_text(claim.stance, origin_text(story, claim, language), language),
        when_as_written=claim.when_as_written,
        place_as_written=claim.place_as_written,
        note=language.typeset(language.of(claim, "note")),
        dating=_dating(story, event, claim, language),
        placing=_placing(story, gazetteer, event, claim, language),
    )


def _dating(story: Story, event: Event, claim: Claim, language: Language) -> str | None:
    """From the words of a claim to its date: the words, the rule, the result."""
    if claim.when is None:
        return None
    zone = story.zone(event.place_id)
    published = story.published(claim)
    words = claim.when_as_written
    read = resolve(words, published, claim.stance, zone) if claim.when_basis == "rule" else None
    rule = read.rule if read else vocabulary.WHEN_BASIS[claim.when_basis]
    day = parse_when(published.isoformat(), UTC)
    steps = [language.text("“{words}”", words=words) if words else language.text("no words for the time")]
    steps.append(language.text("article of {day}", day=language.when(day, UTC)))
    steps += [language.text(rule), language.when(claim.when, zone)]
    return " → ".join(steps)


def _placing(story: Story, gazetteer: Gazetteer, event: Event, claim: Claim, language: Language) -> str | None:
    """From the spelling of a claim to the place it means and what else it could mean, then to its event's place."""
    if not (spelling := claim.place_as_written):
        return None
    steps = [language.text("“{words}”", words=spelling)]
    meant = gazetteer.find(spelling)
    for place_id in dict.fromkeys(place for place in (meant, event.place_id) if place):
        place = story.place_by_id[place_id]
        steps.append(
            f"{isolated(language.of(place, 'name'))} ({language.text(vocabulary.PRECISION[place.geo_precision])})"
        )
    others = elsewhere(story, meant) if meant else []
    if not others:
        steps.append(language.text("No other place of this name was found"))
    for other, away in others[:_MOST_OTHERS]:
        steps.append(
            language.text(
                "not {name} ({country}), {km} km away",
                name=other.name,
                country=language.country(other.country),
                km=language.number(away),
            )
        )
    return " → ".join(steps)


def origin_text(story: Story, claim: Claim, language: Language) -> str:
    """From whom the article has a claim, as a sentence takes it; "" where the article speaks for itself."""
    origin = story.origin_by_id.get(claim.origin_id)
    in_sentence = language.of(origin, "name_in_sentence") if origin else ""
    return in_sentence or names_in(story, claim.attributed_to, language)


def names_in(story: Story, names: str, language: Language) -> str:
    """A cell of English names (actors, origins; separated by `; `) as a list in `language`."""
    return ", ".join(isolated(name_in(story, name, language)) for name in names.split("; "))


def name_in(story: Story, name: str, language: Language) -> str:
    """The English name of an actor, an origin or a person in `language`."""
    return story.names_fr.get(name, name) if language.code == "fr" else name
